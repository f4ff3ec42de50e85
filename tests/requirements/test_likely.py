"""Places that name a skill and ask for none are left out; what is settled otherwise stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.records import UNDECIDED, Ask, Document, DocumentKind, Mention, SectionKind, Strength
from mcgap.requirements.likely import MODES, PARTS, SHIPPED, AskModel, Chances, Place, is_settled, keep_likely, load_ask_model, place_features, places_of
from mcgap.settings import Settings
from mcgap.taxonomy import load_taxonomy
from mcgap.text import Words

WALKS = Path(__file__).resolve().parents[1] / "walk"
ANYTHING = AskModel(10_000, (0,) * len(PARTS), {})
NOTHING = AskModel(-10_000, (0,) * len(PARTS), {})  # finds no skill anywhere


def ask(text: str, words: str, skill: str | None, strength: Strength = Strength.REQUIRED, *, how: str = "exact", years: float | None = None) -> Ask:
    start = text.index(words)
    return Ask(Mention(start, start + len(words), words, skill, how), strength, SectionKind.REQUIREMENTS, years=years)


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Contract Analyst\nJob description\nOPEN TO PERMANENT PROCUREMENT ANALYSTS ONLY. You will audit claims.", "procurement"),
        ("Account Manager\nYou will work for a leader in print. You will look after our partner's product, retail and stores.", "retail"),
    ],
)
def test_a_place_that_asks_for_nothing_is_left_out_and_said_so(text: str, skill: str, fast: bool) -> None:
    extraction = Analyzer(Settings(fast=fast, explain=True)).extract(Document(text, "posting", DocumentKind.POSTING))
    assert skill not in {a.mention.skill for a in extraction.asks}
    reasons = {m.dropped for m in extraction.dropped if m.skill == skill}
    assert reasons & {"reads as no skill there, by the words beside it", *([] if fast else ["reads as no skill there, by the trained tagger"])}


def test_what_is_settled_is_not_judged() -> None:
    text, taxonomy = "3 years of payroll, phlebotomy, Python, wound care, no Latin and mending carts of the ward", load_taxonomy()
    latin = ask(text, "Latin", "latin")
    settled = [
        ask(text, "payroll", "payroll", years=3.0),
        replace(ask(text, "phlebotomy", "phlebotomy"), section=SectionKind.TITLE),
        ask(text, "Python", "python"),
        ask(text, "mending carts of the ward", None, Strength.DUTY, how="tagger"),
        replace(latin, mention=replace(latin.mention, negated=True)),
    ]
    judged = [
        ask(text, "wound care", "wound-care"),
        ask(text, "Python", "python", Strength.DUTY),
        ask(text, "carts", None, how="tagger"),
        ask(text, "mending carts", None, Strength.DUTY, how="tagger"),
    ]
    judged.append(ask(text, "ward", "nursing", how=UNDECIDED))
    asks = sorted([*settled, *judged], key=lambda a: (a.mention.start, -a.mention.end))
    for place in places_of(Words(text), asks, taxonomy):
        assert is_settled(place) is (place.ask in settled)
    assert keep_likely(Words(text), asks, taxonomy, NOTHING) == tuple(a for a in asks if a in settled)


def test_a_chore_among_the_duties_is_none_unless_a_list_names_it() -> None:
    text, taxonomy = "carry tools, wound care", load_taxonomy()
    chore = ask(text, "carry tools", None, Strength.DUTY, how="tagger")
    asks = [chore, ask(text, "wound care", "wound-care", Strength.REQUIRED, years=1.0)]
    assert keep_likely(Words(text), asks, taxonomy, NOTHING) == (asks[1],)
    assert keep_likely(Words(text), [replace(chore, strength=Strength.REQUIRED)], taxonomy, ANYTHING) != ()


def place_of(text: str, made: Ask) -> Place:
    return next(places_of(Words(text), [made], load_taxonomy()))


def test_told_and_asked_have_a_least_of_their_own() -> None:
    text = "wound care"
    model = AskModel(50, (40, 60, 30), {})
    assert model.takes(Words(text), place_of(text, ask(text, text, "wound-care", Strength.PREFERRED)))
    assert not model.takes(Words(text), place_of(text, ask(text, text, "wound-care", Strength.DUTY)))


def test_features_tell_of_the_place_and_of_the_tagger_where_it_was_asked() -> None:
    text, taxonomy = "Skills: wound care, filing", load_taxonomy()
    words, asks = Words(text), [ask(text, "wound care", "wound-care"), ask(text, "care", "care-work")]
    outer, inner = (place_features(words, place) for place in places_of(words, asks, taxonomy))
    assert {"skill=wound-care", "size=2", "last=care", "before=: ", "after=, ", "-1=skill", "nested=FalseTrue", "<skill", ">filing"} <= set(outer)
    assert "nested=TrueFalse" in inner
    assert not any(f.startswith(("how=", "support=", "named=", "fit=")) for f in outer)
    told = place_features(words, next(places_of(words, asks[:1], taxonomy, {(8, 18): Chances(0.55, 0.71, 0.4)})))
    assert {"how=exact 20", "support=5 required", "named=7 required", "fit=4 required"} <= set(told)


def test_a_part_of_a_word_stands_for_the_word() -> None:
    text = "front- and back-end"
    place = place_of(text, replace(ask(text, "en", None), mention=Mention(16, 18, "en", None)))
    assert "last=end" in place_features(Words(text), place)


@pytest.mark.parametrize("name", ["cook", "data-analyst", "driver", "engineer", "nurse", "shop"])
@pytest.mark.parametrize("mode", MODES)
def test_a_score_is_the_sum_of_the_weights_of_the_features(name: str, mode: str) -> None:
    text = (WALKS / f"{name}.txt").read_text(encoding="utf-8")
    analyzer = Analyzer(Settings(fast=True))
    words, asks = Words(text), analyzer.extract(Document(text, name, DocumentKind.POSTING)).asks
    chances = [Chances(*(a.mention.start * k % 10 / 10 for k in (1, 3, 7))) for a in asks]
    supports = {(a.mention.start, a.mention.end): each for a, each in zip(asks, chances, strict=True)} if mode == "full" else None
    model, places = load_ask_model(mode), list(places_of(words, asks, analyzer.taxonomy, supports))
    assert places
    for place in places:
        assert model.score(words, place) == model.bias + sum(model.weights.get(feature, 0) for feature in place_features(words, place))


@pytest.mark.parametrize(
    ("change", "said"), [({"format": "mcgap.asks/0"}, "was made for"), ({"bias": []}, "cannot be read"), ({"weights": 3}, "cannot be read")]
)
@pytest.mark.parametrize("mode", MODES)
def test_a_model_of_another_make_is_refused(tmp_path: Path, mode: str, change: dict[str, object], said: str) -> None:
    table = json.loads(shipped(SHIPPED).read_text(encoding="utf-8")) | change
    path = tmp_path / "asks.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        load_ask_model(mode, path)


def test_an_everyday_word_is_taken_where_the_words_beside_it_ask_for_it_and_then_is_not_called_dropped() -> None:
    text = "Requirements:\n- Experience in nursing, preferably in a surgical ward, and good English"
    extraction = Analyzer(Settings(fast=True, explain=True)).extract(Document(text, "posting", DocumentKind.POSTING))
    (english,) = [a.mention for a in extraction.asks if a.mention.skill == "english"]
    assert english.how == UNDECIDED
    assert (english.start, english.end) not in {(m.start, m.end) for m in extraction.dropped}
