r"""The weight of an assistant message is not a number.

What it does
    Looks at the type of ``weight``: a number, or null for the default. A boolean is no number.

Why it matters
    mistral-finetune happens to turn ``"1"`` and ``true`` into 1; other readers refuse them, and a
    string such as ``"yes"`` stops the run.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": "1"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-common: ``FinetuningAssistantMessage`` declares weight as a number or null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE

_NUMBERS = {"0": 0, "0.0": 0, "false": 0, "1": 1, "1.0": 1, "true": 1}


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Write a text or a truth value that means 0 or 1 as that number."""
    value: Any = record.value
    for step in problem.path:
        value = value[step]
    number = _NUMBERS.get(str(value).strip().lower())
    if number is not None:
        yield Put(problem.path, number)
