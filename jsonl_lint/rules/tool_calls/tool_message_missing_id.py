r"""A tool message does not say which call it answers.

What it does
    Looks for the key ``tool_call_id`` in each message with the role tool.

Why it matters
    Without it the result belongs to no call, and mistral-finetune refuses the record.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: a tool message has a ``tool_call_id``. mistral-finetune:
    ``build_instruct_sample``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.records.pairing import calls_by_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the id of the call that the message answers by its place in the turn."""
    call = calls_by_order(record).get(problem.path)
    if call and call.id is not None:
        yield Put((*problem.path, "tool_call_id"), call.id)
