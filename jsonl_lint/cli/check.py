"""``jsonl-lint check``: check files and report what is wrong in them."""

from __future__ import annotations

import os
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import __version__, plugins
from jsonl_lint.cli import exit_codes, signals
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.complaint import complain
from jsonl_lint.cli.options import fix_options, report_options, settings_options
from jsonl_lint.cli.outlets import STDOUT
from jsonl_lint.cli.progress import Progress, is_wanted
from jsonl_lint.cli.settings import Settings, split, verdict
from jsonl_lint.cli.sinks import Sink, is_same_file, shows_glyphs, wants_color
from jsonl_lint.linting.run import Run
from jsonl_lint.reading.source import STDIN
from jsonl_lint.reporting import Options

if TYPE_CHECKING:
    from collections.abc import Generator

    from jsonl_lint.finding import Finding
    from jsonl_lint.fixing.fixer import Fixer
    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.rules import Rule

    Findings = Generator[Finding, None, None]


@click.command(cls=Helped, context_settings={"auto_envvar_prefix": "JSONL_LINT"})
@click.argument("paths", nargs=-1, metavar="PATHS... | -")
@click.option("--fix", is_flag=True, help="Apply safe fixes first; report what is left.")
@fix_options
@settings_options
@report_options
def check(paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - read by Settings
    """Check JSONL files, folders of them, or standard input (-).

    Compressed files (.gz, .bz2, .xz, .zst) are read as they are. Exit codes: 0 clean, 1 findings,
    2 usage, 3 not everything could be checked, 4 a report could not be written, 5 internal error.
    """
    if not paths and not options["validation"]:
        message = "nothing to check: give a file, a folder or - for standard input"
        raise click.UsageError(message)
    settings = Settings(options)
    training, validation = split(paths, options["validation"], settings)
    reports = [(options["format"], options["output_file"]), *options["report"]]
    _protect([*training, *validation], [path for _, path in reports])
    rules = _rules_in_use(settings, [*training, *validation])
    fixer = _fixer(settings, options, [*training, *validation])
    run = Run(settings.linter, settings.shown, fixer.checked if fixer else None)
    with signals.shielded():
        sinks = [_sink(name, path, options, rules) for name, path in reports]
        try:
            with Progress(run.summary, enabled=is_wanted(options["progress"])):
                _send(run.findings(training, validation), run.summary, sinks)
            codes = _finished(sinks, run.summary)
        finally:
            for sink in sinks:
                sink.discard()
        if fixer:
            codes |= _told(fixer, run.summary, options)
    codes |= verdict(run.summary, settings, exit_zero=options["exit_zero"])
    sys.exit(exit_codes.worst(codes))


def _send(findings: Findings, summary: Summary, sinks: list[Sink]) -> None:
    """Send findings to all sinks, until there is no more to be had, or a signal came."""
    try:
        for finding in signals.heeded(findings):
            for sink in sinks:
                sink.send(finding)
            if all(sink.failure for sink in sinks):
                break
    except signals.StoppedError:
        summary.interrupt()


_ONLY_WITH_FIX = (
    "unsafe_fixes", "drop_invalid", "backup", "break_hardlinks", "exit_non_zero_on_fix",
)  # fmt: skip
_IN_PLACE: dict[str, Any] = {"diff": False, "dry_run": False, "output_file": None}


def _fixer(settings: Settings, options: dict[str, Any], names: list[str]) -> Fixer | None:
    if not options["fix"]:
        if given := [name for name in _ONLY_WITH_FIX if options[name]]:
            message = f"--{given[0].replace('_', '-')} needs --fix"
            raise click.UsageError(message)
        return None
    if STDIN in names:
        message = "--fix writes files; jsonl-lint fix - writes standard input to standard output"
        raise click.UsageError(message)
    from jsonl_lint.cli.fixing import make_fixer  # noqa: PLC0415 - a check needs nothing of it

    return make_fixer(settings, options | _IN_PLACE)


def _told(fixer: Fixer, summary: Summary, options: dict[str, Any]) -> set[int]:
    """Say on standard error what was fixed: standard output belongs to the report."""
    from jsonl_lint.cli import fixing  # noqa: PLC0415 - see _fixer

    if not options["quiet"]:
        fixing.tell(fixer, summary, options | _IN_PLACE, to_stderr=True)
    return fixing.codes(fixer, options)


def _finished(sinks: list[Sink], summary: Summary) -> set[int]:
    for sink in sinks:
        sink.finish(summary)
        if sink.reason:
            complain(sink.reason, sink.failure)
    return {sink.failure for sink in sinks}


def _protect(names: list[str], reports: list[str]) -> None:
    places = [report if report == STDOUT else os.path.realpath(report) for report in reports]
    if len(set(places)) < len(places):
        message = "two reports would go to the same place"
        raise click.UsageError(message)
    for report, name in product(reports, names):
        if report != STDOUT and is_same_file(report, name):
            message = f"the report {report!r} would overwrite data that are to be checked"
            raise click.UsageError(message)


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
    )
    return Sink(plugins.load_reporter(name), path, details)
