r"""Two tools of a record have the same name.

What it does
    Compares the names of all definitions of a record.

Why it matters
    A call names its function, so nobody can tell which of the two is meant. mistral-finetune and
    mistral-common do not look, and train on both.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}, {"type": "function", "function": {"name": "now", "description": "Tell the date", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}, {"type": "function", "function": {"name": "today", "description": "Tell the date", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: calls refer to definitions by name alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the definitions whose name an earlier one has."""
    first: dict[str, Path] = {}
    for tool in record.tools:
        if not tool.name:
            continue
        path = (*tool.path, "function", "name")
        if tool.name not in first:
            first[tool.name] = path
            continue
        place = to_pointer(first[tool.name])
        message = f"the name {quote(tool.name)} is taken already, at {place}"
        yield Problem(path, message, "delete one of the definitions, or rename it")
