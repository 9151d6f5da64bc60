"""What all commands have in common: help that fails where standard output does not take it."""

from __future__ import annotations

import click

from jsonl_lint.cli.outlets import say


class Helped(click.Command):
    """A command whose help goes the way of all output: click's own is lost where that is closed."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option of click, with help that is told."""
        option = super().get_help_option(ctx)
        if option:
            option.callback = _show_help
        return option


def _show_help(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it
    if asked and not ctx.resilient_parsing:
        say(ctx.get_help())
        ctx.exit()
