r"""A tool call has no id.

What it does
    Looks for the key ``id`` in each tool call.

Why it matters
    The tool message that answers the call names it by its id. mistral-finetune demands the key in
    every call, also in one that ends the conversation.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-finetune: ``build_instruct_sample`` demands ``id`` and ``function`` in each tool call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.records.ids import fresh_id
from jsonl_lint.records.pairing import results_by_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the call an id, and the tool message too that answers it by its place in the turn."""
    made = fresh_id(record, problem.path)
    yield Put((*problem.path, "id"), made)
    result = results_by_order(record).get(problem.path)
    if result:
        yield Put((*result.path, "tool_call_id"), made)
