"""The order of the steps: the only place that knows it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from mcgap.catalog import Catalog, load_catalog
from mcgap.countries import country_of
from mcgap.disclaimers import find_disclaimers
from mcgap.documents import read_document
from mcgap.gap import compare_phrases, find_gaps, find_gates, find_shown, give_verdict, readiness_of
from mcgap.lengths import Length, find_lengths
from mcgap.levels import load_levels
from mcgap.linking import link_mentions
from mcgap.mentions import NAMED, asked_traits, expand_coordinations, find_actions, find_items, find_listed, find_lists, find_mentions, reads_as_skill
from mcgap.plan import plan_stack
from mcgap.profile import BY_TITLE, find_proofs, find_roles, find_titles, find_verbs, haves_of, merge_haves, needs_of, part_studied
from mcgap.profile.roles import years_of
from mcgap.ranking import Weights, check_choices, load_weights, rank_credentials
from mcgap.records import (
    Ask,
    Brief,
    Country,
    Document,
    DocumentKind,
    Education,
    Evidence,
    Extraction,
    Have,
    Mention,
    Outline,
    Report,
    Requirement,
    Section,
    SectionKind,
    Strength,
)
from mcgap.requirements import (
    Chances,
    Supports,
    find_asks,
    find_countries,
    find_education,
    find_requirements,
    find_years,
    keep_likely,
    load_ask_model,
    load_country_cues,
    load_cues,
    load_degrees,
    load_negations,
    settle_title,
)
from mcgap.sections import find_sections, load_headings
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import PhraseTables, Words, lies_in

if TYPE_CHECKING:
    from mcgap.linking.vectors import SkillIndex
    from mcgap.mentions.tagger import Tagger

_START, _END_OF_ASK = attrgetter("start"), attrgetter("mention.end")
_ASKING = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED})
_LISTS = frozenset({SectionKind.SKILLS, SectionKind.PROJECTS, SectionKind.EXPERIENCE})


# "The ability to [explain findings to clients]" is asked for, however long it is.
_ABILITY = re.compile(r"\b(?:ability|able|capacity|willingness) to (?:\w+ly )?$", re.IGNORECASE)
_ABILITY_REACH = 40  # characters


class Analyzer:
    """The steps with their tables loaded once, for many documents."""

    def __init__(
        self, settings: Settings | None = None, *, taxonomy: Taxonomy | None = None, catalog: Catalog | None = None, earned: tuple[Have, ...] = ()
    ) -> None:
        """``earned`` is what the person proves besides the résumé, such as badges (``mcgap.importers.badges``)."""
        self.settings = settings or Settings()
        self.earned = earned
        if taxonomy is not None:
            self.taxonomy = taxonomy
        if catalog is not None:
            self.catalog = catalog

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return load_taxonomy(self.settings.taxonomy)

    @cached_property
    def catalog(self) -> Catalog:
        return load_catalog(self.settings.catalog, only=self.settings.only_catalog, taxonomy=self.taxonomy)

    @cached_property
    def weights(self) -> Weights:
        return load_weights(self.settings.weights, goal=self.settings.goal)

    def check(self) -> None:
        """Refuse options that name nothing of the catalog: they would count for nothing in silence. Raises SettingsError."""
        settings = self.settings
        if settings.toward is not None or settings.language is not None or settings.industry is not None or settings.rates:
            check_choices(settings, self.catalog, self.taxonomy)

    @property
    def countries(self) -> tuple[Country, ...]:
        """Where you say that the job is; empty where you do not."""
        code = country_of(self.settings.country) if self.settings.country is not None else None
        return (Country(code),) if code is not None else ()

    def extract(self, document: Document) -> Extraction:
        """What one document says: skills as asked or shown, education, years."""
        words = Words(document.text)
        if document.kind is DocumentKind.RESUME:
            return self._shown(document, words, find_sections(document, words))
        self._tables.find(words)
        sections = find_sections(document, words)
        mentions, traits, undecided, dropped = find_mentions(words, self.taxonomy, sections, explain=self.settings.explain)
        mentions = _in_order(mentions, expand_coordinations(words, mentions, self.taxonomy))
        mentions = _in_order(mentions, find_actions(words, mentions, self.taxonomy))
        requirements = find_requirements(words, sections, mentions, self.taxonomy)
        listing = _listing(sections, requirements)
        if requirements:
            mentions = _in_order(mentions, asked_traits(traits, mentions, listing))
        items = find_items(words, mentions, listing)
        linked = (m for m in link_mentions(items, self.taxonomy) if m.skill is not None or m.score >= NAMED)
        mentions = _in_order(mentions, linked)
        lengths = find_lengths(words)
        education = find_education(words, document.kind, requirements)
        asks, supports, unsupported = self._asks(words, mentions, undecided, requirements, lengths, education)
        settled = settle_title(_apart_from_degrees(asks, education), self.taxonomy, document.text)
        asks = self._likely(words, settled, supports)
        years = find_years(document.text, requirements, asks, lengths)
        if self.settings.explain:
            places = {(m.start, m.end) for m in (*mentions, *(ask.mention for ask in asks))}
            dropped = _in_order((m for m in dropped if (m.start, m.end) not in places), _unasked(mentions, asks, settled, unsupported, requirements, education))
        countries = self.countries or find_countries(words, sections)
        warnings = _posting_warnings(document, asks)
        return Extraction(document, sections, asks, education=education, years=years, dropped=dropped, warnings=warnings, countries=countries)

    @cached_property
    def _tables(self) -> PhraseTables:
        """What the steps look up in a posting: cues, and the names of skills."""
        cues = (load_headings(DocumentKind.POSTING), load_cues()[0], load_negations()[0], load_levels()[0], load_degrees()[0], load_country_cues()[0])
        return PhraseTables((*cues, self.taxonomy.table))

    def _shown(self, document: Document, words: Words, sections: tuple[Section, ...]) -> Extraction:
        """What a résumé says. Its lists are read whole, and verbs of work name skills too."""
        taxonomy = self.taxonomy
        lists = find_lists(words, sections)
        parts = sorted((*sections, *(Section(SectionKind.SKILLS, line.start, line.end) for line in lists)), key=lambda part: part.start)
        mentions, _, _, dropped = find_mentions(words, taxonomy, parts, explain=self.settings.explain)
        mentions = _in_order(mentions, expand_coordinations(words, mentions, taxonomy))
        items = link_mentions(find_items(words, mentions, _listing(sections, ())), taxonomy)
        mentions = _in_order(mentions, (m for m in items if m.skill is not None or m.score >= NAMED or reads_as_skill(m)))
        mentions = _in_order(mentions, link_mentions(find_listed(words, lists, mentions, taxonomy), taxonomy))
        mentions = _in_order(mentions, find_verbs(document.text, sections, mentions, taxonomy))
        roles = find_roles(document, sections, self.settings.day)
        education = find_education(words, document.kind)
        disclaimers = find_disclaimers(document.text, sections)
        lengths = find_lengths(words)
        mentions = _in_order(mentions, find_titles(document.text, roles, mentions, taxonomy))
        found = find_proofs(words, mentions, sections, roles, lengths, taxonomy, disclaimers)
        titles = tuple(proof for proof in found if proof.mention.how == BY_TITLE)
        proofs, studied = part_studied(tuple(proof for proof in found if proof.mention.how != BY_TITLE), education, document.text)
        warnings = _resume_warnings(document, (*proofs, *studied))
        return Extraction(
            document, sections, (), proofs, studied, education, roles=roles, dropped=dropped, warnings=warnings, disclaimers=disclaimers, titles=titles
        )

    def _asks(
        self,
        words: Words,
        mentions: tuple[Mention, ...],
        undecided: tuple[Mention, ...],
        requirements: tuple[Requirement, ...],
        lengths: tuple[Length, ...],
        education: tuple[Education, ...],
    ) -> tuple[tuple[Ask, ...], Supports | None, frozenset[tuple[int, int]]]:
        """Asks of listed skills; without ``fast`` also of phrases that no list holds, and without mentions that the tagger finds no skill in.

        Where it is not asked the ``undecided`` mentions stand beside the others: the tagger finds those that name a skill by itself.

        With them, how likely the tagger finds a skill at each place (None where it was not asked), and the places of the mentions it finds none in.
        """
        if self.settings.fast or not requirements:
            spare = _apart_from(undecided, [(m.start, m.end) for m in mentions])
            return find_asks(words, _in_order(mentions, spare), requirements, lengths, self.taxonomy), None, frozenset()
        from mcgap.mentions.tagger import chances, find_phrases, find_wider, is_line, is_long, keep_supported, read_words

        asides = [(r.start, r.end) for r in requirements if r.aside]
        reading = read_words(words, [(0, len(words.text))], mentions, self.taxonomy, self.tagger)
        duties = [(r.start, r.end) for r in requirements if r.strength in (Strength.DUTY, Strength.MENTIONED)]
        kept = keep_supported(words, reading, mentions, self.taxonomy, self.tagger, asides, duties)
        found = find_phrases(words, reading, kept, self.tagger, asides, mentions)
        phrases = link_mentions(_apart_from(found, [_with_fields(e, words.text) for e in education]), self.taxonomy)
        short = self._linked([m for m in phrases if not is_long(words, m)])
        # What carries years, alternatives or the title, or is a whole bullet, is asked for, whatever the tagger makes of its words;
        # so is what a bullet under "Requirements" names, which else would ask for nothing.
        places = {(m.start, m.end) for m in (*kept, *short)}
        named = sorted(start for start, _ in places)
        empty = [(r.start, r.end) for r in requirements if r.section in _ASKING and bisect_left(named, r.start) == bisect_left(named, r.end)]
        asks = [
            a
            for a in find_asks(words, _in_order(mentions, short), requirements, lengths, self.taxonomy)
            if (a.mention.start, a.mention.end) in places
            or a.years
            or a.group
            or a.section is SectionKind.TITLE
            or (a.strength in (Strength.REQUIRED, Strength.PREFERRED) and lies_in(a.mention.start, empty))
            or (a.strength is not Strength.MENTIONED and is_line(words, a.mention))
        ]
        # A long phrase tells of a task; a wider one says more of a skill that is asked for anyway.
        around = _in_order([m for m in phrases if is_long(words, m)], find_wider(words, reading, kept, self.tagger, asides))
        carrying: dict[str | None, list[Ask]] = {}
        for ask in asks:
            if ask.group or ask.years:
                carrying.setdefault(ask.mention.skill, []).append(ask)
        for ask in find_asks(words, around, requirements, lengths, self.taxonomy):
            inner = _within(ask.mention, carrying.get(ask.mention.skill, ()))
            least = None if inner is None or ask.mention.skill is None else inner.years
            asks.append(replace(ask, group=None if inner is None else inner.group, years=least, level=None, strength=_as_task(ask, words.text)))
        asks.sort(key=lambda a: (a.mention.start, -a.mention.end))
        asked = [a.mention for a in asks]
        supports = {(m.start, m.end): Chances(*each) for m, each in zip(asked, chances(words, reading, asked), strict=True)}
        return tuple(asks), supports, frozenset((m.start, m.end) for m in mentions) - places

    def _likely(self, words: Words, asks: tuple[Ask, ...], supports: Supports | None) -> tuple[Ask, ...]:
        """The asks that a trained model takes for such."""
        return keep_likely(words, asks, self.taxonomy, load_ask_model("fast" if supports is None else "full"), supports)

    def _linked(self, phrases: Sequence[Mention]) -> tuple[Mention, ...]:
        """Short phrases of the tagger, linked by kin, else with what they may mean. The vectors are loaded at the first one."""
        if all(phrase.skill is not None for phrase in phrases):
            return tuple(phrases)
        from mcgap.linking.meaning import link_or_suggest
        from mcgap.linking.vectors import load_vectors

        return link_or_suggest(phrases, self.taxonomy, self.index, least=load_vectors().suggested)

    @cached_property
    def index(self) -> SkillIndex:
        from mcgap.linking.vectors import load_index

        return load_index(self.taxonomy)

    @cached_property
    def tagger(self) -> Tagger:
        from mcgap.mentions.tagger import load_tagger

        return load_tagger()

    def analyze(self, posting: Document, resume: Document | None = None) -> Report:
        """The whole chain for one posting, and one résumé where there is one."""
        asked = self.extract(posting)
        shown = self.extract(resume) if resume is not None else None
        return self.compare(asked, shown)

    def compare(self, posting: Extraction, resume: Extraction | None) -> Report:
        """Two extractions as a report: for many pairs, extract each document once."""
        settings, taxonomy = self.settings, self.taxonomy
        today = settings.day
        needs = needs_of(posting.asks, taxonomy, posting.countries)
        haves = self.haves(resume)
        words = Words(resume.document.text) if resume is not None else None
        unnamed = find_shown(needs, resume, taxonomy, words, haves) if resume is not None else {}
        gaps = find_gaps(needs, haves, unnamed, taxonomy, today=(today.year, today.month), stale_after=settings.stale_after)
        years = years_shown(resume)
        gates = find_gates(posting, resume, gaps, years, taxonomy)
        phrases = compare_phrases(posting.asks, words, resume.disclaimers if resume is not None else ())
        held = held_credentials(haves, self.catalog)
        ranked = rank_credentials(gaps, self.catalog, taxonomy, weights=self.weights, settings=settings, posting=posting, haves=haves, held=held)
        plan = plan_stack(gaps, ranked, self.catalog, taxonomy, settings=settings, held=held)
        verdict = give_verdict(gaps, gates, len(plan.steps), plan.coverage, taxonomy, has_resume=resume is not None or bool(self.earned))
        readiness = readiness_of(gaps) if resume is not None or self.earned else None
        warnings = (*posting.warnings, *(resume.warnings if resume is not None else ()), *self.catalog.warnings, *badge_warnings(haves))
        return Report(posting, resume, readiness, verdict, gaps, gates, phrases, haves, ranked[: settings.top], plan, today, warnings)

    def haves(self, resume: Extraction | None) -> tuple[Have, ...]:
        """What a résumé shows, with what is earned besides it."""
        if resume is None:
            return self.earned
        return merge_haves(haves_of((*resume.proofs, *resume.studied, *resume.titles), self.taxonomy), self.earned)


def badge_warnings(haves: Iterable[Have]) -> tuple[str, ...]:
    """A sentence on badges that count as proof: nothing here checks who signed them."""
    names = sorted({have.badge for have in haves if have.badge is not None})
    if not names:
        return ()
    quoted = ", ".join(f"\u201c{name}\u201d" for name in names)
    return (f"Signature not checked: {quoted} {'counts' if len(names) == 1 else 'count'} as proof by what the badge file says, and mcgap checks no signature.",)


def years_shown(resume: Extraction | None) -> float | None:
    """The years that the dated roles of a résumé cover; None without roles."""
    return years_of(resume.roles) if resume is not None and resume.roles else None


def brief_of(report: Report) -> Brief:
    """A report in short."""
    plan, credentials = report.plan, tuple(item.credential for item in report.credentials)
    return Brief(report.readiness, report.verdict, report.gaps, report.gates, credentials, Outline(len(plan.steps), plan.hours, plan.cost, plan.coverage))


def _in_order(mentions: Iterable[Mention], more: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted((*mentions, *more), key=_START))


def _unasked(
    mentions: Iterable[Mention],
    asks: Iterable[Ask],
    settled: Iterable[Ask],
    unsupported: frozenset[tuple[int, int]],
    requirements: Iterable[Requirement],
    education: Iterable[Education],
) -> list[Mention]:
    """The mentions that no ask was made of, each with the reason.

    ``settled`` are the asks before the unlikely ones went, ``unsupported`` the places where the tagger finds no skill.
    """
    taken = {(ask.mention.start, ask.mention.end) for ask in asks}
    doubted = {(ask.mention.start, ask.mention.end) for ask in settled}
    degrees = {(e.span.start, e.span.end) for e in education}
    asides = [(r.start, r.end) for r in requirements if r.aside]
    found = []
    for mention in mentions:
        if (mention.start, mention.end) not in taken:
            if (mention.start, mention.end) in doubted:
                why = "reads as no skill there, by the words beside it"
            elif (mention.start, mention.end) in degrees:
                why = "is a degree or diploma, which is a condition of its own"
            elif lies_in(mention.start, asides):
                why = "stands in words on the employer, the offer or the hiring, which ask nothing"
            elif (mention.start, mention.end) in unsupported:
                why = "reads as no skill there, by the trained tagger"
            else:
                why = "names a team or a matter there, no skill"
            found.append(replace(mention, dropped=why))
    return found


def _with_fields(education: Education, text: str) -> tuple[int, int]:
    """The characters of a degree with the fields named for it: "numerate" in "a degree in a numerate subject" is no skill."""
    start, end = education.span.start, education.span.end
    for field in education.fields:
        at = text.find(field, end)
        end = at + len(field) if at >= 0 else end
    return start, end


def _apart_from_degrees(asks: tuple[Ask, ...], education: Sequence[Education]) -> tuple[Ask, ...]:
    """The asks but for those of the very words of a degree or diploma, which is a condition of its own: "HND"."""
    degrees = {(e.span.start, e.span.end) for e in education}
    return tuple([ask for ask in asks if (ask.mention.start, ask.mention.end) not in degrees]) if degrees else asks


def _apart_from(mentions: Iterable[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions that touch none of these spans, which are in order of their start."""
    starts = [start for start, _ in spans]
    reached = list(accumulate((end for _, end in spans), max, initial=0))  # by the first spans, however many
    return [m for m in mentions if reached[bisect_left(starts, m.end)] <= m.start]


