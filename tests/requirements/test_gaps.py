"""What stands between two names of one list: the pattern takes the gaps that its plain spelling takes, in a fraction of the time."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mcgap.requirements import asks

# Up to four words an item, each anything of one: a word can be taken as several here, which tries every way to part it.
PLAIN = re.compile(rf"{asks._LIST_OPENS[0]}(?:{asks._LIST_OPENS[1]}[\s(\[]*(?:[\w.#+'\u2019-]+[\s)\]]*){{0,4}})+", re.IGNORECASE)
PARTS = " |  |,|, |/|and|or|and/or|as well as|x|ab|C++|+|-|.|(|)|[|skills|experience|e.g.|&|a".split("|")


@settings(deadline=None)  # the plain spelling takes its time
@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_list_gaps_are_those_of_the_plain_spelling(parts: list[str]) -> None:
    gap = "".join(parts)
    assert (asks._LIST_GAP.fullmatch(gap) is None) == (PLAIN.fullmatch(gap) is None)


def test_a_long_gap_costs_no_time() -> None:
    # The plain spelling takes a tenth of a second for one of these, and for four longer than anyone waits.
    assert asks._LIST_GAP.fullmatch(" and plans, with partners, to drive demand and leads: " * 4) is None
