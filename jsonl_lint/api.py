"""The library: functions that check data and give findings back; they print nothing.

Nothing here exits, changes global state or looks for configuration files by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint import plugins
from jsonl_lint.config import Config, ConfigError
from jsonl_lint.finding import Finding, Severity
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.run import read
from jsonl_lint.linting.selection import Choice, choose
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.source import open_bytes, open_path

if TYPE_CHECKING:
    import os
    from collections.abc import Counter, Iterable, Iterator, Mapping

    from jsonl_lint.linting.file_check import FileCheck


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
        if self.result.error:
            return f"{self.result.name}: {self.result.error}"
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        return f"{self.result.name}: {len(self.findings):,} findings, {errors:,} of them errors"

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


def make_linter(config: Config, ignored: Iterable[str] = (), *, reference: bool = False) -> Linter:
    """Compile a linter; ``ignored`` names rules and families beside those of the configuration.

    Raises ConfigError for an unknown target, rule or family, and PluginError for a broken plugin.
    """
    try:
        target = plugins.load_target(config.target)
    except KeyError as error:
        message = f"unknown target {config.target!r}"
        raise ConfigError(message) from error
    rules = plugins.load_rules()
    ignore = (*config.ignore, *ignored)
    choice = Choice(config.select, ignore, config.severity, config.min_severity)
    try:
        selection = choose(rules, target, choice)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    limit = config.max_line_bytes
    return Linter(target, rules, selection, reference=reference, max_line_bytes=limit)


def iter_findings(path: str | os.PathLike[str], *, config: Config | None = None) -> Iterator[Finding]:
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


def lint_bytes(
    data: bytes, *, filename: str = "<bytes>", config: Config | None = None
) -> Report:
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
    from 1, and columns are those of that line. Raises TypeError for what JSON cannot hold.
    """
    config = config or Config()
    check = _file_check(name, config)
    lines = (orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
    return _report(check.line_findings(lines), check, config)


def _check_path(
    path: str | os.PathLike[str], config: Config
) -> tuple[FileCheck, Iterator[Finding]]:
    name = str(path)
    check = _file_check(name, config)
    return check, read(open_path(name), check.result, check.findings)


def _file_check(name: str, config: Config) -> FileCheck:
    linter = make_linter(config, config.ignored_in(name))
    return linter.check(name, is_validation=config.is_validation(name))


def _report(findings: Iterable[Finding], check: FileCheck, config: Config) -> Report:
    settled = tuple(finding.settle() for finding in findings)
    return Report(settled, check.result, config.fail_on)
