"""Words of a text with their offsets, and tables of phrases looked up in them.

One tokenisation serves every step. It never changes the text, so offsets are those of the text
as read; all folding happens word by word.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, repeat
from operator import add, itemgetter, ne
from threading import Lock
from typing import ClassVar, Generic, TypeVar, overload

_T = TypeVar("_T")

# A word keeps a trailing "+", "++" or "#" (C++, C#, A+, 5+); "&" is a word of its own (R&D). Plain words are tried first, being most.
_SPLIT = re.compile(r"([^\W_]++(?![+#])|[^\W_]+(?:\+\+|[+#](?![^\W_]))?|&)")
_SPLIT_ASCII = re.compile(_SPLIT.pattern.replace(r"[^\W_]", "[A-Za-z0-9]"))  # the same for plain letters, in two thirds of the time
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# "risksBuild", "RequirementsDiploma", "LevelExcellent": where text lost a space, or with it a line break: before a word that opens an item and behind a
# heading. Names with a capital inside ("PowerPoint") mostly begin with one, so that after these only such words are parted.
_MAY_BE_GLUED = re.compile(r"[a-z][A-Z][a-z]|[A-Z0-9][A-Z][a-z]{2}")
_HEADED = re.compile("Benefits|Description|Duties|Overview|Qualifications|Requirements|Responsibilities|Summary")
_OPENING = re.compile(
    r"(?:Ability|Able|About|Additional|Bachelor|Benefits|Candidates?|Competenc(?:y|ies)|Degree|Demonstrated|Description|Desirable|Desired|Diploma|Duties"
    r"|Education|Essential|Excellent|Experienced?|Familiarity|Good|Ideally|Interpersonal|Knowledge|Location|Minimum|Must|Preferred|Previous"
    r"|Proficien(?:t|cy)|Proven|Qualifications|Required|Requirements|Responsibilities|Salary|Skills|Solid|Strong|The|This|Understanding|Willingness|Your?)(?![a-z])"
)
_GLUED = re.compile(rf"([a-z]{{3,}}|{_HEADED.pattern}|(?:[A-Za-z0-9]{{3,}}?|[A-Z0-9]{{2}})(?={_OPENING.pattern}))([A-Z][a-z]{{2}}\w*)")

# What may stand between two words of one phrase. A comma, a semicolon or a full stop with a space may not.
JOINERS = frozenset(
    [
        "",
        "'\xad\xad",
        " ",
        " \xad\xad\xad",
        "  ",
        "\n",
        " \n",
        "\xa0",
        "-",
        "- ",
        " - ",
        "-\n",
        "\xad",
        "\u2010",
        "\u2011",
        "\u2013",
        "/",
        " / ",
        " /",
        "/ ",
        ".",
        "'",
        "\u2019",
        "_",
        "+",
    ]
)
# UTF-8 read as Windows-1252 or Latin-1, with what was meant in as many characters; soft hyphens fill up and may stand inside a phrase.
_MOJIBAKE = {
    "\u00e2\u20ac\u2122": "'\xad\xad",
    "\u00e2\u20ac\u02dc": "'\xad\xad",
    "\u00e2\u20ac\u0153": '"\xad\xad',
    "\u00e2\u20ac\u009d": '"\xad\xad',
    "\u00e2\u20ac\u201c": " - ",
    "\u00e2\u20ac\u201d": " - ",
    "\u00e2\u20ac\u00a2": "\u2022  ",
    "\u00e2\u20ac\u00a6": "...",
    "\u00e2\u0080\u0099": "'\xad\xad",
    "\u00e2\u0080\u0098": "'\xad\xad",
    "\u00e2\u0080\u0093": " - ",
    "\u00e2\u0080\u00a2": "\u2022  ",
    "\u00c2\u00a0": "  ",
    "\u00c2\u00b7": "\u00b7 ",
    "\u00e2\u00a2": "\u2022 ",
    "\u00c2 ": "  ",
    "\u00ef\u201a\u00b7": "\u2022  ",
}
# What some PDF writers put for each space: tab, end of line, space, no-break space.
_WIDE_SPACE, _SPACE = "\t\n \xa0", " \xad\xad\xad"
# PDF files hold these as one letter: "Web\ufb02ow" is Webflow.
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_JOINED_LENGTH = 5  # shorter joined pairs are chance

# Words whose "s" is no plural.
_KEEP_S = frozenset("sales news goods series species always perhaps lens kubernetes windows teams sheets slides pages notes jenkins postgres aws ios".split())


def fold(word: str) -> str:
    """One word without case, accents, plural "s" and British spelling, for comparing only.

    >>> fold("Programmes"), fold("visualisation"), fold("R\u00e9sum\u00e9s"), fold("CSS"), fold("&")
    ('program', 'visualization', 'resume', 'css', 'and')
    """
    return _FOLDED[word]


class _Folded(dict[str, str]):
    """Words as folded, kept: a hit takes half the time of ``lru_cache``."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_FOLDED:
            self.clear()  # memory stays flat over millions of texts
        folded = self[word] = _fold(word)
        return folded


