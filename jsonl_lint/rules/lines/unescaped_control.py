r"""A string has a control character as it is.

What it does
    Looks for the characters U+0001 to U+001F in strings, TAB among them, in a line that strict JSON
    refuses because of it. One finding a line, at the first of them. NUL is ``nul-bytes``. ESC before
    a dollar sign is not fixed: it marks text in ISO-2022-JP, which the escape would make unreadable.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE

_ESCAPES = {bytes([code]): dumps(chr(code))[1:-1] for code in range(1, 32)}
_OTHER_ENCODING = b"\x1b$"
"""What switches to another set of characters in the encodings of ISO 2022 (RFC 1468, RFC 1557)."""
_BEHIND_BACKSLASH = re.compile(rb"\\[\x01-\x1f]")
_PAIR_OR_CONTROL = re.compile(rb"\\.|[\x01-\x1f]", re.DOTALL)


def fix_line(raw: bytes, _problem: Problem) -> Iterator[Edit]:
    """Escape the control characters in all strings, in one edit: there may be millions."""
    from jsonl_lint.reading.diagnose import sure_places  # noqa: PLC0415 - for few lines
    from jsonl_lint.reading.scan import string_end  # noqa: PLC0415 - as above

    places = () if _OTHER_ENCODING in raw else sure_places(raw, "unescaped-control")
    text = bytearray()
    at = places[0] if places else 0
    for place in places:
        end = string_end(raw, place)
        text += raw[at:place] + _escaped(raw[place:end])
        at = end
    if places:
        yield Edit(places[0], at, bytes(text))


def _escaped(text: bytes) -> bytes:
    if _BEHIND_BACKSLASH.search(text):
        return bytes(_escaped_beside_pairs(text))
    # NOTE: re.sub would hold an object for each of them, which may be as many as bytes.
    for control, escape in _ESCAPES.items():
        text = text.replace(control, escape)
    return text


def _escaped_beside_pairs(text: bytes) -> bytearray:
    """Leave a control behind a backslash alone: that is a fault of its own, and not sure."""
    escaped = bytearray()
    at = 0
    for found in _PAIR_OR_CONTROL.finditer(text):
        escaped += text[at : found.start()] + _ESCAPES.get(found[0], found[0])
        at = found.end()
    return escaped + text[at:]
