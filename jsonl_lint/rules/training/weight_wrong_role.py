r"""A message that is not the assistant's has a weight.

What it does
    Looks for the key ``weight`` in system, user and tool messages.

Why it matters
    Only assistant messages are trained. mistral-finetune drops the key without a word, so whoever
    wrote it gets something else than intended; mistral-common refuses unknown keys.

Bad
    {"messages": [{"role": "user", "content": "Hello", "weight": 0}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-finetune: ``build_instruct_sample`` reads weight from assistant messages only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Drop, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def fix(_record: Record, problem: Problem) -> Iterator[Change]:
    """Leave the key out: it has no effect."""
    yield Drop(problem.path)
