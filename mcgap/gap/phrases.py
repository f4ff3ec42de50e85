"""Unlisted phrases that a posting asks for, against the résumé's words."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.gap.shown import find_together
from mcgap.records import Ask, PhraseGap, Span, Strength
from mcgap.stems import content_stems, stem
from mcgap.text import Words


def compare_phrases(asks: Iterable[Ask], resume: Words | None) -> tuple[PhraseGap, ...]:
    """Each unlisted phrase that is required or preferred, once, with where the résumé says the same in its own words."""
    stems = [stem(w) for w in resume.folded] if resume is not None else []
    found: dict[str, PhraseGap] = {}
    for ask in asks:
        if ask.mention.skill is not None or ask.mention.negated or ask.strength not in (Strength.REQUIRED, Strength.PREFERRED):
            continue
        key = " ".join(sorted(content_stems(ask.mention.text))) or ask.mention.text.casefold()
        if key not in found:
            found[key] = _compare(ask, resume, stems)
    return tuple(found.values())


def _compare(ask: Ask, resume: Words | None, stems: list[str]) -> PhraseGap:
    if resume is None:
        return PhraseGap(ask, None)
    wanted = content_stems(ask.mention.text)
    place = find_together(wanted, stems) if wanted else None
    if place is None:
        return PhraseGap(ask, False)
    start, end = resume.starts[place[0]], resume.ends[place[1] - 1]
    return PhraseGap(ask, True, Span(start, end, resume.text[start:end]))
