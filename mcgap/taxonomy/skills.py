"""The taxonomy as loaded: skills by id, their surface forms, and kin between them."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

from mcgap.errors import TableError
from mcgap.files import mark_used, shipped
from mcgap.records import SkillType
from mcgap.taxonomy import compiled as store
from mcgap.taxonomy.compiled import Compiled, compile_skills
from mcgap.taxonomy.reading import CATEGORIES, SHIPPED, read_skills
from mcgap.taxonomy.records import Form, Kin, Skill, parse_rule
from mcgap.text import PhraseTable, phrase_key

_KEPT = 1 << 16
SAME = Kin("same", 1.0)
IMPLIES = Kin("implies", 1.0)
NARROWER = Kin("narrower", 1.0)
BROADER = Kin("broader", 0.5)
RELATED = Kin("related", 0.4)


class Taxonomy:
    """Skills by id, and every form they are written in. Made by ``load_taxonomy`` or of skills by ``Taxonomy.of``."""

    def __init__(self, compiled: Compiled) -> None:
        self._lines = compiled.skills
        self._ids = compiled.skills.numbers
        self._form_lines = compiled.forms
        self._squashed = compiled.squashed
        self._skills: dict[str, Skill] = {}
        self._forms: dict[int, Form] = {}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self._implied: dict[str, tuple[str, ...]] = {}
        self._named: dict[str, tuple[str, ...]] = {}
        self._by_size: dict[tuple[str, int], tuple[list[str], list[int]]] = {}
        self._narrower = compiled.narrower
        self.table: PhraseTable = compiled.table

    @classmethod
    def of(cls, skills: Iterable[Skill]) -> Taxonomy:
        """A taxonomy of these skills."""
        return cls(compile_skills(skills))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Skill]:
        return (self[skill] for skill in self._ids)

    def __contains__(self, skill: object) -> bool:
        return skill in self._ids

    def __getitem__(self, skill: str) -> Skill:
        found = self._skills.get(skill)
        if found is None:
            found = self._skills[skill] = store.parse_skill(skill, self._lines[skill])
        return found

    def get(self, skill: str) -> Skill | None:
        return self[skill] if skill in self._ids else None

    def name(self, skill: str) -> str:
        """The usual name of a skill; an unknown id names itself."""
        return self[skill].name if skill in self._ids else skill

    @property
    def form_count(self) -> int:
        return len(self._form_lines)

    def written_forms(self) -> Iterator[tuple[str, str]]:
        """Every form as written, with its skill, in the order of their numbers; quicker than one by one."""
        for line in self._form_lines:
            raw, _, rest = line.partition("\t")
            yield raw, rest.partition("\t")[0]

    def form(self, number: int) -> Form:
        """The form with this number in ``table``."""
        found = self._forms.get(number)
        if found is None:
            raw, skill, conditions = self._form_lines[number].split("\t")
            strict = bool(conditions) or self[skill].type is SkillType.TOOL
            found = self._forms[number] = Form(raw, skill, parse_rule(conditions) if conditions else None, strict)
        return found

    def named(self, phrase: str) -> tuple[str, ...]:
        """The skills that a phrase names by itself, whatever its case, spaces, hyphens and spelling; or the skill of this id."""
        found = self._named.get(phrase)
        if found is None:
            if len(self._named) >= _KEPT:
                self._named.clear()  # memory stays flat over millions of texts
            found = self._named[phrase] = self._find_named(phrase)
        return found

    def named_anywhere(self, phrase: str) -> tuple[str, ...]:
        """The skills that a phrase names without a word near it that says so."""
        forms = (self.form(n) for n in self.table.named(phrase_key(phrase)))
        return tuple(dict.fromkeys(form.skill for form in forms if form.rule is None or not form.rule.needs_context))

    def _find_named(self, phrase: str) -> tuple[str, ...]:
        if phrase in self._ids:
            return (phrase,)
        return tuple(dict.fromkeys(self.form(n).skill for n in self.table.named(phrase_key(phrase))))

    def squashed_like(self, squashed: str, difference: int) -> list[tuple[list[str], list[int]]]:
        """The squashed forms that begin with the same letter and are longer or shorter by at most ``difference``, with their form numbers: a pair a length."""
        letter, size = squashed[:1], len(squashed)
        return [self._squashed_of(letter, n) for n in range(size - difference, size + difference + 1)]

    def _squashed_of(self, letter: str, size: int) -> tuple[list[str], list[int]]:
        """The squashed forms that begin with this letter and are this long, with their form numbers, which ascend; parsed once, for many words ask for them."""
        found = self._by_size.get((letter, size))
        if found is None:
            entries = [entry.rpartition(" ") for entry in self._squashed.get(f"{letter}{size}", "").split("\t") if entry]
            found = self._by_size[letter, size] = ([key for key, _, _ in entries], [int(number) for _, _, number in entries])
        return found

    def ancestors(self, skill: str) -> tuple[str, ...]:
        """All broader skills, nearest first."""
        found = self._ancestors.get(skill)
        if found is None:
            found = self._ancestors[skill] = self._reach(skill, lambda s: s.broader)
        return found

    def implied(self, skill: str) -> tuple[str, ...]:
        """What anyone who holds ``skill`` holds too: what it implies, and what that implies in turn, nearest first.

        Not what its broader skills imply: a suite implies its parts, and one part of it, which is narrower, no other.
        """
        found = self._implied.get(skill)
        if found is None:
            found = self._implied[skill] = self._reach(skill, lambda s: s.implies)
        return found

    def descendants(self, skill: str) -> tuple[str, ...]:
        """All narrower skills, nearest first."""
        children = self._narrower
        seen: dict[str, None] = {}
        queue = deque(filter(None, children.get(skill, "").split("|")))
        while queue:
            current = queue.popleft()
            if current not in seen and current != skill:
                seen[current] = None
                queue.extend(filter(None, children.get(current, "").split("|")))
        return tuple(seen)

    def _reach(self, skill: str, step: Callable[[Skill], tuple[str, ...]]) -> tuple[str, ...]:
        seen: dict[str, None] = {}
        queue = deque([skill])
        while queue:
            row = self.get(queue.popleft())
            if row is None:
                continue
            for other in step(row):
                if other not in seen and other != skill:
                    seen[other] = None
                    queue.append(other)
        return tuple(seen)

    def _is_parent(self, held: str, needed: str) -> bool:
        """Whether ``held`` is the next broader skill of ``needed``. To know marketing is no part of knowing one of its tools."""
        wanted, row = self.get(needed), self.get(held)
        if wanted is None or row is None or held not in wanted.broader:
            return False
        return wanted.type is not SkillType.TOOL or row.type is SkillType.TOOL

    def kin(self, held: str, needed: str) -> Kin | None:
        """How holding one skill bears on needing another; None where they are strangers."""
        if held == needed:
            return SAME
        if needed in self.implied(held):
            return IMPLIES
        if needed in self.ancestors(held):
            return NARROWER
        if self._is_parent(held, needed):
            return BROADER
        a, b = self.get(held), self.get(needed)
        if a is not None and b is not None and (needed in a.related or held in b.related):
            return RELATED
        return None


def load_taxonomy(own: Sequence[Path] = ()) -> Taxonomy:
    """Our taxonomy with the user's own files over it, later ones winning.

    The compiled form is kept in the user's cache folder under the hash of the files. Raises TableError naming file, row and column.
    """
    ours = shipped(SHIPPED)
    for path in own:
        if not path.is_file():
            raise TableError(str(path), None, None, "there is no such file; check the path given with --taxonomy")
    kept = user_cache_path("mcgap", appauthor=False) / f"taxonomy-{store.fingerprint((ours, shipped(CATEGORIES), *own))}.txt"
    compiled = store.load(kept)
    if compiled is None:
        with _no_collection():
            compiled = compile_skills(read_skills(ours, own))
        store.store(compiled, kept)
    else:
        mark_used(kept)
    return Taxonomy(compiled)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Garbage collection paused: building makes many small records and no cycles, and looking through them again and again takes a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
