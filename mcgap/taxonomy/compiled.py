"""The compiled taxonomy: built from skills, kept as text, and unpacked only where it is looked at.

A process that analyses one posting touches some hundred of many thousand skills. So the compiled form
is lines: one a skill, one a form, one a head of phrases, with the offsets at which they end. A line is decoded and parsed
when it is first asked for; loading only splits the keys. It is plain text with offsets and a checksum, never a pickle.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mcgap.files import keep
from mcgap.records import SkillType
from mcgap.taxonomy.records import Skill, split_rules
from mcgap.text import Lines, Packed, PhraseTable, fold_words, pack_phrases

# Raised whenever the folding of words or the layout below changes: older files are then built anew.
FORMAT = "mcgap.taxonomy/12"
_CHECKED, _HEAD = 8, 256  # bytes: the checksum of what follows it, then the sizes of the sections


@dataclass(slots=True)
class Compiled:
    """``skills``: id -> line; ``forms``: a line each; ``table``: phrases -> form numbers.

    ``squashed``: first letter and length -> line of "key number"s; ``narrower``: id -> ids joined by "|".
    """

    skills: Packed
    forms: Lines
    table: PhraseTable
    squashed: Packed
    narrower: Packed


def compile_skills(skills: Iterable[Skill]) -> Compiled:
    """Every form of every skill, ready to be looked up. A form whose words another form of the same skill has is left out."""
    lines: dict[str, str] = {}
    forms: list[str] = []
    phrases: list[tuple[tuple[str, ...], int]] = []
    squashed: dict[str, list[str]] = {}
    narrower: dict[str, list[str]] = {}
    for skill in skills:
        for parent in skill.broader:
            narrower.setdefault(parent, []).append(skill.id)
        lines[skill.id] = dump_skill(skill)
        rules = split_rules(skill.ambiguous)
        seen: set[tuple[object, ...]] = set()
        for raw in (skill.name, *skill.aliases):
            key = fold_words(raw)
            rule = (rules.get(raw) or rules.get(raw.casefold(), "")) if rules else ""
            # A form with a rule about its case, and one with a dot or slash of its own, is more than its words.
            same = (key, rule, raw if rule or not raw.replace(" ", "").isalnum() else "")
            if not key or same in seen:
                continue
            seen.add(same)
            number = len(forms)
            forms.append(f"{raw}\t{skill.id}\t{rule}")
            phrases.append((key, number))
            whole = "".join(key)
            squashed.setdefault(f"{whole[0]}{len(whole)}", []).append(f"{whole} {number}")
    return Compiled(
        Packed.of(lines),
        Lines.of(forms),
        PhraseTable(Packed.of(pack_phrases(phrases)), joined=True),
        Packed.of({letter: "\t".join(keys) for letter, keys in squashed.items()}),
        Packed.of({parent: "|".join(ids) for parent, ids in narrower.items()}),
    )


def dump_skill(skill: Skill) -> str:
    many = ("|".join(cells) for cells in (skill.aliases, skill.broader, skill.implies, skill.related))
    half_life = "" if skill.half_life is None else f"{skill.half_life:g}"
    return "\t".join((skill.name, skill.type, skill.category, *many, skill.ambiguous, half_life, "yes" if skill.teachable else "no", skill.esco, skill.onet))


def parse_skill(skill: str, line: str) -> Skill:
    cells = line.split("\t")
    aliases, broader, implies, related = (tuple(filter(None, cell.split("|"))) for cell in cells[3:7])
    half_life = float(cells[8]) if cells[8] else None
    kin = (broader, implies, related)
    return Skill(skill, cells[0], SkillType(cells[1]), cells[2], aliases, *kin, cells[7], half_life, cells[9] == "yes", cells[10], cells[11])


def fingerprint(paths: Iterable[Path]) -> str:
    """A name for the compiled form of these files: their content and the format."""
    digest = hashlib.blake2b(f"{FORMAT} {sys.byteorder}".encode(), digest_size=16)
    for path in paths:
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def load(path: Path) -> Compiled | None:
    """The compiled form kept at ``path``; None where there is none or it is damaged."""
    try:
        whole = memoryview(path.read_bytes())
        if bytes(whole[:_CHECKED]) != _checksum(whole[_CHECKED:]):
            return None
        at, sections = _HEAD, []
        for size in map(int, bytes(whole[_CHECKED:_HEAD]).split()):
            sections.append(whole[at : at + size])
            at += size
        skills, forms, heads, squashed, narrower = (_unpacked(*sections[n : n + 3]) for n in range(0, len(sections), 3))
        table = PhraseTable(Packed(*heads), joined=True)
        return Compiled(Packed(*skills), forms[1], table, Packed(*squashed), Packed(*narrower))
    except (OSError, ValueError):
        return None


def _unpacked(keys: memoryview, ends: memoryview, text: memoryview) -> tuple[list[str], Lines]:
    # Offsets are in this machine's order of bytes, which the name of the file tells.
    return str(keys, "utf-8").split("\n") if keys else [], Lines(text, array("I", bytes(ends)))


def store(compiled: Compiled, path: Path) -> None:
    """Keep a compiled form. Two processes may do so at once, and a folder that cannot be written is no error."""
    heads = compiled.table.packed
    packed = (compiled.skills, compiled.forms, heads if isinstance(heads, Packed) else Packed.of(heads), compiled.squashed, compiled.narrower)
    sections: list[bytes] = []
    for kept in packed:
        lines = kept if isinstance(kept, Lines) else kept.lines
        sections += ["\n".join(() if kept is lines else kept).encode(), array("I", lines.ends).tobytes(), bytes(lines.text)]
    body = b"".join((" ".join(str(len(section)) for section in sections).encode().ljust(_HEAD - _CHECKED), *sections))
    keep(_checksum(body) + body, path)


def _checksum(body: bytes | memoryview) -> bytes:
    # It guards against a half-written or damaged file, not against an enemy: whoever can write the cache folder can do worse.
    return b"%08x" % zlib.crc32(body)