def _within(wider: Mention, asks: Sequence[Ask]) -> Ask | None:
    """The first of some asks of one skill, in order, that a wider or narrower reading of it overlaps: years and alternatives are asked of both."""
    first = bisect_right(asks, wider.start, key=_END_OF_ASK)
    return asks[first] if first < len(asks) and asks[first].mention.start < wider.end else None


def _as_task(ask: Ask, text: str) -> Strength:
    """A long phrase that no list holds is a duty, unless the ability to do it is asked for."""
    asked = ask.mention.skill is None and ask.strength in (Strength.REQUIRED, Strength.PREFERRED)
    return Strength.DUTY if asked and not _ABILITY.search(text, max(0, ask.mention.start - _ABILITY_REACH), ask.mention.start) else ask.strength


def _listing(sections: tuple[Section, ...], requirements: tuple[Requirement, ...]) -> list[tuple[int, int]]:
    """The parts of a document where an unknown item of a list can be a skill: what a posting asks, a résumé's lists and work."""
    if requirements:
        return [(r.start, r.end) for r in requirements if r.strength in (Strength.REQUIRED, Strength.PREFERRED) and not r.aside]
    return [(s.heading.end if s.heading else s.start, s.end) for s in sections if s.kind in _LISTS]


def held_credentials(haves: Iterable[Have], catalog: Catalog) -> frozenset[str]:
    """The catalog ids of credentials that the résumé holds, by name, alias or exam code.

    Where its words tell the certificates of one skill not apart, all count as held, so that none is proposed again.
    """
    held: set[str] = set()
    for have in haves:
        if have.evidence is not Evidence.ASPIRING:
            said = (proof.mention.text for proof in have.proofs if proof.evidence is not Evidence.ASPIRING)
            held.update(catalog.meant(have.skill, said) or catalog.certifying(have.skill))
    return frozenset(held)


