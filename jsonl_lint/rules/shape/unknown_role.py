r"""A message has a role that the target does not know.

What it does
    Compares each ``role`` with the four that exist: system, user, assistant, tool. Roles of other
    formats (human, gpt, function, ...) and misspelt ones get the role that was meant as a hint.

Why it matters
    It is the most common fault of converted datasets. Trainers refuse the record; the report of
    mistral-finetune itself crashes on it.

Bad
    {"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: ``role`` is one of user, assistant, system and, with tools, tool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Put, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE
ALL_OR_NONE = True


def fix(_record: Record, problem: Problem) -> Iterator[Change]:
    """Give the role that was meant: an alias, another case, a slip."""
    if problem.meant:
        yield Put(problem.path, problem.meant)
