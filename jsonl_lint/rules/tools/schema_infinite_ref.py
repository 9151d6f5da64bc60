r"""The parameters of a tool definition refer to themselves without an end.

What it does
    Follows ``$ref``, ``allOf``, ``anyOf`` and other keywords that judge the same value, and reports
    where they lead back to where they began. A schema that contains itself for its members, as that
    of a tree does, is none of these.

Why it matters
    No value can ever be judged by such a schema: validators run until they give up.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"allOf": [{"$ref": "#/properties/zone"}]}}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "object", "properties": {"inner": {"$ref": "#/properties/zone"}}}}}}}]}

Source
    JSON Schema Draft 7, section 8.3.1: a schema must not be run into an infinite loop.
    mistral-common does not look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.rules.tools import unusable
from jsonl_lint.schema.reasons import INFINITE_REF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_HINT = "describe the value itself where the circle closes"


def check(record: Record) -> Iterator[Problem]:
    """Yield the reference that closes a circle."""
    return unusable(record, INFINITE_REF, _HINT)