_MOST_FOLDED = 1 << 16
_FOLDED = _Folded()


def _fold(word: str) -> str:
    folded = word.lower()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).lower()
    if folded == "&":
        return "and"
    if len(folded) < 4:
        return folded
    word = _singular(folded)
    return american(_MISSPELT.get(word, word))


def _singular(word: str) -> str:
    if not word.endswith("s") or word in _KEEP_S or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("yses"):
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


_WHOLE_WORDS = {
    "programme": "program",
    "licence": "license",
    "defence": "defense",
    "cheque": "check",
    "tyre": "tire",
    "grey": "gray",
    "aluminium": "aluminum",
    "toefl": "toefl",  # no "oe" of Greek: TEFL is another
    "organiser": "organizer",
}
# As people often misspell them in résumés, one sense each.
_MISSPELT = {
    wrong: right
    for right, often in {
        "accounting": "acounting accouting",
        "administration": "adminstration administartion admistration",
        "analysis": "anaylsis analisis analysys",
        "commercial": "comercial commerical",
        "communication": "comunication communcation",
        "development": "developement devlopment developmnet",
        "documentation": "documenation documentaion",
        "electrical": "electical eletrical elecrical",
        "environment": "enviroment enviornment enviorment",
        "equipment": "equipement equiptment",
        "excellent": "excellant excelent",
        "experience": "experiance experince expirience",
        "financial": "finacial finanical",
        "implementation": "implimentation implementaion",
        "integration": "intergration integeration",
        "knowledge": "knowlege knowladge knowlegde",
        "liaison": "liason laison",
        "maintenance": "maintainance maintenence maintanance maintenace maintainence mantainance",
        "management": "managment mangement managament",
        "manufacturing": "manufacuring manufaturing manufactring",
        "mechanical": "mechnical mechancial machanical",
        "procurement": "procurment procurememt",
        "proficient": "proficent proficiant",
        "programming": "programing programimg",
        "recruitment": "recuitment recruitement recruitmnet",
        "requirement": "requirment requiremnt",
        "supervision": "supervison superivision",
        "technical": "techincal technial tecnical",
        "technician": "technican techinician",
        "troubleshooting": "troubleshoting toubleshooting",
    }.items()
    for wrong in often.split()
}
_ENDINGS = (
    *((f"is{rest}", f"iz{rest}") for rest in ("ation", "ational", "ing", "ed", "er", "e")),
    *((f"our{rest}", f"or{rest}") for rest in ("", "al", "ing", "ed", "ful", "ist")),
    ("tre", "ter"),
    ("ogue", "og"),
    *((f"ll{rest}", f"l{rest}") for rest in ("ed", "ing", "er")),
)
_BRITISH = tuple(ending for ending, _ in _ENDINGS)


