"""JSON Resume and schema.org JobPosting as text with headings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from mcgap.documents.content import Content, tidy
from mcgap.errors import DocumentError

_RESUME_KEYS = frozenset({"basics", "work", "volunteer", "education", "skills", "certificates", "projects", "languages"})
_MAX_DEPTH = 6  # of lists and @graph around a JobPosting
_BULLET = "\u2022 "
# A heading of the text, and the properties of a JobPosting under it. The old names stay in use.
_POSTING_PARTS = (
    ("Responsibilities", ("responsibilities",)),
    ("Requirements", ("qualifications", "skills", "experienceRequirements", "educationRequirements", "physicalRequirement")),
    ("Benefits", ("jobBenefits", "benefits", "incentiveCompensation", "incentives")),
)


def parse_json(text: str, name: str) -> Any:
    """JSON, or DocumentError where it is damaged or nested too deeply."""
    try:
        return json.loads(text.lstrip("\ufeff"), strict=False)
    except RecursionError:
        raise DocumentError(f"{name} nests its JSON too deeply to be a résumé or a posting; give a JSON Resume or a schema.org JobPosting.") from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise DocumentError(f"{name} is not valid JSON{where}; mend it, or save its text as a .txt file.") from None


def read_json(value: Any, name: str, html_text: Callable[[str], str]) -> Content:
    """The text of parsed JSON; DocumentError where it is neither JSON Resume nor JobPosting."""
    postings = find_job_postings(value)
    if postings:
        return posting_content(postings[0], html_text, len(postings))
    if isinstance(value, dict) and any(isinstance(value.get(key), (dict, list)) for key in _RESUME_KEYS):
        return Content(resume_text(value))
    raise DocumentError(f"{name} is JSON, but neither a JSON Resume nor a schema.org JobPosting; save its text as a .txt file, or follow jsonresume.org.")


def find_job_postings(value: Any) -> list[dict[str, Any]]:
    """The JobPostings in a JSON value: itself, in a list, or in an @graph; in order."""
    return list(_job_postings(value, 0))


def _job_postings(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _job_postings(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", ())
        names = [kinds] if isinstance(kinds, str) else [k for k in kinds if isinstance(k, str)] if isinstance(kinds, list) else []
        if any(re.split(r"[/:#]", name)[-1] == "JobPosting" for name in names):
            yield value
            return
        for key in ("@graph", "itemListElement", "item", "mainEntity"):
            if key in value:
                yield from _job_postings(value[key], depth + 1)


def posting_content(posting: dict[str, Any], html_text: Callable[[str], str], count: int = 1) -> Content:
    """A JobPosting as text: title, description, then what the description does not already say."""
    title = next((" ".join(html_text(t).split()) for key in ("title", "name") for t in _strings(posting.get(key))), "") or None
    description = "\n\n".join(html_text(t) for t in _strings(posting.get("description")))
    blocks = [title or "", description]
    said = _squeezed(description)
    for heading, keys in _POSTING_PARTS:
        parts = [t for key in keys for t in (html_text(s) for s in _posting_strings(key, posting))]
        fresh = [t for t in dict.fromkeys(parts) if t and _squeezed(t) not in said]
        if fresh:
            blocks.append(f"{heading}\n" + "\n".join(t if "\n" in t or t.startswith(_BULLET) else _BULLET + t for t in fresh))
    warnings = (f"{count} job postings stand in it; the first was read.",) if count > 1 else ()
    return Content(tidy("\n\n".join(b for b in blocks if b)), title, warnings)


def _posting_strings(key: str, posting: dict[str, Any]) -> list[str]:
    value = posting.get(key)
    if key == "experienceRequirements":
        return [s for item in _items(value) for s in _experience(item, bool(posting.get("experienceInPlaceOfEducation")))]
    if key == "educationRequirements":
        return [s for item in _items(value) for s in _education(item)]
    return _strings(value)


def _experience(item: Any, instead: bool) -> list[str]:
    if not isinstance(item, dict):
        return _strings(item)
    months = item.get("monthsOfExperience")
    found = _strings({k: v for k, v in item.items() if k in ("name", "description")})
    if isinstance(months, str) and months.strip().isdigit():
        months = int(months)
    if isinstance(months, (int, float)) and not isinstance(months, bool) and 0 < months < 1000:
        length = f"{months / 12:g} years" if months % 12 == 0 else f"{months:g} months"
        found.append(f"At least {'1 year' if length == '1 years' else length} of experience" + (", or equivalent education" if instead else ""))
    return found


def _education(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return _strings(item)
    return _strings(item.get("credentialCategory")) + _strings({k: v for k, v in item.items() if k in ("name", "description", "educationalLevel")})


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _strings(value: Any, depth: int = 0) -> list[str]:
    """The strings of a property: text, a list, or a node with a name, description or value."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if depth > 3:
        return []
    if isinstance(value, list):
        return [s for item in value for s in _strings(item, depth + 1)]
    if isinstance(value, dict):
        return [s for key in ("name", "description", "educationalLevel", "@value", "value") for s in _strings(value.get(key), depth + 1)]
    return []


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


