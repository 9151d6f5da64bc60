r"""A tool call is to a function that the record's tools do not define.

What it does
    Compares the name in each call with the names of the definitions, exactly. A record without
    definitions has the fault ``tool-calls-without-tools`` instead.

Why it matters
    The model learns to call functions that it was not given. Trainers do not look.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "Now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: ``tools`` must define all tools that the conversation uses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import Spelling, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls to functions that no definition names."""
    declared = _declared(record)
    if not declared:
        return
    known, spelling = sorted(declared), Spelling()
    for call in record.tool_calls:
        if call.name is None or call.name in declared or not _NAME.fullmatch(call.name):
            continue
        meant = spelling.nearest(call.name, known)
        hint = f"did you mean {quote(meant)}?" if meant else "add its definition to tools"
        message = f"the function {quote(call.name)} is not defined in tools"
        yield Problem((*call.path, "function", "name"), message, hint)


def _declared(record: Record) -> set[str]:
    """Give the names that are defined; none where a definition has a name that is at fault."""
    if record.tools_path is None:
        return set()
    names = [tool.name for tool in record.tools if tool.name and _NAME.fullmatch(tool.name)]
    return set(names) if len(names) == len(record.value[str(record.tools_path[0])]) else set()
