r"""Only the last assistant message of a record with tools is trained.

What it does
    Reports a record that declares tools and has more than one assistant message.

Why it matters
    mistral-finetune computes the loss of such a record on its last message alone; the earlier
    answers and calls are context. Its loader adds the shorter conversations that end on each of
    them, unless ``dynamic_chunk_fn_call`` is switched off; other trainers need them in the data.

Bad
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "noom"}, {"role": "assistant", "content": "noom"}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    mistral-finetune: ``only_last`` in ``build_instruct_sample``, and ``maybe_chunk_data``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.INFO


def check(record: Record) -> Iterator[Problem]:
    """Yield the tools of a record with several assistant messages."""
    spoken = sum(letter in "ac" for letter in record.roles)
    if record.tools_path and record.tools and spoken > 1:
        message = f"with tools only the last of {count(spoken, 'assistant message')} is trained"
        hint = "to train on an earlier one, add a record that ends there"
        yield Problem(record.tools_path, message, hint)
