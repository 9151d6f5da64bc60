r"""A message is marked as a prefix, which only chat requests know.

What it does
    Looks for ``prefix`` in assistant messages with a value other than false and null.

Why it matters
    A prefix asks the chat endpoint to continue a begun answer. In training data there is nothing to
    continue: mistral-finetune drops the key without a word, mistral-common 1.13 refuses the record.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "prefix": true}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common 1.13: ``_validate_last_message`` in the mode for fine-tuning.
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

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(_record: Record, problem: Problem) -> Iterator[Change]:
    """Leave the key out: the trainer drops it without a word."""
    yield Drop(problem.path)
