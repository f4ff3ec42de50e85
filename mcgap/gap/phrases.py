"""Unlisted phrases that a posting asks for, against the résumé's words."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.disclaimers import Disclaimed
from mcgap.gap.shown import find_together, own_stems
from mcgap.records import Ask, Disclaimer, PhraseGap, Span, Strength
from mcgap.stems import content_stems
from mcgap.text import Words


def compare_phrases(asks: Iterable[Ask], resume: Words | None, disclaimers: tuple[Disclaimer, ...] = ()) -> tuple[PhraseGap, ...]:
    """Each unlisted phrase that is required or preferred, once, with where the résumé says the same in its own words.

    What stands in ``disclaimers``, which speak of no work of the writer, is left out.
    """
    stems = own_stems(resume, Disclaimed(disclaimers)) if resume is not None else []
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
