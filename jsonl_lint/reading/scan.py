"""Walk strict JSON up to the first byte that cannot be right.

The decoder says that a line is bad; this says where, and what would have been right there. It
accepts what orjson accepts, its limits included.
"""

from __future__ import annotations

import re
from enum import Enum
from math import isfinite
from typing import NamedTuple

from jsonl_lint.reading.decode import DECODER_NESTING

_HEX = rb"[0-9a-fA-F]"
_ESCAPE = (
    rb'\\(?:["\\/bfnrt]'
    rb"|u(?:[0-9abcefABCEF]" + _HEX + rb"{3}|[dD][0-7]" + _HEX + rb"{2}"
    rb"|[dD][89abAB]" + _HEX + rb"{2}\\u[dD][c-fC-F]" + _HEX + rb"{2}))"
)
_PLAIN = rb'[^"\\\x00-\x1f]*+'
_UNCLOSED = rb'"' + _PLAIN + rb"(?>(?:" + _ESCAPE + _PLAIN + rb")*)"
NUMBER = rb"-?(?:0|[1-9][0-9]*+)(?>(?:\.[0-9]++)?)(?>(?:[eE][-+]?[0-9]++)?)"

_SPACE = rb"[ \t\r\n]*+"
UNCLOSED_STRING = re.compile(_UNCLOSED)
"""A string from its opening quote up to, and without, the first byte that is not its content."""
_SPACES = re.compile(_SPACE)
_LITERAL = rb"(?:true|false|null)(?![-+.\w])"
_SAFE_NUMBER = rb"-?(?:0|[1-9][0-9]{0,99}+)(?>(?:\.[0-9]++)?)(?![-+.\w])"
_SCALAR = rb"(?:" + _UNCLOSED + rb'"|' + _LITERAL + rb"|" + _SAFE_NUMBER + rb")" + _SPACE
_MEMBER = _UNCLOSED + rb'"' + _SPACE + rb":" + _SPACE + _SCALAR


def _list_of(item: bytes) -> bytes:
    return _SPACE + item + rb"(?>(?:," + _SPACE + item + rb")*)"


# NOTE: an object or array of scalars is one token where it has no fault. Most lines are made of
# such, and are read many times faster so; whatever fails here is read again in small steps.
_TOKEN = re.compile(
    rb"(?:(?P<string>" + _UNCLOSED + rb'")'
    rb"|(?P<literal>" + _LITERAL + rb")"
    rb"|(?P<number>" + NUMBER + rb")(?![-+.\w])"
    rb"|(?P<flat>\{" + _list_of(_MEMBER) + rb"\}|\[" + _list_of(_SCALAR) + rb"\])"
    rb"|(?P<open>[\[{])|(?P<close>[]}])|(?P<comma>,)|(?P<colon>:))" + _SPACE
)


class Expected(Enum):
    """What has to come next."""

    VALUE = "a value"
    ELEMENT_OR_END = 'a value or "]"'
    KEY = "a key"
    KEY_OR_END = 'a key or "}"'
    COLON = '":"'
    COMMA_OR_END = '"," or a closing bracket'
    NOTHING = "the end of the line"


# NOTE: tuples, since a set would hash the members, which Enum does in Python.
VALUE_MAY_COME = (Expected.VALUE, Expected.ELEMENT_OR_END)
KEY_MAY_COME = (Expected.KEY, Expected.KEY_OR_END)
_END_MAY_COME = (Expected.ELEMENT_OR_END, Expected.KEY_OR_END, Expected.COMMA_OR_END)


class Stop(NamedTuple):
    """Where a scan ended: behind the value if ``NOTHING`` is expected, else before a fault."""

    at: int
    expected: Expected
    opened: list[int]
    """Where the brackets still open are, outermost first."""
    previous: tuple[int, int]
    """The last good token; empty at the start."""


def scan_value(text: bytes, start: int) -> Stop:
    """Read one value of ``text`` from ``start``, and the white space around it.

    Takes linear time, does not recurse, and accepts any bytes.
    """
    opened: list[int] = []
    previous = None
    expected = Expected.VALUE
    at = skip_space(text, start)
    while expected is not Expected.NOTHING:
        token = _TOKEN.match(text, at)
        follows = _step(text, token, expected, opened) if token else None
        if token is None or follows is None:
            break
        previous = token
        expected = follows
        at = token.end()
    return Stop(at, expected, opened, _span(previous, start))


def skip_space(text: bytes, at: int) -> int:
    """Give the place of the first byte from ``at`` on that is not JSON white space."""
    space = _SPACES.match(text, at)
    return space.end() if space else at


def _span(token: re.Match[bytes] | None, start: int) -> tuple[int, int]:
    return token.span(token.lastgroup or 0) if token else (start, start)


def _step(  # noqa: PLR0911 - one return for each kind of token reads best
    text: bytes, token: re.Match[bytes], expected: Expected, opened: list[int]
) -> Expected | None:
    """Take one token: what is expected after it, or None if it cannot stand here."""
    match token.lastgroup:
        case "string" if expected in KEY_MAY_COME:
            return Expected.COLON
        case "string" | "literal" if expected in VALUE_MAY_COME:
            return _after_value(opened)
        case "number" if expected in VALUE_MAY_COME and isfinite(float(token["number"])):
            return _after_value(opened)
        case "flat" if expected in VALUE_MAY_COME and len(opened) < DECODER_NESTING:
            return _after_value(opened)
        case "open" if expected in VALUE_MAY_COME and len(opened) < DECODER_NESTING:
            opened.append(token.start())
            return (
                Expected.KEY_OR_END if text[token.start()] == ord("{") else Expected.ELEMENT_OR_END
            )
        case "close" if expected in _END_MAY_COME and _closes(text, opened, token.start()):
            opened.pop()
            return _after_value(opened)
        case "comma" if expected is Expected.COMMA_OR_END:
            return Expected.KEY if text[opened[-1]] == ord("{") else Expected.VALUE
        case "colon" if expected is Expected.COLON:
            return Expected.VALUE
        case _:
            return None


def _after_value(opened: list[int]) -> Expected:
    return Expected.COMMA_OR_END if opened else Expected.NOTHING


def _closes(text: bytes, opened: list[int], at: int) -> bool:
    # NOTE: in ASCII, each closing bracket stands two places behind its opening one.
    return bool(opened) and text[at] == text[opened[-1]] + 2
