"""Whether a place that names a skill asks for it, read by a small trained model: "procurement" in "OPEN TO PROCUREMENT ANALYSTS ONLY" does not.

A linear model over the mention, its clause and the words beside it gives each ask a score; what falls below the least of its strength is no ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import Ask, SectionKind, SkillType, Strength
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

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


@dataclass(frozen=True, slots=True)
class AskModel:
    """``weights`` of features, and the ``least`` sum of what is asked for (0) and of what is only told (1); all in hundredths."""

    bias: int
    least: tuple[int, int]
    weights: Mapping[str, int]

    def takes(self, ask: Ask, features: Sequence[str]) -> bool:
        """Whether a place with these features asks for what it names."""
        known = self.weights
        return self.bias + sum([known[f] for f in features if f in known]) >= self.least[ask.strength not in _ASKED]


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
    judged = ask_features(words, asks, taxonomy, supports)
    return tuple([ask for ask, features in zip(asks, judged, strict=True) if is_settled(ask, taxonomy) or model.takes(ask, features)])


def is_settled(ask: Ask, taxonomy: Taxonomy) -> bool:
    """Whether an ask needs no judging: years are asked of it, it is of the title, which ``settle_title`` reads, a phrase of the tagger, which
    knows its context, or a name of a tool, language, licence or certificate that is asked for, since that has no other meaning."""
    if ask.years is not None or ask.section is SectionKind.TITLE or ask.mention.how == _TAGGER:
        return True
    skill = None if ask.mention.skill is None else taxonomy.get(ask.mention.skill)
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
            features += (f"how={mention.how} {int(_STEPS * 2 * mention.score)}", f"support={int(_STEPS * supports[mention.start, mention.end])} {strength}")
        yield features
