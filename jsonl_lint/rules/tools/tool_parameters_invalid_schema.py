r"""The parameters of a tool definition are not a usable JSON Schema.

What it does
    Judges ``parameters`` by the metaschema of JSON Schema Draft 7, and looks for references that
    lead nowhere, outside or round in circles, for patterns that are no regular expressions, and for
    schemas so large or deep that they cannot be checked.

Why it matters
    mistral-common, which mistral-finetune calls, refuses such a definition. Calls cannot be
    compared with it either. Nothing that a reference names is ever fetched.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "text"}}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}}}]}

Source
    mistral-common: ``Draft7Validator.check_schema`` on the parameters of each tool. JSON Schema
    Draft 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.schema.parameters import parameters
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield each place in parameters that keeps them from being a schema."""
    for tool in record.tools:
        if tool.parameters is None:
            continue
        for path, reason in parameters(tool.parameters).reasons:
            place = (*tool.path, "function", "parameters", *path)
            yield Problem(place, f"in the parameters of {quote(tool.name or '')}: {reason}")
