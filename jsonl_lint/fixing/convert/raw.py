r"""JSON text taken apart one level at a time and put together again, its values as they are spelt.

A value is the bytes that stand for it, so that ``1.50``, ``\u00e9`` and the spaces inside an object
come through every conversion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import orjson

from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.items import children
from jsonl_lint.reading.decode import loads
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonl_lint.finding import Path


class Style(NamedTuple):
    """How commas and colons are written."""

    comma: bytes
    colon: bytes

    def object(self, members: Mapping[str, bytes]) -> bytes:
        """Write an object of members whose values are JSON text."""
        written = [orjson.dumps(key) + self.colon + value for key, value in members.items()]
        return b"{" + self.comma.join(written) + b"}"

    def array(self, elements: Iterable[bytes]) -> bytes:
        """Write an array of elements that are JSON text."""
        return b"[" + self.comma.join(elements) + b"]"


EMPTY = (b'""', b"null")
"""How a text that says nothing is spelt."""

SPACED = Style(b", ", b": ")
_COMPACT = Style(b",", b":")
_SPACE = b" \t\r\n"
_BREAK = re.compile(rb"[\r\n][ \t\r\n]*+")


def style_of(raw: bytes) -> Style:
    """Tell whether a line has spaces after its commas and colons."""
    return SPACED if b'": ' in raw else _COMPACT


def members(raw: bytes, path: Path) -> dict[str, bytes]:
    """Open an object: its members in order, each value as JSON text.

    ``raw`` is valid JSON without white space around. Raises RefusedError, at ``path``, where it is
    no object or names a key twice: which of two values counts is not for a converter to guess.
    """
    if raw[:1] != b"{":
        raise RefusedError.wrong_type(raw, "an object", path)
    found: dict[str, bytes] = {}
    for quoted_key, value in children(raw):
        key = loads(quoted_key or b"null")
        if key in found:
            message = f"the key {quote(key)} stands twice in one object; keep one of them"
            raise RefusedError(message, path)
        found[key] = value
    return found


def elements(raw: bytes, path: Path) -> list[bytes]:
    """Open an array: its elements as JSON text; raises RefusedError where it is none."""
    if raw[:1] != b"[":
        raise RefusedError.wrong_type(raw, "an array", path)
    return [value for _, value in children(raw)]


def text(raw: bytes, path: Path) -> str:
    """Decode a string; raises RefusedError where the value is none."""
    decoded: str = loads(string(raw, path))
    return decoded


def string(raw: bytes, path: Path) -> bytes:
    """Give a string as it is spelt; raises RefusedError where the value is none."""
    if raw[:1] != b'"':
        raise RefusedError.wrong_type(raw, "a string", path)
    return raw


def quoted(raw: bytes) -> bytes:
    """Write a string that holds this JSON text as it is."""
    return orjson.dumps(raw.decode())


def embedded(holder: bytes, path: Path) -> bytes:
    """Give the JSON text that a string holds; raises RefusedError where it holds none."""
    held = text(holder, path).encode().strip(_SPACE)
    try:
        loads(held)
    except ValueError as error:
        message = "the string holds no valid JSON; mend it, or delete the record"
        raise RefusedError(message, path) from error
    return held


def one_line(raw: bytes) -> bytes:
    """Take line breaks and the indentation behind them out of valid JSON: no string has a raw one.

    NOTE: this is all that is not kept of JSON text that leaves a string for a line of its own.
    """
    return _BREAK.sub(b"", raw) if b"\n" in raw or b"\r" in raw else raw
