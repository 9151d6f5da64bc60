r"""A byte order mark stands in front of a later line.

What it does
    Looks for the bytes EF BB BF at the start of any line but the first. The record behind the mark
    is looked at only for what makes it undecodable besides.

Why it matters
    It is the trace of two files that were joined, each with a mark of its own. Readers that strip
    the mark do so at the start of the file alone, so the record that carries this one is lost.

Bad
    b'{"text": "Paris is in France."}\n'
    b'\xef\xbb\xbf{"text": "Rome is in Italy."}\n'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    RFC 8259, section 8.1; the mark is no white space in JSON's grammar (section 2), so the line is
    not JSON.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix_line(raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Leave the mark out, as often as it stands there, and a line that holds nothing else."""
    start, end = problem.span or (0, 0)
    while raw.startswith(BOM_UTF8, end):
        end += len(BOM_UTF8)
    yield Edit(start, end if raw[end:].strip(b" \t\r\n") else len(raw), b"")
