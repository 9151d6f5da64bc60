r"""A tool call or tool definition lacks "type": "function".

What it does
    Looks for the key ``type`` in each tool call and each tool definition.

Why it matters
    mistral-finetune and mistral-common fill in ``"function"``, the only type there is. The guide
    shows the key throughout, and other readers of the format demand it.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the examples of a call and of a definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def fix(_record: Record, problem: Problem) -> Iterator[Change]:
    """Add the type."""
    yield Put((*problem.path, "type"), "function")
