r"""A tool is defined that the conversation never calls.

What it does
    Compares the definitions with the calls of the same record.

Why it matters
    It is no fault: a model has to learn to leave tools alone. In most records of a dataset it means
    definitions that cost tokens in each sample.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Nobody forbids it; the guide demands only that tools which are used are defined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.INFO


def check(record: Record) -> Iterator[Problem]:
    """Yield the definitions whose name no call has."""
    called = {call.name for call in record.tool_calls}
    for tool in record.tools:
        if tool.name is not None and tool.name not in called:
            message = f"the tool {quote(tool.name)} is never called"
            yield Problem((*tool.path, "function", "name"), message)
