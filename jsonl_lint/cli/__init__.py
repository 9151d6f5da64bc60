"""The command line: one file a group of commands, and the exit codes of all of them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from jsonl_lint import __version__, plugins
from jsonl_lint.cli import exit_codes, signals
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.complaint import complain, complain_of_usage
from jsonl_lint.cli.outlets import say
from jsonl_lint.cli.sinks import prepare_stdout, silence_stdout
from jsonl_lint.cli.variables import is_on
from jsonl_lint.config import ConfigError
from jsonl_lint.plugins import PluginError
from jsonl_lint.reading.errors import reason
from jsonl_lint.reporting.safe import inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEBUG = "JSONL_LINT_DEBUG"


COMMANDS = {
    "check": "check",
    "fix": "fix",
    "split": "split",
    "convert": "convert",
    "stats": "stats",
    "explain": "catalogue",
    "rules": "catalogue",
    "targets": "catalogue",
    "schema": "catalogue",
}
"""Each command and the module that has it, in the order of the help; one is loaded when used."""


class _Commands(Helped, click.Group):
    """The commands, with a hint for the one who forgot ``check``."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{COMMANDS[name]}")
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and Path(args[0]).exists():
            ctx.fail(f"no command {args[0]!r}; did you mean: jsonl-lint check {args[0]}")
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - as click has it
        with _exiting():  # --version and --help write already
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        with _exiting():
            return super().invoke(ctx)


@contextmanager
def _exiting() -> Iterator[None]:
    """Exit with the code of a broken pipe, for which click's main would exit with 1."""
    try:
        yield
    except BrokenPipeError as error:
        silence_stdout()
        raise click.exceptions.Exit(exit_codes.BROKEN_PIPE) from error


def _use_plugins(_ctx: click.Context, _option: click.Parameter, without: bool) -> None:  # noqa: FBT001 - click calls it
    plugins.use(wanted=not without)


def _show_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it
    if asked:
        say(f"jsonl-lint {__version__}")
        for package in plugins.packages():
            say(f"plugin {inert(package)}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--no-plugins",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    envvar="JSONL_LINT_NO_PLUGINS",
    callback=_use_plugins,
    help="Load nothing of installed plugins.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version, and which plugins are installed.",
)
def jsonl_lint() -> None:
    """Validate and lint JSONL datasets for fine-tuning language models."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code; an error never shows a traceback.

    With JSONL_LINT_DEBUG on, an internal error is raised as it is, for the one who looks into it.
    """
    signals.catch()
    try:
        prepare_stdout()
        code = _run(args)
    except (signals.StoppedError, signals.HurriedError):
        silence_stdout()  # nobody may be there to take what it still holds
        code = signals.came()
    finally:
        signals.let_go()
    sys.exit(exit_codes.worst({code, signals.came()}))


def _run(args: Sequence[str] | None) -> int:
    try:
        code = jsonl_lint.main(args, prog_name="jsonl-lint", standalone_mode=False)
    except click.ClickException as error:
        return complain_of_usage(error)
    except (ConfigError, PluginError) as error:
        return complain(str(error), exit_codes.USAGE)
    except OSError as error:  # what is left: standard output that cannot be written
        silence_stdout()
        return complain(reason(error), exit_codes.UNWRITTEN)
    except Exception as error:
        if is_on(DEBUG):
            raise
        text = f"internal error: {type(error).__name__}; please report it with the command you ran"
        return complain(f"{text} ({DEBUG}=1 shows where)", exit_codes.INTERNAL)
    return code or exit_codes.CLEAN
