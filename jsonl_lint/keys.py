"""The keys of a configuration, and what each makes of the value that TOML gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Severity
from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.words import nearest, quote, type_name

if TYPE_CHECKING:
    from collections.abc import Callable

OFF = "off"
LEVELS = {str(level): level for level in Severity}
MAX_PATTERNS = 1000
"""Patterns of ``validation`` and ``per-file-ignores`` together: each file is compared with all."""
MAX_PATTERN_CHARACTERS = 50_000
"""Characters of all of them: each is compiled."""
_OUTSIDE = re.compile(r"[/\\~]|[A-Za-z][A-Za-z0-9+.-]*:[/\\]")
"""Begins what no relative pattern begins with: the root, a home, a drive letter, a URL."""


def read_keys(table: dict[str, Any]) -> dict[str, Any]:
    """Give the values of a table by the names of the fields of ``Config``; raises ValueError."""
    values = {_field(key): _READERS[_field(key)](value, key) for key, value in table.items()}
    _require_few([*values.get("validation", ()), *values.get("per_file_ignores", ())])
    return values


def _require_few(patterns: list[str]) -> None:
    characters = sum(map(len, patterns))
    for found, limit, what in (
        (len(patterns), MAX_PATTERNS, "patterns"),
        (characters, MAX_PATTERN_CHARACTERS, "characters of patterns"),
    ):
        if found > limit:
            message = (
                f'"validation" and "per-file-ignores" have {found:,} {what}, of at most {limit:,}; '
                "say it with fewer and shorter ones"
            )
            raise ValueError(message)


def _field(key: str) -> str:
    known = [name.replace("_", "-") for name in _READERS]
    if key in known:
        return key.replace("-", "_")
    meant = nearest(key, known)
    hint = f"; did you mean {quote(meant)}?" if meant else ""
    message = f"unknown key {quote(key)}{hint}"
    raise ValueError(message)


def refuse(key: str, expected: str, value: object) -> ValueError:
    """Make the error of a value that is none of what is expected."""
    found = quote(value) if isinstance(value, str) else type_name(value)
    return ValueError(f"{quote(key)}: expected {expected}, found {found}")


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise refuse(key, "a string", value)
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise refuse(key, "an array of strings", value)
    return tuple(dict.fromkeys(_text(item, key) for item in value))


def _patterns(value: object, key: str) -> tuple[str, ...]:
    found = _texts(value, key)
    for pattern in found:
        _require_inside(pattern, key)
    return found


def _require_inside(pattern: str, key: str) -> None:
    if _OUTSIDE.match(pattern) or ".." in re.split(r"[/\\]", pattern):
        message = f"{quote(key)}: {quote(pattern)} leads out of the folder of the configuration"
        raise ValueError(message)


def _level(value: object, key: str) -> Severity:
    if not isinstance(value, str) or value not in LEVELS:
        raise refuse(key, "info, warning or error", value)
    return LEVELS[value]


def _level_or_off(value: object, key: str) -> Severity | None:
    if value == OFF:
        return None
    if not isinstance(value, str) or value not in LEVELS:
        raise refuse(key, "info, warning, error or off", value)
    return LEVELS[value]


def _bytes(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 62:
        raise refuse(key, "a positive number of bytes", value)
    return value


def _levels(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= DECODER_NESTING:
        raise refuse(key, f"a number of levels from 1 to {DECODER_NESTING:,}", value)
    return value


def _each(reader: Callable[[Any, str], Any]) -> Callable[[Any, str], dict[str, Any]]:
    def read(value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise refuse(key, "a table", value)
        return {name: reader(item, f"{key}.{name}") for name, item in value.items()}

    return read


def _ignores(value: object, key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = _each(_texts)(value, key)
    for pattern in found:
        _require_inside(pattern, key)
    return found


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "target": _text,
    "select": _texts,
    "ignore": _texts,
    "severity": _each(_level_or_off),
    "min_severity": _level,
    "fail_on": _level,
    "validation": _patterns,
    "per_file_ignores": _ignores,
    "max_line_bytes": _bytes,
    "max_depth": _levels,
    "max_decompressed_bytes": _bytes,
}
