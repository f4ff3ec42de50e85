"""Words that a user gives for something of the catalog: refused where nothing there has them, since they would count for nothing in silence."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from mcgap.catalog import Catalog
from mcgap.catalog.search import search_catalog
from mcgap.errors import SettingsError
from mcgap.limits import typical_of
from mcgap.ranking.desk import ACADEMIC_INDUSTRY, phrase_words
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

_NEAR, _SHOWN = 3, 12


def check_choices(settings: Settings, catalog: Catalog, taxonomy: Taxonomy) -> None:
    """Refuse a language, an industry or a larger credential that nothing in the catalog knows of, and a rate for one's own currency. Raises SettingsError."""
    _check_rates(settings, catalog)
    _check_toward(settings.toward, catalog, taxonomy)
    _check_language(settings.language, catalog)
    _check_industry(settings.industry, catalog, taxonomy)


def _check_rates(settings: Settings, catalog: Catalog) -> None:
    """The currency of most fees is one's own where none is given: the catalog alone tells it."""
    own = typical_of(catalog).currency
    if settings.currency is None and own in dict(settings.rates):
        other = "GBP=1.3" if own == "EUR" else "EUR=1.08"
        raise SettingsError(f"--rate {own}=…: fees are compared in {own} unless --currency says otherwise; give rates for others, for example --rate {other}.")


def _check_toward(toward: str | None, catalog: Catalog, taxonomy: Taxonomy) -> None:
    if toward is None or toward in catalog or any(item.into == toward for credential in catalog for item in credential.stacks_into):
        return
    near = [hit.credential.id for hit in search_catalog(toward, catalog, taxonomy)[:_NEAR]] or get_close_matches(toward, catalog.ids, _NEAR)
    hint = f"near it are {', '.join(near)}" if near else "mcgap catalog search finds ids"
    raise SettingsError(f"--toward: the catalog has no {toward!r} and nothing that counts toward it; {hint}.")


def _check_language(language: str | None, catalog: Catalog) -> None:
    if language is None:
        return
    known = {name.casefold() for credential in catalog for name in credential.languages}
    if language.casefold() not in known:
        raise SettingsError(f"--language: nothing in the catalog is taught in {language!r}; write a code of it, such as en for English: {_list(known)}.")


def _check_industry(industry: str | None, catalog: Catalog, taxonomy: Taxonomy) -> None:
    if industry is None or ACADEMIC_INDUSTRY.search(industry):
        return
    names = {name for c in catalog for name in (*c.industries, *c.issuer.fields, *(r.name for r in c.recognition if r.scope != "employer"))}
    names |= {skill.category for skill in taxonomy if skill.category}
    if phrase_words(industry) & {word for name in names for word in phrase_words(name)}:
        return
    fields = sorted({name for c in catalog for name in c.industries})
    words = {word: field for field in reversed(fields) for word in (field, *phrase_words(field))}
    near = list(dict.fromkeys(words[word] for word in get_close_matches(industry.casefold(), words, _NEAR)))
    raise SettingsError(
        f"--industry: nothing in the catalog is of the field {industry!r}; " + (f"near it are {_list(near)}." if near else f"it has {_list(fields)}.")
    )


def _list(names: Iterable[str]) -> str:
    every = sorted(names)
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN and len(every) > 2 * _SHOWN else ""
    return ", ".join(every[:_SHOWN] if more else every) + more
