r"""A conversation calls tools but defines none.

What it does
    Looks for tool calls in a record whose ``tools`` is missing, null or empty; one finding a
    record.

Why it matters
    The guide demands a definition of each tool that is used. Without ``tools`` mistral-finetune
    takes the record for a plain conversation and trains on every assistant message, the random ids
    of the calls included.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: ``tools`` must define all tools that the conversation uses.
    mistral-finetune: only records with tools train the last message alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the first message with calls where the record has no definitions at all."""
    first = record.roles.find("c")
    tools = record.value.get("tools", record.value.get("available_tools"))
    if first < 0 or (tools is not None and tools != []) or "functions" in record.value:
        return
    hint = 'define each function that is called under "tools"'
    path = (*record.message_path(first), "tool_calls")
    yield Problem(path, "the record calls tools but defines none", hint)