def american(word: str) -> str:
    """A word in small letters as Americans spell it: organised -> organized."""
    whole = _WHOLE_WORDS.get(word)
    if whole is not None or len(word) < 5:
        return whole or word
    if word.endswith(_BRITISH):
        ending, american = next(pair for pair in _ENDINGS if word.endswith(pair[0]))
        word = word[: -len(ending)] + american
    # paediatric, anaemia, oedema
    return word[0] + word[1:].replace("ae", "e").replace("oe", "e") if "ae" in word or "oe" in word else word


class Vocabulary(dict[str, int]):
    """Words as written -> the number of the word as folded, in the order in which they first came.

    ``folded`` has the words by number; 0 stands for none, or for words that a table does not tell apart. What else is known of words is kept in lists
    by number, too (``WordTable``): the usual words came first and lie side by side there, where a table by word is a place of memory for each.
    """

    def __init__(self) -> None:
        self.folded: list[str] = [""]
        self._numbers: dict[str, int] = {}
        self._lock = Lock()

    def __missing__(self, word: str) -> int:
        folded = _fold(word)
        with self._lock:
            number = self._numbers.get(folded)
            if number is None:
                number = self._numbers[folded] = len(self.folded)
                self.folded.append(folded)
        self[word] = number
        return number


class _Known:
    """The vocabulary in use. Begun anew where it has grown too large, memory stays flat over millions of texts."""

    vocabulary = Vocabulary()

    @classmethod
    def in_use(cls) -> Vocabulary:
        if len(cls.vocabulary) >= _MOST_FOLDED:
            cls.vocabulary = Vocabulary()
        return cls.vocabulary


class WordTable(Generic[_T]):
    """What a function makes of each folded word, worked out when a text first has the word."""

    __slots__ = ("_known", "_lock", "make")

    def __init__(self, make: Callable[[str], _T]) -> None:
        self.make = make
        self._known: tuple[Vocabulary, list[_T]] = (Vocabulary(), [])
        self._lock = Lock()

    def of(self, words: Words) -> list[_T]:
        """What the table holds, by the numbers of words; of those of this text at least."""
        vocabulary, values = self._known
        if vocabulary is not words.vocabulary or len(values) < len(vocabulary.folded):
            with self._lock:
                vocabulary, values = self._known
                if vocabulary is not words.vocabulary:
                    vocabulary, values = self._known = (words.vocabulary, [])
                values.extend(map(self.make, vocabulary.folded[len(values) :]))
        return values


# What stands before the items of a list; the last ones are what word processors paste from symbol fonts.
BULLETS = frozenset(
    "\u2022\u00b7\u25cf\u25aa\u25ab\u25e6\u25cb\u25a0\u25a1\u2023\u2043\u25ba\u25b6\u25c6\u2756\u27a2\u27a4\u2713\u2714\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e"
)
BULLET_SIGNS = "".join(sorted(BULLETS))  # for patterns
_WIDE = re.compile(r"[^\S\n]{2}|\t")


@lru_cache(maxsize=1 << 12)
def is_wide(gap: str) -> bool:
    """Whether two or more spaces of any kind stand side by side: a column, or a line break that was lost."""
    return _WIDE.search(gap) is not None


class WordTest:
    """A test of folded words. All tests are made of a word together, when a text first has it: of most words none holds."""

    __slots__ = ("number", "passes")
    made: ClassVar[list[WordTest]] = []

    def __init__(self, passes: Callable[[str], bool]) -> None:
        self.passes = passes
        self.number = len(self.made)
        self.made.append(self)

    @classmethod
    def passed(cls, word: str) -> tuple[int, ...]:
        """The numbers of the tests that a word passes."""
        return tuple([test.number for test in cls.made if test.passes(word)])


def holding(signs: Sequence[str]) -> WordTest:
    """Whether one of some strings stands in a word."""
    return WordTest(lambda word: any(sign in word for sign in signs))


def among(chosen: Iterable[str]) -> WordTest:
    """Whether a word is one of some folded words."""
    return WordTest(frozenset(chosen).__contains__)


@lru_cache(maxsize=1)
def _tests_of(count: int) -> WordTable[tuple[int, ...]]:
    """The tests that each word passes, of the first ``count``: all those made so far."""
    return WordTable(WordTest.passed)


