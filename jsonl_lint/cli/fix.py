"""``jsonl-lint fix``: repair files in place, or into another file."""

from __future__ import annotations

import sys
from typing import Any

import click

from jsonl_lint.cli import exit_codes, fixing, signals
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.options import fix_options, progress_option, settings_options
from jsonl_lint.cli.outlets import STDOUT
from jsonl_lint.cli.progress import Progress, is_wanted
from jsonl_lint.cli.settings import Settings, split, verdict
from jsonl_lint.cli.sinks import is_same_file
from jsonl_lint.linting.run import Run
from jsonl_lint.reading.source import STDIN


@click.command(cls=Helped, context_settings={"auto_envvar_prefix": "JSONL_LINT"})
@click.argument("paths", nargs=-1, metavar="PATHS... | -")
@fix_options
@click.option("--diff", is_flag=True, help="Show the changes as a unified diff; write nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would be fixed; write nothing.")
@click.option(
    "-o",
    "--output-file",
    metavar="PATH",
    allow_from_autoenv=False,  # JSONL_LINT_OUTPUT_FILE is where check writes its report
    help="Write the fixed lines there; - is standard output.",
)
@click.option("--overwrite", is_flag=True, help="Let -o replace a file.")
@settings_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what was fixed.")
@progress_option
def fix(paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - read by Settings
    """Repair JSONL files in place; what no fix touches keeps its bytes.

    Safe fixes are applied, and with --unsafe-fixes those too that drop, merge or move something.
    Standard input (-) is written to standard output. Exit codes: 0 nothing is left to be mended, 1
    findings are left, 2 usage, 3 not everything could be read, 4 a file could not be written.
    """
    if not paths and not options["validation"]:
        message = "nothing to fix: give a file, a folder or - for standard input"
        raise click.UsageError(message)
    settings = Settings(options)
    training, validation = split(paths, options["validation"], settings)
    _check_output(options, [*training, *validation])
    fixer = fixing.make_fixer(settings, options)
    run = Run(settings.linter, settings.shown, fixer.checked)
    with signals.shielded():
        try:
            with Progress(run.summary, enabled=is_wanted(options["progress"])):
                for _ in signals.heeded(run.findings(training, validation)):
                    pass
        except signals.StoppedError:
            run.summary.interrupt()
        if not options["quiet"]:
            output = options["output_file"] or (STDOUT if STDIN in training else "")
            to_stderr = options["diff"] or output == STDOUT
            fixing.tell(fixer, run.summary, options, to_stderr=to_stderr)
    codes = verdict(run.summary, settings, exit_zero=options["exit_zero"])
    sys.exit(exit_codes.worst(codes | fixing.codes(fixer, options)))


def _check_output(options: dict[str, Any], names: list[str]) -> None:
    output = options["output_file"]
    if output is None:
        return
    if len(names) != 1:
        message = f"-o takes one input, and there are {len(names)}"
        raise click.UsageError(message)
    if output != STDOUT and is_same_file(output, names[0]):
        message = "-o names the input; without -o it is fixed in place"
        raise click.UsageError(message)
