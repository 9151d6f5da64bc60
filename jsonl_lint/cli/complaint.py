"""What a command says on standard error where it fails."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from jsonl_lint.cli.exit_codes import USAGE
from jsonl_lint.reporting.safe import inert

_HELP_INSTEAD = getattr(click.exceptions, "NoArgsIsHelpError", ())  # click 8.1 has none


def complain(text: str, code: int) -> int:
    """Say what went wrong, if anybody listens; give the exit code back."""
    with suppress(OSError):
        click.echo(f"jsonl-lint: {inert(text)}", err=True)
    return code


def complain_of_usage(error: click.ClickException) -> int:
    """Say what is wrong with the command line, which may hold names that are no text."""
    if not isinstance(error, _HELP_INSTEAD):
        context = error.ctx if isinstance(error, click.UsageError) else None
        error = click.UsageError(inert(error.format_message()), context)
    if sys.stderr:  # else click would show it on standard output
        with suppress(OSError):
            error.show()
    return USAGE
