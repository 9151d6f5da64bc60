"""The command line: one file a group of commands, and the exit codes of all of them."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from jsonl_lint import ConfigError, PluginError, __version__
from jsonl_lint.cli import exit_codes
from jsonl_lint.cli.complaint import complain
from jsonl_lint.cli.sinks import prepare_stdout, silence_stdout
from jsonl_lint.reading.errors import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG = "JSONL_LINT_DEBUG"


class _TerminatedError(BaseException):
    """SIGTERM came; unlike SystemExit, no plugin can be the one who raised it."""


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


class _Commands(click.Group):
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

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # here, since click's main would exit with 1
            silence_stdout()
            ctx.exit(exit_codes.BROKEN_PIPE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="jsonl-lint %(version)s")
def jsonl_lint() -> None:
    """Validate and lint JSONL datasets for fine-tuning language models."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code; an error never shows a traceback.

    With JSONL_LINT_DEBUG set, an internal error is raised as it is, for the one who looks into it.
    """
    prepare_stdout()
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:  # noqa: PLR0911 - one return for each way to end
    try:
        code = jsonl_lint.main(args, prog_name="jsonl-lint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return exit_codes.USAGE
    except (ConfigError, PluginError) as error:
        return complain(str(error), exit_codes.USAGE)
    except (click.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    except _TerminatedError:
        return exit_codes.TERMINATED
    except OSError as error:  # what is left: standard output that cannot be written
        return complain(reason(error), exit_codes.UNWRITTEN)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        text = f"internal error: {type(error).__name__}; please report it with the command you ran"
        return complain(f"{text} ({DEBUG}=1 shows where)", exit_codes.INTERNAL)
    return code or exit_codes.CLEAN


def _terminate(_number: int, _frame: object) -> NoReturn:
    raise _TerminatedError