# ── JSON Resume ─────────────────────────────────────────────────────────────────────────────────


def resume_text(resume: dict[str, Any]) -> str:
    """A JSON Resume as text with headings, without name, contact, picture, location and referees."""
    basics = resume.get("basics") if isinstance(resume.get("basics"), dict) else {}
    blocks = [_block("Summary", [line for key in ("label", "summary") for line in _strings(basics.get(key))])]  # type: ignore[union-attr]
    for heading, keys, lines_of in _RESUME_PARTS:
        entries = [e for key in keys for e in _items(resume.get(key)) if isinstance(e, (dict, str))]
        blocks.append(_block(heading, [line for n, entry in enumerate(entries) for line in _entry(entry, lines_of, apart=n > 0)]))
    return tidy("\n\n".join(b for b in blocks if b))


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *lines]) if any(lines) else ""


def _entry(entry: Any, lines_of: Callable[[dict[str, Any]], list[str]], *, apart: bool) -> list[str]:
    """One entry's lines; a blank line stands before all but the first entry of more than one line."""
    lines = [_BULLET + entry] if isinstance(entry, str) else lines_of(entry)
    return ["", *lines] if apart and len(lines) > 1 else lines


def _joined(*values: Any) -> str:
    return ", ".join(s for value in values for s in _strings(value))


def _dates(entry: dict[str, Any]) -> str:
    """'2019-01 - 2021-03'; an entry without an end goes on."""
    start, end = (next(iter(_strings(entry.get(key))), "")[:10] for key in ("startDate", "endDate"))
    start, end = (re.sub(r"^(\d{4}-\d{2})-\d{2}$", r"\1", d) for d in (start, end))
    if not start:
        return end
    return f"{start} - {end or 'Present'}"


def _work(entry: dict[str, Any]) -> list[str]:
    employer = entry.get("name") or entry.get("company") or entry.get("organization")
    return [_joined(entry.get("position"), employer, _dates(entry)), *_strings(entry.get("summary")), *_bullets(entry.get("highlights"))]


def _bullets(value: Any) -> list[str]:
    return [_BULLET + s for s in _strings(value)]


def _skill(entry: dict[str, Any]) -> list[str]:
    name, keywords = _joined(entry.get("name"), entry.get("level")), _joined(entry.get("keywords"))
    return [f"{_BULLET}{name}: {keywords}" if name and keywords else _BULLET + (name or keywords)] if name or keywords else []


def _education_entry(entry: dict[str, Any]) -> list[str]:
    study = " in ".join(s for key in ("studyType", "area") for s in _strings(entry.get(key)))
    return [_joined(study, entry.get("institution"), _dates(entry)), *_bullets(entry.get("courses"))]


def _certificate(entry: dict[str, Any]) -> list[str]:
    line = _joined(entry.get("name"), entry.get("issuer"), entry.get("date"))
    return [_BULLET + line] if line else []


def _award(entry: dict[str, Any]) -> list[str]:
    line = _joined(entry.get("title") or entry.get("name"), entry.get("awarder") or entry.get("publisher"), entry.get("date") or entry.get("releaseDate"))
    return [*([_BULLET + line] if line else []), *_strings(entry.get("summary"))]


def _language(entry: dict[str, Any]) -> list[str]:
    language, fluency = _joined(entry.get("language")), _joined(entry.get("fluency"))
    return [_BULLET + (f"{language} ({fluency})" if fluency else language)] if language else []


def _project(entry: dict[str, Any]) -> list[str]:
    title = _joined(entry.get("name"), entry.get("entity"), _dates(entry))
    keywords = _joined(entry.get("keywords"))
    return [title, *_strings(entry.get("description")), *_bullets(entry.get("highlights")), *(["Keywords: " + keywords] if keywords else [])]


_RESUME_PARTS: tuple[tuple[str, tuple[str, ...], Callable[[dict[str, Any]], list[str]]], ...] = (
    ("Skills", ("skills",), _skill),
    ("Experience", ("work",), _work),
    ("Volunteering", ("volunteer",), _work),
    ("Education", ("education",), _education_entry),
    ("Certifications", ("certificates", "certifications"), _certificate),
    ("Languages", ("languages",), _language),
    ("Projects", ("projects",), _project),
    ("Publications", ("publications",), _award),
    ("Awards", ("awards",), _award),
    ("Interests", ("interests",), _skill),
)
