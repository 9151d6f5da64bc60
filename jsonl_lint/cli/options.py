"""The options of ``check``, and how their texts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import plugins
from jsonl_lint.config import LEVELS, OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Severity



class Level(click.ParamType):
    """A severity: info, warning or error."""

    name = "level"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> Severity:
        """Turn the name into the severity."""
        if value not in LEVELS:
            self.fail(f"{value!r} is not one of {', '.join(LEVELS)}", param, ctx)
        return LEVELS[value]


class RuleLevel(click.ParamType):
    """RULE=LEVEL, where LEVEL may also be off."""

    name = "rule=level"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> tuple[str, Severity | None]:
        """Take the pair apart."""
        rule, _, level = value.partition("=")
        if not rule or level not in {*LEVELS, OFF}:
            wanted = f"RULE=LEVEL with a level of {', '.join(LEVELS)} or {OFF}"
            self.fail(f"{value!r} is not {wanted}", param, ctx)
        return rule, LEVELS.get(level)


class Format(click.ParamType):
    """The name of a reporter."""

    name = "format"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> str:
        """Take the name as it is if it is known."""
        known = plugins.reporter_names()
        if value not in known:
            self.fail(f"{value!r} is not one of {', '.join(known)}", param, ctx)
        return str(value)


class FormatPath(click.ParamType):
    """FORMAT=PATH, so that a drive letter's colon is no separator."""

    name = "format=path"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> tuple[str, str]:
        """Take the pair apart."""
        name, _, path = value.partition("=")
        known = plugins.reporter_names()
        if name not in known or not path:
            wanted = f"FORMAT=PATH with a format of {', '.join(known)}"
            self.fail(f"{value!r} is not {wanted}", param, ctx)
        return name, path


class Names(click.ParamType):
    """Names with commas between; the option may also be repeated."""

    name = "names"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401, ARG002
    ) -> tuple[str, ...]:
        """Split at the commas."""
        return tuple(name.strip() for name in value.split(",") if name.strip())


class Bytes(click.ParamType):
    """A number of bytes: 1000000, 1MB (10^6) or 1MiB (2^20)."""

    name = "bytes"
    _UNITS = {"": 1, "B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9,
              "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}  # fmt: skip

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> int:
        """Multiply the number by its unit."""
        text = str(value)
        digits = text.rstrip("BGKMik ")
        unit = self._UNITS.get(text[len(digits) :].strip())
        if not digits.isdecimal() or not int(digits) or unit is None:
            self.fail(f"{value!r} is not a number of bytes like 1000000, 32MB or 32MiB", param, ctx)
        return int(digits) * unit


class CountOrNone(click.ParamType):
    """A positive number, or none for no limit."""

    name = "n|none"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None  # noqa: ANN401
    ) -> int:
        """Turn the text into a number; no limit is the largest one."""
        if value == "none":
            return NO_LIMIT
        if not str(value).isdecimal() or not int(value):
            self.fail(f"{value!r} is not a positive number or none", param, ctx)
        return int(value)


NO_LIMIT = 1 << 62

_OPTIONS = (
    click.option("--target", metavar="NAME", help="Consumer of the data: see `targets`."),
    click.option("--select", type=Names(), multiple=True, metavar="RULES",
                 help="Run only these rules or families; ALL for every one, info included."),
    click.option("--ignore", type=Names(), multiple=True, metavar="RULES",
                 help="Leave these rules or families out."),
    click.option("--severity", type=RuleLevel(), multiple=True, metavar="RULE=LEVEL",
                 help="Change a rule's severity: info, warning, error or off."),
    click.option("--min-severity", type=Level(), metavar="LEVEL",
                 help="Report from this severity on  [default: warning]."),
    click.option("--fail-on", type=Level(), metavar="LEVEL",
                 help="Exit with 1 from this severity on  [default: error]."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of findings."),
    click.option("--validation", multiple=True, metavar="PATH",
                 help="Check this file or folder too, as validation data."),
    click.option("-f", "--format", type=Format(), default="text", show_default=True,
                 metavar="FORMAT",
                 help="text, concise, json, jsonl, sarif or github."),
    click.option("-o", "--output-file", default="-", metavar="PATH",
                 help="Write the report there instead of standard output."),
    click.option("--report", type=FormatPath(), multiple=True, metavar="FORMAT=PATH",
                 help="Write another report in the same pass."),
    click.option("--max-per-rule", type=CountOrNone(), metavar="N|none",
                 help="Show at most so many findings a rule; all are counted."),
    click.option("--max-line-bytes", type=Bytes(), metavar="BYTES",
                 help="Do not read longer lines  [default: 32MiB]."),
    click.option("--stdin-filename", metavar="PATH",
                 help="What standard input is called, for reports and configuration."),
    click.option("--config", metavar="FILE",
                 help="Use this configuration file for all data."),
    click.option("--isolated", is_flag=True, help="Use no configuration file."),
    click.option("--reference", is_flag=True,
                 help="Judge with jsonschema and every rule on every record: slow, same findings."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
                 help="Colour the text report  [default: auto]."),
    click.option("-q", "--quiet", is_flag=True, help="Leave the summary out of the text report."),
    click.option("--progress/--no-progress", default=None,
                 help="Show progress on a terminal after a second  [default: outside CI]."),
)  # fmt: skip


def check_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, in the order in which help lists them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
