r"""The last line has no line feed.

What it does
    Looks at the file's last byte, where the last line is complete JSON. One that breaks off is
    ``truncated-last-line``.

Why it matters
    Nothing is lost as long as the file stays alone. Joined with another by ``cat``, its last record
    and the other's first end up on one line; tools that count line feeds count one record less.

Bad
    b'{"text": "Paris is in France."}'

Good
    {"text": "Paris is in France."}

Source
    JSON Lines: a line feed after the last value is recommended. POSIX: a line ends with a line
    feed.
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
FIX = Safety.SAFE


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield the last line where the file does not end with a line feed."""
    if facts.lines and not facts.ends_with_newline:
        end = (facts.file_bytes, facts.file_bytes)
        message = "the last line does not end with a line feed"
        yield Problem((), message, "add one", line=facts.lines, span=end)


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Add the line feed."""
    yield Edit(len(raw), len(raw), b"\n")
