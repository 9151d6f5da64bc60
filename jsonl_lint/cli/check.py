"""``jsonl-lint check``: check files and report what is wrong in them."""

from __future__ import annotations

import os
import sys
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import __version__, plugins
from jsonl_lint.api import make_linter
from jsonl_lint.cli import exit_codes
from jsonl_lint.cli.options import check_options
from jsonl_lint.cli.progress import Progress, is_wanted
from jsonl_lint.cli.sinks import STDOUT, Sink, shows_glyphs, wants_color
from jsonl_lint.config import Config, discover, merge
from jsonl_lint.linting.run import Run
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.source import STDIN
from jsonl_lint.reading.walk import walk
from jsonl_lint.reporting import Options
from jsonl_lint.reporting.safe import safe
from jsonl_lint.schema.engine import FAST_ENGINE_MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Severity
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.rules import Rule


class Settings:
    """The configuration of each file, with what the command line says in its place."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._stdin_filename = options["stdin_filename"] or STDIN
        self._reference = options["reference"]
        self._fixed = _fixed(options)
        self._given = {
            "target": options["target"],
            "select": tuple(chain.from_iterable(options["select"])) or None,
            "ignore": tuple(chain.from_iterable(options["ignore"])) or None,
            "severity": dict(options["severity"]) or None,
            "min_severity": options["min_severity"],
            "fail_on": options["fail_on"],
            "max_line_bytes": options["max_line_bytes"],
        }
        self._merged: dict[int, Config] = {}
        self._fail_on: dict[str, Severity] = {}
        self._linters: dict[tuple[int, tuple[str, ...]], Linter] = {}

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
            self._linters[key] = make_linter(config, ignored, reference=self._reference)
        return self._linters[key]

    def shown(self, name: str) -> str:
        """Give the name that stands for a file in reports and patterns."""
        return self._stdin_filename if name == STDIN else name

    def fails(self, file: FileResult) -> bool:
        """Tell whether a file has findings at or above the ``fail_on`` that holds for it."""
        return bool(Summary([file]).at_least(self._fail_on[file.name]))


@click.command(context_settings={"auto_envvar_prefix": "JSONL_LINT"})
@click.argument("paths", nargs=-1, metavar="PATHS... | -")
@check_options
def check(paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - read by Settings
    """Check JSONL files, folders of them, or standard input (-).

    Compressed files (.gz, .bz2, .xz, .zst) are read as they are. Exit codes: 0 clean, 1 findings,
    2 usage, 3 not everything could be checked, 4 a report could not be written, 5 internal error.
    """
    if not paths and not options["validation"]:
        message = "nothing to check: give a file, a folder or - for standard input"
        raise click.UsageError(message)
    settings = Settings(options)
    training, validation = _split(paths, options["validation"], settings)
    reports = [(options["format"], options["output_file"]), *options["report"]]
    _protect([*training, *validation], [path for _, path in reports])
    rules = _rules_in_use(settings, [*training, *validation])
    run = Run(settings.linter, settings.shown)
    sinks = [_sink(name, path, options, rules) for name, path in reports]
    codes = set()
    with Progress(run.summary, enabled=is_wanted(options["progress"])):
        try:
            for finding in run.findings(training, validation):
                for sink in sinks:
                    sink.send(finding)
                if all(sink.failure for sink in sinks):
                    break
        except KeyboardInterrupt:
            codes.add(exit_codes.INTERRUPTED)
            for file in run.summary.files[-1:]:
                file.error = "interrupted before its end"
    for sink in sinks:
        sink.finish(run.summary)
        codes.add(sink.failure)
        if sink.reason:
            click.echo(f"jsonl-lint: {safe(sink.reason)}", err=True)
    codes |= _verdict(run.summary, settings, exit_zero=options["exit_zero"])
    sys.exit(exit_codes.worst(codes))


def _fixed(options: dict[str, Any]) -> Config | None:
    """Give the configuration that holds for all files, if one does."""
    if options["isolated"]:
        return Config()
    return Config.load(options["config"]) if options["config"] else None


def _split(
    paths: Iterable[str], validation: Iterable[str], settings: Settings
) -> tuple[list[str], list[str]]:
    held_out = list(walk(validation))
    apart = {os.path.abspath(name) for name in held_out}  # noqa: PTH100 - Path keeps ".."
    training: list[str] = []
    found: list[str] = []
    for name in walk(paths):
        if os.path.abspath(name) not in apart:  # noqa: PTH100
            by_pattern = settings.config(name).is_validation(settings.shown(name))
            (found if by_pattern else training).append(name)
    return training, found + held_out


def _protect(names: list[str], reports: list[str]) -> None:
    places = [report if report == STDOUT else os.path.realpath(report) for report in reports]
    if len(set(places)) < len(places):
        message = "two reports would go to the same place"
        raise click.UsageError(message)
    for report, name in product(reports, names):
        if report != STDOUT and _is_same_file(report, name):
            message = f"the report {report!r} would overwrite data that are to be checked"
            raise click.UsageError(message)


def _is_same_file(report: str, name: str) -> bool:
    try:
        status = os.fstat(sys.stdin.fileno()) if name == STDIN else Path(name).stat()
        return os.path.samestat(Path(report).stat(), status)
    except (OSError, AttributeError):  # one of them is not there, or cannot be asked
        return False


def _rules_in_use(settings: Settings, names: list[str]) -> dict[str, Rule]:
    levels = {rule for name in names for rule in settings.linter(name).selection.levels}
    return {name: rule for name, rule in plugins.load_rules().items() if name in levels}


def _sink(name: str, path: str, options: dict[str, Any], rules: dict[str, Rule]) -> Sink:
    to_stdout = path == STDOUT
    details = Options(
        version=__version__,
        rules=rules,
        max_per_rule=options["max_per_rule"],
        color=to_stdout and wants_color(options["color"], sys.stdout),
        glyphs=shows_glyphs(sys.stdout) if to_stdout else True,
        quiet=options["quiet"],
        slow_engine=FAST_ENGINE_MISSING,
    )
    return Sink(plugins.load_reporter(name), path, details)


def _verdict(summary: Summary, settings: Settings, *, exit_zero: bool) -> set[int]:
    codes = set()
    if not summary.complete:
        codes.add(exit_codes.INCOMPLETE)
    if summary.crashed:
        codes.add(exit_codes.INTERNAL)
    failing = (settings.fails(file) for file in summary.files)
    if not exit_zero and any(failing):
        codes.add(exit_codes.FINDINGS)
    return codes
