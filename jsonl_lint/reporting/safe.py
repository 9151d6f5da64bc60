r"""Text from data, made harmless: the one function that all of it passes before it is shown.

Names, keys, ids, file names and what plugins say may hold anything: terminal escapes, line breaks,
marks that turn the reading direction, commands for the log of a CI service.
"""

from __future__ import annotations

import re

# NOTE: anywhere in a line, GitHub's runner obeys `##[command]`, Azure's agent `##vso[command]`, and
# TeamCity `##teamcity[command]`; whatever others call theirs is broken too. They compare as people
# read, so that characters without weight in a collation (variation selectors, fillers) may stand
# in between.
_LOG_COMMAND = re.compile(r"(#[^\x20-\x7e]*+#(?:[\w.-]|[^\x20-\x7e])*+)\[")
# It obeys `::command::` at the start of a line only, but for spaces and the like before it.
_LINE_COMMAND = re.compile(r"^([^!-9;-~]*?):")
_TWO_DIGITS = 0xFF
_FOUR_DIGITS = 0xFFFF
_PLAIN_START = re.compile(r"[0-9A-Za-z./_~-]")


def safe(text: str) -> str:
    r"""Write each character that cannot be printed as ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``."""
    if text.isprintable():
        return text
    return "".join([char if char.isprintable() else _escape(ord(char)) for char in text])


def inert(text: str, *, glyphs: bool = True) -> str:
    r"""Make text ``safe``, and no command where it stands inside a line of a CI log.

    Without ``glyphs`` the result is ASCII: what is beyond it is escaped too.
    """
    shown = safe(text)
    if not glyphs and not shown.isascii():
        shown = shown.encode("ascii", "backslashreplace").decode("ascii")
    return _LOG_COMMAND.sub(r"\1\\x5b", shown) if "#" in shown else shown


def leading(name: str, *, glyphs: bool = True) -> str:
    """Make a file name ``inert`` where a line begins with it: ``::`` would be a command there."""
    dotted = f"./{name}" if ":" in name and not _PLAIN_START.match(name) else name
    return inert(dotted, glyphs=glyphs)


def alone(line: str, *, glyphs: bool = True) -> str:
    r"""Make text ``inert`` where it is a line: ``::`` at its start would be a command."""
    return inert(_LINE_COMMAND.sub(r"\1\\x3a", line), glyphs=glyphs)


def inert_json(text: str) -> str:
    r"""Make JSON text no command; it stays the same JSON, since ``#`` stands in strings only."""
    return _LOG_COMMAND.sub(r"\1\\u005b", text) if "#" in text else text


def cut(text: str, length: int) -> str:
    """Shorten text to at most so many characters, the three dots included."""
    return text if len(text) <= length else text[: length - 3] + "..."


def _escape(code: int) -> str:
    if code <= _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"
