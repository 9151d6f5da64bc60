r"""The file's objects are spread over several lines.

What it does
    Looks at the file's start: an object that opens on the first line and goes on over the following
    ones.

Why it matters
    A reader of lines gets fragments that are no JSON. Reported once, with the number of objects
    found, instead of once a line.

Bad
    {
      "text": "Paris is in France."
    }
    {
      "text": "Rome is in Italy."
    }

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    Mistral guide, dataset format: each object must be flattened to one line.
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

    return flatten(chunks, 0, limit)
