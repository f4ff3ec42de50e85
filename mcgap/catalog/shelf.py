"""The catalog as loaded: credentials by id and by skill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mcgap.catalog.fields import COLUMNS, credential_of, plain_of_cells
from mcgap.catalog.own import read_own
from mcgap.errors import TableError
from mcgap.files import read_table, shipped
from mcgap.records import Credential, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import phrase_key, squash

SHIPPED = "data/credentials.csv"
_CERTIFYING = (SkillType.CERTIFICATION, SkillType.LICENCE)


class Catalog:
    """Credentials in id order. Made by ``load_catalog`` or of ``credentials``.

    ``taxonomy`` is asked for names in ``certifying``. ``warnings`` says what a user's file holds that
    could not be linked.
    """

    def __init__(self, credentials: Iterable[Credential], *, taxonomy: Taxonomy | None = None, warnings: Sequence[str] = ()) -> None:
        self._built: dict[str, Credential] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._taxonomy = taxonomy
        self.warnings = tuple(warnings)
        self._skills: dict[str, tuple[str, ...]] = {}
        for credential in credentials:
            self._built[credential.id] = credential
            self._skills[credential.id] = tuple(s.skill for s in credential.skills)
        self._settle()

    @classmethod
    def _lazy(cls, waiting: Mapping[str, _Waiting], built: Iterable[Credential], taxonomy: Taxonomy, warnings: Sequence[str]) -> Catalog:
        """A catalog whose shipped rows become records when they are asked for."""
        catalog = cls(built, taxonomy=taxonomy, warnings=warnings)
        for name, row in waiting.items():
            if name not in catalog._built:
                catalog._waiting[name] = row
                catalog._skills[name] = row.skills
        catalog._settle()
        return catalog

    def _settle(self) -> None:
        self._ids = tuple(sorted(self._skills))
        self._by_skill: dict[str, list[str]] = {}
        for name in self._ids:
            for skill in dict.fromkeys(self._skills[name]):
                self._by_skill.setdefault(skill, []).append(name)
        self._by_name: dict[str, list[str]] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Credential]:
        return map(self.__getitem__, self._ids)

    def __contains__(self, credential: object) -> bool:
        return credential in self._skills

    def __getitem__(self, credential: str) -> Credential:
        built = self._built.get(credential)
        if built is None:
            built = self._built[credential] = self._waiting[credential].build()
        return built

    @property
    def ids(self) -> tuple[str, ...]:
        return self._ids

    def get(self, credential: str) -> Credential | None:
        return self[credential] if credential in self._skills else None

    @property
    def taught(self) -> Collection[str]:
        """Every skill that some credential teaches or assesses; no record is built for it."""
        return self._by_skill.keys()

    def stated_hours(self) -> Iterator[tuple[str, float]]:
        """(type, middle of the hours) of each credential that states hours; no record is built for it."""
        for name in self._ids:
            credential = self._built.get(name)
            if credential is None:
                yield from self._waiting[name].hours()
            elif credential.hours is not None:
                yield credential.type, credential.hours.middle

    def stated_fees(self) -> Iterator[tuple[str, float, str]]:
        """(type, upper end of the fee, currency) of each credential that states a fee; no record is built for it."""
        for name in self._ids:
            credential = self._built.get(name)
            if credential is None:
                yield from self._waiting[name].fees()
            elif credential.cost is not None:
                yield credential.type, credential.cost.max, credential.cost.currency

    def by_skill(self, skill: str) -> tuple[Credential, ...]:
        """The credentials that teach or assess a skill, in id order."""
        return tuple(self[name] for name in self._by_skill.get(skill, ()))

    def certifying(self, skill: str) -> tuple[str, ...]:
        """The ids of credentials that *are* this certification or licence of the taxonomy, or one of those that it holds together.

        The same id, or a name or alias of the skill that is a title, alias or exam code. Where several
        skills name a credential ("CMA"), those count that do so beyond doubt.
        """
        row = self._taxonomy.get(skill) if self._taxonomy is not None else None
        if row is None:
            return (skill,) if skill in self._skills else ()
        if row.type not in _CERTIFYING:
            return ()
        found = {skill} if skill in self._skills else set()
        for name in (row.name, *row.aliases):
            found.update(self.named(name))
        return tuple(sorted(name for name in found if skill in self._skills_of(name)))

    def meant(self, skill: str, said: Iterable[str]) -> tuple[str, ...]:
        """Those of ``certifying`` that these words of a posting or résumé name: one skill may hold several certificates together.

        Where the skill is no more than one credential of its own name, its other spellings name it too.
        """
        ids = self.certifying(skill)
        if not ids:
            return ()
        row = self._taxonomy.get(skill) if self._taxonomy is not None else None
        if row is None or (len(ids) == 1 and (ids[0] == skill or ids[0] in self.named(row.name))):
            return ids
        found: set[str] = set()
        for words in said:
            key = phrase_key(words)
            sizes = {name: max((len(k) for k in map(phrase_key, self._names(name)) if _holds(key, k)), default=0) for name in ids}
            # "MOS Excel Expert" names the expert, not "MOS Excel" too.
            found.update(name for name in ids if sizes[name] and sizes[name] == max(sizes.values()))
        return tuple(sorted(found))

    def _names(self, credential: str) -> tuple[str, ...]:
        row = self._built.get(credential) or self._waiting[credential]
        return tuple(filter(None, (row.title, *row.aliases, row.exam_code)))

    def _skills_of(self, credential: str) -> frozenset[str]:
        """The certifications and licences of the taxonomy that a credential is.

        Where one names it by its own name or by several words that no other has, one word ("ACE", "CPT") in another names something else.
        """
        if self._taxonomy is None:
            return frozenset()
        firm: set[str] = set()
        loose: set[str] = set()
        for name in (credential, *self._names(credential)):
            skills = self._taxonomy.named(name)
            found = [row for s in skills if (row := self._taxonomy.get(s)) is not None and row.type in _CERTIFYING]
            loose.update(row.id for row in found)
            if len(skills) == 1 and found and (len(phrase_key(name)) > 1 or squash(name) in (squash(found[0].name), squash(found[0].id))):
                firm.add(found[0].id)
        return frozenset(firm or loose)

    def named(self, phrase: str) -> tuple[str, ...]:
        """The ids of credentials whose id, title, alias or exam code is this phrase, spelling and spaces aside."""
        if self._by_name is None:
            self._by_name = {}
            for credential in self._ids:
                row = self._built.get(credential) or self._waiting[credential]
                for name in (credential, row.title, *row.aliases, row.exam_code or ""):
                    same = self._by_name.setdefault(squash(name), [])
                    if credential not in same:
                        same.append(credential)
            self._by_name.pop("", None)
        return tuple(self._by_name.get(squash(phrase), ()))


def _holds(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a phrase stands among words."""
    return any(words[n : n + len(name)] == name for n in range(len(words) - len(name) + 1)) if name else False


