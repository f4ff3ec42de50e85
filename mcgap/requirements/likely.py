"""Whether a place that names a skill asks for it, read by a small trained model: "procurement" in "OPEN TO PROCUREMENT ANALYSTS ONLY" does not.

A linear model over the mention, its clause and the words beside it gives each ask a score; what falls below the least of its strength is no ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import Ask, SectionKind, SkillType, Strength
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import Words, WordTable

SHIPPED = "models/asks.json"
FORMAT = "mcgap.asks/1"  # a change of ask_features needs a new number and a new model
MODES = ("fast", "full")  # without and with the trained tagger
ASKED, TOLD = "asked", "told"
_TAGGER = "tagger"
_NAMES = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.LICENCE, SkillType.CERTIFICATION})
_BESIDE = 5  # words before and after
_ASKED = frozenset({Strength.REQUIRED, Strength.PREFERRED})
_LONGEST, _STEPS = 6, 10

Supports = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class AskModel:
    """``weights`` of features, and the ``least`` sum of what is asked for (0) and of what is only told (1); all in hundredths."""

    bias: int
    least: tuple[int, int]
    weights: Mapping[str, int]

    def takes(self, ask: Ask, total: int) -> bool:
        """Whether a place whose bias and weights come to ``total`` asks for what it names."""
        return total >= self.least[ask.strength not in _ASKED]

    @cached_property
    def tables(self) -> AskTables:
        """The weights by what they weigh."""
        return AskTables(self)


class AskTables:
    """The weights of a model by what they weigh: what ``ask_features`` writes as text is looked up as it stands in the posting."""

    def __init__(self, model: AskModel) -> None:
        roles: dict[str, dict[str, int]] = {}
        for feature, weight in model.weights.items():
            role, _, value = (feature[0], "", feature[1:]) if feature[0] in "<>" else feature.partition("=")
            roles.setdefault(role, {})[value] = weight
        self.bias, self.weights = model.bias, model.weights
        self.inside, self.before, self.after, self.previous, self.following = (_of_words(roles.get(role, {})) for role in ("in", "<", ">", "-1", "+1"))
        last, ending = roles.get("last", {}), roles.get("ending", {})
        self.last = WordTable(lambda word: last.get(word, 0) + ending.get(word[-3:], 0))
        self.skills, self.categories, self.strengths, self.opened, self.closed = (
            roles.get(role, {}) for role in ("skill", "category", "strength", "before", "after")
        )
        self.sections, self.types = ({tuple(value.split(" ")): weight for value, weight in roles.get(role, {}).items()} for role in ("section", "type"))
        self.sizes = [roles.get("size", {}).get(str(size), 0) for size in range(_LONGEST + 1)]
        self.capital, self.group = ([roles.get(role, {}).get(str(true), 0) for true in (False, True)] for role in ("capital", "group"))
        self.nested = [[roles.get("nested", {}).get(f"{within}{around}", 0) for around in (False, True)] for within in (False, True)]

    def sums(self, words: Words, asks: Sequence[Ask], rows: Sequence[Skill | None], supports: Supports | None) -> Iterator[int]:
        """The bias and the weights of each ask's features together; ``rows`` are the skills of the asks."""
        numbers, gaps, size, end = words.numbers, words.gaps, len(words.numbers), 0
        inside, before, after, last_of = self.inside.of(words), self.before.of(words), self.after.of(words), self.last.of(words)
        previous, following = self.previous.of(words), self.following.of(words)
        for n, (ask, row) in enumerate(zip(asks, rows, strict=True)):
            mention, strength = ask.mention, ask.strength
            first, last = words.between(mention.start, mention.end)
            first, last = min(first, size - 1), max(first + 1, last)
            within = mention.end <= end
            around = n + 1 < len(asks) and asks[n + 1].mention.end <= mention.end
            end = max(end, mention.end)
            total = self.bias + self.strengths.get(strength, 0) + self.sections.get((ask.section, strength), 0) + self.skills.get(str(mention.skill), 0)
            total += self.sizes[min(last - first, _LONGEST)] + last_of[numbers[last - 1]]
            total += self.opened.get(gaps[first][:3], 0) + self.closed.get(gaps[last][:2], 0)
            total += previous[numbers[first - 1] if first else 0] + following[numbers[last] if last < size else 0]
            total += self.capital[mention.text[0].isupper()] + self.nested[within][around] + self.group[ask.group is not None]
            total += sum(map(inside.__getitem__, {*numbers[first:last]}))
            total += sum(map(before.__getitem__, {*numbers[max(0, first - _BESIDE) : first]}))
            total += sum(map(after.__getitem__, {*numbers[last : last + _BESIDE]}))
            if row is not None:
                total += self.types.get((row.type, strength), 0) + self.categories.get(row.category, 0)
            if supports is not None:
                total += sum(self.weights.get(feature, 0) for feature in _of_tagger(ask, supports))
            yield total


