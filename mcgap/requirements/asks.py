"""Tying mentions to the clause they stand in: strength, alternatives, years, level, negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, count, pairwise
from typing import NamedTuple

from mcgap.files import word_list
from mcgap.lengths import Length
from mcgap.levels import find_levels
from mcgap.records import Ask, Mention, Requirement, SectionKind, SkillType, Strength
from mcgap.requirements.experience import FIELDS, TimeSigns, asks_for_time
from mcgap.requirements.negation import find_negated
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import BULLET_SIGNS, Words, among, fold, holding, lies_in

# What stands between two members of one list: separators, and at most short items that are no known skill.
_LIST_OPENS = (
    r"[\s)\]]*(?:(?:skills?|systems?|software|experience|related|based|degrees?|qualifications?|certificat(?:e|ion)s?|\w+(?=,|\s+(?:and\s?/\s?)?or\b))\s*)?",
    r"(?:[,/&|+\u2022\u00b7]|\band ?/ ?or\b|\band\b|\bor\b|\bas well as\b)",
)
_LIST_START = re.compile("".join(_LIST_OPENS), re.IGNORECASE)  # spares most gaps the whole pattern
_ITEM = r"[\w.#+'\u2019-]+"
# Up to four words an item. They part only where a space or a bracket stands: that a word could be taken as two costs a tenth of a second a gap.
_LIST_GAP = re.compile(rf"{_LIST_OPENS[0]}(?:{_LIST_OPENS[1]}[\s(\[]*(?:{_ITEM}(?:[\s)\]]+{_ITEM}){{0,3}}[\s)\]]*)?)+", re.IGNORECASE)
_CLOSE_GAP = re.compile(
    r"[\s,/&|+()\[\]\u2022\u00b7]*(?:(?:and ?/ ?or|and|or|as well as)\b[\s,/]*)?(?:(?:in|with|of|on|using|the|other|various|some|a|an)\b\s*){0,2}"
    # "in an accounting firm and/or experience working in a technology company"
    r"|(?: or similar)?,? (?:and/or|or) (?:experience|background) (?:working )?(?:in|with|of|within) (?:an? |the )?",
    re.IGNORECASE,
)
_OR = re.compile(r"(?:^|[\s,/(])(?:and/or|or)(?=$|[\s,/(])", re.IGNORECASE)
_AND = re.compile(r"(?:^|[\s,])(?:and(?! ?/ ?or\b)|&|as well as|plus)(?=$|\s)", re.IGNORECASE)
_SLASH_GAP = re.compile(r"\s?/\s?")
_ONE_OF = re.compile(
    r"\b(?:(?:(?:one|two|three) of|(?:one|two|three) or more|one or a combination of|at least (?:one|two)|one (?:common|major)|either"
    r"|any of|any one of|worked as|worked in)"
    r"[\s:,(]*(?:[\w-]+[:,]?\s+){0,4}(?:(?:including(?:,? but not limited to)?|such as|like|e\.g\.)[\s:,]+|[\w-]+[\s:]*\()?"
    r"|any (?:[\w-]+ ){0,3}(?:tool|language|framework|platform|database|package|system|technology|vendor)(?:[\s:,(\u2013\u2014-]|such as|like)*)$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:bi-?lingual|trilingual|both)\W*(?:in\s+)?$", re.IGNORECASE)  # "bilingual English/Spanish" asks for the two
_EXAMPLES = re.compile(r"\b(?:such (?:\w+ )?h?as|e\.?\s?g\.?,?|for example|for instance|like|i\.?e\.?,?)[\s:,(]*(?:[\w-]+\s){0,4}$", re.IGNORECASE)
# "case management software (Clio, Filevine)", "web standards (REST APIs, RPC)": examples of one thing. Of a maker's programs and of what a trait or an
# ability is made of all are asked for: "Microsoft applications (Word, Excel)".
_KINDS = re.compile(
    r"\b(?:(?i:software|systems?|packages?|platforms?|tools?|databases?|programs?|applications?)"
    r"|(?!(?:skills?|abilities|ability|office|suite|knowledge|experience|duties|responsibilities|communications?|attributes|competenc\w+|qualities)\b)[a-z][\w-]*)\s*\($"
)
_OF_A_MAKER = re.compile(r"\b(?:office|adobe|google|microsoft|ms)\s+[\w-]+\s*\($", re.IGNORECASE)
_CLOSES_SAMPLES = re.compile(rf"(?:\s*,\s*{_ITEM}(?:\s{_ITEM}){{0,3}}){{0,2}}\s*(?:,?\s*etc\.?)?\s*\)", re.IGNORECASE)
# "an HRIS (Workday or similar)", "accounting software such as Sage"
_OPENS_EXAMPLES = re.compile(
    r"(?: \w+)?(?: ?\((?P<example>such as |like |e\.?g\.?,? |for (?:example|instance),? )?|,? (?P<sample>such as|like|e\.g\.,?|for (?:example|instance),?) )",
    re.IGNORECASE,
)
# Words that these cannot do without: most of what stands before a list has none.
_ONE_OF_SIGNS, _EXAMPLES_SIGNS = ("one", "either", "any ", "worked", "two", "three"), ("such ", "for ", "like", "e.", "eg", "e g", "ie", "i.e")
_FOLLOWING, _OF_SIGNS = holding(("following", "below")), ("of:", "these:")
_CLOSES_CHOICE = re.compile(
    r"[\s,)]*(?:or|and/or)\s+(?:any\s+|an?\s+|in\s+(?:an?\s+)?|other\s+)?(?:[\w-]+\s+)?(?:another|related|similar|equivalent|relevant|comparable"
    r"|other|like|closely)\b",
    re.IGNORECASE,
)
# The last item of a choice can be no known skill: "SPSS, R and/or own scripts".
_CLOSES_OR = re.compile(
    r"[\s)]*,?\s*(?:and ?/ ?or|or)\s+(?:(?:other|any|an?)\s+)?[\w.#+'\u2019-]+(?:[ /-][\w.#+'\u2019-]+){0,3}\s*(?:[.,;:)\n]|$)", re.IGNORECASE
)
# Of fields any will do, however many are named in pairs: "Materials Science and Engineering, Health and Safety, or a related field".
_CLOSES_FIELDS = re.compile(
    r"[\s)]*(?:,|,?\s*(?:and/)?or\b)\s*(?:an?\s+|in\s+(?:an?\s+)?|any\s+|(?:an)?other\s+)?(?:closely\s+)?(?:related|similar|equivalent|relevant|comparable)\s+(?:[\w-]+\s+)?"
    r"(?:fields?|disciplines?|subjects?|areas?|majors?|degrees?|courses?)\b",
    re.IGNORECASE,
)
# Kinds of employers, any of which will do: "experience in oil, gas, chemical and other process industries"; of those one has worked across, all.
_WORKED_IN = re.compile(r"\b(?:experienced?|background|worked|career)\b[^.;:\n]{0,50}\b(?:in|within|from|of)\s+(?:the\s+|an?\s+|either\s+)?$", re.IGNORECASE)
_KINDS_OF_EMPLOYERS = r"(?:industry|industries|sectors?|plants|verticals|companies|firms|organi[sz]ations|environments)"
_EMPLOYERS = re.compile(rf"\b{_KINDS_OF_EMPLOYERS}$", re.IGNORECASE)
_CLOSES_EMPLOYERS = re.compile(rf"(?:\s*,\s*[\w&-]+){{0,4}}(?:,?\s*(?:and|or|&)\s+(?:[\w&/-]+\s+){{0,2}}?)?\s*{_KINDS_OF_EMPLOYERS}\b", re.IGNORECASE)
# "sales or partner management in an internet or hardware company": what stands after it is another choice.
_TURNS_TO = re.compile(r",?\s+(?:in|within|from|via|for|at|on|of|with|using)\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_IN_GAP = re.compile(r",?\s+(?:in|within|from|of)\s+(?:the\s+|an?\s+|either\s+)?", re.IGNORECASE)
# "4 years in UX, technical or marketing writing, product documentation or online publishing": years of any.
_ENDS_OWN = re.compile(r"[ \t]*(?:[,;|\n]|$)")
_YEARS_IN = re.compile(r"\b(?:years?|yrs?)\b['\u2019]?(?:\s+[\w-]+){0,4}\s+(?:in|with|as|of|within)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
# A parenthesis, a preposition after a comma or a verb between two mentions ends a list ("Support Work" is none).
_ENDS_LIST = re.compile(
    r"[()]|,\s*(?:with|by|for|from|through|while|where|who|which|that|to)\b|\b(?:knows?|is|are|has|have|uses?|comfortable|able|can|will|(?-i:works?)|working)\b",
    re.IGNORECASE,
)
# What one of is enough: all to the end of the sentence, or all bullets, whatever parentheses and headings of groups stand among them.
_ONE_OF_FOLLOWING = re.compile(
    r"\b(?:(?:at least )?(?:one|two|three)|any|either|any one|(?:one or )?(?:any|a) combination)(?: \(1\))?(?: or more)? of"
    r"(?:(?: the| these)? (?:following|below)\b(?:[^:.;\n]{0,60}?(?::| [\u2013-] ))?|(?: these)?:)[ \t]*"
    r"(?P<list>(?:\s*\n[ \t]*[" + BULLET_SIGNS + r"*o-][ \t][^\n]+)+|"
    r"(?:[^.;\n]|\.(?! |\n|$)|;(?! *(?:and )?(?:familiar|knowledge|experience|ability|good|strong|excellent)))+)",
    re.IGNORECASE,
)
# Letters in brackets after what they stand for: "Certified Information Systems Auditor (CISA)".
_SPELLED = re.compile(r"\((?<=\w \()(?:[A-Z][A-Za-z&.-]{0,3}[A-Z]s?|[A-Z]{1,8})\)")
_BULLET, _WORD = re.compile(rf"\s*(?:[{BULLET_SIGNS}*-]|o(?= ))\s"), re.compile(r"\w+")
_NEW_DEMAND = re.compile(
    r"[;\n\u2022]|(?<!\bexp)(?<!\byrs)\. |,\s*(?:and\s+)?(?:a\s+)?(?:strong|good|excellent|solid|knowledge|ability|must|able|proficien\w+|familiar\w*|proven"
    r"|preferably|ideally|knows|is|has|uses|comfortable)|\band (?:be|have|hold|possess|can|must)\b|\band (?:an? )?(?:strong|good|excellent|solid)\b"
    r"|\b(?:degree|diploma|certificate|certification|qualification) (?:in|from|or)\b"  # of fields nobody has years
    r"|(?-i: (?:Very|Good|Strong|Excellent|Solid|Proven|Sound|Fluent|Knowledge|Understanding|Ability|Familiar|Confident|Proficient) [a-z])",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;\n,*|]|\. | [-\u2013\u2014/] |//")
# "a degree in Computer Science and 3-5 yrs exp. in a SOC": what the years are of stands after them.
_GOES_ON_IN = re.compile(r"\+?['\u2019]?\s*(?:of )?(?:exp\b\.?|experience|work|working)?\s*(?:in|with|as|within)\b", re.IGNORECASE)
_EXAMPLE_GAP = 30  # characters
_OPENERS, _FIRST_WORD = word_list("clause_openers") | word_list("sure_clause_openers"), re.compile(r"[A-Z][a-z]+")
_AFTER_LENGTH = re.compile(r"\+?['\u2019]?[ \t,]*(?:[\w-]{1,30}[ \t]+){0,3}(?:\([^()\n]{1,40}\)[ \t]*)?")
# A unit, people or a product that the words before only tell of.
_TOLD = {
    "unit": "department dept division directorate bureau unit committee council".split(),
    "team": "teams team leadership staff colleagues personnel stakeholders leaders managers".split(),
    "product": "offerings offering assets".split(),
}
_MANAGED = r"(?! (?:management|leadership|building))"  # "team building" is a skill
_TOLD_AFTER = re.compile(
    r"\s+(?:" + "|".join(rf"(?P<{kind}>(?:{'|'.join(nouns)})\b{_MANAGED if kind == 'team' else ''})" for kind, nouns in _TOLD.items()) + ")", re.IGNORECASE
)
# One of these the word after a mention must be, as folded: of most mentions it is none.
_TELLING = among(fold(noun + sign) for nouns in _TOLD.values() for noun in nouns for sign in ("", "+", "++", "#"))
# "A desire to further your career in banking": a wish that the job fulfils, no experience.
_CAREER_BEFORE = re.compile(
    r"\b(?:further|develop|pursue|progress|start|begin|advance|launch|grow|continue|forge|kick-?start)(?:ing)?\s+(?:your|their|a|an)\s+"
    r"(?:[\w-]+\s+){0,3}careers?\s+(?:in|within)\s+(?:the\s+|an?\s+)?(?:[\w&-]+\s+){0,2}$",
    re.IGNORECASE,
)
_CAREERS = holding(("career",))
# "The school has a child protection policy".
_POLICY, _POLICY_WITHIN, _POLICIES = re.compile(r"\bpolic(?:y|ies)\b", re.IGNORECASE), 9, holding(("polic",))
_POLICY_BEFORE = re.compile(r"\b(?:has|we have|operates?|maintains?)\s+(?:in place\s+)?(?:an?|its own|our own)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_JOIN_BEFORE = re.compile(r"\bjoin(?:s|ing)?\b[^.;:\n]*$", re.IGNORECASE)
_UNIT_BEFORE = re.compile(
    r"(?:\b(?:head|director|manager|chief|vp|vice president|department|division|office|ministry|bureau|institute|board|faculty"
    r"|school) (?:of|for) (?:the )?|\breport(?:s|ing)? (?:directly )?to (?:the |our )?)$",
    re.IGNORECASE,
)
_UNIT_ENDS = among("of for to the our".split())  # what that ends in
_WORK_WITH = (
    r"(?:partner\w*|collaborat\w*|liais\w*|coordinat\w*|interact\w*|interfac\w*|relationships?|working relationships?"
    r"|work\w* (?:closely|together|directly|cross[- ]functionally|hand in hand|in partnership)|in (?:close )?(?:association|collaboration|partnership))"
)
_COLLEAGUES_BEFORE = re.compile(
    rf"\b(?:{_WORK_WITH}|work\w*|communicat\w*|alongside|functionality)\b(?:\s[\w-]+ly)?\s(?:with|to|across|between)\b[\w\s,/&-]{{0,50}}$", re.IGNORECASE
)
# "alongside the RGN in charge": who holds the licence is somebody else.
_SOMEBODYS = re.compile(r"\b(?:alongside|beside) (?:the|our|an?|other|fellow) (?:[\w-]+ ){0,2}$", re.IGNORECASE)
# Words that the patterns for colleagues and departments cannot do without: most mentions have none before them.
_PARTNER_SIGNS = holding(
    "partner collaborat liais liaiz coordinat interact interfac relationship work association communicat alongside functionality request feedback input"
    " referral information support team department function group unit division stakeholder colleague client".split()
)
_COLLEAGUES = ("teams?", "departments?", "functions", "functional areas", "groups", "stakeholders", "colleagues", "counterparts", "partners", "members")
_COLLEAGUES_AFTER = re.compile(rf"[\w\s,/&-]{{0,45}}?\b(?:{'|'.join(_COLLEAGUES)})\b", re.IGNORECASE)
_COLLEAGUE_SIGNS = holding([noun.split()[0].rstrip("?").rstrip("s") for noun in _COLLEAGUES])
_COLLEAGUES_WITHIN = 46
# A field after these is a department, whoever writes it small: "working cross-functionally with finance and legal".
_PARTNER_BEFORE = re.compile(
    rf"\b{_WORK_WITH}\s(?:[\w-]+ly\s)?(?:with|across|between)\s(?:the\s|our\s)?(?:[\w-]+(?:\s[\w-]+){{0,2}}(?:,|/|\sand|,\sand)\s?){{0,9}}$",
    re.IGNORECASE,
)
_SIDES = among(("with", "across", "between"))
# With a capital it is one after these too: "partner with Sales and Legal", "groups such as Engineering".
_DEPARTMENT_BEFORE = re.compile(
    rf"\b(?:(?:{_WORK_WITH}|communicat\w*)\s(?:\w+\s)?(?:with|to|across|between)"
    r"|(?:requests?|feedback|input|referrals|information|support) (?:from|to)"
    r"|(?:teams|departments|functions|groups|units|divisions|stakeholders|partners|colleagues|clients)(?: \w+)?,?"
    r" (?:such as|like|including|e\.g\.|from|in|across))"
    r"\b[\w\s,/&-]{0,50}$",
    re.IGNORECASE,
)
# How a posting speaks of its employer ({} is the name).
_OF_EMPLOYER = (
    r"\b(?:[Jj]oin|[Aa]t|[Aa]cross|[Ww]ithin|Company:) {0}\b(?! [A-Z])|\b{0}(?:['\u2019]s|rs| is| has)\b"
    r"|\b{0} (?:\w+ )?(?:[Pp]artners?|[Tt]eams?|[Cc]ustomers|[Ee]mployees|[Ee]xecutives|[Ll]eadership|[Ss]ales|[Oo]ffices?|[Pp]roducts?|[Pp]rograms?)\b"
)
# "NVQ Level 3 in Mechanical Engineering": what a qualification is in is no skill beside it.
_QUALIFICATION = re.compile(r"(?:nvq|svq|btec|hnc|hnd|cert(?:ificate)?|diploma|apprenticeship|city (?:&|and) guilds|level \d)\b", re.IGNORECASE)
_ITS_FIELD = re.compile(
    r"(?:\s+(?:or (?:above|higher|equivalent)|\(or equivalent\)|qualification|qualified|diploma|certificate))?\s+in\s+(?:an?\s+)?", re.IGNORECASE
)
_NAMES = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.CERTIFICATION, SkillType.LICENCE})
ANY_LANGUAGE, _BESIDE = "second-language", 20  # characters between it and the language that it is
_BILINGUAL = re.compile(r"(?:bi|tri|multi)-?lingual", re.IGNORECASE)
_LONG_LIST = 3  # separators
_REACH = 60
_FAR = 600  # characters: no sentence ties a length to a skill further off


def find_asks(
    words: Words, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], lengths: tuple[Length, ...], taxonomy: Taxonomy
) -> tuple[Ask, ...]:
    """Each mention as it is asked for, in order; those in asides are left out. Negated mentions are kept and marked."""
    text = words.text
    starts = [r.start for r in requirements]
    where = [max(0, bisect_right(starts, m.start) - 1) for m in mentions]
    groups = _with_examples(text, mentions, _with_general(text, mentions, _groups(words, mentions, requirements, where), taxonomy), taxonomy)
    negated = find_negated(words, mentions, requirements, where)
    levels = find_levels(words, mentions, [requirements[k].start if requirements else len(text) for k in where])
    years = _years(text, mentions, requirements, where, lengths) if lengths else {}
    rows = [None if m.skill is None else taxonomy.get(m.skill) for m in mentions]
    others, times = _Others(words), TimeSigns(words)
    asks = []
    for n, mention in enumerate(mentions):
        clause = requirements[where[n]] if requirements else Requirement(0, len(text), SectionKind.INTRO, Strength.MENTIONED)
        if clause.aside or mention.start >= clause.end or _names_a_unit(mention, rows[n], clause.strength, others):
            continue
        if (n and _is_its_field(text, mentions[n - 1], rows[n - 1], mention)) or (mention.skill == ANY_LANGUAGE and _names_its_language(mentions, n, taxonomy)):
            continue
        asked = replace(mention, negated=True) if n in negated else mention
        time = asks_for_time(mention, rows[n], clause.start, times)
        asks.append(Ask(asked, clause.strength, clause.section, groups.get(n), years.get(n), levels.get(n), clause.cue, time))
    return tuple(asks)


def settle_title(asks: Sequence[Ask], taxonomy: Taxonomy, text: str) -> tuple[Ask, ...]:
    """The title asks for what it names ("Java", "German"); other skills in it are the job's own name, so a duty, unless nothing else is asked.

    A unit after a comma is neither ("Analyst, Physical Security"), nor is what bears the employer's name ("Partner Manager, Google Cloud") or what
    the text speaks of no further ("Copywriter, Web, YouTube").
    """
    title, others = SectionKind.TITLE, [ask for ask in asks if ask.section is not SectionKind.TITLE]
    if len(others) == len(asks):
        return tuple(asks)
    said = {ask.mention.skill for ask in others}
    asks = [ask for ask in asks if ask.section is not title or not (_is_employers(ask, taxonomy, text) or _is_product(ask, said, taxonomy, text))]
    if not others:
        return tuple(asks)
    settled = []
    for ask in asks:
        if ask.section is not title or _is_name(ask, taxonomy):
            settled.append(ask)
        elif not _is_unit(ask.mention, text):
            settled.append(replace(ask, strength=Strength.DUTY))
    return tuple(settled)


def _is_unit(mention: Mention, text: str) -> bool:
    """Whether words of a title stand apart after its comma."""
    return "," in text[text.rfind("\n", 0, mention.start) + 1 : mention.start]


def _is_employers(ask: Ask, taxonomy: Taxonomy, text: str) -> bool:
    """Whether a product after a comma bears the name of the employer, as the text speaks of it: "Google's", "join Google", "Google teams"."""
    first, _, rest = ask.mention.text.partition(" ")
    apart = text[: ask.mention.start].rstrip().endswith((",", "-", "\u2013"))
    return bool(rest) and apart and _is_name(ask, taxonomy) and re.search(_OF_EMPLOYER.format(re.escape(first)), text) is not None


def _is_product(ask: Ask, said: set[str | None], taxonomy: Taxonomy, text: str) -> bool:
    """Whether a tool stands by itself behind a comma of the title, and nowhere else: the product that a team works for."""
    mention = ask.mention
    if mention.skill is None or mention.skill in said or taxonomy[mention.skill].type is not SkillType.TOOL:
        return False
    return text[: mention.start].endswith(", ") and text[mention.end : mention.end + 1] in {"", ",", "\n"}


def _is_name(ask: Ask, taxonomy: Taxonomy) -> bool:
    skill = None if ask.mention.skill is None else taxonomy.get(ask.mention.skill)
    return skill is not None and skill.type in _NAMES


class _Others:
    """Where words stand in a text that may name others: those one works with, and what says that one does; in order."""

    def __init__(self, words: Words) -> None:
        self.words = words
        starts, ends = words.starts, words.ends
        signs = words.those(_PARTNER_SIGNS)
        self.starts, self.ends = [starts[i] for i in signs], [ends[i] for i in signs]
        self.colleagues = [starts[i] for i in words.those(_COLLEAGUE_SIGNS)] if signs else []
        self.sides = [starts[i] for i in words.those(_SIDES)] if signs else []
        self.policies, self.careers = bool(words.those(_POLICIES)), bool(words.those(_CAREERS))
        self.telling, self.unit_ends = {*words.those(_TELLING)}, {*words.those(_UNIT_ENDS)}

    def follow(self, end: int) -> bool:
        """Whether colleagues may be named soon after an offset."""
        named = bisect_left(self.colleagues, end)
        return named < len(self.colleagues) and self.colleagues[named] <= end + _COLLEAGUES_WITHIN

    def precede(self, start: int) -> bool:
        """Whether a sign stands not long before an offset."""
        first = bisect_right(self.ends, start - 2 * _REACH)
        return first < len(self.starts) and self.starts[first] < start

    def beside(self, start: int) -> bool:
        """Whether "with", "across" or "between" stands not long before an offset."""
        first = bisect_left(self.sides, start - 2 * _REACH)
        return first < len(self.sides) and self.sides[first] < start


def _names_a_unit(mention: Mention, row: Skill | None, strength: Strength, others: _Others) -> bool:
    """Whether the words name no skill but a department, somebody's post, colleagues, a product, a policy or a career to come.

    "Head of Fund Accounting", "with the sales and design teams".
    """
    words, start, end = others.words, mention.start, mention.end
    if others.policies and _POLICY.search(words.text, start, end + _POLICY_WITHIN) and _POLICY_BEFORE.search(words.text, max(0, start - _REACH), start):
        return True
    if others.careers and _CAREER_BEFORE.search(words.text, max(0, start - 2 * _REACH), start):
        return True
    partnered = others.precede(start)
    may_tell = bool(others.telling) and bisect_left(words.starts, end) in others.telling
    of_a_unit = bisect_right(words.ends, start) - 1 in others.unit_ends
    if not (partnered or may_tell or of_a_unit):
        return False  # most mentions
    text = words.text
    before = text[max(0, start - _REACH) : start]
    if partnered and row is not None and row.type is SkillType.LICENCE and _SOMEBODYS.search(before):
        return True
    if partnered and others.follow(end) and _COLLEAGUES_AFTER.match(text, end) and _COLLEAGUES_BEFORE.search(before):
        return True
    told = _TOLD_AFTER.match(text, end) if may_tell else None
    if told is not None and (told["unit"] or strength in (Strength.DUTY, Strength.MENTIONED) or (told["team"] and _JOIN_BEFORE.search(before))):
        return True
    if (
        partnered
        and (row is None or row.type in FIELDS)
        and (
            (mention.text[0].isupper() and _DEPARTMENT_BEFORE.search(before))
            or (others.beside(start) and _PARTNER_BEFORE.search(text, max(0, start - 2 * _REACH), start))
        )
    ):
        return True
    return of_a_unit and _UNIT_BEFORE.search(before) is not None


def _is_its_field(text: str, before: Mention, row: Skill | None, mention: Mention) -> bool:
    """Whether a mention is what the qualification ``row``, mentioned right before it, is in."""
    if row is None or row.type is not SkillType.CERTIFICATION or not _QUALIFICATION.search(before.text):
        return False
    return _ITS_FIELD.fullmatch(text, before.end, mention.start) is not None


def _names_its_language(mentions: tuple[Mention, ...], n: int, taxonomy: Taxonomy) -> bool:
    """Whether "bilingual" stands beside the language that is meant: "bilingual in French"; "a second language" is any."""
    if not _BILINGUAL.match(mentions[n].text):
        return False
    near = (m for m in (*mentions[max(n - 1, 0) : n], *mentions[n + 1 : n + 2]) if max(m.start - mentions[n].end, mentions[n].start - m.end) <= _BESIDE)
    named = (taxonomy.get(m.skill) for m in near if m.skill is not None)
    return any(skill is not None and skill.type is SkillType.LANGUAGE and skill.id not in (ANY_LANGUAGE, "english") for skill in named)


def _groups(words: Words, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], where: list[int]) -> dict[int, str]:
    """Alternatives of one requirement: mention number -> group id, "g1" being the first of the text."""
    text = words.text
    groups: dict[int, str] = {}
    number = count(1)
    named = words.those(_FOLLOWING) or _has(text.lower(), _OF_SIGNS)
    lists = [(match.start("list"), _list_end(text, requirements, *match.span("list"))) for match in _ONE_OF_FOLLOWING.finditer(text)] if named else []
    places = [mention.start for mention in mentions]
    choices = [[*range(bisect_left(places, start), bisect_left(places, end))] for start, end in lists]
    listed = {n for members in choices for n in members}
    for run in _runs(text, mentions, where, range(len(mentions))):
        choices += _choices(text, mentions, run) if listed.isdisjoint(run) else []
    if _SPELLED.search(text) is not None:
        choices = _merged([*choices, *_around_brackets(text, mentions, where, listed)])
    for members in sorted(choices):
        if len({mentions[n].text.casefold() for n in members}) > 1:
            groups.update(dict.fromkeys(members, f"g{next(number)}"))
    return groups


def _around_brackets(text: str, mentions: tuple[Mention, ...], where: list[int], listed: set[int]) -> list[list[int]]:
    """Choices between names of which some stand spelled out with their letters in brackets: "a Registered Nurse (RN) or a Children's Nurse (RSCN)"."""
    brackets = [match.span() for match in _SPELLED.finditer(text)]
    opened = [start for start, _ in brackets]
    bare = _SPELLED.sub(lambda match: " " * len(match[0]), text)
    outer = [n for n, mention in enumerate(mentions) if not lies_in(mention.start, brackets)]
    runs = [run for run in _runs(bare, mentions, where, outer) if listed.isdisjoint(run)]
    across = (run for run in runs if bisect_left(opened, mentions[run[0]].start) < bisect_left(opened, mentions[run[-1]].start))
    return [choice for run in across for choice in _choices(bare, mentions, run)]


def _merged(choices: list[list[int]]) -> list[list[int]]:
    """Choices of which none share a member: those that did are one."""
    whole: dict[int, set[int]] = {}
    for choice in choices:
        known = {id(whole[n]): whole[n] for n in choice if n in whole}
        largest = max(known.values(), key=len, default=set[int]())
        added = set(choice).union(*(members for members in known.values() if members is not largest)) - largest
        largest |= added
        whole.update(dict.fromkeys(added, largest))
    return [sorted(members) for members in {id(members): members for members in whole.values()}.values()]


def _list_end(text: str, requirements: tuple[Requirement, ...], start: int, end: int) -> int:
    """Where a list ends that one of is enough, which the pattern takes to be all to ``end``.

    It ends at a heading, at the next bullet where it stands on one line, and where text that lost its stops asks for something else.
    """
    bulleted, first = _BULLET.match(text, start) is not None, _first_word(text, start)
    n = bisect_right([r.start for r in requirements], start)
    for before, after in pairwise(requirements[max(n - 1, 0) :]):
        gap = text[before.end : after.start]
        if after.start >= end:
            break
        if before.end <= start:
            continue
        if any(map(str.isalnum, gap)):  # a heading, which no clause holds
            return before.end
        if _BULLET.search(gap) is not None:
            if not bulleted:
                return before.end
        elif text[after.start].isupper() and (gap == " " or _first_word(text, after.start) in _OPENERS - {first}):
            return before.end
    return end


def _first_word(text: str, start: int) -> str:
    word = _WORD.search(text, start)
    return "" if word is None or word[0].isupper() else fold(word[0])


def _with_general(text: str, mentions: tuple[Mention, ...], groups: dict[int, str], taxonomy: Taxonomy) -> dict[int, str]:
    """The groups, each with the skill whose kinds it lists: whoever has another HRIS has what "an HRIS (Workday or similar)" asks for."""
    members: dict[str, list[int]] = {}
    for n, name in groups.items():
        members.setdefault(name, []).append(n)
    whole = dict(groups)
    for name, numbers in members.items():
        first = min(numbers)
        general = None if first == 0 else mentions[first - 1].skill
        if general is None or first - 1 in groups:
            continue
        opening, last = _OPENS_EXAMPLES.fullmatch(text[mentions[first - 1].end : mentions[first].start]), mentions[max(numbers)].end
        if opening is None or not (opening["example"] or opening["sample"] or _CLOSES_CHOICE.match(text[last : last + _REACH])):
            continue  # "Java (Spring or Hibernate)": one of the two, and Java
        if all((skill := mentions[n].skill) is not None and taxonomy.kin(skill, general) is not None for n in numbers):
            whole[first - 1] = name
    return whole


def _with_examples(text: str, mentions: tuple[Mention, ...], groups: dict[int, str], taxonomy: Taxonomy) -> dict[int, str]:
    """The groups, with those of a skill and the one example of it that is given: "some Python, for example pandas" asks for no pandas."""
    whole = dict(groups)
    for n, (general, special) in enumerate(pairwise(mentions), 1):
        gap = text[general.end : special.start]
        if len(gap) > _EXAMPLE_GAP or not {n - 1, n}.isdisjoint(whole) or general.skill is None or special.skill is None or general.skill == special.skill:
            continue
        opening = _OPENS_EXAMPLES.fullmatch(gap)
        if opening is not None and (opening["example"] or opening["sample"]) and taxonomy.kin(special.skill, general.skill) is not None:
            whole[n - 1] = whole[n] = f"g{len(set(whole.values())) + 1}"
    return whole


def _runs(text: str, mentions: tuple[Mention, ...], where: list[int], some: Sequence[int]) -> list[list[int]]:
    """Two or more of ``some`` mentions that stand in one list: separators and short unknown items between them."""
    runs: list[list[int]] = []
    run = [*some[:1]]
    for before, n in pairwise(some):
        end, start = mentions[before].end, mentions[n].start
        if where[n] == where[before] and start - end <= _REACH and _goes_on(text[end:start]):
            run.append(n)
        else:
            if len(run) > 1:
                runs.append(run)
            run = [n]
    return [*runs, run] if len(run) > 1 else runs


@lru_cache(maxsize=1 << 14)
def _goes_on(gap: str) -> bool:
    """Whether what stands between two mentions leaves them in one list."""
    return (
        (_LIST_START.match(gap) is not None or _CLOSE_GAP.fullmatch(gap) is not None)
        and "\n" not in gap
        and ". " not in gap
        and not _ENDS_LIST.search(gap)
        and not _is_one_of(gap)
        and not _gives_examples(gap)
        and (_LIST_GAP.fullmatch(gap) is not None or _CLOSE_GAP.fullmatch(gap) is not None)
    )


def _has(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 (twice as fast)
        if sign in text:
            return True
    return False


def _is_one_of(before: str) -> bool:
    """Whether a list after these words names alternatives: "at least one of"."""
    lowered = before.lower()
    return _has(lowered, _ONE_OF_SIGNS) and _ONE_OF.search(before) is not None


def _gives_examples(before: str) -> bool:
    """Whether a list after these words names examples: "such as"."""
    lowered = " ".join(before.lower().split())
    return _has(lowered, _EXAMPLES_SIGNS) and _EXAMPLES.search(before) is not None


def _choices(text: str, mentions: tuple[Mention, ...], run: list[int]) -> list[list[int]]:
    """The parts of a list that are choices: all of it, kinds of employers, a stretch that ends in "or", or pairs joined by a slash."""
    employers = _employers(text, mentions, run)
    if employers:
        head = run[: -len(employers)]
        return [*(_choices(text, mentions, head) if len(head) > 1 else []), employers]
    turn = next((n for n in range(1, len(run)) if _TURNS_TO.fullmatch(text, mentions[run[n - 1]].end, mentions[run[n]].start)), 0)
    if turn:
        return [choice for part in (run[:turn], run[turn:]) if len(part) > 1 for choice in _choices(text, mentions, part)]
    gaps = [_link(text[mentions[a].end : mentions[b].start]) for a, b in pairwise(run)]
    before = text[max(0, mentions[run[0]].start - 2 * _REACH) : mentions[run[0]].start]
    last = mentions[run[-1]].end
    after = text[last : last + _REACH]
    if (
        _is_one_of(before)
        or _gives_examples(before)
        or ("(" in before[-2:] and _lists_kinds(before, after) and any(gap.comma for gap in gaps) and not any(gap.both for gap in gaps))
        # One "and" in a long list is part of an item: "sales, marketing, finance, technical sales and operations, or a related field".
        or _CLOSES_FIELDS.match(after)
        or (_CLOSES_CHOICE.match(after) and sum(gap.both for gap in gaps) <= (len(gaps) > _LONG_LIST))
        or (gaps[0].comma and gaps[-1].either and not any(gap.both for gap in gaps) and _YEARS_IN.search(before))
    ):
        return [run]
    parts: list[list[int]] = []
    since = 0  # where the stretch of commas began that an "or" would close
    for n, gap in enumerate(gaps):
        if gap.either:
            first = since if gap.comma or all(g.comma for g in gaps[since:n]) else n
            if gap.comma and n - since and since >= _LONG_LIST and all(g.comma and not g.both for g in gaps[: since - 1]) and not gaps[since - 1].comma:
                first = 0  # "analytics, sales, media and marketing, consulting, or finance": an "and" inside an item
            _join(parts, run[first : n + 2])
            since = n + 1
        elif gap.slash and not _BOTH.search(text, max(0, mentions[run[n]].start - _REACH), mentions[run[n]].start):
            _join(parts, run[n : n + 2])
        elif gap.both:
            since = n + 1
    if since < len(gaps) and all(gap.comma or gap.slash for gap in gaps[since:]) and _CLOSES_OR.match(after):
        _join(parts, run[since:])
    return parts


def _lists_kinds(before: str, after: str) -> bool:
    """Whether what stands between brackets names kinds of what stands before them."""
    return _KINDS.search(before) is not None and _OF_A_MAKER.search(before) is None and _CLOSES_SAMPLES.match(after) is not None


def _employers(text: str, mentions: tuple[Mention, ...], run: list[int]) -> list[int]:
    """The end of a list that names kinds of employers, three or more: "design experience in oil, gas and chemical plants"."""
    last = mentions[run[-1]]
    closing = _CLOSES_EMPLOYERS.match(text, last.end) or _EMPLOYERS.search(text, last.start, last.end)  # "process industries" can be the skill
    if closing is None:
        return []
    at = len(run) - 1
    while at and not _IN_GAP.fullmatch(text, mentions[run[at - 1]].end, mentions[run[at]].start):
        at -= 1
    start = mentions[run[at]].start
    commas = text.count(",", start, closing.end())
    return run[at:] if at < len(run) - 1 and commas > 1 and _WORKED_IN.search(text, max(0, start - _REACH), start) else []


class _Link(NamedTuple):
    """What stands between two mentions of a list: "or", no more than a slash, "and", a comma."""

    either: bool
    slash: bool
    both: bool
    comma: bool


@lru_cache(maxsize=1 << 14)
def _link(gap: str) -> _Link:
    return _Link(_OR.search(gap) is not None, _SLASH_GAP.fullmatch(gap) is not None, _AND.search(gap) is not None, "," in gap)


def _join(parts: list[list[int]], members: list[int]) -> None:
    """Add members as a choice, one with those before that they overlap: "A/B, C/D or E" is one choice."""
    while parts and parts[-1][-1] >= members[0]:
        if parts[-1][0] <= members[0]:  # both are stretches of one list
            parts[-1] += [n for n in members if n > parts[-1][-1]]
            return
        members = sorted({*parts.pop(), *members})
    parts.append(members)


def _years(text: str, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], where: list[int], lengths: tuple[Length, ...]) -> dict[int, float]:
    """The least years asked for, by mention: a length governs what follows it in its sentence, else the mention just before it."""
    found: dict[int, float] = {}
    clauses, places = [r.start for r in requirements], [m.start for m in mentions]
    sentence = _sentences(text, requirements, lengths)
    for n_length, length in enumerate(lengths):
        clause = bisect_right(clauses, length.start) - 1
        if clause < 0 or length.start >= requirements[clause].end:
            continue
        stop = lengths[n_length + 1].start if n_length + 1 < len(lengths) else len(text)
        near = range(bisect_left(places, length.start - _FAR), bisect_right(places, length.start + _FAR))
        inside = [n for n in near if sentence[where[n]] == sentence[clause]]
        after = _governed(text, mentions, [n for n in inside if length.end <= mentions[n].start < stop], length.end)
        before = [] if _GOES_ON_IN.match(text, length.end) else [n for n in inside if mentions[n].end <= length.start]
        before = [n for n in before if _ties_back(text[mentions[n].end : length.start])]
        back = before and (text[max(0, length.start - 3) : length.start].rstrip().endswith("(") or _is_own(text, mentions[before[-1]].end, length))
        for n in after if after and not back else before[-1:]:
            found.setdefault(n, length.years)
    return found


def _is_own(text: str, end: int, length: Length) -> bool:
    """Whether a length stands right behind the mention that ends there, as an item of a list: "Spring 3 yrs, Angular 2 yrs"."""
    return text[end : length.start].strip(" \t:-\u2013") == "" and _ENDS_OWN.match(text, length.end) is not None


def _sentences(text: str, requirements: tuple[Requirement, ...], lengths: tuple[Length, ...]) -> list[int]:
    """For each part the number of its sentence: parts belong to one where only spaces or a comma stand between them, and the next opens no clause."""
    ends = [length.end for length in lengths]
    apart = (
        after.start - before.end > 2 or text[after.start - 1 : after.start] == "*" or _opens(text, after.start, ends)
        for before, after in pairwise(requirements)
    )
    return [*accumulate(apart, initial=0)]


def _opens(text: str, start: int, lengths: list[int]) -> bool:
    """Whether a word with a capital begins a clause of text that lost its stops: "... in production Experience with ...".

    After a length it goes on: "3+ years (full time) Experience with ...". ``lengths``: where each ends.
    """
    word = _FIRST_WORD.match(text, start)
    if word is None or fold(word[0]) not in _OPENERS:
        return False
    before = bisect_right(lengths, start)
    return not (before and _AFTER_LENGTH.fullmatch(text, lengths[before - 1], start))


def _governed(text: str, mentions: tuple[Mention, ...], after: list[int], at: int) -> list[int]:
    """The mentions that one length governs: those that follow until a new demand begins."""
    governed: list[int] = []
    for n in after:
        if _NEW_DEMAND.search(text, at, mentions[n].start) and not (governed == [] and "including" in text[at : mentions[n].start]):
            break
        governed.append(n)
        at = mentions[n].end
    return governed


def _ties_back(gap: str) -> bool:
    return gap in (", ", " - ", " \u2013 ") or (len(gap) <= 30 and not _PARTS.search(gap))
