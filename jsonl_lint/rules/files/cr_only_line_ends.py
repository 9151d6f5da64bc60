r"""The lines of the file end in CR alone.

What it does
    Looks at the file's start: an object that is closed, a CR behind it and more, and no LF but in
    blank lines before. Reported once, since a reader of lines takes the whole file for one line.

Why it matters
    Readers of JSON Lines end lines at LF, so they find a single line with many values and refuse
    it. Old Macintosh programs and some exports of spreadsheets write CR alone.

Bad
    b'{"text": "Paris is in France."}\r{"text": "Rome is in Italy."}\r'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    JSON Lines: the line terminator is LF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix_file(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """End each line with LF; raises FlattenError where one is longer than ``limit`` bytes."""
    from jsonl_lint.reading.flatten import end_with_lf  # noqa: PLC0415 - for few files

    return end_with_lf(chunks, limit)
