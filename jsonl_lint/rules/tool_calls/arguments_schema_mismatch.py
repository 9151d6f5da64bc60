r"""The arguments of a tool call do not fit the parameters of its definition.

What it does
    Decodes ``arguments`` and validates them against the ``parameters`` of the definition with the
    call's name, by JSON Schema Draft 7 without ``format``. One finding a call: the first member in
    order of its pointer.

Why it matters
    The call shows the model that the definition need not be kept. A program that trusts the
    definition fails on such a call.

Bad
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"text\": \"moon\"}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    JSON Schema Draft 7, which mistral-common judges definitions by. No tool of Mistral's compares
    calls with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import shown_pointer
from jsonl_lint.rules.tools import comparisons
from jsonl_lint.schema.describe import describe
from jsonl_lint.words import listing, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record
    from jsonl_lint.schema.parameters import Mismatch

SEVERITY = Severity.WARNING

_SHOWN_NAMES = 5


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls whose arguments break their definition's parameters."""
    for call, definition, value in comparisons(record):
        mismatch = definition.mismatch(value)
        if mismatch:
            message = f"the arguments of {quote(call.name or '')} {_words(mismatch)}"
            hint = "mend the call, or the definition where that is wrong"
            yield Problem((*call.path, "function", "arguments"), message, hint)


def _words(mismatch: Mismatch) -> str:
    path, keyword, schema, value = mismatch
    place = f" at {shown_pointer(path)}" if path else ""
    if not keyword:
        return f"do not fit its parameters{place}"
    broken = f'break "{keyword}" of its parameters{place}'
    rule = schema.get(keyword)
    if keyword == "type" and rule:
        return f"{broken}: {describe(keyword, schema, '', value)}"
    names: list[str] = []
    if isinstance(value, dict) and keyword == "required" and isinstance(rule, list):
        names = [name for name in rule if name not in value]
    elif isinstance(value, dict) and keyword == "additionalProperties" and rule is False:
        names = [name for name in value if name not in schema.get("properties", {})]
    if not names:
        return broken
    shown = listing(names[:_SHOWN_NAMES], "and")
    return f"{broken}: {'missing' if keyword == 'required' else 'unknown'} {shown}"
