r"""The arguments of a tool call are JSON, but not an object.

What it does
    Decodes ``arguments`` and looks at the type of the value: an array, null, or a string because
    the arguments were encoded twice.

Why it matters
    A function takes its arguments by name, which only an object gives. A model trained on anything
    else calls functions in a way that no program understands.

Bad
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "[\"moon\"]"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    Mistral guide, function calling: the example's ``arguments`` is the text of an object.
    mistral-common: ``FunctionCall.arguments``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.reading.decode import loads
from jsonl_lint.words import quote, type_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the arguments that decode to something else than an object."""
    for call in record.tool_calls:
        try:
            value = loads(call.arguments or "")
        except ValueError:
            continue
        if not isinstance(value, dict):
            name = quote(call.name or "")
            message = f"the arguments of {name} are {type_name(value)}; expected an object"
            yield Problem((*call.path, "function", "arguments"), message, _hint(value))


def _hint(value: object) -> str:
    if value is None:
        return 'a call without arguments has "{}"'
    if isinstance(value, str) and value.lstrip().startswith("{"):
        return "they were encoded twice; encode them once"
    return "write an object with each argument under its name"


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Decode what was encoded twice, and write null as no arguments."""
    arguments: Any = record.value
    for step in problem.path:
        arguments = arguments[step]
    value = loads(arguments)
    if value is None:
        yield Put(problem.path, "{}")
    elif isinstance(value, str) and value.lstrip().startswith("{"):
        yield Put(problem.path, value)
