r"""A tool call's id is not exactly nine ASCII letters and digits.

What it does
    Looks at the ``id`` of each tool call and at the ``tool_call_id`` of each tool message. Ids of
    other providers (``call_abc123``) and ids with a line feed at their end are the usual finds.

Why it matters
    The id is part of the prompt that the model is trained on, and the tokenizers of v3 to v11
    refuse any other form. mistral-common's own check lets a line feed at the end slip through; this
    one does not.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "call_1", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: ``id`` and ``tool_call_id`` have exactly 9 characters.
    mistral-common: ``MistralRequestValidatorV3``, ``^[a-zA-Z0-9]{9}$``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.records.ids import fresh_id
from jsonl_lint.records.pairing import shared_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the call a new id, and all that answer it the same one."""
    shared = shared_id(record, problem.path)
    if shared:
        call, paths = shared
        made = fresh_id(record, call.path)
        for path in paths:
            yield Put(path, made)
