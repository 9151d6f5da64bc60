r"""The conversation ends with a tool call.

What it does
    Looks whether the last message has tool calls.

Why it matters
    Such a record is accepted: the example of the guide ends so. It teaches when to call a function
    but not what to make of the result; the guide's own text asks for a result and an answer.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the example ends with a call, while the rules below it demand a
    tool message and an assistant message after each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.INFO


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls of the last message."""
    if record.roles.endswith("c"):
        path = (*record.message_path(len(record.roles) - 1), "tool_calls")
        hint = "add the result and the answer where the model is to learn them too"
        yield Problem(path, "the conversation ends with a tool call", hint)
