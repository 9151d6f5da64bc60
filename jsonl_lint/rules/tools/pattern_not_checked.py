r"""A pattern in the parameters of a tool definition is valid but is not run.

What it does
    Patterns are run only where that takes a time in proportion to the text. jsonschema-rs does so
    with all of JSON Schema's dialect but look-around and references back. Where it is missing,
    ``pattern`` is run by Python: at most 512 characters long, nothing repeated that has choices
    inside, no neighbours that repeat the same characters, and on at most 4,096 characters of text.
    Calls are not compared with parameters that hold any other pattern.

Why it matters
    What a dataset brings along could keep the check busy for years. And what is not compared should
    not look as if it fitted.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string", "pattern": "^(?!UTC)[A-Z]+$"}}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string", "pattern": "^[A-Z]+$"}}}}}]}

Source
    ECMA 262 is the dialect of JSON Schema (Draft 7, section 4.3). The bounds are jsonl-lint's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.rules.tools import not_compared, unusable
from jsonl_lint.schema.reasons import PATTERN_NOT_CHECKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING

_HINT = "use no look-around and no references back, and repeat nothing that repeats"


def check(record: Record) -> Iterator[Problem]:
    """Yield the patterns that are not run, and calls with texts too long for theirs."""
    yield from unusable(record, PATTERN_NOT_CHECKED, _HINT)
    yield from not_compared(record, PATTERN_NOT_CHECKED, _HINT)
