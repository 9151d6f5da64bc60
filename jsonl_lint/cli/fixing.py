"""How commands fix: where the fixed files go, what is said of them, and the exit code."""

from __future__ import annotations

import os
import stat
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

import click

from jsonl_lint import plugins
from jsonl_lint.change import Safety
from jsonl_lint.cli import exit_codes, signals
from jsonl_lint.cli.outlets import STDOUT, say
from jsonl_lint.cli.sinks import shows_glyphs, silence_stdout
from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.fixing.diff import Diff
from jsonl_lint.fixing.fixer import Fixer
from jsonl_lint.fixing.output import Output, Passed, Rewritten, in_place, nothing
from jsonl_lint.reading.errors import reason
from jsonl_lint.reading.source import STDIN
from jsonl_lint.reporting.fixed import report
from jsonl_lint.reporting.safe import alone, safe

if TYPE_CHECKING:
    from jsonl_lint.cli.settings import Settings
    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reading.source import Stream


_LOGS_WITH_COMMANDS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables that GitHub, Azure and TeamCity set where they obey what a step prints."""


def make_fixer(settings: Settings, options: dict[str, Any]) -> Fixer:
    """Make what fixes the files of a run, as the options say."""
    return Fixer(settings.repairer, partial(_output, settings, options))


def tell(fixer: Fixer, summary: Summary, options: dict[str, Any], *, to_stderr: bool) -> None:
    """Say what was fixed."""
    stream = sys.stderr if to_stderr else sys.stdout
    dry = options["diff"] or options["dry_run"]
    unsafe = set() if options["unsafe_fixes"] else _with_unsafe_fix()
    for line in report(fixer.results, summary, unsafe=unsafe, dry=dry, glyphs=shows_glyphs(stream)):
        if to_stderr:
            click.echo(line, err=True)
        else:
            say(line)


def _with_unsafe_fix() -> set[str]:
    rules = plugins.load_rules().values()
    return {rule.name for rule in rules if rule.safety is Safety.UNSAFE}


def codes(fixer: Fixer, options: dict[str, Any]) -> set[int]:
    """Give the exit codes of what was fixed, or could not be written."""
    found = set()
    if any(result.error for result in fixer.results):
        found.add(exit_codes.UNWRITTEN)
    if any(result.crashed for result in fixer.results):
        found.add(exit_codes.INTERNAL)
    if options["exit_non_zero_on_fix"] and any(result.changed for result in fixer.results):
        found.add(exit_codes.FINDINGS)
    return found


def _output(settings: Settings, options: dict[str, Any], name: str, stream: Stream) -> Output:
    signals.heed()  # those that waited until the file before was in place, and counted as fixed
    if options["diff"]:
        return Diff(os.fsencode(safe(settings.shown(name))), _show, _end)
    if options["dry_run"]:
        return Output()
    if options["output_file"] not in (None, STDOUT):
        return _elsewhere(options, name, stream)
    if name == STDIN or options["output_file"]:
        return Passed(_put, _end, nothing)
    keeping = {key: options[key] for key in ("backup", "break_hardlinks")}
    return in_place(name, stream, before_end=signals.hold, **keeping)


def _elsewhere(options: dict[str, Any], name: str, stream: Stream) -> Output:
    target = partial(AtomicFile, options["output_file"], overwrite=options["overwrite"])
    if stream.is_plain_file and name != STDIN:
        return Rewritten(name, target, always=True, before_end=signals.hold)
    file = target()
    return Passed(file.write, partial(file.commit, signals.hold), file.discard)


def _show(line: bytes) -> None:
    """Write a line of a diff: as it is for ``patch``, safely for people."""
    if sys.stdout and _is_for_people(sys.stdout):
        shown = alone(line.decode("utf-8", "surrogateescape").rstrip("\n"))
        line = shown.encode(sys.stdout.encoding, "backslashreplace") + b"\n"
    _put(line)


def _is_for_people(stream: TextIO) -> bool:
    """Tell whether a stream is shown: on a terminal, or in a log that obeys commands."""
    if not any(os.environ.get(name) for name in _LOGS_WITH_COMMANDS):
        return stream.isatty()
    try:
        return not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:  # it is no file
        return False


def _end() -> None:
    """See all that was put to standard output."""
    _put(b"", end=True)


def _put(data: bytes, *, end: bool = False) -> None:
    """Write to standard output; raises WriteError, and Exit where nobody reads it any more.

    NOTE: an OSError would be taken for one of the input that is open at the time.
    """
    if sys.stdout is None:
        message = "standard output is closed"
        raise WriteError(message)
    try:
        sys.stdout.buffer.write(data)
        if end:
            sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        silence_stdout()
        raise click.exceptions.Exit(exit_codes.BROKEN_PIPE) from error
    except OSError as error:
        silence_stdout()
        message = f"standard output: {reason(error)}"
        raise WriteError(message) from error
