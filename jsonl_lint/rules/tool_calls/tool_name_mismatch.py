r"""A tool message names another function than the call that it answers.

What it does
    Compares the ``name`` of a tool message, where it has one, with the name of the function that
    the answered call calls.

Why it matters
    Either the name or the id is wrong; if it is the id, the model is shown the results of the wrong
    call.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00", "name": "today"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00", "name": "now"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-common: ``ToolMessage.name`` is optional and has the form of a function's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.records.answers import answers
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING


def check(record: Record) -> Iterator[Problem]:
    """Yield the tool messages whose name differs from the answered call's."""
    for result, call, state in answers(record):
        if state != "answers" or call is None or None in (result.name, call.name):
            continue
        if result.name != call.name:
            names = f"{quote(result.name or '')}, but the call it answers is to {quote(call.name or '')}"
            hint = "the name is optional: correct it or leave it out"
            yield Problem((*result.path, "name"), f"the tool message is named {names}", hint)
