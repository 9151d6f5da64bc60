r"""The parameters of a tool definition are not a usable JSON Schema.

What it does
    Judges ``parameters`` by the metaschema of JSON Schema Draft 7, and looks for references that
    lead nowhere and for patterns that are no regular expressions.

Why it matters
    mistral-common, which mistral-finetune calls, refuses such a definition. Calls cannot be
    compared with it either.

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

from jsonl_lint.finding import Severity
from jsonl_lint.rules.tools import unusable
from jsonl_lint.schema.reasons import UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_HINT = "write them by JSON Schema Draft 7"


def check(record: Record) -> Iterator[Problem]:
    """Yield each place in parameters that keeps them from being a schema."""
    return unusable(record, UNUSABLE, _HINT)