class Words:
    """The words of one text.

    ``raw[i]`` is word i as written, ligatures as letters, ``folded[i]`` as compared; word i is ``text[starts[i]:ends[i]]``. ``gaps[i]``
    stands before it and ``gaps[len(raw)]`` after the last: a space or a line break where two words are glued. ``pairs`` are each word and
    the next, folded, as one string;
    ``apart`` the gaps, by number, that are more or less than one space. ``numbers`` are those of the words in ``vocabulary``.
    ``found`` has what ``PhraseTables`` found here for their tables, ``tested`` the words that passed each test.
    """

    __slots__ = ("apart", "ends", "folded", "found", "gaps", "numbers", "pairs", "raw", "starts", "tested", "text", "vocabulary")

    def __init__(self, text: str) -> None:
        parts = _split(text)
        offsets = list(accumulate(map(len, parts)))
        self.text = text
        self.gaps: list[str] = parts[0::2]
        self.raw: list[str] = parts[1::2]
        if not text.isascii() and _LIGATURE.search(text):
            self.raw = [word if word.isascii() else _LIGATURE.sub(lambda m: _LIGATURES[m[0]], word) for word in self.raw]
        for i in _glued(self.gaps, self.raw):
            self.gaps[i] = "\n" if _OPENING.match(self.raw[i]) or _HEADED.fullmatch(self.raw[i - 1]) else " "
        self.starts: list[int] = offsets[0:-1:2]
        self.ends: list[int] = offsets[1::2]
        self.vocabulary = _Known.in_use()
        self.numbers: list[int] = [*map(self.vocabulary.__getitem__, self.raw)]
        self.folded: list[str] = [*map(self.vocabulary.folded.__getitem__, self.numbers)]
        self.apart: list[int] = [*compress(range(len(self.gaps)), map(ne, self.gaps, repeat(" ")))]
        self.pairs: list[str] = [*map(add, self.folded, self.folded[1:])]
        self.found: dict[PhraseTable, list[Start]] = {}
        self.tested: list[list[int]] = []

    def __len__(self) -> int:
        return len(self.raw)

    def slice(self, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last`` (exclusive), with what stands between."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def at(self, offset: int) -> int:
        """The index of the first word that ends after ``offset``."""
        return bisect_right(self.ends, offset)

    def pick(self, table: WordTable[_T]) -> Sequence[_T]:
        """What a table holds of each word."""
        values, numbers = table.of(self), self.numbers
        return itemgetter(*numbers)(values) if len(numbers) > 1 else [values[number] for number in numbers]

    def those(self, test: WordTest) -> list[int]:
        """The indices of the words that pass a test, in order; for reading only."""
        if len(self.tested) <= test.number:
            self.tested = [[] for _ in WordTest.made]
            passed = self.pick(_tests_of(len(WordTest.made)))
            for i in compress(range(len(passed)), passed):
                for number in passed[i]:
                    self.tested[number].append(i)
        return self.tested[test.number]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """First and last (exclusive) word that lie in characters ``start`` to ``end``."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)


def _split(text: str) -> list[str]:
    """A text as what stands between words and words in turn; nothing between two words that are glued."""
    pattern = _SPLIT_ASCII
    if not text.isascii():
        text = repaired(text)
        if any(map(str.isalnum, _BEYOND_ASCII.findall(text))):
            pattern = _SPLIT
    parts = pattern.split(text)
    if _MAY_BE_GLUED.search(text):
        for n in reversed(range(1, len(parts), 2)):
            if not parts[n].islower() and (glued := _GLUED.fullmatch(parts[n])):
                parts[n : n + 1] = [glued[1], "", glued[2]]
    return parts


def _glued(gaps: list[str], raw: list[str]) -> list[int]:
    """The gaps between two words with nothing between them; the "&" of "R&D" stands between letters by right."""
    inner = gaps[1:-1]
    return [] if all(inner) else [i for i, gap in enumerate(inner, 1) if not gap and raw[i - 1] != "&" != raw[i]]


def repaired(text: str) -> str:
    """The text with mojibake and wide spaces undone, of the same length, for splitting only."""
    if _WIDE_SPACE in text:
        text = text.replace(_WIDE_SPACE, _SPACE)
    if "\u00e2" in text or "\u00c2" in text or "\u00ef" in text:
        for broken, meant in _MOJIBAKE.items():
            text = text.replace(broken, meant)
    return text


def read_places(marks: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Labelled places as our tables of labels hold them: a letter with the first and last (exclusive) character.

    >>> read_places("r10-14 n20-31")
    (('r', (10, 14)), ('n', (20, 31)))
    """
    each = ((mark[0], mark[1:].split("-")) for mark in marks.split())
    return tuple((letter, (int(start), int(end))) for letter, (start, end) in each)


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits that tell one text from another."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


@lru_cache(maxsize=1 << 14)
def phrase_key(phrase: str) -> tuple[str, ...]:
    """A phrase as folded words.

    >>> phrase_key("Trouble-Shooting"), phrase_key("R&D")
    (('trouble', 'shooting'), ('r', 'and', 'd'))
    """
    return fold_words(phrase)


def fold_words(phrase: str) -> tuple[str, ...]:
    """``phrase_key`` of a phrase that is seen once: the forms of a whole list push each other out of its cache."""
    return tuple([_FOLDED[word] for word in (_SPLIT_ASCII if phrase.isascii() else _SPLIT).findall(phrase)])


@lru_cache(maxsize=1 << 14)
def squash(phrase: str) -> str:
    """A phrase as one folded string of letters, digits, "+" and "#".

    >>> squash("Postgre SQL") == squash("PostgreSQL")
    True
    """
    return "".join(phrase_key(phrase))


Start = tuple[int, list[tuple[int, list[int]]]]  # the word where phrases start, and (end, values) of each


@dataclass(frozen=True, slots=True)
class _Head:
    """The phrases that begin with the same letters, these being one word or two.

    ``phrases`` has the values by the folded words, ``pairs`` those of phrases of two words by the first; ``thirds`` are the third words of
    phrases that have one, ``most`` is the number of words of the longest. ``one`` are the values where the letters are written as one word;
    ``two`` those of a phrase of one word where they are written as two.
    """

    phrases: dict[str, list[int]]
    pairs: dict[str, list[int]]
    thirds: frozenset[str]
    most: int
    one: list[int]
    two: list[int]


_NO_HEAD = _Head({}, {}, frozenset(), 0, [], [])
_FIRST = itemgetter(0)


class Lines(Sequence[str]):
    """Lines of UTF-8 text, each decoded when it is asked for. ``ends`` are the offsets of the bytes at which they end, each before its line break."""

    __slots__ = ("ends", "text")

    def __init__(self, text: bytes | memoryview, ends: Sequence[int]) -> None:
        self.text = text
        self.ends = ends

    @classmethod
    def of(cls, lines: Iterable[str]) -> Lines:
        """Lines kept as such: they hold no line break."""
        encoded = [line.encode() for line in lines]
        ends = accumulate((len(line) + 1 for line in encoded), initial=-1)
        return cls(b"\n".join(encoded), array("I", [*ends][1:]))

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [*self][number]
        return str(self.text[self.ends[number - 1] + 1 if number else 0 : self.ends[number]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(str(self.text, "utf-8").split("\n") if self.ends else ())


class Packed(Mapping[str, str]):
    """Keys with a line each: ``numbers`` are those of the lines, by key."""

    __slots__ = ("lines", "numbers")

    def __init__(self, keys: Sequence[str], lines: Lines) -> None:
        self.numbers = dict(zip(keys, range(len(lines)), strict=True))
        self.lines = lines

    @classmethod
    def of(cls, lines: Mapping[str, str]) -> Packed:
        return cls([*lines], Lines.of(lines.values()))

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __contains__(self, key: object) -> bool:
        return key in self.numbers

    def __getitem__(self, key: str) -> str:
        return self.lines[self.numbers[key]]


class PhraseTable:
    """Phrases with values, found in ``Words`` in one pass.

    Phrases stand under their head: their only word, or their first two without the space. They are kept as text, and those of a head are
    parsed when a text first has it: of a large table few are ever looked at. With ``joined``, "trouble shooting" and "troubleshooting" find each other.
    """

    __slots__ = ("_heads", "joined", "letters", "packed")

    def __init__(self, packed: Mapping[str, str], *, joined: bool = False) -> None:
        """``packed`` is what ``pack_phrases`` made. ``letters`` are those of all heads."""
        self.packed = packed
        self.letters: Mapping[str, object] = packed.numbers if isinstance(packed, Packed) else packed
        self.joined = joined
        self._heads: dict[str, _Head] = {}

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, int]], *, joined: bool = False) -> PhraseTable:
        """A table of (phrase, value)."""
        return cls(pack_phrases((phrase_key(phrase), value) for phrase, value in phrases), joined=joined)

    def get(self, key: tuple[str, ...]) -> list[int]:
        """The values of exactly this phrase."""
        return [*self.head("".join(key[:2])).phrases.get(" ".join(key), ())]

    def named(self, key: tuple[str, ...]) -> list[int]:
        """The values of this phrase, then those of its letters as one word."""
        exact = self.get(key) if len(key) > 1 else []
        whole = self.head("".join(key))
        return [*exact, *whole.one, *whole.two]

    def find(self, words: Words) -> list[Start]:
        """For each word where a phrase starts: its index and (end index, values), shortest first; of two words read as one, last."""
        if self in words.found:
            return words.found[self]
        is_head, folded, pairs, gaps = self.letters.__contains__, words.folded, words.pairs, words.gaps
        known, head = self._heads.get, self.head
        found: dict[int, list[tuple[int, list[int]]]] = {}
        # Most words begin no phrase: they are passed over without a step of Python each.
        for i in compress(range(len(folded)), map(is_head, folded)):
            one = (known(folded[i]) or head(folded[i])).one
            if one:
                found[i] = [(i + 1, one)]
        for i in compress(range(len(pairs)), map(is_head, pairs)):
            if gaps[i + 1] in JOINERS:
                ends = _longer(words, i, known(pairs[i]) or head(pairs[i]))
                if ends:
                    found[i] = found[i] + ends if i in found else ends
        return sorted(found.items(), key=_FIRST)

    def head(self, letters: str) -> _Head:
        """The head of these letters; that of no phrase where there are none."""
        head = self._heads.get(letters)
        if head is None:
            if letters not in self.letters:
                return _NO_HEAD
            head = self._heads[letters] = _unpack(letters, self.packed[letters], self.joined)
        return head


