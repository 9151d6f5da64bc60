r"""A line holds more than one JSON value.

What it does
    Looks for another complete value behind the first one of a line, with or without white space or
    a comma in between.

Why it matters
    A line is one record. A line feed was lost between two of them, most often where files without a
    final line feed were joined; strict readers refuse both records, and some keep the first and say
    nothing.

Bad
    {"text": "Paris is in France."}{"text": "Rome is in Italy."}

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    Mistral guide, dataset format: each JSON object is flattened to one line and stands on a new
    line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix_line(raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Break the line before each value but the first; spaces and commas between them go."""
    from jsonl_lint.reading.diagnose import sure_places  # noqa: PLC0415 - for few lines
    from jsonl_lint.reading.scan import Expected, scan_value, skip_space  # noqa: PLC0415 - for few lines

    start = problem.span[0] if problem.span else 0
    if start not in sure_places(raw, "multiple-values-on-line"):
        return
    end = len(raw[:start].rstrip(b" \t\r,"))
    text = raw.rstrip(b" \t\r\n,")
    while start < len(text):
        yield Edit(end, start, b"\n")
        stop = scan_value(text, start)
        if stop.expected is not Expected.NOTHING:
            return
        end = stop.previous[1]
        start = skip_space(text, stop.at)
        if text[start : start + 1] == b",":
            start = skip_space(text, start + 1)
    if len(text) < len(raw.rstrip(b" \t\r\n")):
        yield Edit(len(text), len(raw.rstrip(b" \t\r\n")), b"")
