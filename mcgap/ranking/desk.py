"""What all credentials of one ranking share: the gaps, the posting's words, the person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from mcgap.catalog import Catalog
from mcgap.countries import counts_elsewhere
from mcgap.coverage import is_open, open_units, years_left
from mcgap.lengths import years_in_words
from mcgap.levels import level_of
from mcgap.limits import typical_of
from mcgap.ranking.matching import kin_of
from mcgap.records import Closing, Credential, Extraction, Gap, Have, Level, SectionKind, SkillType, Span
from mcgap.settings import STAGES, Settings, stage_word
from mcgap.taxonomy import Taxonomy
from mcgap.text import PhraseTable, Words, phrase_key, squash

# Coverage is counted against the weightiest needs of this number: a credential is narrow, and three needs are as much as one is asked to close.
FULL_NEEDS = 3
_ACADEMIC = re.compile(
    r"\b(?:universit(?:y|ies)|college|school district|academy|hospital|health\s?care|health system|NHS|clinic|medical cent(?:er|re)|nursing home)\b",
    re.IGNORECASE,
)
ACADEMIC_INDUSTRY = re.compile(r"academ|universit|education|research|health|hospital|medic|nurs", re.IGNORECASE)
_EMPLOYER_SECTIONS = (SectionKind.COMPANY, SectionKind.TITLE, SectionKind.INTRO)


class Desk:
    """Read-only; each answer is worked out on first use."""

    def __init__(self, gaps: tuple[Gap, ...], catalog: Catalog, taxonomy: Taxonomy, settings: Settings, posting: Extraction, haves: tuple[Have, ...]) -> None:
        self.catalog, self.taxonomy, self.settings, self.posting, self.haves = catalog, taxonomy, settings, posting, haves
        self.gaps = {gap.need.skill: gap for gap in gaps if is_open(gap)}
        self.units = open_units(gaps)
        self.full = sum(sorted((unit.weight for unit in self.units), reverse=True)[:FULL_NEEDS])
        self.typical = typical_of(catalog)

    def importance(self, skill: str) -> float:
        return self.gaps[skill].need.importance if skill in self.gaps else 0.0

    def gains(self, shares: Mapping[str, float]) -> list[float]:
        """What ``shares`` of the shortfalls, by skill, gain of each unit that they touch, in the order of the units."""
        touched = sorted({n for skill in shares if (n := self._unit_of.get(skill)) is not None})
        return [self.units[n].gain(shares) for n in touched]

    @cached_property
    def _unit_of(self) -> dict[str, int]:
        return {skill: n for n, unit in enumerate(self.units) for skill, _ in unit.members}

    def bearing(self, skills: Iterable[str]) -> frozenset[str]:
        """The skills whose teaching bears on any of these gaps."""
        reach = kin_of(self.catalog, self.taxonomy).reach
        return _NONE.union(*(reach(skill) for skill in skills))

    # ── the posting ─────────────────────────────────────────────────────────────────────────────

    @cached_property
    def words(self) -> Words:
        return Words(self.posting.document.text)

    def quote(self, span: Span) -> str:
        """A span as it is cited: its words and its line."""
        line = self.posting.document.text.count("\n", 0, span.start) + 1
        return f"“{' '.join(span.text.split())}”, line {line}"

    def asked(self, skill: str) -> str:
        """Where and how strongly the posting asks for a skill."""
        need = self.gaps[skill].need
        asks = [ask for ask in need.asks if ask.strength is need.strength] or list(need.asks)
        years = f"; the {need.years:g} years asked for no credential gives" if need.years and years_left(self.gaps[skill]) else ""
        if not asks:
            return f"{need.strength}{years}"
        mention = asks[0].mention
        return f"{need.strength}: {self.quote(Span(mention.start, mention.end, mention.text))}{years}"

    def shown(self, skill: str) -> str:
        """What the résumé already shows toward a gap, with its words; empty where nothing."""
        have = self.gaps[skill].have
        if have is None:
            return ""
        text = have.proofs[0].mention.text if have.proofs else self.taxonomy.name(have.skill)
        return f"; your résumé has “{' '.join(text.split())}”"

    def named_in_posting(self, credential: Credential) -> Span | None:
        """Where the posting names a credential by title, alias or exam code, or asks for the certification that it is by such a name."""
        for skill in self.certified_by(credential):
            for ask in self.gaps[skill].need.asks:
                if credential.id in self.catalog.meant(skill, (ask.mention.text,)):
                    return Span(ask.mention.start, ask.mention.end, ask.mention.text)
        return self.names(credential)

    def names(self, credential: Credential) -> Span | None:
        """Where the posting names a credential by title, alias or exam code."""
        names = (credential.title, *credential.aliases, credential.exam_code or "")
        return next((span for name in names if (span := self._find(name)) is not None and not self._is_another(span, credential)), None)

    def _is_another(self, span: Span, credential: Credential) -> bool:
        """Whether these words are read as a certification that this credential is not: "CMA" of an accountant is no medical assistant."""
        read = [a.mention.skill for a in self.posting.asks if a.mention.skill and a.mention.start < span.end and span.start < a.mention.end]
        others = [ids for skill in read if (ids := self.catalog.certifying(skill))]
        return bool(others) and not any(credential.id in ids for ids in others)

    def certified_by(self, credential: Credential) -> tuple[str, ...]:
        """The open gaps that *are* this credential, or hold it together with other certificates."""
        return self._certifying.get(credential.id, ())

    @cached_property
    def _certifying(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for skill in self.gaps:
            for name in self.catalog.certifying(skill):
                found[name] = (*found.get(name, ()), skill)
        return found

    def product_in_posting(self, credential: Credential) -> Span | None:
        """Where the posting names a product that this credential is about: one of the issuer's, or a tool that it teaches."""
        products, tools = products_of(self.catalog, self.taxonomy).of(credential)
        for product in products:
            span = self._find(product)
            if span is not None:
                return span
        asked = [self._named[skill] for skill in tools if skill in self._named]
        return min(asked, key=lambda place: place[0])[1] if asked else None

    @cached_property
    def _named(self) -> dict[str, tuple[int, Span]]:
        """Where each skill that is not negated is first asked for: the number of the ask, and its words."""
        found: dict[str, tuple[int, Span]] = {}
        for number, ask in enumerate(self.posting.asks):
            mention = ask.mention
            if mention.skill is not None and not mention.negated and mention.skill not in found:
                found[mention.skill] = (number, Span(mention.start, mention.end, mention.text))
        return found

    def _find(self, name: str) -> Span | None:
        """A name in the posting. One word, or letters that are a word too ("CAP"), must be written as given."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    @cached_property
    def _found(self) -> dict[str, Span | None]:
        return {}

    def _search(self, name: str) -> Span | None:
        key = phrase_key(name)
        if not key or key[0] not in self.vocabulary or len(name) < 2:
            return None
        table = PhraseTable.of(((name, 0),))
        for first, ends in table.find(self.words):
            span = Span(self.words.starts[first], self.words.ends[ends[-1][0] - 1], self.words.slice(first, ends[-1][0]))
            if len(key) > 1 or span.text == name.strip():
                return span
        return None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words.folded)

    def elsewhere(self, credential: Credential) -> str:
        """Where a credential counts, and where the job is, by what words."""
        return counts_elsewhere(credential, self.posting)

    # ── the employer and the field ──────────────────────────────────────────────────────────────

    @cached_property
    def academic_employer(self) -> str | None:
        """What says that the employer is academic or in health, as a clause; None where nothing does."""
        for said in (self.settings.industry, self.settings.target_employer):
            if said and (ACADEMIC_INDUSTRY.search(said) or _ACADEMIC.search(said)):
                return f"you name {said}"
        text = self.posting.document.text
        for section in self.posting.sections:
            match = _ACADEMIC.search(text, section.start, section.end) if section.kind in _EMPLOYER_SECTIONS else None
            if match is not None:
                return f"the posting reads {self.quote(Span(match.start(), match.end(), match.group()))}"
        return None

    def is_in_field(self, fields: Iterable[str], closes: Iterable[Closing] | None = None) -> str | None:
        """The first of ``fields`` that is your industry or the field of a gap (of all gaps, or of those closed)."""
        skills = [c.skill for c in closes] if closes is not None else list(self.gaps)
        mine = set(phrase_words(self.settings.industry or ""))
        for skill in skills:
            row = self.taxonomy.get(skill)
            if row is not None:
                mine.update(phrase_words(row.category), phrase_words(row.name))
        return next((field for field in fields if phrase_words(field) & mine), None)

    @staticmethod
    def same(name: str, other: str) -> bool:
        """Whether two names of employers are one: "Siemens AG" is "Siemens"."""
        a, b = squash(name), squash(other)
        return bool(a and b) and (a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))))

    # ── the person ──────────────────────────────────────────────────────────────────────────────

    def counts_toward(self, credential: Credential, toward: str) -> bool:
        larger = self.catalog.get(toward)
        return any(item.into == toward for item in credential.stacks_into) or (
            larger is not None and credential.id in (*larger.components, *larger.prerequisites_required)
        )

    def wanted_level(self, closes: Iterable[Closing]) -> tuple[Level | None, str]:
        """The level that suits, and why; None where nothing tells."""
        if self.settings.goal == "explore":
            return Level.BASIC, "to try a field out"
        asked = [level for closing in closes if (level := self.gaps[closing.skill].need.level) is not None]
        if asked:
            return max(asked, key=list(Level).index), "asked for in the posting"
        stage = self.settings.career_stage
        if stage:
            return STAGES[stage_word(stage)], f"career stage {stage}"
        return self._shown_level(closes)

    def _shown_level(self, closes: Iterable[Closing]) -> tuple[Level | None, str]:
        """From the years of work with what it closes, or with what is held that comes nearest to it."""
        held = [have for closing in closes if (have := self.gaps[closing.skill].have) is not None and have.years]
        years, skill = max(((have.years or 0.0, have.skill) for have in held), default=(0.0, ""))
        return level_of(years), f"your résumé shows {years_in_words(years)} of {self.taxonomy.name(skill)}" if years else ""


class Products:
    """What of each credential a posting may name as a product: the issuer's own, and tools that carry its name. Kept by credential."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def of(self, credential: Credential) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The issuer's products that it is about, and the ids of the tools that it teaches."""
        found = self._found.get(credential.id)
        if found is None:
            found = self._found[credential.id] = self._find(credential)
        return found

    def _find(self, credential: Credential) -> tuple[tuple[str, ...], tuple[str, ...]]:
        issuer = credential.issuer
        about = squash(" ".join((credential.title, *(self._taxonomy.name(t.skill) for t in credential.skills))))
        # "Mirantis Kubernetes Engine" is a product of Mirantis; Kubernetes is not: only the first word is the maker's.
        brand = frozenset(word for name in (issuer.name, *issuer.products) for word in phrase_key(name)[:1] if word not in _EMPTY_WORDS)
        tools = tuple(t.skill for t in credential.skills if self._is_tool_of(brand, t.skill))
        return tuple(product for product in issuer.products if squash(product) in about), tools

    def _is_tool_of(self, brand: frozenset[str], skill: str) -> bool:
        """Whether a tool carries one of these first words in its name: SQL, which Google teaches, is not Google's product."""
        row = self._taxonomy.get(skill)
        return row is not None and row.type is SkillType.TOOL and any(phrase_words(name) & brand for name in (row.name, *row.aliases))


@lru_cache(maxsize=4)
def products_of(catalog: Catalog, taxonomy: Taxonomy) -> Products:
    """The products of a catalog's credentials, kept while the catalog is in use."""
    return Products(taxonomy)


_NONE: frozenset[str] = frozenset()
_EMPTY_WORDS = frozenset(
    ("and", "of", "the", "for", "in", "practice", "management", "engineering", "services", "service", "general", "design", "development", "systems", "support")
)


@lru_cache(maxsize=4096)
def phrase_words(phrase: str) -> frozenset[str]:
    """The folded words of a field's name that tell it from others."""
    return frozenset(word for word in phrase_key(phrase) if word not in _EMPTY_WORDS)
