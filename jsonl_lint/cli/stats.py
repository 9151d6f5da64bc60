"""``jsonl-lint stats``: what a dataset is made of, in numbers; its tokens, and plans to train."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import __version__
from jsonl_lint.cli import exit_codes, signals
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.complaint import complain
from jsonl_lint.cli.outlets import STDOUT, open_outlet
from jsonl_lint.cli.progress import Progress, is_wanted
from jsonl_lint.cli.sinks import is_same_file, shows_glyphs, silence_stdout, wants_color
from jsonl_lint.cli.stats_options import Settings, read_settings, stats_options
from jsonl_lint.measuring.files import Files
from jsonl_lint.measuring.measured import Total, Training
from jsonl_lint.measuring.plan import Data, Plan, make_plan
from jsonl_lint.measuring.train_data import measure_train_data
from jsonl_lint.measuring.train_plan import make_train_plan
from jsonl_lint.reading.errors import ReadError, reason
from jsonl_lint.reading.walk import walk
from jsonl_lint.reporting import stats_json, stats_text
from jsonl_lint.reporting.bars import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from jsonl_lint.measuring.measured import Measured

    Write = Callable[[str], object]


@click.command(cls=Helped)
@click.argument("paths", nargs=-1, metavar="PATHS... | -")
@stats_options
def stats(paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - read by Settings
    """Measure JSONL files, folders of them, or standard input (-).

    Tells records, roles, turns, lengths, tools and tokens; and, with an option about training, its
    epochs, time and cost. Compressed files (.gz, .bz2, .xz, .zst) are read as they are. Exit codes:
    0 done, 2 usage, 3 not everything could be read to its end, 4 the statistics could not be
    written, 5 internal error.
    """
    if not paths and not options["train_yaml"]:
        message = "nothing to measure: give a file, a folder or - for standard input"
        raise click.UsageError(message)
    names, output = list(walk(paths)), options["output_file"]
    _protect(output, names)
    settings = read_settings(options)
    with signals.shielded():
        try:
            complete = _written(output, names, settings)
        except ReadError as error:
            sys.exit(complain(str(error), exit_codes.INCOMPLETE))
        except OSError as error:
            if output == STDOUT:
                silence_stdout()
            if isinstance(error, BrokenPipeError):
                sys.exit(exit_codes.BROKEN_PIPE)
            where = "standard output" if output == STDOUT else output
            sys.exit(complain(f"{where}: {reason(error)}", exit_codes.UNWRITTEN))
    sys.exit(exit_codes.CLEAN if complete else exit_codes.INCOMPLETE)


def _protect(output: str, names: list[str]) -> None:
    if output != STDOUT and any(is_same_file(output, name) for name in names):
        message = f"the statistics {output!r} would overwrite data that are to be measured"
        raise click.UsageError(message)


def _written(output: str, names: list[str], settings: Settings) -> bool:
    """Measure all and write the report to its place; raises OSError where that fails."""
    outlet = open_outlet(output)
    try:
        complete = _run(names, settings, outlet.write)
        outlet.finish()
    finally:
        outlet.discard()
    return complete


def _run(names: list[str], settings: Settings, write: Write) -> bool:
    """Measure all and write the report; tell whether everything was read to its end."""
    with signals.heeding():
        training = _training(settings)
    files = Files(settings.tokenizer, sample=settings.sample, limit=settings.limit)
    items = _report(settings, write)
    next(items)
    try:
        with Progress(files.summary, enabled=is_wanted(settings.options["progress"])):
            for measured in signals.heeded(files.measured(names)):
                items.send(measured)
    except signals.StoppedError:
        files.summary.interrupt()
        complain("interrupted; what was read before is measured", exit_codes.CLEAN)
    complete = files.summary.complete or (not names and training is not None)
    plan = _plan(files, settings)
    with suppress(StopIteration):
        items.send(Total(files.facts, files.tokens, complete, plan, training))
    return complete


def _training(settings: Settings) -> Training | None:
    yaml = settings.yaml
    if yaml is None:
        return None
    data = measure_train_data(yaml, settings.tokenizer, sample=settings.sample)
    machine = settings.machine(seq_len=yaml.seq_len, batch_size=yaml.batch_size)
    plan = make_train_plan(yaml, data, machine)
    return Training(settings.options["train_yaml"], data, plan)


def _plan(files: Files, settings: Settings) -> Plan | None:
    if files.tokens is None or not settings.wants_plan:
        return None
    data = Data(files.facts.bytes, files.tokens.total, files.tokens.trained)
    return make_plan(data, settings.machine(), settings.options["max_steps"])


def _report(settings: Settings, write: Write) -> Generator[None, Measured | Total, None]:
    if settings.options["format"] == "json":
        return stats_json.report(write, __version__)
    if settings.options["output_file"] != STDOUT:
        return stats_text.report(write, stats_text.Look())
    look = stats_text.Look(wants_color("auto", sys.stdout), shows_glyphs(sys.stdout, GLYPHS))
    return stats_text.report(write, look)
