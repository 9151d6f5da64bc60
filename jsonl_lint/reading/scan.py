"""Walk strict JSON up to the first byte that cannot be right.

The decoder says that a line is bad; this says where, and what would have been right there. It
accepts what orjson accepts, its limits included. Who knows how the text goes on behind what cannot
be right lets the scan go on there.
"""

from __future__ import annotations

import re
from enum import Enum
from math import isfinite
from typing import NamedTuple

from jsonl_lint.reading.decode import DECODER_NESTING

_HEX = rb"[0-9a-fA-F]"
ESCAPE = (
    rb'\\(?:["\\/bfnrt]'
    rb"|u(?:[0-9abcefABCEF]" + _HEX + rb"{3}|[dD][0-7]" + _HEX + rb"{2}"
    rb"|[dD][89abAB]" + _HEX + rb"{2}\\u[dD][c-fC-F]" + _HEX + rb"{2}))"
)
# NOTE: bounded, since a pattern holds some hundred bytes for each round of a group that it repeats.
_ROUNDS = rb"{0,4095}"


def content(plain: bytes) -> bytes:
    """Make the pattern of what a string holds, or of a piece of it: plain text and good escapes."""
    return plain + rb"(?>(?:" + ESCAPE + plain + rb")" + _ROUNDS + rb")"


CONTENT = content(rb'[^"\\\x00-\x1f]*+')
NUMBER = rb"-?(?:0|[1-9][0-9]*+)(?>(?:\.[0-9]++)?)(?>(?:[eE][-+]?[0-9]++)?)"

_SPACE = rb"[ \t\r\n]*+"
_PIECE = re.compile(CONTENT)
_CLOSING_QUOTE = re.compile(rb'(?P<string>")' + _SPACE)
_SPACES = re.compile(_SPACE)
_LITERAL = rb"(?:true|false|null)(?![-+.\w])"
_SAFE_NUMBER = rb"-?(?:0|[1-9][0-9]{0,99}+)(?>(?:\.[0-9]++)?)(?![-+.\w])"
_STRING = rb'"' + CONTENT + rb'"'
_SCALAR = rb"(?:" + _STRING + rb"|" + _LITERAL + rb"|" + _SAFE_NUMBER + rb")" + _SPACE
_MEMBER = _STRING + _SPACE + rb":" + _SPACE + _SCALAR


def _list_of(item: bytes) -> bytes:
    return _SPACE + item + rb"(?>(?:," + _SPACE + item + rb")" + _ROUNDS + rb")"


# NOTE: an object or array of scalars is one token where it has no fault. Most lines are made of
# such, and are read many times faster so; whatever fails here is read again in small steps.
_TOKEN = re.compile(
    rb"(?:(?P<string>" + _STRING + rb")"
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
    """Where a scan ended: behind the value if ``NOTHING`` is expected, else before a fault.

    Also where one is to begin, inside a value that is known up to there.
    """

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
    return scan_on(text, Stop(skip_space(text, start), Expected.VALUE, [], (start, start)))


def scan_on(text: bytes, stop: Stop) -> Stop:
    """Read the rest of a value from where a scan stands, whose list of open brackets goes over."""
    at, expected, opened, previous = stop
    last = None
    while expected is not Expected.NOTHING:
        token = _TOKEN.match(text, at) or _long_string(text, at)
        follows = _step(text, token, expected, opened) if token else None
        if token is None or follows is None:
            break
        last = token
        expected = follows
        at = token.end()
    return Stop(at, expected, opened, last.span(last.lastgroup or 0) if last else previous)


def skip_space(text: bytes, at: int) -> int:
    """Give the place of the first byte from ``at`` on that is not JSON white space."""
    space = _SPACES.match(text, at)
    return space.end() if space else at


def content_end(text: bytes, at: int) -> int:
    """Give the place, from ``at`` inside a string on, of the first byte that is not its content."""
    while (piece := _PIECE.match(text, at)) and piece.end() > at:
        at = piece.end()
    return at


def string_end(text: bytes, at: int, quote: bytes = b'"') -> int:
    """Give the place behind the closing quote of a string, from ``at`` inside it; 0 without one.

    It may hold anything; a quote behind a backslash does not close it.
    """
    while (end := text.find(quote, at)) >= 0:
        inside = text[at:end]
        if (len(inside) - len(inside.rstrip(b"\\"))) % 2 == 0:
            return end + 1
        at = end + 1
    return 0


def _long_string(text: bytes, at: int) -> re.Match[bytes] | None:
    """Find the end of a string of several pieces; None if nothing of the kind stands there."""
    if text[at : at + 1] != b'"':
        return None
    return _CLOSING_QUOTE.match(text, content_end(text, at + 1))


def _step(  # noqa: PLR0911 - one return for each kind of token reads best
    text: bytes, token: re.Match[bytes], expected: Expected, opened: list[int]
) -> Expected | None:
    """Take one token: what is expected after it, or None if it cannot stand here."""
    match token.lastgroup:
        case "string" if expected in KEY_MAY_COME:
            return Expected.COLON
        case "string" | "literal" if expected in VALUE_MAY_COME:
            return after_value(opened)
        case "number" if expected in VALUE_MAY_COME and isfinite(float(token["number"])):
            return after_value(opened)
        case "flat" if expected in VALUE_MAY_COME and len(opened) < DECODER_NESTING:
            return after_value(opened)
        case "open" if expected in VALUE_MAY_COME and len(opened) < DECODER_NESTING:
            opened.append(token.start())
            return (
                Expected.KEY_OR_END if text[token.start()] == ord("{") else Expected.ELEMENT_OR_END
            )
        case "close" if expected in _END_MAY_COME and closes(text, opened, token.start()):
            opened.pop()
            return after_value(opened)
        case "comma" if expected is Expected.COMMA_OR_END:
            return Expected.KEY if text[opened[-1]] == ord("{") else Expected.VALUE
        case "colon" if expected is Expected.COLON:
            return Expected.VALUE
        case _:
            return None


def after_value(opened: list[int]) -> Expected:
    """Say what is expected behind a value inside these brackets."""
    return Expected.COMMA_OR_END if opened else Expected.NOTHING


def closes(text: bytes, opened: list[int], at: int) -> bool:
    """Tell whether a bracket closes the innermost one of those that are open."""
    # NOTE: in ASCII, each closing bracket stands two places behind its opening one.
    return bool(opened) and text[at] == text[opened[-1]] + 2
