"""The library: functions that check data and give findings back; they print nothing.

Nothing here exits, changes global state or looks for configuration files by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint import plugins
from jsonl_lint.config import Config, ConfigError, clash
from jsonl_lint.finding import Finding, Severity
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.run import read
from jsonl_lint.linting.selection import Choice, choose, resolve
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.errors import exhausted
from jsonl_lint.reading.source import open_bytes, open_path
from jsonl_lint.words import count, quote, suggestion

if TYPE_CHECKING:
    import os
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from jsonl_lint.linting.file_check import FileCheck
    from jsonl_lint.targets import Target


class FindingsError(Exception):
    """Data has findings, or was not checked to its end; ``report`` says which."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.verdict)
        self.report = report


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check: every finding with its place, and what was read."""

    findings: tuple[Finding, ...]
    result: FileResult
    fail_on: Severity = Severity.ERROR

    @property
    def counts(self) -> Counter[tuple[str, Severity]]:
        """Findings by rule and severity."""
        return self.result.counts

    @property
    def complete(self) -> bool:
        """Whether every byte was read and checked."""
        return self.result.complete

    @property
    def verdict(self) -> str:
        """One sentence for people: what was found, or why the check is incomplete."""
        result = self.result
        if result.error:
            return f"{result.name}: {result.error_code}: {result.error}"
        errors = count(Summary([result]).at_least(Severity.ERROR), "error")
        verdict = f"{result.name}: {count(result.counts.total(), 'finding')}, {errors} among them"
        unchecked = count(result.unchecked_lines, "line")
        return f"{verdict}; {unchecked} not checked" if result.unchecked_lines else verdict

    def ok(self, fail_on: Severity | None = None) -> bool:
        """Tell whether all was checked and nothing as severe as ``fail_on`` was found.

        Without an argument the configuration's ``fail_on`` decides.
        """
        level = fail_on or self.fail_on
        return self.complete and not Summary([self.result]).at_least(level)

    def raise_for_findings(self, fail_on: Severity | None = None) -> None:
        """Raise FindingsError unless ``ok(fail_on)``."""
        if not self.ok(fail_on):
            raise FindingsError(self)


def find_target(name: str) -> Target:
    """Give a target by its name; raises ConfigError for an unknown one, or PluginError."""
    try:
        return plugins.load_target(name)
    except KeyError as error:
        message = f"unknown target {quote(name)}; {suggestion(name, plugins.target_names())}"
        raise ConfigError(message) from error


def make_linter(config: Config, ignored: Iterable[str] = (), *, reference: bool = False) -> Linter:
    """Compile a linter; ``ignored`` names rules and families beside those of the configuration.

    Raises ConfigError for an unknown target, rule or family, and PluginError for a broken plugin.
    """
    target = find_target(config.target)
    rules = plugins.load_rules()
    ignore = (*config.ignore, *ignored)
    least = config.min_severity
    if least is None and config.fail_on is Severity.INFO:
        least = Severity.INFO
    if message := clash(config):
        raise ConfigError(message)
    choice = Choice(config.select, ignore, config.severity, least)
    try:
        selection = choose(rules, target, choice)
        resolve(chain.from_iterable(config.per_file_ignores.values()), rules)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    return Linter(
        target,
        rules,
        selection,
        reference=reference,
        max_line_bytes=config.max_line_bytes,
        max_depth=config.max_depth,
        max_decompressed_bytes=config.max_decompressed_bytes,
    )


def iter_findings(
    path: str | os.PathLike[str], *, config: Config | None = None
) -> Iterator[Finding]:
    """Yield the findings of a file as they are found, in constant memory.

    A finding that is kept keeps its line's bytes; ``finding.settle()`` lets go of them. Raises
    FindingsError at the end where the file could not be read or checked to its end.
    """
    check, findings = _check_path(path, config or Config())
    yield from findings
    if not check.result.complete:
        raise FindingsError(Report((), check.result))


def lint_file(path: str | os.PathLike[str], *, config: Config | None = None) -> Report:
    """Check one file. What cannot be read shows in ``Report.complete`` and ``result.error``."""
    config = config or Config()
    check, findings = _check_path(path, config)
    return _report(findings, check, config)


def lint_bytes(data: bytes, *, filename: str = "<bytes>", config: Config | None = None) -> Report:
    """Check JSON lines in memory; ``filename`` is how findings call them."""
    config = config or Config()
    check = _file_check(filename, config)
    return _report(read(open_bytes(data), check.result, check.findings), check, config)


def lint_records(
    records: Iterable[Mapping[str, Any]],
    *,
    name: str = "<records>",
    config: Config | None = None,
) -> Report:
    """Check records that are Python objects, one after the other.

    They are judged as the compact JSON lines that they would be written as: ``line`` counts records
    from 1, and columns are those of that line. NaN and infinity are findings, as in a file. Raises
    TypeError for what orjson does not write: integers beyond 64 bits, sets, other classes.
    """
    config = config or Config()
    check = _file_check(name, config)
    return _report(check.line_findings(map(_line, records)), check, config)


def _line(record: Mapping[str, Any]) -> bytes:
    line = orjson.dumps(record, default=_plain, option=orjson.OPT_APPEND_NEWLINE)
    # NOTE: orjson writes NaN and infinity as null, which some keys may be; json writes them out.
    if b"null" in line and not _is_finite(record):
        import json  # noqa: PLC0415 - see above

        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return text.encode() + b"\n"
    return line


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError


def _is_finite(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, Mapping):
        return all(map(_is_finite, value.values()))
    return not isinstance(value, list | tuple) or all(map(_is_finite, value))


def _check_path(
    path: str | os.PathLike[str], config: Config
) -> tuple[FileCheck, Iterator[Finding]]:
    name = str(path)
    check = _file_check(name, config)
    opening = open_path(name, check.max_decompressed_bytes)
    return check, read(opening, check.result, check.findings)


def _file_check(name: str, config: Config) -> FileCheck:
    linter = make_linter(config, config.ignored_in(name))
    return linter.check(name, is_validation=config.is_validation(name))


def _report(findings: Iterable[Finding], check: FileCheck, config: Config) -> Report:
    return Report(settled(findings, check.result), check.result, config.fail_on)


def settled(findings: Iterable[Finding], result: FileResult) -> tuple[Finding, ...]:
    """Settle the findings of a file, which ends at one that memory is not enough for."""
    kept: list[Finding] = []
    try:
        kept.extend(map(Finding.settle, findings))
    except MemoryError:
        result.fail(exhausted())
    return tuple(kept)
