r"""A record uses function_call or functions, the older form of tool calls.

What it does
    Looks for ``function_call`` in assistant messages and for ``functions`` beside ``messages``:
    OpenAI's form before there were tool calls.

Why it matters
    Mistral does not read these keys. mistral-finetune ignores them, which leaves a message without
    content or a model that is never told of its tools.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "function_call": {"name": "now", "arguments": "{}"}}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: calls stand under ``tool_calls``, definitions under ``tools``.
    mistral-finetune: ``reformat_data.py`` converts the older form.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop, Old, Put, Rename, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.records.ids import fresh_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path, Problem
    from jsonl_lint.records import Record
    from jsonl_lint.records.record import Message

SEVERITY = Severity.ERROR
FIX = Safety.SAFE

_ASSUMED = {"description": "", "parameters": {"type": "object", "properties": {}}}


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Write functions as tools, and a call as the only one of a list, with an id of its own."""
    *above, key = problem.path
    if key == "functions" and record.value[key] is None:
        yield Drop(problem.path)
    elif key == "functions" and isinstance(record.value[key], list) and "tools" not in record.value:
        functions = enumerate(record.value[key])
        yield Put(problem.path, [_tool((key, index), value) for index, value in functions])
        yield Rename(problem.path, "tools")
    message = _at(record).get(tuple(above))
    if key == "function_call" and message:
        yield from _as_tool_call(record, message)


@lru_cache(maxsize=1)
def _at(record: Record) -> dict[Path, Message]:
    """Give the messages by their paths, for all problems of a record."""
    return {message.path: message for message in record.messages}


def _tool(path: Path, function: object) -> dict[str, Any]:
    """Write a function as a tool, with what its older form takes for granted.

    OpenAI, reference of ``functions``: one without parameters has an empty list of them, and the
    description is optional.
    """
    if not isinstance(function, dict) or function.keys() >= _ASSUMED.keys():
        return {"type": "function", "function": Old(path)}
    given = {key: Old((*path, key)) for key in function}
    return {
        "type": "function",
        "function": given | {k: v for k, v in _ASSUMED.items() if k not in given},
    }


def _as_tool_call(record: Record, message: Message) -> Iterator[Change]:
    path = (*message.path, "function_call")
    if message.value["function_call"] is None:
        yield Drop(path)
    if "tool_calls" in message.value or not isinstance(message.value["function_call"], dict):
        return
    made = fresh_id(record, (*message.path, "tool_calls", 0))
    yield Put(path, [{"id": made, "type": "function", "function": Old(path)}])
    yield Rename(path, "tool_calls")
    if "content" in message.value and message.value["content"] in ("", None):
        yield Drop((*message.path, "content"))