def _of_words(table: Mapping[str, int]) -> WordTable[int]:
    return WordTable(lambda word: table.get(word, 0))


@cache
def load_ask_model(mode: str, path: Path | None = None) -> AskModel:
    """The shipped model of one of ``MODES``, or another of the same format. Raises ModelError."""
    path = path or shipped(SHIPPED)
    column = MODES.index(mode)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        made_for = table["format"]
        least = (table["least"][ASKED][column], table["least"][TOLD][column])
        model = AskModel(table["bias"][column], least, {feature: weights[column] for feature, weights in table["weights"].items() if weights[column]})
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read as a model of asks ({error}); reinstall mcgap.") from None
    if made_for != FORMAT:
        raise ModelError(f"{path} was made for {made_for}; this version needs {FORMAT}. Reinstall mcgap.")
    return model


def keep_likely(words: Words, asks: Sequence[Ask], taxonomy: Taxonomy, model: AskModel, supports: Supports | None = None) -> tuple[Ask, ...]:
    """The asks that the model takes, in order. ``supports`` is how likely the tagger finds a skill at each place, 0-1; None without a tagger.

    Not judged is what ``is_settled`` says.
    """
    rows = [None if ask.mention.skill is None else taxonomy.get(ask.mention.skill) for ask in asks]
    totals = model.tables.sums(words, asks, rows, supports)
    return tuple([ask for ask, row, total in zip(asks, rows, totals, strict=True) if _is_settled(ask, row) or model.takes(ask, total)])


def is_settled(ask: Ask, taxonomy: Taxonomy) -> bool:
    """Whether an ask needs no judging: years are asked of it, it is of the title, which ``settle_title`` reads, a phrase of the tagger, which
    knows its context, or a name of a tool, language, licence or certificate that is asked for, since that has no other meaning."""
    return _is_settled(ask, None if ask.mention.skill is None else taxonomy.get(ask.mention.skill))


def _is_settled(ask: Ask, skill: Skill | None) -> bool:
    if ask.years is not None or ask.section is SectionKind.TITLE or ask.mention.how == _TAGGER:
        return True
    return skill is not None and skill.type in _NAMES and ask.strength in _ASKED


def ask_features(words: Words, asks: Sequence[Ask], taxonomy: Taxonomy, supports: Supports | None = None) -> Iterator[list[str]]:
    """What the model sees of each ask. Asks are in order, of those that begin together the longest first."""
    folded, gaps, end = words.folded, words.gaps, 0
    for n, ask in enumerate(asks):
        mention, strength = ask.mention, ask.strength
        first, last = words.between(mention.start, mention.end)
        first, last = min(first, len(folded) - 1), max(first + 1, last)  # a part of a word stands for the word
        inner, final = folded[first:last], folded[last - 1]
        within = mention.end <= end
        around = n + 1 < len(asks) and asks[n + 1].mention.end <= mention.end
        end = max(end, mention.end)
        features = [
            f"strength={strength}",
            f"section={ask.section} {strength}",
            f"skill={mention.skill}",
            f"size={min(last - first, _LONGEST)}",
            f"last={final}",
            f"ending={final[-3:]}",
            f"before={gaps[first][:3]}",
            f"after={gaps[last][:2]}",
            f"-1={folded[first - 1] if first else ''}",
            f"+1={folded[last] if last < len(folded) else ''}",
            f"capital={mention.text[0].isupper()}",
            f"nested={within}{around}",
            f"group={ask.group is not None}",
        ]
        features += [f"in={word}" for word in set(inner)]
        features += [f"<{word}" for word in set(folded[max(0, first - _BESIDE) : first])]
        features += [f">{word}" for word in set(folded[last : last + _BESIDE])]
        skill = None if mention.skill is None else taxonomy.get(mention.skill)
        if skill is not None:
            features += (f"type={skill.type} {strength}", f"category={skill.category}")
        if supports is not None:
            features += _of_tagger(ask, supports)
        yield features


def _of_tagger(ask: Ask, supports: Supports) -> tuple[str, str]:
    mention = ask.mention
    return f"how={mention.how} {int(_STEPS * 2 * mention.score)}", f"support={int(_STEPS * supports[mention.start, mention.end])} {ask.strength}"
