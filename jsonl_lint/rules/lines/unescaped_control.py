r"""A string has a control character as it is.

What it does
    Looks for the characters U+0001 to U+001F in strings, TAB among them, in a line that strict JSON
    refuses because of it. NUL is ``nul-bytes``.

Why it matters
    Strict readers refuse the line, lenient ones take it. The text was put into quotes by hand
    instead of by a JSON library.

Bad
    b'{"text": "Paris\tis in France."}\n'

Good
    {"text": "Paris\tis in France."}

Source
    RFC 8259, section 7: the control characters must be escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orjson import dumps

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.reading.decode import STRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE

_CONTROL = rb"[\x01-\x1f]"
"""NOTE: NUL is left as it is: where it stands, text was lost."""


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Escape the control characters in all strings.

    The diagnoser names the first fault of a line only, so all of them are mended at once.
    """
    control = re.compile(_CONTROL)
    for string in re.finditer(STRING, raw.rstrip(b"\n"), re.DOTALL):
        if control.search(string[0]):
            yield Edit(*string.span(), control.sub(_escaped, string[0]))


def _escaped(control: re.Match[bytes]) -> bytes:
    return dumps(control[0].decode())[1:-1]
