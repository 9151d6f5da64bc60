r"""A message has no role.

What it does
    Looks for ``role`` in each message. One that is there, but unknown, is ``unknown-role``.

Why it matters
    Without the role nobody knows whether the text is to be learnt or only read. Data in the
    ShareGPT format has ``from`` and ``value`` in place of ``role`` and ``content``.

Bad
    {"messages": [{"content": "Hi"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: each message has ``role``. mistral-finetune,
    ``build_instruct_sample``, asks for it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Rename, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the key that was meant, where exactly one looks like it."""
    message: Any = record.value
    for step in problem.path:
        message = message[step]
    slips = [key for key in message if nearest(key, ("role",))]
    if len(slips) == 1:
        yield Rename((*problem.path, slips[0]), "role")
