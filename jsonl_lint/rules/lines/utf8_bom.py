r"""The file begins with a byte order mark.

What it does
    Looks for the three bytes EF BB BF at the start of the file. The first record is checked all the
    same, as if the mark were not there.

Why it matters
    RFC 8259 forbids writers to put the mark in front of JSON, and strict readers refuse the first
    record because of it. Editors and spreadsheet exports on Windows write it unasked, and do not
    show it.

Bad
    b'\xef\xbb\xbf{"text": "Paris is in France."}\n'

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 8.1: no byte order mark in front of JSON text. Python's ``json.loads`` refuses
    a string that begins with one.
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


def fix_line(_raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Leave the mark out."""
    yield Edit(*(problem.span or (0, 0)), b"")
