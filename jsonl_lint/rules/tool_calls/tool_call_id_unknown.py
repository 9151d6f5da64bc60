r"""A tool message answers an id that no earlier tool call has.

What it does
    Compares the ``tool_call_id`` of each tool message with the ids of all tool calls before it.

Why it matters
    The result belongs to no call, so the model learns from a conversation that cannot happen.
    mistral-finetune and mistral-common up to v7 do not look; v11 and later refuse the record.

Bad
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQj", "content": "noom"}, {"role": "assistant", "content": "noom"}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "noom"}, {"role": "assistant", "content": "noom"}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    Mistral guide, function calling: a ``tool_call_id`` must match the id of an earlier message.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.answers import answers
from jsonl_lint.records.pairing import calls_by_order
from jsonl_lint.words import Spelling, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.records import Record
    from jsonl_lint.records.record import ToolCall

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE

COMPARED = 100
"""Calls before a result whose ids are compared with its own for the hint."""


def check(record: Record) -> Iterator[Problem]:
    """Yield the tool messages whose id no earlier call has."""
    spelling, calls = Spelling(), record.tool_calls
    without_id = next((at for at, call in enumerate(calls) if call.id is None), len(calls))
    for answer in answers(record):
        result = answer.result
        if answer.state != "unknown" or result.tool_call_id is None:
            continue
        earlier = bisect_left(calls, result.message, key=_message)
        if without_id < earlier:
            continue  # the id that is missing there is the fault
        nearby = calls[max(0, earlier - COMPARED) : earlier]
        recent = {call.id: call for call in nearby if call.id}
        meant = spelling.nearest(result.tool_call_id, recent)
        place = to_pointer((*recent[meant].path, "id")) if meant else ""
        hint = f"nearest is {quote(meant)} at {place}" if meant else ""
        message = f"tool_call_id {quote(result.tool_call_id)} answers no earlier tool call"
        yield Problem((*result.path, "tool_call_id"), message, hint)


def _message(call: ToolCall) -> int:
    return call.message


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the id of the call that the message answers by its place in the turn."""
    call = calls_by_order(record).get(problem.path[:-1])
    if call and call.id is not None:
        yield Put(problem.path, call.id)