class PhraseTables:
    """Tables that are looked up together: one pass over a text finds the heads of all.

    Whether a word or a pair begins any phrase at all is asked of one set, whose entries hold their hashes: of most words nothing else is looked at.
    """

    __slots__ = ("_letters", "_longer", "_ones", "_tables")

    def __init__(self, tables: Sequence[PhraseTable]) -> None:
        self._tables = tuple(tables)
        # Filled word by word: updated with a whole dictionary, the set would take twice the memory, and twice as long to look up.
        self._letters: set[str] = set()
        for table in self._tables:
            self._letters.update(iter(table.letters))
        self._ones = WordTable(self._alone)
        self._longer: dict[str, list[tuple[int, _Head]]] = {}  # the heads of two words that a text has had, with the number of their table

    def find(self, words: Words) -> None:
        """Keep in ``words.found`` what each table's ``find`` gives."""
        is_head, pairs, gaps = self._letters.__contains__, words.pairs, words.gaps
        longer = self._longer
        found: list[dict[int, list[tuple[int, list[int]]]]] = [{} for _ in self._tables]
        ones = [*map(self._ones.of(words).__getitem__, words.numbers)]
        for i in compress(range(len(ones)), ones):
            for n, one in ones[i]:
                found[n][i] = [(i + 1, one)]
        for i in compress(range(len(pairs)), map(is_head, pairs)):
            if gaps[i + 1] not in JOINERS:
                continue
            heads = longer.get(pairs[i])
            if heads is None:
                heads = longer[pairs[i]] = self._begun(pairs[i])
            for n, head in heads:
                ends = _longer(words, i, head)
                if ends:
                    starts = found[n]
                    starts[i] = starts[i] + ends if i in starts else ends
        words.found.update((table, sorted(starts.items(), key=_FIRST)) for table, starts in zip(self._tables, found, strict=True))

    def _alone(self, word: str) -> tuple[tuple[int, list[int]], ...]:
        """The numbers of the tables where a word is a phrase by itself, with its values."""
        return tuple([(n, one) for n, table in enumerate(self._tables) if (one := table.head(word).one)])

    def _begun(self, letters: str) -> list[tuple[int, _Head]]:
        """The heads of two words that can go on, each with the number of its table."""
        heads = [(n, table.head(letters)) for n, table in enumerate(self._tables)]
        return [(n, head) for n, head in heads if head.pairs or head.thirds or head.two]