def analyze(posting: str | Document, resume: str | Document | None = None, *, skills: Iterable[str] = (), settings: Settings | None = None) -> Report:
    """Analyse one posting against one résumé (texts, or Documents of ``mcgap.documents.read_document``).

    ``skills`` stands in for a résumé: names of skills that are held. Raises McgapError.
    """
    listed = tuple(skills)
    if resume is None and listed:
        resume = "Skills\n" + "\n".join(listed)
    return Analyzer(settings).analyze(_document(posting, DocumentKind.POSTING), None if resume is None else _document(resume, DocumentKind.RESUME))


def extract(text: str | Document, *, kind: DocumentKind | str = DocumentKind.POSTING, settings: Settings | None = None) -> Extraction:
    """What one posting or résumé says. Raises McgapError."""
    return Analyzer(settings).extract(_document(text, DocumentKind(kind)))


def _document(text: str | Document, kind: DocumentKind) -> Document:
    return text if isinstance(text, Document) else read_document(text, kind)


def _posting_warnings(document: Document, asks: tuple[object, ...]) -> tuple[str, ...]:
    warnings = list(document.warnings)
    strengths = {getattr(ask, "strength", None) for ask in asks}
    if not asks:
        warnings.append("No skill was recognised in this posting. That is no proof that it asks for none: read it yourself.")
    elif strengths <= {Strength.MENTIONED, Strength.DUTY}:
        warnings.append("No requirements section was recognised; what is named is read as mentioned or as a duty.")
    return tuple(warnings)


def _resume_warnings(document: Document, proofs: tuple[object, ...]) -> tuple[str, ...]:
    if proofs:
        return document.warnings
    return (*document.warnings, "No skill was recognised in this résumé. That is no proof that it shows none.")
