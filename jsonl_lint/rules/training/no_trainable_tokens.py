r"""No assistant message of the record is trained.

What it does
    Looks whether every assistant message has the weight 0. A record without any has the fault
    ``no-assistant`` instead.

Why it matters
    mistral-finetune leaves such a record out of the training without a word: the dataset is smaller
    than it looks.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 0}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 0}, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-finetune: ``tokenize_instruct`` masks every token, its data loader skips such samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import DropRecord, Safety
from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the first weight where all of them are 0."""
    spoken = [message for message in record.messages if message.role == "assistant"]
    if not spoken or "?" in record.roles:
        return
    if all(_is_zero(message.value.get("weight")) for message in spoken):
        message = "every assistant message has the weight 0, so none is trained"
        hint = "give what is to be learnt the weight 1, or delete the record"
        yield Problem((*spoken[0].path, "weight"), message, hint)


def _is_zero(weight: object) -> bool:
    return type(weight) in (int, float) and weight == 0


def fix(_record: Record, _problem: Problem) -> Iterator[DropRecord]:
    """Leave the record out."""
    yield DropRecord()
