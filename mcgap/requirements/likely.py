"""Whether a place that names a skill asks for it, read by a small trained model: "procurement" in "OPEN TO PROCUREMENT ANALYSTS ONLY" does not.

A linear model over the mention, its clause and the words beside it gives each ask a score; what falls below the least of its strength is no ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import UNDECIDED, Ask, Mention, SectionKind, SkillType, Strength
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import Words, WordTable

SHIPPED = "models/asks.json"
FORMAT = "mcgap.asks/3"  # a change of place_features needs a new number and a new model
MODES = ("fast", "full")  # without and with the trained tagger
# What a least chance is of: a phrase is one of the tagger that is asked for, a task one that is only told of; undecided is a mention that the scan
# found no evidence for or against.
ASKED, TOLD, PHRASE, TASK = "asked", "told", "phrase", "task"
PARTS = (ASKED, TOLD, PHRASE, TASK, UNDECIDED)
_TAGGER = "tagger"
_NAMES = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.LICENCE, SkillType.CERTIFICATION})
_CHORES = frozenset("bend bending carry carrying climb climbing crouch kneel kneeling lift lifting push pushing stand standing stoop walk walking".split())
_BESIDE = 5  # words before and after
_ASKED = frozenset({Strength.REQUIRED, Strength.PREFERRED})
_LONGEST, _STEPS = 6, 10
_SHORT = 2  # words: a longer task is none of the single words that only look like a skill
_ROLES = tuple("strength section skill size last ending before after -1 +1 capital nested group undecided in < > type category how support named fit".split())


class Chances(NamedTuple):
    """How likely, by the tagger, the words of a mention stand in a skill or knowledge span and in a name; and how much of it and of the name
    that it overlaps most they share, by the longer of the two. Each 0-1."""

    span: float
    name: float
    fit: float


Supports = Mapping[tuple[int, int], Chances]


class Place(NamedTuple):
    """An ask in its words, first to last (exclusive). ``around``: within a longer one, and around a shorter one; ``chances`` by the tagger."""

    ask: Ask
    skill: Skill | None
    first: int
    last: int
    around: tuple[bool, bool]
    chances: Chances | None


class AskModel:
    """Weights of the features of an ask, and the ``least`` sum of each of ``PARTS``; all in hundredths.

    What ``place_features`` writes as text is looked up here by its role, as it stands in the words: in a quarter of the time.
    """

    __slots__ = ("_edges", "_own", "_strengths", "_tagger", "_words", "bias", "least", "weights")

    def __init__(self, bias: int, least: tuple[int, ...], weights: Mapping[str, int]) -> None:
        self.bias, self.least, self.weights = bias, least, weights
        tables: dict[str, dict[str, int]] = {role: {} for role in _ROLES}
        for feature, weight in weights.items():
            role, value = (feature[0], feature[1:]) if feature[0] in "<>" else feature.split("=", 1)
            tables[role][value] = weight
        # Of each strength what it weighs itself, with each section and with each type of skill.
        self._strengths = {
            strength: (tables["strength"].get(strength, 0), _of_strength(tables["section"], strength), _of_strength(tables["type"], strength))
            for strength in Strength
        }
        capital, group = ([tables[role].get(str(told), 0) for told in (False, True)] for role in ("capital", "group"))
        nested = {(a, b): tables["nested"].get(f"{a}{b}", 0) for a in (False, True) for b in (False, True)}
        sizes = [tables["size"].get(str(n), 0) for n in range(_LONGEST + 1)]
        self._own = (tables["skill"], tables["category"], sizes, capital, nested, group, tables["before"], tables["after"], tables["undecided"])
        last, ending = tables["last"], tables["ending"]
        finals = WordTable(lambda word: last.get(word, 0) + ending.get(word[-3:], 0))
        self._words = (finals, *[_of_words(tables[role]) for role in ("in", "-1", "+1", "<", ">")])
        self._edges = tables["-1"].get("", 0), tables["+1"].get("", 0)
        self._tagger = tables["how"], tables["support"], tables["named"], tables["fit"]

    def takes(self, words: Words, place: Place) -> bool:
        """Whether an ask is one, by its words and those beside it."""
        return self.score(words, place) >= self.least[PARTS.index(part_of(place.ask))]

    def score(self, words: Words, place: Place) -> int:
        """The sum of the bias and the weights of all features of a place."""
        ask, skill, first, last, around, chances = place
        mention, strength, numbers, gaps = ask.mention, ask.strength, words.numbers, words.gaps
        skills, categories, sizes, capital, nested, group, before, after, undecided = self._own
        finals, inner, one_before, one_after, left, right = [table.of(words) for table in self._words]
        opening, closing = self._edges
        own, sections, types = self._strengths[strength]
        total: int = self.bias + own + sections.get(ask.section, 0) + skills.get(str(mention.skill), 0) + sizes[min(last - first, _LONGEST)]
        total += finals[numbers[last - 1]] + capital[mention.text[0].isupper()] + nested[around] + group[ask.group is not None]
        total += before.get(gaps[first][:3], 0) + after.get(gaps[last][:2], 0)
        total += (one_before[numbers[first - 1]] if first else opening) + (one_after[numbers[last]] if last < len(numbers) else closing)
        if mention.how == UNDECIDED:
            total += undecided.get(strength, 0)
        if skill is not None:
            total += types.get(skill.type, 0) + categories.get(skill.category, 0)
        if chances is not None:
            hows, supports, named, fits = self._tagger
            total += hows.get(_how(mention), 0) + supports.get(_tenths(chances.span, strength), 0)
            total += named.get(_tenths(chances.name, strength), 0) + fits.get(_tenths(chances.fit, strength), 0)
        total += sum(map(inner.__getitem__, {*numbers[first:last]})) + sum(map(left.__getitem__, {*numbers[max(0, first - _BESIDE) : first]}))
        return total + sum(map(right.__getitem__, {*numbers[last : last + _BESIDE]}))


def _of_words(table: Mapping[str, int]) -> WordTable[int]:
    return WordTable(lambda word: table.get(word, 0))


def _of_strength(table: Mapping[str, int], strength: Strength) -> dict[str, int]:
    """The weights of values that a feature joins with one strength, by the value."""
    return {value.removesuffix(f" {strength}"): weight for value, weight in table.items() if value.endswith(f" {strength}")}


@cache
def load_ask_model(mode: str, path: Path | None = None) -> AskModel:
    """The shipped model of one of ``MODES``, or another of the same format. Raises ModelError."""
    path = path or shipped(SHIPPED)
    column = MODES.index(mode)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        made_for = table["format"]
        least = tuple(table["least"][part][column] for part in PARTS)
        model = AskModel(table["bias"][column], least, {feature: weights[column] for feature, weights in table["weights"].items() if weights[column]})
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read as a model of asks ({error}); reinstall mcgap.") from None
    if made_for != FORMAT:
        raise ModelError(f"{path} was made for {made_for}; this version needs {FORMAT}. Reinstall mcgap.")
    return model


def keep_likely(words: Words, asks: Sequence[Ask], taxonomy: Taxonomy, model: AskModel, supports: Supports | None = None) -> tuple[Ask, ...]:
    """The asks that the model takes, in order. ``supports`` is how likely the tagger finds a skill at each place, 0-1; None without a tagger.

    Not judged is what ``is_settled`` says; a chore among the duties that no list names ("carry tools") is none.
    """
    places = places_of(words, asks, taxonomy, supports)
    return tuple([place.ask for place in places if not _is_chore(words, place) and (is_settled(place) or model.takes(words, place))])


def places_of(words: Words, asks: Sequence[Ask], taxonomy: Taxonomy, supports: Supports | None = None) -> Iterator[Place]:
    """Each ask as the model sees it. Asks are in order, of those that begin together the longest first."""
    end = 0
    for n, ask in enumerate(asks):
        mention = ask.mention
        start, stop, name = mention.start, mention.end, mention.skill
        first, last = words.between(start, stop)
        around = (stop <= end, n + 1 < len(asks) and asks[n + 1].mention.end <= stop)
        end = max(end, stop)
        chances = None if supports is None else supports[start, stop]
        # A part of a word stands for the word.
        yield Place(ask, None if name is None else taxonomy.get(name), min(first, len(words) - 1), max(first + 1, last), around, chances)


def is_settled(place: Place) -> bool:
    """Whether an ask needs no judging, as an undecided one always does.

    It needs none where the text says that it is not needed, where years are asked of it, in the title, which ``settle_title`` reads; nor does a long
    task, or a name of a tool, language, licence or certificate that is asked for, since that has no other meaning.
    """
    ask = place.ask
    if ask.mention.how == UNDECIDED:
        return False
    if ask.mention.negated or ask.years is not None or ask.section is SectionKind.TITLE:
        return True
    if part_of(ask) == TASK and place.last - place.first > _SHORT:
        return True
    return place.skill is not None and place.skill.type in _NAMES and ask.strength in _ASKED


def part_of(ask: Ask) -> str:
    """Which of ``PARTS`` an ask is."""
    if ask.mention.how == UNDECIDED:
        return UNDECIDED
    if ask.strength not in _ASKED:
        return TASK if ask.mention.how == _TAGGER else TOLD
    return PHRASE if ask.mention.how == _TAGGER else ASKED


def _is_chore(words: Words, place: Place) -> bool:
    """Whether a phrase of a duty tells of strength of body alone, which only a demand makes something to bring."""
    return place.skill is None and place.ask.strength not in _ASKED and words.folded[place.first] in _CHORES


def place_features(words: Words, place: Place) -> list[str]:
    """What the model sees of an ask, a role and its value each."""
    ask, skill, first, last, around, chances = place
    mention, strength, folded, gaps = ask.mention, ask.strength, words.folded, words.gaps
    features = [
        f"strength={strength}",
        f"section={ask.section} {strength}",
        f"skill={mention.skill}",
        f"size={min(last - first, _LONGEST)}",
        f"last={folded[last - 1]}",
        f"ending={folded[last - 1][-3:]}",
        f"before={gaps[first][:3]}",
        f"after={gaps[last][:2]}",
        f"-1={folded[first - 1] if first else ''}",
        f"+1={folded[last] if last < len(folded) else ''}",
        f"capital={mention.text[0].isupper()}",
        f"nested={around[0]}{around[1]}",
        f"group={ask.group is not None}",
    ]
    features += [f"in={word}" for word in set(folded[first:last])]
    features += [f"<{word}" for word in set(folded[max(0, first - _BESIDE) : first])]
    features += [f">{word}" for word in set(folded[last : last + _BESIDE])]
    if mention.how == UNDECIDED:
        features.append(f"undecided={strength}")
    if skill is not None:
        features += (f"type={skill.type} {strength}", f"category={skill.category}")
    if chances is not None:
        features += (f"how={_how(mention)}", f"support={_tenths(chances.span, strength)}")
        features += (f"named={_tenths(chances.name, strength)}", f"fit={_tenths(chances.fit, strength)}")
    return features


def _how(mention: Mention) -> str:
    return f"{mention.how} {int(_STEPS * 2 * mention.score)}"


def _tenths(chance: float, strength: Strength) -> str:
    return f"{int(_STEPS * chance)} {strength}"
