"""Decode a line, and know whether any of its keys hides another.

JSON allows an object to name a key twice, and readers disagree on which value counts. orjson
keeps the last one and says nothing; here it is proven that it dropped none.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

loads = orjson.loads
"""Decode strict JSON; raises ``orjson.JSONDecodeError``, which is a ``ValueError``."""

DECODER_NESTING = 1024
"""Levels of arrays and objects that orjson follows."""

MAX_NESTING = 128
"""Levels that JSON may have unless set otherwise: other readers stop earlier than orjson, at 255
(jsonschema-rs), 200 (jiter) or wherever their stack ends."""


def count_keys(value: Any) -> int:  # noqa: ANN401 - a decoded tree has no narrower type
    """Count the keys of all objects in a decoded tree."""
    keys = 0
    pending = [value]
    for item in pending:  # which grows meanwhile: a queue, at the price of a plain loop
        kind = type(item)
        if kind is str:
            continue
        if kind is dict:
            keys += len(item)
            pending += item.values()
        elif kind is list:
            pending += item
    return keys


def has_separator(text: str) -> bool:
    """Tell whether text has a character that ends a line for ``str.splitlines``, not for JSON."""
    return not text.isascii() and ("\u2028" in text or "\u2029" in text or "\x85" in text)


def holds_separator(value: Any) -> bool:  # noqa: ANN401 - a decoded tree has no narrower type
    """Tell whether a string in a decoded tree has one; keys do not count."""
    pending = [value]
    for item in pending:  # see above
        kind = type(item)
        if kind is str:
            if has_separator(item):
                return True
        elif kind is dict:
            pending += item.values()
        elif kind is list:
            pending += item
    return False


def count_quotes(value: Any) -> int:  # noqa: ANN401 - a decoded tree has no narrower type
    """Count the quotes in the compact text of a decoded tree.

    Raises ``orjson.JSONEncodeError``, a TypeError, where it nests deeper than orjson writes.
    """
    return orjson.dumps(value).count(b'"')


def quotes_prove_keys_unique(raw: bytes, quotes: int) -> bool:
    r"""Prove, from ``count_quotes`` of the decoded text, that valid JSON text has each key once.

    A key that was dropped has two quotes more in the text. Text has fewer only where it spells one
    as ``\u0022``; then, and where this is in the text for another reason, nothing is proven.
    """
    return raw.count(b'"') == quotes and b"\\u0022" not in raw


# A colon behind something that may close a key: a quote, or white space that itself follows a
# quote or more white space. A quote behind exactly one or three backslashes is an escaped one.
_MAYBE_KEY = re.compile(
    rb':(?:(?<=[^\\]":)|(?<=[^\\]\\\\":)|(?<=\\\\\\\\":)|(?<=[" \t\r\n][ \t\r\n]:))'
)
# NOTE: a repetition that is possessive itself keeps nothing for each round; in an atomic group it
# takes 64 bytes for each escape. Before Python 3.11.5 what it repeats must not be left a choice.
STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
SPACE = rb"[ \t\r\n]*+"
_STRING_OR_KEY = re.compile(STRING + SPACE + rb"(:?)")


def keys_are_unique(raw: bytes | str, expected: int) -> bool:
    """Tell whether valid JSON text has each key of each object once.

    ``expected`` is ``count_keys`` of the decoded text. The text has more keys than the tree exactly
    when one was dropped, so an upper bound on the text's keys that equals ``expected`` is a proof.
    The cheap bound counts some colons inside strings too; where it is too high, every string is
    stepped over and the count is exact.
    """
    if isinstance(raw, str):
        # NOTE: ``arguments`` are short, and nearly all of their colons follow keys.
        if raw.count(":") == expected:
            return True
        raw = raw.encode()
    return (
        len(_MAYBE_KEY.findall(raw)) == expected
        or _STRING_OR_KEY.findall(raw).count(b":") == expected
    )
