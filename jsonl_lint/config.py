"""Configuration: data in TOML, found upwards from each file; never code, never a URL."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonl_lint import targets
from jsonl_lint.finding import Severity
from jsonl_lint.reading.errors import reason
from jsonl_lint.reading.lines import MAX_LINE_BYTES
from jsonl_lint.words import nearest, quote, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME = "jsonl-lint.toml"
PYPROJECT = "pyproject.toml"
OFF = "off"
LEVELS = {str(level): level for level in Severity}


class ConfigError(ValueError):
    """The configuration cannot be used; the text says where and why, for the user."""


@dataclass(frozen=True)
class Config:
    """What is checked and how severe it is; the same keys as in the configuration file.

    ``select`` and ``ignore`` hold names of rules and families, or ``ALL``. ``severity`` maps such a
    name to a level, or to ``None`` to switch it off. ``fail_on`` is the least severity that makes a
    check fail. ``validation`` and ``per_file_ignores`` hold glob patterns relative to ``root``.
    """

    target: str = targets.DEFAULT
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    min_severity: Severity | None = None
    fail_on: Severity = Severity.ERROR
    validation: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_line_bytes: int = MAX_LINE_BYTES
    root: Path = field(default_factory=Path)

    @classmethod
    def load(cls, path: str | Path) -> Config:
        """Read a configuration file; raises ConfigError where it is unreadable or wrong."""
        return _load(Path(path))

    def is_validation(self, name: str) -> bool:
        """Tell whether a file is validation data by the patterns of ``validation``."""
        return any(self._matches(name, pattern) for pattern in self.validation)

    def ignored_in(self, name: str) -> tuple[str, ...]:
        """Give the names that ``per_file_ignores`` adds to ``ignore`` for a file."""
        return tuple(
            rule
            for pattern, rules in self.per_file_ignores.items()
            if self._matches(name, pattern)
            for rule in rules
        )

    def _matches(self, name: str, pattern: str) -> bool:
        try:
            relative = _absolute(name).relative_to(_absolute(self.root))
        except ValueError:  # outside the folder that the configuration speaks for
            return False
        return fnmatchcase(relative.as_posix(), pattern)


def discover(name: str) -> Config:
    """Find the configuration of a file: in the nearest folder above it that has one."""
    return _nearest(Path.cwd() if name == "-" else _absolute(name).parent)


def merge(config: Config, **given: Any) -> Config:  # noqa: ANN401 - values of any field
    """Give the configuration with what the user said on the command line in its place.

    Of severities the user's are added, and come last.
    """
    said = {key: value for key, value in given.items() if value is not None}
    if "severity" in said:
        said["severity"] = {**config.severity, **said["severity"]}
    return replace(config, **said)


def _absolute(name: str | Path) -> Path:
    """Give the path without ``..``, but with its links: a linked file belongs where the link is."""
    return Path(os.path.abspath(name))  # noqa: PTH100 - Path.absolute keeps the ".."


@cache  # all of them: one that was forgotten would be loaded again as another object
def _nearest(folder: Path) -> Config:
    own, shared = folder / FILE_NAME, folder / PYPROJECT
    if os.path.isfile(own):  # noqa: PTH113 - Path.is_file raises in a folder that is closed to us
        return _load(own)
    if os.path.isfile(shared) and _table(shared) is not None:  # noqa: PTH113
        return _load(shared)
    return Config() if folder == folder.parent else _nearest(folder.parent)


def _load(path: Path) -> Config:
    table = _table(path)
    if table is None:
        message = f"{path}: no table [tool.jsonl-lint]"
        raise ConfigError(message)
    try:
        return Config(root=path.parent, **{_field(key): _READERS[_field(key)](value, key)
                                           for key, value in table.items()})  # fmt: skip
    except ConfigError as error:
        message = f"{path}: {error}"
        raise ConfigError(message) from error


def _table(path: Path) -> dict[str, Any] | None:
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {reason(error)}"
        raise ConfigError(message) from error
    except ValueError as error:
        message = f"{path}: not valid TOML: {error}"
        raise ConfigError(message) from error
    if path.name != PYPROJECT:
        return data
    tools = data.get("tool")
    table = tools.get("jsonl-lint") if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    message = f"{path}: {_refuse('tool.jsonl-lint', 'a table', table)}"
    raise ConfigError(message)


def _field(key: str) -> str:
    known = [field.name.replace("_", "-") for field in fields(Config) if field.name != "root"]
    if key in known:
        return key.replace("-", "_")
    meant = nearest(key, known)
    hint = f"; did you mean {quote(meant)}?" if meant else ""
    message = f"unknown key {quote(key)}{hint}"
    raise ConfigError(message)


def _refuse(key: str, expected: str, value: object) -> ConfigError:
    found = quote(value) if isinstance(value, str) else type_name(value)
    return ConfigError(f"{quote(key)}: expected {expected}, found {found}")


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _refuse(key, "a string", value)
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _refuse(key, "an array of strings", value)
    return tuple(_text(item, key) for item in value)


def _level(value: object, key: str) -> Severity:
    if not isinstance(value, str) or value not in LEVELS:
        raise _refuse(key, "info, warning or error", value)
    return LEVELS[value]


def _level_or_off(value: object, key: str) -> Severity | None:
    if value == OFF:
        return None
    if not isinstance(value, str) or value not in LEVELS:
        raise _refuse(key, "info, warning, error or off", value)
    return LEVELS[value]


def _bytes(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 62:
        raise _refuse(key, "a positive number of bytes", value)
    return value


def _each(reader: Callable[[Any, str], Any]) -> Callable[[Any, str], dict[str, Any]]:
    def read(value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _refuse(key, "a table", value)
        return {name: reader(item, f"{key}.{name}") for name, item in value.items()}

    return read


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "target": _text,
    "select": _texts,
    "ignore": _texts,
    "severity": _each(_level_or_off),
    "min_severity": _level,
    "fail_on": _level,
    "validation": _texts,
    "per_file_ignores": _each(_texts),
    "max_line_bytes": _bytes,
}
