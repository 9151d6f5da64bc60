r"""A line is empty or holds only white space.

What it does
    Looks for lines without a value: nothing but spaces, tabs and line ends. Line numbers in
    findings still count them.

Why it matters
    JSON Lines has a value on each line. Some readers skip a blank line, others stop with an error:
    ``reformat_data.py`` of mistral-finetune does, and a blank line at the end of the file is
    enough.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]}

Source
    JSON Lines: each line is a valid JSON value. mistral-finetune, ``reformat_data.py``: every line
    goes to ``json.loads``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Leave the line out."""
    yield Edit(0, len(raw), b"")
