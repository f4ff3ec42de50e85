"""Files that a user names: size looked at before reading, JSON and YAML parsed without surprises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mcgap.errors import MissingExtraError, TableError

LARGEST = 50_000_000  # bytes
DEEPEST = 60  # levels of lists and objects; published catalogs need fewer than twelve


def check_size(path: Path) -> None:
    """Raises TableError where the file is absent, a folder, no plain file, or larger than 50 MB."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise TableError(str(path), None, None, "there is no such file; check the path") from None
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read: {error.strerror}") from None
    if path.is_dir():
        raise TableError(str(path), None, None, "this is a folder; name a file")
    if not path.is_file():
        raise TableError(str(path), None, None, "this is no plain file; save the data to a file first")
    if size > LARGEST:
        problem = f"the file has {size / 1e6:,.0f} MB and at most {LARGEST / 1e6:.0f} MB are read; split it, or keep only the entries that you need"
        raise TableError(path.name, None, None, problem)


def read_text(path: Path) -> str:
    """The text of a file of at most 50 MB. Raises TableError."""
    check_size(path)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(path.name, None, None, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read: {error.strerror}") from None


def parse_json(text: str, name: str) -> Any:
    """JSON as Python values. Raises TableError on what is no JSON, is nested too deeply, or holds NaN."""

    def refuse(constant: str) -> Any:
        raise TableError(name, None, None, f"{constant} is no JSON number; write null where a value is unknown")

    try:
        data = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise TableError(name, error.lineno, None, f"this is not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise TableError(name, None, None, _TOO_DEEP) from None
    except ValueError:  # an integer of thousands of digits
        raise TableError(name, None, None, "a number in the file is too long to be read; shorten it") from None
    return check_depth(data, name)


_TOO_DEEP = f"lists and objects are nested more than {DEEPEST} deep, which no catalog needs; check that the file is what you think it is"


def check_depth(data: Any, name: str) -> Any:
    """The data as given. Raises TableError where it is nested too deeply."""
    layer, depth = [data], 0
    while layer:
        depth += 1
        if depth > DEEPEST:
            raise TableError(name, None, None, _TOO_DEEP)
        deeper: list[Any] = []
        for item in layer:
            inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            deeper.extend(value for value in inner if isinstance(value, dict | list))
        layer = deeper
    return data


def parse_yaml(text: str, name: str) -> Any:
    """YAML as Python values; dates stay text. Raises TableError, and MissingExtraError without PyYAML."""
    try:
        import yaml
    except ImportError:
        raise MissingExtraError("Reading YAML", "yaml") from None
    try:
        # Aliases can blow a small file up to gigabytes, and a catalog needs none. The base loader builds only str, list and dict.
        if any(isinstance(event, yaml.events.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise TableError(name, None, None, "YAML aliases (*name) are not read; write the values out")
        data = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise TableError(name, None if mark is None else mark.line + 1, None, f"this is not YAML: {getattr(error, 'problem', None) or error}") from None
    except RecursionError:
        raise TableError(name, None, None, _TOO_DEEP) from None
    return _with_nulls(check_depth(data, name))


def _with_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_nulls(inner) for inner in value]
    return None if value in ("null", "~", "") else value
