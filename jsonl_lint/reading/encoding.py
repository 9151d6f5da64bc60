"""Bytes of a line that are not UTF-8: what they are, how many, and what they make uncertain."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from jsonl_lint.reading.fault import Fault
from jsonl_lint.reading.tokens import WORD

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Scene

UTF8 = "invalid-utf8"
_PIECE_BYTES = 1 << 20
_REPLACEMENT = "\ufffd"
_MAYBE_NO_ESCAPE = re.compile(rb"(?<=[\x80-\xff])\\(?![/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})")
"""A backslash behind a byte beyond ASCII, where it would matter whether it is one."""


def not_utf8(text: bytes) -> Fault | None:
    """Name the first bytes of a line that are not UTF-8, and count all such."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        times = _count(text, error.start)
        return _named(text, error.start, error.end)._replace(times=times)
    return None


def _named(text: bytes, start: int, end: int) -> Fault:
    message = f"byte 0x{text[start]:02x} is not UTF-8 here"
    hint = "save the file as UTF-8; it may be in another encoding, or damaged"
    return Fault(UTF8, "", start, end, message, hint)


def _count(text: bytes, start: int) -> int:
    """Count the sequences that are not UTF-8; ``start`` is where the first begins."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    pieces = (text[at : at + _PIECE_BYTES] for at in range(start, len(text), _PIECE_BYTES))
    replaced = sum(decoder.decode(piece).count(_REPLACEMENT) for piece in pieces)
    replaced += decoder.decode(b"", final=True).count(_REPLACEMENT)
    return replaced - text.count(_REPLACEMENT.encode(), start)


def ends_in_character(text: bytes) -> bool:
    """Tell whether all is UTF-8 but for a character at the end, of which some bytes are missing."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.end == len(text) and _is_cut_character(text[error.start :])
    return False


def _is_cut_character(tail: bytes) -> bool:
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(tail) == ""
    except UnicodeDecodeError:
        return False


def certain_end(text: bytes) -> int:
    """Give the place up to which it is certain where the strings of a line end.

    In Shift JIS, GBK and Big5 the second byte of a character may be a backslash, which then escapes
    nothing. In text that is not UTF-8 nobody knows; often it makes no difference.
    """
    try:
        text.decode()
    except UnicodeDecodeError:
        backslash = _MAYBE_NO_ESCAPE.search(text)
        return backslash.start() if backslash else len(text)
    return len(text)


def doubtful(at: int) -> Fault:
    """Name the place from which on nothing is certain."""
    message = "this backslash may be the second byte of a character in another encoding"
    return Fault(UTF8, "", at, at + 1, message, "save the file as UTF-8", ends=True)


def bad_bytes(scene: Scene) -> Fault | None:
    """Look for bytes that are not UTF-8 outside of strings, alone or in a word."""
    word = WORD.match(scene.text, scene.at)
    if not word or word[0].isascii():
        return None
    try:
        word[0].decode()
    except UnicodeDecodeError as error:
        return _named(scene.text, scene.at + error.start, scene.at + error.end)
    return None


def stray_end(text: bytes, at: int) -> int:
    """Give the place behind bytes that are not UTF-8; 0 where they stand together with a word."""
    word = WORD.match(text, at)
    if not word or word[0].decode("utf-8", "ignore") or (at and WORD.match(text, at - 1)):
        return 0
    return word.end()
