r"""A line is not valid JSON.

What it does
    Decodes each line strictly and, where that fails, names the first mistake and the byte where it
    stands. It tells apart:

    trailing-comma, missing-comma, missing-colon, missing-value, unbalanced-bracket, unexpected-end,
    unexpected-character and not-json for the structure;

    single-quotes, unquoted-key, python-literal, nan-or-infinity and comment for text that another
    language would take;

    number-format, hex-number and number-out-of-range for numbers; unescaped-control, invalid-escape
    and lone-surrogate for strings;

    nul-bytes, as an interrupted write leaves them, and nesting-too-deep beyond 1,024 levels.

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

from orjson import dumps

from jsonl_lint.change import Edit, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE


_TOKEN = re.compile(rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|,(?=[ \t\r\n]*+(?:[\]}]|\Z))', re.DOTALL)
_CONTROL = re.compile(rb"[\x01-\x1f]")
"""NOTE: NUL is left as it is: where it stands, text was lost."""


def fix_line(raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Leave each comma out behind which nothing comes, and escape control characters in strings.

    The diagnoser names the first fault of a line only, so all of both kinds are mended at once.
    """
    start, end = problem.span or (0, 0)
    if raw[start:end] != b"," and not _CONTROL.fullmatch(raw, start, end):
        return
    for token in _TOKEN.finditer(raw.rstrip(b"\n")):
        if token[0] == b",":
            yield Edit(*token.span(), b"")
        else:
            for match in _CONTROL.finditer(raw, *token.span()):
                yield Edit(*match.span(), dumps(match[0].decode())[1:-1])
