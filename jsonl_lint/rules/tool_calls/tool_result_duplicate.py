r"""A tool call is answered twice.

What it does
    Looks for a second tool message with the id of a call that has its answer already in the same
    turn.

Why it matters
    mistral-common counts as many results as calls and refuses any other number. More often than not
    a copied id is behind it, so that another call goes without its answer.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:01"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-common: the number of tool messages has to equal the number of calls before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.answers import answers
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record
    from jsonl_lint.records.record import ToolMessage

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the tool messages whose call has an answer in the same turn already."""
    answered: dict[int, ToolMessage] = {}
    for result, call, state in answers(record):
        if call is None:
            continue
        if state == "answers":
            answered[id(call)] = result
        elif state == "repeats":
            first = to_pointer(answered[id(call)].path)
            message = f"the tool call {quote(call.id or '')} has its answer already, at {first}"
            hint = "delete one of the two, or give it the id of the call that it answers"
            yield Problem((*result.path, "tool_call_id"), message, hint)
