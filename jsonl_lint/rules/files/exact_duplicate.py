r"""A record is the same, byte for byte, as an earlier one.

What it does
    Compares each line with all lines before it, white space around it aside. It runs only when
    asked for, since it takes memory: 16 bytes a record, for the first 1,500,000 different ones.
    Later records are compared with those.

Why it matters
    The trainer learns a record as often as it stands there. A few repeats are harmless; many of
    them weigh more than was meant, and a repeat in the validation data says nothing.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]}

Source
    Nobody refuses it; it is advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.INFO
FIX = Safety.UNSAFE


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Leave the line out."""
    yield Edit(0, len(raw), b"")
