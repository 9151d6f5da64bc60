r"""The arguments of a tool call are not a string.

What it does
    Looks at the type of ``arguments``: an object is the usual find, written where its JSON text
    belongs.

Why it matters
    mistral-finetune refuses anything but a string. mistral-common writes an object as JSON text
    itself, in a form of its own choice.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": {}}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the example's ``arguments`` is JSON text. mistral-finetune:
    ``build_instruct_sample`` demands a string.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Put, Quoted, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Write an object as the JSON text that stands there, and null as no arguments."""
    value: Any = record.value
    for step in problem.path:
        value = value[step]
    if isinstance(value, dict):
        yield Put(problem.path, Quoted(problem.path))
    elif value is None:
        yield Put(problem.path, "{}")
