"""The one sentence that says what to do."""

from __future__ import annotations

from mcgap.coverage import is_open, is_short_of_years
from mcgap.records import Gap, Gate, Status, Strength, Verdict, VerdictName
from mcgap.taxonomy import Taxonomy

# Above this share of required importance met by claims alone, evidence is the work to do.
_MOSTLY_CLAIMED = 0.5


def give_verdict(gaps: tuple[Gap, ...], gates: tuple[Gate, ...], plan_steps: int, coverage: float, taxonomy: Taxonomy, *, has_resume: bool) -> Verdict:
    """The verdict of a report, from the required needs (all needs where none is required) and the gates.

    Order: nothing recognised · not closable · apply now · show evidence · one credential · stack · learn.
    """
    asked = [g for g in gaps if g.need.strength is Strength.REQUIRED] or [g for g in gaps if g.need.strength is Strength.PREFERRED] or list(gaps)
    if not asked and not gates:
        return Verdict(
            VerdictName.NOTHING_RECOGNISED,
            "No skill was recognised in this posting, so nothing can be said about the gap. Read it yourself, or paste the whole text.",
        )
    if not has_resume:
        return Verdict(
            VerdictName.NOTHING_RECOGNISED, "No résumé or skills were given: this is what the posting asks for. Add --resume FILE or --skills to see the gap."
        )
    shut = [g for g in gates if g.met is False and g.strength is Strength.REQUIRED]
    open_gaps = [g for g in asked if is_open(g)]
    if shut:
        names = ", ".join(g.name for g in shut[:3])
        return Verdict(
            VerdictName.NOT_CLOSABLE,
            f"The posting requires {names}, which the résumé does not show and no micro-credential replaces. If you have it, name it; else "
            f"ask whether it can be waived.",
        )
    if not open_gaps:
        return _closed(asked)
    return _open(open_gaps, plan_steps, coverage, taxonomy)


def _closed(asked: list[Gap]) -> Verdict:
    total = sum(g.need.importance for g in asked)
    claimed = sum(g.need.importance for g in asked if g.status is Status.CLAIMED)
    if total and claimed / total >= _MOSTLY_CLAIMED:
        return Verdict(VerdictName.SHOW_EVIDENCE, "You name what is required, but mostly in lists: say where you used it before you apply.")
    return Verdict(VerdictName.APPLY_NOW, "Everything required that was recognised is shown or named: apply, no credential is needed first.")


def _open(open_gaps: list[Gap], plan_steps: int, coverage: float, taxonomy: Taxonomy) -> Verdict:
    units = _units(open_gaps, taxonomy)
    between = "; " if any(" or " in unit for unit in units[:3]) else ", "
    names = between.join(units[:3])
    more = f"{';' if between == '; ' else ''} and {len(units) - 3} more" if len(units) > 3 else ""
    if plan_steps == 0 and all(map(is_short_of_years, open_gaps)):
        return Verdict(VerdictName.LEARN, f"Open: years of work with {names}{more}, which no credential gives. Name all the work you did with it, and apply.")
    if plan_steps == 0:
        them = "it" if len(units) == 1 else "them"
        why = f"No credential in the catalog closes {them} within your limits: learn by doing and show a piece of work."
        return Verdict(VerdictName.LEARN, f"Open: {names}{more}. {why}")
    share = f"{coverage:.0%} of it, counted by how strongly each is asked for."
    if plan_steps == 1:
        return Verdict(VerdictName.ONE_CREDENTIAL, f"Open: {names}{more}. One credential would close {share}")
    return Verdict(VerdictName.STACK, f"Open: {names}{more}. A stack of {plan_steps} credentials would close {share}")


def _units(open_gaps: list[Gap], taxonomy: Taxonomy) -> list[str]:
    """The names of what is open; alternatives are one: "Power BI or Tableau"."""
    groups: dict[str, list[str]] = {}
    for gap in open_gaps:
        groups.setdefault(gap.need.group or f"={gap.need.skill}", []).append(taxonomy.name(gap.need.skill))
    return [" or ".join(names) for names in groups.values()]
