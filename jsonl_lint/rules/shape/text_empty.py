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

from typing import TYPE_CHECKING

from jsonl_lint.change import DropRecord, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE


def fix(_record: Record, _problem: Problem) -> Iterator[DropRecord]:
    """Leave the record out."""
    yield DropRecord()
