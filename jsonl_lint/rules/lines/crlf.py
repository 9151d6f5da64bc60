r"""Lines end in CR and LF instead of LF alone.

What it does
    Counts the lines that end in CR LF and reports them once a file, at the first. A file in which
    other lines end in LF alone is ``mixed-line-ends``; where that rule does not run, or is the milder
    one, it is reported here.

Why it matters
    White space around a JSON value is legal, and Mistral accepts such a file. But readers that cut
    lines at LF keep the CR, byte offsets and hashes differ from those of the same data with plain
    ends, and a file with both kinds was put together from parts that went through different
    systems.

Bad
    b'{"text": "Paris is in France."}\r\n'

Good
    {"text": "Paris is in France."}

Source
    JSON Lines: the line terminator is LF; CR LF is tolerated, since a CR before it is white space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield the first line that ends in CR LF, with how many there are."""
    if facts.crlf_lines:
        line, offset = facts.first_crlf
        message = f"CRLF ends {facts.crlf_lines:,} of {count(facts.lines, 'line')}; expected LF"
        hint = "save the file with Unix line ends"
        yield Problem((), message, hint, line=line, span=(offset, offset))


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Leave the CR out."""
    yield Edit(len(raw) - 2, len(raw) - 1, b"")
