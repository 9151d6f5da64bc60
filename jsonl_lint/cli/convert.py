"""``jsonl-lint convert``: another format or dialect, one record a line."""

from __future__ import annotations

import shutil
import sys
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

import click

from jsonl_lint.cli import exit_codes
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.complaint import complain
from jsonl_lint.cli.outlets import STDOUT
from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.fixing.convert import ARGUMENTS, DIALECTS, FORMATS, TOOLS, Options
from jsonl_lint.fixing.convert.losses import KINDS
from jsonl_lint.fixing.convert.run import Conversion
from jsonl_lint.fixing.convert.source import Source
from jsonl_lint.pointer import shown_pointer
from jsonl_lint.reading.compressed import SUFFIXES as COMPRESSED
from jsonl_lint.reading.compressed import unpacked
from jsonl_lint.reading.errors import ReadError, reason, require_record
from jsonl_lint.reading.source import STDIN, open_path
from jsonl_lint.reporting.safe import inert
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any

    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.run import Report
    from jsonl_lint.reading.source import Stream

CSV = "csv"
_KEPT_IN_MEMORY = 8 << 20
"""Bytes of output for standard output that are held back without a file."""


class _Task(NamedTuple):
    name: str
    given: str
    options: Options
    allow_loss: bool

    @property
    def shown(self) -> str:
        return "standard input" if self.name == STDIN else self.name


@click.command(cls=Helped)
@click.argument("file", metavar="FILE | -")
@click.option(
    "-o",
    "--output-file",
    "output",
    metavar="FILE",
    default=STDOUT,
    help="Where to write; - is standard output, the default.",
)
@click.option(
    "--from",
    "given",
    type=click.Choice([*FORMATS, CSV]),
    help="Format of the records, or csv  [default: by the first record; csv by name].",
)
@click.option("--to", type=click.Choice(FORMATS), help="Format to write.")
@click.option(
    "--dialect",
    type=click.Choice(list(DIALECTS)),
    help="Write messages as Mistral or as OpenAI takes them.",
)
@click.option(
    "--arguments",
    type=click.Choice(list(ARGUMENTS)),
    help="Write the arguments of tool calls as a string or as an object.",
)
@click.option(
    "--tools",
    type=click.Choice(list(TOOLS)),
    help="Write the tool definitions as a list or as a string.",
)
@click.option(
    "--allow-loss", is_flag=True, help="Convert even what the new form cannot hold all of."
)
@click.option("--overwrite", is_flag=True, help="Replace the output file if it is there.")
def convert(output: str, *, overwrite: bool, **options: Any) -> None:  # noqa: ANN401 - see _Task
    """Convert a file to another format, or standard input (-).

    Reads JSON lines, a JSON array, pretty-printed JSON and CSV, compressed or not, and writes JSON
    lines. What the new form cannot hold is reported; without --allow-loss it is refused, and then
    nothing is written. Exit codes: 0 converted, 1 refused, 2 usage, 3 the input could not be read
    to its end, 4 the output could not be written, 5 internal error.
    """
    if output.lower().endswith(COMPRESSED):
        suffix = output[output.rindex(".") :]
        message = f"the output is not compressed; give a name without {suffix}"
        raise click.UsageError(message)
    task = _task(**options)
    try:
        if output == STDOUT:
            report = _to_stdout(task)
        else:
            report = _to_file(task, output, overwrite=overwrite)
    except ReadError as error:
        sys.exit(complain(f"{task.shown}: {error.code}: {error}", exit_codes.INCOMPLETE))
    except WriteError as error:
        where = "standard output" if output == STDOUT else output
        sys.exit(complain(f"{where}: {error}", exit_codes.UNWRITTEN))
    for text in _told(task.shown, report):
        click.echo(inert(text), err=True)
    sys.exit(exit_codes.CLEAN if report.may_be_written else exit_codes.FINDINGS)


def _task(file: str, given: str | None, *, allow_loss: bool, **wanted: str | None) -> _Task:
    options = Options(**{key: value or "" for key, value in wanted.items()})
    return _Task(file, given or "", options, allow_loss)


def _to_file(task: _Task, output: str, *, overwrite: bool) -> Report:
    with AtomicFile(output, overwrite=overwrite) as file, open_path(task.name) as stream:
        source, report = _run(task, stream, file.write)
        if report.may_be_written:
            file.commit(lambda: stream.verify(source.bytes_read))
        return report


def _to_stdout(task: _Task) -> Report:
    """Write to standard output once all is known to be good; a pipe cannot be read twice."""
    with SpooledTemporaryFile(_KEPT_IN_MEMORY) as spool:

        def write(data: bytes) -> None:
            try:
                spool.write(data)
            except OSError as error:
                message = f"the temporary file cannot be written: {reason(error)}"
                raise WriteError(message) from error

        with open_path(task.name) as stream:
            source, report = _run(task, stream, write)
            if report.may_be_written:
                stream.verify(source.bytes_read)
        if report.may_be_written:
            spool.seek(0)
            _copy(spool)
    return report


def _copy(spool: SpooledTemporaryFile[bytes]) -> None:
    if sys.stdout is None:
        message = "it is closed"
        raise WriteError(message)
    out: IO[bytes] = sys.stdout.buffer
    shutil.copyfileobj(spool, out, 1 << 18)
    out.flush()


def _run(task: _Task, stream: Stream, write: Callable[[bytes], None]) -> tuple[Source, Report]:
    named_csv = unpacked(task.name).lower().endswith(f".{CSV}")
    is_csv = task.given == CSV or (named_csv and not task.given)
    source = Source(stream, is_csv=is_csv)
    given = "" if task.given == CSV else task.given
    report = Conversion(task.options, given, allow_loss=task.allow_loss).run(source, write)
    require_record(report.records + report.refused, "convert")
    return source, report


def _told(name: str, report: Report) -> Iterator[str]:
    done = "converted" if report.may_be_written else "read, nothing was written"
    yield f"jsonl-lint: {name}: {count(report.records, 'record')} {done}"
    for (kind, at), lost in sorted(report.lost.items()):
        numbers = ", ".join(f"{number:,}" for number in lost.numbers)
        where = f"{report.unit}s {numbers}" if lost.records > 1 else f"{report.unit} {numbers}"
        first = "first on " if lost.records > len(lost.numbers) else "on "
        records = count(lost.records, "record")
        yield f"  lost: {kind} at {at}: {KINDS[kind]}; in {records}, {first}{where}"
    for refusal in report.refusals:
        if refusal.number is None:
            yield f"  refused: {refusal.reason}"
        else:
            place = _place(report.unit, refusal.number, refusal.path)
            yield f"  refused: {place}: {refusal.reason}"
    if report.refused > len(report.refusals):
        yield f"  refused: {report.refused - len(report.refusals):,} more"
    if not report.refused and not report.may_be_written:
        yield "  convert it all the same with --allow-loss"


def _place(unit: str, number: int, path: Path) -> str:
    where = f"{unit} {number:,}"
    return f"{where} at {shown_pointer(path)}" if path else where
