r"""The file is one JSON array instead of JSON lines.

What it does
    Looks at the file's start: an opening bracket whose array goes on over the following lines, or
    fills a single line with objects. A file with an array on each line has ``top-level-not-object``
    instead.

Why it matters
    A reader of lines gets one record that is a list, or fragments that are no JSON. Reported once,
    with the number of objects inside, instead of once a line.

Bad
    [
      {"text": "Paris is in France."},
      {"text": "Rome is in Italy."}
    ]

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    Mistral guide, dataset format: JSON Lines, one object a line.
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
    """Write each record on a line of its own; raises FlattenError where that cannot be done."""
    from jsonl_lint.reading.flatten import flatten  # noqa: PLC0415 - for few files

    return flatten(chunks, 1, limit)
