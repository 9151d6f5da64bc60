r"""An object has a key that the target does not know.

What it does
    Compares the keys of records, messages, tool calls and tool definitions with those of the
    format. A key that resembles a known one which is not there gets that one as a hint.

Why it matters
    mistral-finetune ignores the key, mistral-common refuses it. If it is a slip (``tool_call`` for
    ``tool_calls``), what stands under it is lost without a word; if it is metadata, it does no harm
    but makes the file larger.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "source": "manual"}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: the keys shown there. mistral-common: its models forbid extra fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Rename, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def fix(_record: Record, problem: Problem) -> Iterator[Change]:
    """Give the key that was meant, where the object does not have that one too."""
    if problem.meant:
        yield Rename(problem.path, problem.meant)
