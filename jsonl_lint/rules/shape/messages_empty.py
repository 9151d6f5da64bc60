r"""The list of messages is empty.

What it does
    Looks for ``messages`` without any element.

Why it matters
    The record teaches nothing, and the consumer refuses it. It is often what a filter left of a
    conversation.

Bad
    {"messages": []}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common: a request has at least one message.
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
