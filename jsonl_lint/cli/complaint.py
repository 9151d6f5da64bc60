"""What a command says on standard error where it fails."""

from __future__ import annotations

import click

from jsonl_lint.reporting.safe import inert


def complain(text: str, code: int) -> int:
    """Say what went wrong; give the exit code back."""
    click.echo(f"jsonl-lint: {inert(text)}", err=True)
    return code
