"""Countries by code, what they are called, and where a credential counts (data/countries.csv)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from mcgap.files import shipped_rows
from mcgap.records import Credential, Extraction

# Codes that people write for another.
_ALSO = {"UK": "GB", "USA": "US", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "UAE": "AE"}


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["country"]: row for row in shipped_rows("data/countries.csv", ("country", "name", "group"))}


@cache
def country_codes() -> frozenset[str]:
    """The codes of the countries known here (ISO 3166), and of the groups that some of them form ("EU")."""
    return frozenset(_rows()) | {row["group"] for row in _rows().values() if row["group"]}


def country_of(said: str) -> str | None:
    """The code that a code or name stands for, whatever its case; None where it is unknown.

    >>> country_of("uk"), country_of("The United States"), country_of("Atlantis")
    ('GB', 'US', None)
    """
    word = " ".join(said.split()).upper()
    code = _ALSO.get(word, word)
    if code in country_codes():
        return code
    plain = word.removeprefix("THE ")
    return next((code for code, row in _rows().items() if row["name"].upper().removeprefix("THE ") == plain), None)


def country_name(code: str) -> str:
    """What a country is called in a sentence; a group or an unknown code names itself.

    >>> country_name("GB"), country_name("EU")
    ('the United Kingdom', 'the EU')
    """
    row = _rows().get(code)
    return row["name"] if row is not None else f"the {code}" if code in country_codes() else code


def country_names(codes: Iterable[str]) -> str:
    """Several countries in a sentence, in the order given."""
    names = [country_name(code) for code in codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def is_abroad(counts_in: Collection[str], job_in: Collection[str]) -> bool:
    """Whether something counts in none of the countries where a job is. Where either is unknown, nothing says so."""
    if not counts_in or not job_in:
        return False
    rows = _rows()
    return not any(code in counts_in or (code in rows and rows[code]["group"] in counts_in) for code in job_in)


def counts_elsewhere(credential: Credential, posting: Extraction) -> str:
    """A clause that says where a credential counts, and where the posting's job is, by what words."""
    job = country_names(country.code for country in posting.countries)
    spans = [span for country in posting.countries for span in country.evidence[:2]]
    quoted = ", ".join(f"\u201c{' '.join(span.text.split())}\u201d" for span in spans)
    where = f"this posting seems to be in {job} ({quoted})" if spans else f"you name {job} for the job"
    return f"it counts in {country_names(credential.countries)}; {where}"
