"""The options that commands share, and how their texts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jsonl_lint import plugins
from jsonl_lint.keys import LEVELS, OFF
from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.reporting import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jsonl_lint.finding import Severity


NO_LIMIT = 1 << 62
_UNITS = {
    "": 1, "B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
}  # fmt: skip


def level(text: str) -> Severity:
    """Read a severity."""
    if text not in LEVELS:
        raise _refuse(text, f"one of {', '.join(LEVELS)}")
    return LEVELS[text]


def rule_level(text: str) -> tuple[str, Severity | None]:
    """Read RULE=LEVEL, where the level may also be off."""
    rule, _, name = text.partition("=")
    if not rule or name not in {*LEVELS, OFF}:
        raise _refuse(text, f"RULE=LEVEL with a level of {', '.join(LEVELS)} or {OFF}")
    return rule, LEVELS.get(name)


def report_format(text: str) -> str:
    """Read the name of a reporter."""
    known = plugins.reporter_names()
    if text not in known:
        raise _refuse(text, f"one of {', '.join(known)}")
    return text


def format_path(text: str) -> tuple[str, str]:
    """Read FORMAT=PATH; with the equals sign, a drive letter's colon is no separator."""
    name, _, path = text.partition("=")
    known = plugins.reporter_names()
    if name not in known or not path:
        raise _refuse(text, f"FORMAT=PATH with a format of {', '.join(known)}")
    return name, path


def names(text: str) -> tuple[str, ...]:
    """Read names with commas between."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def byte_count(text: str) -> int:
    """Read a number of bytes: 1000000, 1MB (10^6) or 1MiB (2^20)."""
    digits = text.rstrip("BGKMik ")
    unit = _UNITS.get(text[len(digits) :].strip())
    if not digits.isdecimal() or unit is None or not 0 < int(digits) * unit < NO_LIMIT:
        raise _refuse(text, "a number of bytes like 1000000, 32MB or 32MiB")
    return int(digits) * unit


def count_or_none(text: str) -> int:
    """Read a positive number, or none for no limit."""
    if text == "none":
        return NO_LIMIT
    if not text.isdecimal() or not int(text):
        raise _refuse(text, "a positive number or none")
    return int(text)


def _refuse(text: str, expected: str) -> click.BadParameter:
    return click.BadParameter(f"{text!r} is not {expected}")


target_option = click.option(
    "--target", metavar="NAME", help="Consumer of the data: see `targets`."
)
config_option = click.option(
    "--config", metavar="FILE", help="Use this configuration file for all data."
)
isolated_option = click.option("--isolated", is_flag=True, help="Use no configuration file.")
progress_option = click.option(
    "--progress/--no-progress",
    default=None,
    help="Show progress on a terminal after a second  [default: outside CI].",
)
_SETTINGS = (
    target_option,
    click.option("--select", type=names, multiple=True, metavar="RULES",
                 help="Run only these rules or families; ALL for every one, info included."),
    click.option("--ignore", type=names, multiple=True, metavar="RULES",
                 help="Leave these rules or families out."),
    click.option("--severity", type=rule_level, multiple=True, metavar="RULE=LEVEL",
                 help="Change a rule's severity: info, warning, error or off."),
    click.option("--min-severity", type=level, metavar="LEVEL",
                 help="Report from this severity on  [default: warning]."),
    click.option("--fail-on", type=level, metavar="LEVEL",
                 help="Exit with 1 from this severity on  [default: error]."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of findings."),
    click.option("--validation", type=click.Path(), multiple=True, metavar="PATH",
                 help="Check this file or folder too, as validation data."),
    click.option("--max-line-bytes", type=byte_count, metavar="BYTES",
                 help="Do not read longer lines  [default: 32MiB]."),
    click.option("--max-depth", type=click.IntRange(1, DECODER_NESTING), metavar="LEVELS",
                 help="Report JSON that nests deeper  [default: 128]."),
    click.option("--max-decompressed-bytes", type=byte_count, metavar="BYTES",
                 help="Do not read more out of a compressed file  [default: 64GiB]."),
    click.option("--stdin-filename", metavar="PATH",
                 help="What standard input is called, for reports and configuration."),
    config_option,
    isolated_option,
    click.option("--reference", is_flag=True,
                 help="Judge with jsonschema and every rule on every record: slow, same findings."),
)  # fmt: skip
_REPORTS = (
    click.option("-f", "--format", type=report_format, default="text", show_default=True,
                 metavar="FORMAT",
                 help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}."),
    click.option("-o", "--output-file", default="-", metavar="PATH",
                 help="Write the report there instead of standard output."),
    click.option("--report", type=format_path, multiple=True, metavar="FORMAT=PATH",
                 help="Write another report in the same pass."),
    click.option("--max-per-rule", type=count_or_none, metavar="N|none",
                 help="Show at most so many findings a rule; all are counted."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
                 help="Colour the text report  [default: auto]."),
    click.option("-q", "--quiet", is_flag=True, help="Leave the summary out of the text report."),
    progress_option,
)  # fmt: skip
_FIXES = (
    click.option("--unsafe-fixes", is_flag=True,
                 help="Also apply fixes that drop, merge or move what was said."),
    click.option("--drop-invalid", is_flag=True,
                 help="Leave out records that still have an error; each is listed."),
    click.option("--backup", is_flag=True,
                 help="Keep the old file as FILE.bak."),
    click.option("--break-hardlinks", is_flag=True,
                 help="Fix a file that has other names too; those keep the old content."),
    click.option("--exit-non-zero-on-fix", is_flag=True,
                 help="Exit with 1 if anything was fixed."),
)  # fmt: skip


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how data are judged."""
    return with_options(_SETTINGS, command)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what reports there are, and how they look."""
    return with_options(_REPORTS, command)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what may be fixed, and how files are written."""
    return with_options(_FIXES, command)


def with_options(
    options: Sequence[Callable[..., Any]], command: Callable[..., Any]
) -> Callable[..., Any]:
    """Add options in the order in which help lists them."""
    for option in reversed(options):
        command = option(command)
    return command
