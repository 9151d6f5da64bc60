r"""Comparing with the parameters of a tool definition would take too much.

What it does
    Bounds the work of a validator before one is made: 256 KiB of text, 100 levels, 2,000 subschemas,
    10,000 ways through them at one value, patterns of 1,000 characters each and 10,000 together.
    A call whose arguments take too many steps is not compared either. The check is then incomplete,
    which ends with exit code 3, and the rule cannot be switched off.

Why it matters
    A few lines can keep a validator busy for years or take up all memory. Calls cannot be compared
    with such a definition. mistral-common takes it, and has no bounds.

Bad
    (a schema of more than 100 levels, 2,000 subschemas, or 10,000 alternatives)

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}}}]}

Source
    The bounds are jsonl-lint's, from measurements of jsonschema-rs and jsonschema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.rules.tools import not_compared, unusable
from jsonl_lint.schema.reasons import TOO_COMPLEX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_HINT = "simplify the definition"


def check(record: Record) -> Iterator[Problem]:
    """Yield parameters beyond a bound, and calls that take too long to compare."""
    yield from unusable(record, TOO_COMPLEX, _HINT)
    yield from not_compared(record, TOO_COMPLEX, _HINT)
