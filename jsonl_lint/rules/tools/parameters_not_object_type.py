r"""The parameters of a tool definition do not have the type object.

What it does
    Looks at the ``type`` of ``parameters``. The empty schema ``{}`` takes anything and is left
    alone.

Why it matters
    Arguments are given by name, as an object. Parameters of another type, or the properties alone
    without the schema around them, describe something that no call can be.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"zone": {"type": "string"}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}}}]}

Source
    Mistral guide, function calling: the example's parameters have the type object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.rules.tools import judged
from jsonl_lint.schema.parameters import not_object_type
from jsonl_lint.words import quote, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING


def check(record: Record) -> Iterator[Problem]:
    """Yield the parameters of another type; where they are no schema, that is the fault."""
    for tool, parameters in judged(record):
        schema = tool.parameters
        if schema is None or not not_object_type(schema) or parameters.reasons:
            continue
        path = (*tool.path, "function", "parameters")
        name = quote(tool.name or "")
        if "type" in schema:
            found = scalar(schema["type"])
            message = f'the "type" of the parameters of {name} is {found}; expected "object"'
            hint = "describe an object that has each argument as a property"
            yield Problem((*path, "type"), message, hint)
        else:
            hint = 'write {"type": "object", "properties": {...}} around the properties'
            yield Problem(path, f'the parameters of {name} lack "type": "object"', hint)
