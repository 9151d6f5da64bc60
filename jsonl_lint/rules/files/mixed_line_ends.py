r"""Some lines end in CR and LF, others in LF alone.

What it does
    Counts the lines of both kinds and reports the first one that ends otherwise than the first line
    of the file. ``crlf`` is silent then. The fix makes all ends LF; where ``crlf`` is ignored, so that
    CRLF will do, all end as the first line does.

Why it matters
    One program does not write both: parts of the file went through different systems, or an editor
    changed only some lines. Tools that compare lines, such as diff and git, see changes where there
    are none.

Bad
    b'{"text": "Paris is in France."}\r\n'
    b'{"text": "Rome is in Italy."}\n'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    JSON Lines: the line terminator is LF; CR LF is tolerated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.rules.lines import crlf
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.WARNING
FIX = Safety.SAFE
SPEAKS_FOR = ("crlf",)


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield the first line that ends otherwise than the first one of the file."""
    if facts.crlf_lines and facts.lf_lines:
        begins_with_crlf = facts.first_crlf[0] == 1
        line, offset = facts.after_crlf if begins_with_crlf else facts.first_crlf
        lf = count(facts.lf_lines, "line")
        message = f"LF ends {lf} and CRLF {facts.crlf_lines:,}; expected one of them"
        yield Problem((), message, "save the file with LF", line=line, span=(offset, offset))


fix_line = crlf.fix_line
