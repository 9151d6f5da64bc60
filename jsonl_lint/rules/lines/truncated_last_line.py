r"""The file's last line breaks off.

What it does
    Looks at a last line without a line feed that is not JSON because it ends too early: inside a
    string, with brackets open, or in the middle of a character.

Why it matters
    The program that wrote the file was interrupted, or the disk was full, or the download stopped.
    The record is lost, and what should have followed it may be missing too.

Bad
    b'{"text": "Paris is in France."}\n'
    b'{"text": "Rome is'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    JSON Lines: every line is a complete JSON value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Leave the line out."""
    yield Edit(0, len(raw), b"")
