"""The options that say what a person has: a résumé, or skills by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from mcgap.records import Document, Extraction

F = TypeVar("F", bound=Callable[..., Any])


def person_options(command: F) -> F:
    """Add ``--resume`` and ``--skills`` to a command."""
    wrapped: Callable[..., Any] = click.option("--skills", metavar='"A, B"', help="Skills that you have, in place of a résumé.")(command)
    resume = click.option("--resume", metavar="FILE", help="Your résumé: txt, md, html, pdf, docx or JSON Resume; - for standard input.")
    return cast("F", resume(wrapped))


def check_person(resume: str | None, skills: str | None) -> None:
    """Refuse what cannot stand together. Raises click.UsageError."""
    if resume is not None and skills is not None:
        raise click.UsageError("Give either --resume or --skills, not both.")
    if skills is not None and not _named(skills):
        raise click.UsageError('--skills names no skill; write them with commas between, for example --skills "Python, SQL".')


def person(resume: str | None, skills: str | None) -> Document | None:
    """The résumé, the skills given as one, or None. Raises DocumentError."""
    from mcgap.cli.reading import read
    from mcgap.records import Document, DocumentKind
    from mcgap.report import SKILLS_SOURCE

    if resume is not None:
        return read(resume, DocumentKind.RESUME)
    if skills is not None:
        return Document("Skills\n" + "\n".join(_named(skills)), SKILLS_SOURCE, DocumentKind.RESUME)
    return None


def unknown_skills(skills: str | None, shown: Extraction | None) -> list[str]:
    """A sentence for each skill given that no list knows: a misspelt one would count for nothing in silence."""
    if skills is None or shown is None:
        return []
    sentences, at = [], len("Skills\n")
    for name in _named(skills):
        end = at + len(name)
        if not any(p.mention.skill is not None and at <= p.mention.start and p.mention.end <= end for p in shown.proofs):
            sentences.append(f"\u201c{name}\u201d is in no skill list, so it counts for nothing: try another name for it, or add it with --taxonomy.")
        at = end + 1
    return sentences


def say_unknown(skills: str | None, shown: Extraction | None) -> None:
    """The sentences of ``unknown_skills`` on standard error."""
    for sentence in unknown_skills(skills, shown):
        click.echo(sentence, err=True)


def _named(skills: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;\n]", skills) if name.strip()]
