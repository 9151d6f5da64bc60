r"""A line is not valid JSON.

What it does
    Decodes each line strictly and, where that fails, names the first mistake and the byte where it
    stands. It tells apart:

    trailing-comma, missing-comma, missing-colon, missing-value, unbalanced-bracket, unexpected-end,
    unexpected-character and not-json for the structure;

    single-quotes, unquoted-key, python-literal and comment for text that another language would
    take;

    number-format and hex-number for numbers, invalid-escape for strings.

    What readers disagree on has rules of its own: ``non-finite-number``, ``number-out-of-range``,
    ``lone-surrogate``, ``unescaped-control``, ``nul-bytes`` and ``nesting-too-deep``.

Why it matters
    A loader that meets such a line stops there or drops it. Lenient readers take some of these
    mistakes, each of them others, so that the same file means different things to different tools.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"},]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    RFC 8259, as orjson reads it. Mistral guide, dataset format: each line is one JSON object.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity
from jsonl_lint.reading.decode import STRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


_STRING_OR_COMMA = STRING + rb"|,(?=[ \t\r\n]*+(?:[\]}]|\Z))"


def fix_line(raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Leave each comma out behind which nothing comes.

    The diagnoser names the first fault of a line only, so all of them are mended at once.
    """
    if raw[slice(*(problem.span or (0, 0)))] != b",":
        return
    for token in re.finditer(_STRING_OR_COMMA, raw.rstrip(b"\n"), re.DOTALL):
        if token[0] == b",":
            yield Edit(*token.span(), b"")
