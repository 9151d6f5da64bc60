r"""A value breaks a constraint of the schema that has no rule of its own.

What it does
    Stands in for every keyword of a schema (``enum``, ``pattern``, ``minimum``, ...) whose fault is
    not given a rule's name there. The finding names the keyword.

Why it matters
    The schema says what the target accepts, and this value is not among it.

Bad
    (a value that breaks a keyword of the schema which names no rule: none of the shipped ones does)

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    The schema of the target.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
