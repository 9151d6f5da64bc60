r"""A pretraining record's text is empty.

What it does
    Looks for an empty string under ``text``, or ``content`` in its place, at the top level of a
    record.

Why it matters
    The record teaches nothing. It is often what a cleaning step left of a document.

Bad
    {"text": ""}

Good
    {"text": "Paris is in France."}

Source
    A rule of jsonl-lint's own: mistral-finetune asks for a string and does not look into it.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
