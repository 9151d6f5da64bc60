r"""A record has none of the keys by which its format is known.

What it does
    Looks at the top level of each record: a conversation has ``messages``, a pretraining text has
    ``text``. The keys found instead are named. Nothing else in such a record is checked.

Why it matters
    The consumer cannot tell what the record is and refuses it. Most often the data is in the format
    of another tool (ShareGPT, Alpaca, prompt and completion) and needs converting.

Bad
    {"prompt": "Hi", "completion": "Hello"}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: the conversation is stored under ``messages``. mistral-finetune,
    ``build_instruct_sample``: a record needs ``messages`` or ``interactions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Give the key that was meant, where exactly one looks like a known one."""
    slips = [(key, nearest(key, ("messages", "text"))) for key in record.value]
    meant = [(key, known) for key, known in slips if known]
    if len(meant) == 1:
        yield Rename((*problem.path, meant[0][0]), meant[0][1])