class _Waiting:
    """A row of our table that has not been asked for yet."""

    __slots__ = ("cells", "file", "row")

    def __init__(self, cells: dict[str, str], file: str, row: int) -> None:
        self.cells, self.file, self.row = cells, file, row

    @property
    def skills(self) -> tuple[str, ...]:
        return tuple(entry.partition(":")[0].strip() for entry in self.cells["skills"].split("|") if entry)

    @property
    def title(self) -> str:
        return self.cells["title"]

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(self.cells["aliases"].split("|"))

    @property
    def exam_code(self) -> str:
        return self.cells["exam_code"]

    def hours(self) -> Iterator[tuple[str, float]]:
        low, high = self.cells["hours_min"], self.cells["hours_max"]
        if low or high:
            yield self.cells["type"], (float(low or high) + float(high or low)) / 2

    def fees(self) -> Iterator[tuple[str, float, str]]:
        highest = self.cells["cost_max"] or self.cells["cost_min"]
        if highest:
            yield self.cells["type"], float(highest), self.cells["currency"]

    def build(self) -> Credential:
        return credential_of(plain_of_cells(self.cells, self.file, self.row), self.file, self.row)


def load_catalog(extra: Sequence[Path] = (), *, only: bool = False, taxonomy: Taxonomy) -> Catalog:
    """Our catalog with the user's own files over it: an entry with a known id replaces ours, later files win.

    With ``only``, ours is left out. Raises TableError naming file, row and column.
    """
    linker = Linking(taxonomy)
    own: dict[str, Credential] = {}
    for path in extra:
        for credential in read_credentials(path, linker):
            own[credential.id] = credential
    return Catalog._lazy({} if only else _waiting(), own.values(), taxonomy, linker.warnings())


def read_credentials(path: Path, link: Linking | None = None) -> Iterator[Credential]:
    """The credentials of one catalog file of ours. Raises TableError, also where an id stands twice."""
    rows: dict[str, int] = {}
    for row, plain in read_own(path):
        credential = credential_of(plain, path.name, row, link)
        if credential.id in rows:
            raise TableError(path.name, row, "id", f"{credential.id!r} stands in row {rows[credential.id]} too; join the two rows")
        rows[credential.id] = row
        yield credential


def _waiting() -> dict[str, _Waiting]:
    """The shipped rows, checked only when asked for: `mcgap catalog lint` checks them all."""
    path = shipped(SHIPPED)
    waiting: dict[str, _Waiting] = {}
    for row, cells in read_table(path, COLUMNS):
        if cells["id"] in waiting:
            raise TableError(path.name, row, "id", f"{cells['id']!r} stands in an earlier row too; join the two rows")
        waiting[cells["id"]] = _Waiting(cells, path.name, row)
    return waiting


class Linking:
    """Names of skills in a user's file to ids of the taxonomy. What names none, or several, stays as written."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self.unlinked: dict[str, tuple[str, ...]] = {}

    def __call__(self, name: str) -> str:
        found = self._taxonomy.named(name)
        if len(found) == 1:
            return found[0]
        self.unlinked[name] = found
        return name

    def warnings(self) -> tuple[str, ...]:
        """One sentence for all names that were not linked."""
        if not self.unlinked:
            return ()
        shown = ", ".join(sorted(self.unlinked)[:8])
        more = f" and {len(self.unlinked) - 8} more" if len(self.unlinked) > 8 else ""
        return (f"Your catalog names skills that are not linked to the taxonomy and close no gap: {shown}{more}. `mcgap catalog lint` says what to do.",)
