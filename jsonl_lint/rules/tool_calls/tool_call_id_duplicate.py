r"""Two tool calls of a conversation have the same id.

What it does
    Compares the ids of all calls of a record. Two in one message are an error; an id used again in
    a later message is a warning.

Why it matters
    Within a message nobody can tell which result answers which call, and mistral-common refuses it
    from v11 on. Over several messages the pairing is still clear, but ids that recur are not
    random, and the model learns to copy them.

Bad
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "5MvBtzGwY", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "tool", "tool_call_id": "5MvBtzGwY", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: ids are randomly generated. mistral-common: the validator of
    v11 and later.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.ids import fresh_id
from jsonl_lint.records.pairing import shared_id
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path
    from jsonl_lint.records import Record, ToolCall

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls whose id an earlier one has; across messages it is the mild form."""
    last_use: dict[str, ToolCall] = {}
    for call in record.tool_calls:
        if not call.id:
            continue
        earlier = last_use.get(call.id)
        last_use[call.id] = call
        if earlier is None:
            continue
        reused = earlier.message != call.message
        place = to_pointer((*earlier.path, "id"))
        message = f"the tool call id {quote(call.id)} is taken already, at {place}"
        hint = "give each call an id of its own, and its answer the same one"
        yield Problem((*call.path, "id"), message, hint, minor=reused)


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the later call a new id, and its answers too, where a turn lies between the two."""
    shared = shared_id(record, problem.path)
    if shared and problem.path in _first_used_elsewhere(record):
        made = fresh_id(record, problem.path[:-1])
        for path in shared[1]:
            yield Put(path, made)


@lru_cache(maxsize=1)
def _first_used_elsewhere(record: Record) -> frozenset[Path]:
    """Give the places of ids that a call of an earlier message has, for all problems of a record."""
    first: dict[str, int] = {}
    return frozenset(
        (*call.path, "id")
        for call in record.tool_calls
        if first.setdefault(call.id or "", call.message) != call.message
    )
