r"""A string has a character that ends a line for some readers.

What it does
    Looks for U+2028, U+2029 and U+0085 that stand in strings as they are. One finding a record, at
    the first of them.

Why it matters
    JSON allows them, and JSON Lines ends lines at LF alone. But readers that split lines as Python's
    ``str.splitlines`` or JavaScript's older parsers do break the record there and refuse both
    parts. Text from web pages and PDF files brings them along.

Bad
    b'{"text": "Paris\xe2\x80\xa8is in France."}\n'

Good
    {"text": "Paris\u2028is in France."}

Source
    The Unicode Standard, section 5.8: the newline characters. JSON Lines: the line terminator is
    LF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Escape all of them, in one edit: there may be millions."""
    from jsonl_lint.reading.overlooked import line_separators  # noqa: PLC0415 - for few records

    found = line_separators(raw)
    if found:
        start, end = found.first[0], found.last[1]
        text = raw[start:end].decode()
        for separator in "\u2028\u2029\x85":
            text = text.replace(separator, f"\\u{ord(separator):04x}")
        yield Edit(start, end, text.encode())
