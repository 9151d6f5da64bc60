r"""A line is not valid JSON.

What it does
    Decodes each line strictly and, where that fails, names each kind of mistake once, at its first
    place, with how many there are. It tells apart:

    trailing-comma, extra-comma, missing-comma, missing-colon, missing-value, unbalanced-bracket,
    unexpected-end, unexpected-character and not-json for the structure;

    single-quotes, unquoted-key, python-literal and comment for text that another language would
    take;

    number-format and hex-number for numbers, invalid-escape for strings.

    It goes on behind a mistake only where that is certain. Behind a missing comma or colon, a bracket
    that closes nothing, text or a key without quotes, more mistakes may follow that are not named.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem

SEVERITY = Severity.ERROR
FIX = Safety.SAFE

_NOTHING_BEHIND = re.compile(rb",[, \t\r\n]*+(?=[\]}]|\Z)")


def fix_line(raw: bytes, problem: Problem) -> Iterator[Edit]:
    """Leave each comma out behind which nothing comes: all that the problem stands for."""
    start, end = problem.span or (0, 0)
    if raw[start:end] != b",":
        return
    from jsonl_lint.reading.diagnose import sure_places  # noqa: PLC0415 - for few lines

    of_kinds = (sure_places(raw, kind) for kind in ("trailing-comma", "extra-comma"))
    for place in next((places for places in of_kinds if start in places), ()):
        commas = _NOTHING_BEHIND.match(raw, place)
        for comma in re.finditer(b",", commas[0]) if commas else ():
            yield Edit(place + comma.start(), place + comma.end(), b"")