def pack_phrases(phrases: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, str]:
    """Phrases as folded words, with their values, as text: head -> "phrase:value,value" parted by tabs."""
    values: dict[tuple[str, ...], str] = {}
    for key, value in phrases:
        known = values.get(key)
        if known is None:
            values[key] = str(value)
        elif str(value) not in known.split(","):
            values[key] = f"{known},{value}"
    heads: dict[str, list[str]] = {}
    for key, written in values.items():
        if key:
            entry = f"{' '.join(key)}:{written}"
            letters = "".join(key[:2])
            if letters in heads:
                heads[letters].append(entry)
            else:
                heads[letters] = [entry]
    return {letters: "\t".join(entries) for letters, entries in heads.items()}


def _unpack(letters: str, line: str, joined: bool) -> _Head:
    phrases: dict[str, list[int]] = {}
    for entry in line.split("\t"):
        phrase, _, values = entry.rpartition(":")
        phrases[phrase] = [int(value) for value in values.split(",")]
    single = phrases.get(letters, [])
    pairs = {phrase.partition(" ")[0]: values for phrase, values in phrases.items() if phrase.count(" ") == 1}
    long = [words for words in (phrase.split(" ") for phrase in phrases) if len(words) > 2]
    thirds, most = frozenset(words[2] for words in long), max(map(len, long), default=0)
    if not joined or len(letters) < _JOINED_LENGTH or not letters.isalpha():
        return _Head(phrases, pairs, thirds, most, single, [])
    parted = [values for phrase, values in phrases.items() if phrase.count(" ") == 1 and "and" not in phrase.split(" ")]
    return _Head(phrases, pairs, thirds, most, sorted({*single, *(value for values in parted for value in values)}), single)


def _longer(words: Words, i: int, head: _Head) -> list[tuple[int, list[int]]]:
    """The phrases that begin with words i and i + 1, which nothing parts."""
    folded, j = words.folded, i + 2
    pair = head.pairs.get(folded[i])  # the second word is then the rest of the head
    ends = [] if pair is None else [(j, pair)]
    if head.thirds and j < (size := len(folded)) and folded[j] in head.thirds:
        gaps, phrases, phrase = words.gaps, head.phrases, f"{folded[i]} {folded[i + 1]}"
        while j < size and j - i < head.most and gaps[j] in JOINERS:
            phrase = f"{phrase} {folded[j]}"
            j += 1
            if phrase in phrases:
                ends.append((j, phrases[phrase]))
    if head.two:
        ends.append((i + 2, head.two))
    return ends


def lies_in(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of these ranges, which are in order and apart."""
    before = bisect_right(ranges, offset, key=_FIRST)
    return before > 0 and offset < ranges[before - 1][1]


def overlaps(a: tuple[int, int], b: tuple[int, int], least: float = 0.4) -> bool:
    """Whether two spans share at least ``least`` of the longer one."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common > 0 and common / max(a[1] - a[0], b[1] - b[0]) >= least
