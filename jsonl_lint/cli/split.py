"""``jsonl-lint split``: cut one file into several, or hold out validation data."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import __version__
from jsonl_lint.api import find_target
from jsonl_lint.cli import exit_codes
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.complaint import complain
from jsonl_lint.cli.options import byte_count, config_option, isolated_option, target_option
from jsonl_lint.cli.outlets import say
from jsonl_lint.cli.settings import config_for_all
from jsonl_lint.cli.sinks import shows_glyphs
from jsonl_lint.config import discover, naming
from jsonl_lint.fixing.atomic import WriteError
from jsonl_lint.fixing.split.job import Job
from jsonl_lint.fixing.split.job import split as run
from jsonl_lint.fixing.split.names import NO_STEM, manifest_name, others
from jsonl_lint.fixing.split.plans import by_bytes, hold_out, into_parts
from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.reading.errors import ReadError
from jsonl_lint.reading.source import STDIN
from jsonl_lint.reporting.safe import inert, leading
from jsonl_lint.words import count, quote

if TYPE_CHECKING:
    from jsonl_lint.config import Config
    from jsonl_lint.fixing.split.job import MakePlan
    from jsonl_lint.fixing.split.parts import Written
    from jsonl_lint.targets import Target

_LARGEST_SEED = (1 << 32) - 1


@click.command(cls=Helped)
@click.argument("file", metavar="FILE | -")
@click.option(
    "-o",
    "--output-dir",
    type=click.Path(),
    required=True,
    metavar="DIR",
    help="Folder for the parts and the manifest; made if it is not there.",
)
@click.option(
    "--max-bytes",
    type=byte_count,
    metavar="BYTES",
    help="Fill parts with at most so many bytes: 512MB, 100MiB  [default: what the target takes].",
)
@click.option(
    "--parts", type=click.IntRange(1), metavar="N", help="Make N parts of about as many bytes."
)
@click.option(
    "--validation", is_flag=True, help="Hold out validation data, as much as the target takes."
)
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    metavar="N",
    help="Hold out other records: any number  [default: 0].",
)
@click.option("--overwrite", is_flag=True, help="Replace files of the same names in DIR.")
@target_option
@click.option(
    "--stdin-filename",
    metavar="PATH",
    default=f"{NO_STEM}.jsonl",
    help="What standard input is called, for names and configuration.",
)
@config_option
@isolated_option
@click.option("-q", "--quiet", is_flag=True, help="Do not list the files.")
def split(file: str, output_dir: str, *, overwrite: bool, quiet: bool, **options: Any) -> None:  # noqa: ANN401 - read by the functions below
    """Split a JSONL file, or standard input (-), at the ends of lines.

    Every byte is kept, and the order. Compressed files (.gz, .bz2, .xz, .zst) are read as they are;
    the parts are not compressed. With --validation, duplicates and records with the same first
    prompt are never separated. A manifest lists the parts with their SHA-256.

    The records are not checked: `check` does that. Exit codes: 0 done, 1 the data cannot be split
    as asked, 2 usage, 3 the input could not be read to its end, 4 something could not be written.
    """
    _check_modes(options)
    name = options["stdin_filename"] if file == STDIN else file
    job = Job(file, name, Path(output_dir), overwrite, f"jsonl-lint {__version__}")
    make_plan = _planner(config_for_all(options) or discover(name), options)
    try:
        written = run(job, make_plan)
    except ReadError as error:
        sys.exit(complain(f"{name}: {error.code}: {error}", exit_codes.INCOMPLETE))
    except RefusedError as error:
        sys.exit(complain(f"{name}: {error}", exit_codes.FINDINGS))
    except WriteError as error:
        sys.exit(complain(f"{output_dir}: {error}", exit_codes.UNWRITTEN))
    if not quiet:
        _report(job, written)
    _warn_of_others(job, written)


def _check_modes(options: dict[str, Any]) -> None:
    given = [name for name in ("max_bytes", "parts", "validation") if options[name]]
    if len(given) > 1:
        first, second = (f"--{name.replace('_', '-')}" for name in given[:2])
        message = f"{first} and {second} are two ways to split; give one of them"
        raise click.UsageError(message)
    if options["seed"] is not None and not options["validation"]:
        message = "--seed chooses validation data; give it with --validation"
        raise click.UsageError(message)


def _planner(config: Config, options: dict[str, Any]) -> MakePlan:
    if options["parts"]:
        return partial(into_parts, parts=options["parts"])
    if options["max_bytes"]:
        return partial(by_bytes, limit=options["max_bytes"])
    limits = _target(config, options["target"]).limits
    if not options["validation"]:
        return partial(by_bytes, limit=limits.file_bytes_doubtful)
    return partial(
        hold_out,
        limits=limits,
        seed=options["seed"] or 0,
        max_line_bytes=config.max_line_bytes,
    )


def _target(config: Config, given: str | None) -> Target:
    if given or not config.file:
        return find_target(given or config.target)
    with naming(config.file):
        return find_target(config.target)


def _report(job: Job, written: Written) -> None:
    glyphs = shows_glyphs(sys.stdout)
    for part in written.parts:
        path = leading(str(job.folder / part.name), glyphs=glyphs)
        sizes = f"{count(part.run.records, 'record')}, {count(part.run.bytes, 'byte')}"
        say(f"{path}: {sizes}")
    total = written.total
    whole = f"{count(total.records, 'record')}, {count(total.bytes, 'byte')}"
    manifest = inert(str(job.folder / manifest_name(job.stem)), glyphs=glyphs)
    files = count(len(written.parts), "file")
    say(f"split {whole} into {files}; {manifest} lists them")


def _warn_of_others(job: Job, written: Written) -> None:
    left = others(job.folder, job.stem, {part.name for part in written.parts})
    if left:
        files = f"{count(len(left), 'file')} of another split, such as {quote(left[0])}"
        what = f"it also holds {files}; delete what the manifest does not list"
        complain(f"{job.folder}: {what}", exit_codes.CLEAN)
