"""What holds for each file: its configuration, with what the command line says in its place."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from jsonl_lint.api import make_linter
from jsonl_lint.cli import exit_codes
from jsonl_lint.config import Config, ConfigError, clash, discover, merge
from jsonl_lint.linting.selection import NOT_SUPPRESSIBLE
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.names import absolute
from jsonl_lint.reading.source import STDIN
from jsonl_lint.reading.walk import walk
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Severity
    from jsonl_lint.fixing.repair import Repairer
    from jsonl_lint.linting.engine import Linter

_CHOOSING = ("select", "ignore", "severity", "min_severity")
"""What says which rules run, on the command line as in the configuration file."""


class Settings:
    """The configuration of each file, with what the command line says in its place."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._stdin_filename = options["stdin_filename"] or STDIN
        self._reference = options["reference"]
        self._fixed = config_for_all(options)
        self._given = {
            "target": options["target"],
            "select": tuple(chain.from_iterable(options["select"])) or None,
            "ignore": tuple(chain.from_iterable(options["ignore"])) or None,
            "severity": dict(options["severity"]) or None,
            "min_severity": options["min_severity"],
            "fail_on": options["fail_on"],
            "max_line_bytes": options["max_line_bytes"],
            "max_depth": options["max_depth"],
            "max_decompressed_bytes": options["max_decompressed_bytes"],
        }
        self._merged: dict[int, Config] = {}
        self._fail_on: dict[str, Severity] = {}
        self._linters: dict[tuple[int, tuple[str, ...]], Linter] = {}
        self._repairers: dict[tuple[int, tuple[str, ...]], Repairer] = {}
        self._repairing = {
            "unsafe": options["unsafe_fixes"],
            "drop_invalid": options["drop_invalid"],
        }

    def config(self, name: str) -> Config:
        """Give the configuration that holds for a file; raises ConfigError."""
        found = self._fixed or discover(self.shown(name))
        if id(found) not in self._merged:
            self._merged[id(found)] = merge(found, **self._given)
        config = self._merged[id(found)]
        self._fail_on[self.shown(name)] = config.fail_on
        return config

    def linter(self, name: str) -> Linter:
        """Give the linter for a file, compiled once for all files with the same settings."""
        config = self.config(name)
        ignored = config.ignored_in(self.shown(name))
        key = (id(config), ignored)
        if key not in self._linters:
            linter = self._compiled(config, ignored)
            if _is_silent(linter):
                by = self._culprits(self._fixed or discover(self.shown(name)), ignored)
                where = f"for {self.shown(name)}, by {by}"
                message = f"every rule is off {where}; leave the file out instead"
                raise ConfigError(message)
            self._linters[key] = linter
        return self._linters[key]

    def _culprits(self, found: Config, ignored: tuple[str, ...]) -> str:
        """Name what leaves no rule: options, keys of the configuration file, or both together."""
        given = [key for key in _CHOOSING if self._given[key] is not None]
        of_user = [f"--{_spelt(key)}" for key in given]
        if _leaves_none(merge(Config(), **self._given)):
            return " and ".join(of_user)
        default = Config()
        keys = [key for key in _CHOOSING if getattr(found, key) != getattr(default, key)]
        keys = [key for key in keys if key not in given or key == "severity"]
        keys += ["per_file_ignores"] * bool(ignored)
        of_file = f"{' and '.join(quote(_spelt(key)) for key in keys)} in {found.file}"
        return of_file if _leaves_none(found, ignored) else " and ".join([*of_user, of_file])

    def _compiled(self, config: Config, ignored: tuple[str, ...]) -> Linter:
        try:
            return make_linter(config, ignored, reference=self._reference)
        except ConfigError as error:
            raise self._traced(str(error), config) from error

    def _traced(self, message: str, config: Config) -> ConfigError:
        """Name the configuration file in what is wrong, unless the command line brought it."""
        if config.file is None or message == _refusal(merge(Config(), **self._given)):
            return ConfigError(message)
        of_file = [key for key in ("fail_on", "min_severity") if self._given[key] is None]
        if message == clash(config) and len(of_file) == 1:
            return ConfigError(f"{message}; {_spelt(of_file[0])} stands in {config.file}")
        return ConfigError(f"{config.file}: {message}")

    def repairer(self, name: str) -> Repairer:
        """Give what repairs the lines of a file, compiled once as the linter is."""
        from jsonl_lint.fixes import make_repairer  # noqa: PLC0415 - a check needs nothing of it

        config = self.config(name)
        ignored = config.ignored_in(self.shown(name))
        key = (id(config), ignored)
        if key not in self._repairers:
            self._repairers[key] = make_repairer(config, ignored, **self._repairing)
        return self._repairers[key]

    def shown(self, name: str) -> str:
        """Give the name that stands for a file in reports and patterns."""
        return self._stdin_filename if name == STDIN else name

    def fails(self, file: FileResult) -> bool:
        """Tell whether a file has findings at or above the ``fail_on`` that holds for it."""
        return bool(Summary([file]).at_least(self._fail_on[file.name]))


def _refusal(config: Config) -> str:
    """Say what is wrong with a configuration; empty where nothing is."""
    try:
        make_linter(config)
    except ConfigError as error:
        return str(error)
    return ""


def _is_silent(linter: Linter) -> bool:
    return linter.selection.levels.keys() <= NOT_SUPPRESSIBLE


def _leaves_none(config: Config, ignored: tuple[str, ...] = ()) -> bool:
    """Tell whether a configuration leaves no rule; one that cannot be used leaves them all."""
    try:
        return _is_silent(make_linter(config, ignored))
    except ConfigError:
        return False


def _spelt(key: str) -> str:
    return key.replace("_", "-")


def config_for_all(options: dict[str, Any]) -> Config | None:
    """Give the configuration that holds for all files, if one does."""
    if options["isolated"]:
        return Config()
    return Config.load(options["config"]) if options["config"] else None


def split(
    paths: Iterable[str], validation: Iterable[str], settings: Settings
) -> tuple[list[str], list[str]]:
    """Find the files, training data apart from validation data."""
    held_out = list(walk(validation))
    apart = {absolute(name) for name in held_out}
    training: list[str] = []
    found: list[str] = []
    for name in walk(paths):
        if absolute(name) not in apart:
            by_pattern = settings.config(name).is_validation(settings.shown(name))
            (found if by_pattern else training).append(name)
    return training, found + held_out


def verdict(summary: Summary, settings: Settings, *, exit_zero: bool) -> set[int]:
    """Give the exit codes of what was found, or could not be read."""
    codes = set()
    if not summary.complete:
        codes.add(exit_codes.INCOMPLETE)
    if summary.crashed:
        codes.add(exit_codes.INTERNAL)
    failing = (settings.fails(file) for file in summary.files)
    if not exit_zero and any(failing):
        codes.add(exit_codes.FINDINGS)
    return codes
