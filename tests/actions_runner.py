"""A model of how GitHub's runner finds commands in the log of a step; it knows any command."""

from __future__ import annotations

import re

# What its comparison of texts passes over: joiners, variation selectors, fillers.
WEIGHTLESS = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n|\r|\n")


def commands(log: str) -> list[str]:
    """Give the name of each command that the log holds."""
    found = (_command(WEIGHTLESS.sub("", line)) for line in _LINE_END.split(log))
    return [name for name in found if name is not None]


def _command(line: str) -> str | None:
    return _second_form(line.lstrip()) or _first_form(line)


def _second_form(line: str) -> str | None:
    """Parse ``::name key=value::data`` at the start of a line."""
    end = line.find("::", 2)
    return line[2:end].partition(" ")[0] if line.startswith("::") and end >= 0 else None


def _first_form(line: str) -> str | None:
    """Parse ``##[name key=value;]data`` anywhere."""
    start = line.find("##[")
    end = line.find("]", start)
    return line[start + 3 : end].partition(" ")[0] if min(start, end) >= 0 else None


def properties(line: str) -> tuple[dict[str, str], str]:
    """Give the properties and the data of a command of the second form, unescaped."""
    end = line.index("::", 2)
    pairs = (pair.split("=", 1) for pair in line[2:end].partition(" ")[2].split(",") if pair)
    return {key: _unescaped(value) for key, value in pairs}, _unescaped(line[end + 2 :])


def _unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text
