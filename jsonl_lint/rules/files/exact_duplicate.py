r"""A record is the same, byte for byte, as an earlier one.

What it does
    Compares each line with all lines before it, white space around it aside. It runs only when
    asked for, since it keeps some 100 bytes in memory for each record.

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
from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.INFO
FIX = Safety.UNSAFE


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield each line that equals an earlier one."""
    for line, offset, first in facts.repeats:
        message = f"the record is the same as that of line {first}"
        yield Problem((), message, "delete it", line=line, span=(offset, offset))


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Leave the line out."""
    yield Edit(0, len(raw), b"")
