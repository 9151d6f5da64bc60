r"""A tool definition requires a parameter that it does not describe.

What it does
    Compares ``required`` with the keys of ``properties``, also in the objects inside. Schemas that
    are put together from others (``$ref``, ``allOf``, ...) or that describe their members by
    pattern are left alone.

Why it matters
    Either the name is misspelt, or the model has to guess what it is to write there.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zones"]}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zone"]}}}]}

Source
    JSON Schema Draft 7 allows it; it describes no call that a definition could mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.rules.tools import judged
from jsonl_lint.words import Spelling, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING


def check(record: Record) -> Iterator[Problem]:
    """Yield each required name that the properties beside it do not have."""
    spelling = Spelling()
    for tool, parameters in judged(record):
        for path, name, known in parameters.undeclared():
            meant = spelling.nearest(name, known)
            hint = f"did you mean {quote(meant)}?" if meant else "describe it under properties"
            message = f"{quote(name)} is required but is not among the properties"
            yield Problem((*tool.path, "function", "parameters", *path), message, hint)
