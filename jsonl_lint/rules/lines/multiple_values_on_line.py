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

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
