"""Configuration: data in TOML, found upwards from each file; never code, never a URL.

It lies beside data, so whoever wrote the data may have written it. It speaks for files below its
folder, and what it can do is to choose rules, severities, limits and a target that is installed.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonl_lint import targets
from jsonl_lint.finding import Severity
from jsonl_lint.keys import read_keys, refuse
from jsonl_lint.reading.compressed import MAX_DECOMPRESSED_BYTES
from jsonl_lint.reading.decode import MAX_NESTING
from jsonl_lint.reading.lines import MAX_LINE_BYTES
from jsonl_lint.reading.names import absolute
from jsonl_lint.reading.source import Found
from jsonl_lint.reading.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE_NAME = "jsonl-lint.toml"
PYPROJECT = "pyproject.toml"
_TABLE = "tool.jsonl-lint"
REPOSITORY = ".git"
"""Beside it no file is looked for any further up: above it other people's things begin."""


class ConfigError(ValueError):
    """The configuration cannot be used; the text says where and why, for the user."""


@dataclass(frozen=True)
class Config:
    """What is checked and how severe it is; the same keys as in the configuration file.

    ``select`` and ``ignore`` hold names of rules and families, or ``ALL``. ``severity`` maps such a
    name to a level, or to ``None`` to switch it off. ``fail_on`` is the least severity that makes a
    check fail. ``validation`` and ``per_file_ignores`` hold glob patterns relative to ``root``.
    ``file`` is where all this was read from, if it was, and makes no difference to what it says.
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
    max_depth: int = MAX_NESTING
    max_decompressed_bytes: int = MAX_DECOMPRESSED_BYTES
    root: Path = field(default_factory=Path)
    file: Path | None = field(default=None, compare=False)

    @classmethod
    def load(cls, path: str | Path) -> Config:
        """Read a configuration file; raises ConfigError where it is unreadable or wrong."""
        return _load(str(path))

    def is_validation(self, name: str) -> bool:
        """Tell whether a file is validation data by the patterns of ``validation``."""
        return any(self._matching(name, self.validation))

    def ignored_in(self, name: str) -> tuple[str, ...]:
        """Give the names that ``per_file_ignores`` adds to ``ignore`` for a file, each once."""
        matching = self._matching(name, self.per_file_ignores)
        rules = [rule for pattern in matching for rule in self.per_file_ignores[pattern]]
        return tuple(dict.fromkeys(rules))

    def _matching(self, name: str, patterns: Iterable[str]) -> Iterator[str]:
        if not patterns:
            return
        try:
            relative = absolute(name).relative_to(absolute(self.root)).as_posix()
        except ValueError:  # outside the folder that the configuration speaks for
            return
        yield from (pattern for pattern in patterns if fnmatchcase(relative, pattern))


def discover(name: str) -> Config:
    """Find the configuration of a file: in the nearest folder above it that has one."""
    return _nearest(Path.cwd() if name == "-" else absolute(name).parent)


def merge(config: Config, **given: Any) -> Config:  # noqa: ANN401 - values of any field
    """Give the configuration with what the user said on the command line in its place.

    Of severities the user's are added, and come last.
    """
    said = {key: value for key, value in given.items() if value is not None}
    if "severity" in said:
        said["severity"] = {**config.severity, **said["severity"]}
    return replace(config, **said)


@cache  # all of them: one that was forgotten would be loaded again as another object
def _nearest(folder: Path) -> Config:
    own, shared = Found(folder / FILE_NAME), Found(folder / PYPROJECT)
    # NOTE: what has the name and is no file is not passed over: somebody means to configure.
    if os.path.lexists(own):
        return _load(own)
    if os.path.lexists(shared) and _table(shared) is not None:
        return _load(shared)
    if folder == folder.parent or os.path.lexists(folder / REPOSITORY):
        return Config()
    return _nearest(folder.parent)


def _load(path: str) -> Config:
    table = _table(path)
    with naming(path):
        if table is None:
            message = f"no table [{_TABLE}]"
            raise ValueError(message)
        return Config(root=Path(path).parent, file=Path(path), **read_keys(table))


def _table(path: str) -> dict[str, Any] | None:
    with naming(path):
        if Path(path).name != PYPROJECT:
            return read_toml(path)
        tools = read_toml(path, mentioning=b"jsonl-lint").get("tool")
        table = tools.get("jsonl-lint") if isinstance(tools, dict) else None
        if table is None or isinstance(table, dict):
            return table
        raise refuse(_TABLE, "a table", table)


def clash(config: Config) -> str:
    """Say how ``fail_on`` and ``min_severity`` contradict each other; empty where they do not."""
    least = config.min_severity
    if least is None or config.fail_on >= least:
        return ""
    return f"fail-on {config.fail_on} is below min-severity {least}: it could never fail"


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Put the name of a configuration file before what is wrong with it."""
    try:
        yield
    except ValueError as error:
        message = f"{path}: {error}"
        raise ConfigError(message) from error
