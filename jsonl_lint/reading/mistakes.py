"""Name the mistake at the place where a scan stopped.

Each look knows one mistake and gives its fault, or None; the first that knows it has the word, so
the order matters where two could speak. Nothing of the text is shown: what looks like a key may be
a part of a value whose quotes are wrong. How the line goes on behind it is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.reading.encoding import bad_bytes
from jsonl_lint.reading.scan import KEY_MAY_COME, Expected, string_end
from jsonl_lint.reading.strings import nul_bytes, string
from jsonl_lint.reading.tokens import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.reading.fault import Fault, Scene

_COMMENT = re.compile(rb"#.*|//.*|/\*(?:.*?\*/|.*)", re.DOTALL)
COMMAS = re.compile(rb",[, \t\r\n]*+")
"""Commas with nothing between them, and the white space around."""
_BEFORE_RECORD = re.compile(rb"""[^"'{\[]++(?=\{[ \t]*")""")
_CLOSER = {b"{": "}", b"[": "]"}
_STRING_NEVER_COMES = (Expected.COLON, Expected.COMMA_OR_END)


def name(scene: Scene) -> list[Fault]:
    """Name the mistake, of which every scene has one; a string may have several."""
    if not scene.byte:
        return [scene.ended()]
    if scene.byte == b'"' and scene.stop.expected not in _STRING_NEVER_COMES:
        return string(scene)
    for look in _LOOKS_AT[scene.byte[0]]:
        if fault := look(scene):
            return [fault]
    return [_odd_character(scene)]


def _comment(scene: Scene) -> Fault | None:
    comment = _COMMENT.match(scene.text, scene.at)
    if not comment:
        return None
    return scene.fault("comment", "JSON has no comments", "delete the comment", len(comment[0]))


def _closing_bracket(scene: Scene) -> Fault | None:
    bracket = scene.byte.decode("latin-1")
    if scene.stop.expected is Expected.COLON:
        return None
    if not scene.opener:
        hint = "delete it, or write the bracket that it should close"
        return scene.fault("unbalanced-bracket", f'"{bracket}" closes nothing', hint)
    if _CLOSER[scene.opener] != bracket:
        opener = f'"{scene.opener.decode()}" at byte {scene.stop.opened[-1]}'
        message = f'"{bracket}" does not close the {opener}'
        return scene.fault("unbalanced-bracket", message, f'write "{_CLOSER[scene.opener]}"')
    if scene.previous == b":":
        return _no_value(scene)
    message = f'trailing comma before "{bracket}"'
    return scene.fault_at("trailing-comma", scene.stop.previous, message, "delete the comma")


def _no_value(scene: Scene) -> Fault:
    return scene.fault("missing-value", "the key has no value", "write a value, or null")


def _comma(scene: Scene) -> Fault | None:
    commas = COMMAS.match(scene.text, scene.at)
    if not commas or scene.stop.expected is Expected.COLON:
        return None
    if scene.previous == b":":
        return _no_value(scene)
    times = commas[0].count(b",")
    if scene.stop.expected is Expected.NOTHING:
        fault = scene.fault("trailing-comma", "comma after the value", "delete the comma")
    elif scene.previous == b",":
        fault = scene.fault("extra-comma", "nothing between two commas", "delete one of them")
    else:
        fault = scene.fault("extra-comma", "nothing before the comma", "delete the comma")
    return fault._replace(times=times)


def _missing_colon(scene: Scene) -> Fault | None:
    if scene.stop.expected is not Expected.COLON:
        return None
    return scene.fault("missing-colon", "no colon after the key", 'write ":" and a value')


def _missing_comma(scene: Scene) -> Fault | None:
    if scene.stop.expected is not Expected.COMMA_OR_END:
        return None
    is_text = scene.character.isalnum() or scene.byte in b"$+-._"
    if not is_text and scene.byte not in b"\"'{[":
        return None
    hint = "write a comma"
    if is_text and scene.previous == b'"':
        hint = 'write a comma; or, if the string goes on here, write its quote as \\"'
    return scene.fault("missing-comma", "no comma before this", hint, _size(scene))


def _size(scene: Scene) -> int:
    return len(scene.character.encode())


def _bracket_for_key(scene: Scene) -> Fault | None:
    if scene.stop.expected not in KEY_MAY_COME:
        return None
    return scene.fault("unexpected-character", "a key must be a string", "write a string")


def _too_deep(scene: Scene) -> Fault | None:
    if len(scene.stop.opened) < DECODER_NESTING:
        return None
    message = f"arrays and objects nest deeper than {DECODER_NESTING:,} levels"
    span = (scene.at, scene.at + 1)
    return scene.fault_of("nesting-too-deep", span, message, "flatten the record")


def _single_quotes(scene: Scene) -> Fault:
    hint = "use double quotes; in Python write the record with json.dumps, not str"
    end = string_end(scene.text, scene.at + 1, b"'") or len(scene.text)
    return scene.fault("single-quotes", "string in single quotes", hint, end - scene.at)


def _before_record(scene: Scene) -> Fault | None:
    if scene.previous or scene.opener:
        return None
    before = _BEFORE_RECORD.match(scene.text, scene.at)
    if not before:
        return None
    text = before[0].rstrip()
    if len(text) == _size(scene):
        return _odd_character(scene)
    return scene.fault("unexpected-character", "text before the record", "delete it", len(text))


def _brace_for_key(scene: Scene) -> Fault | None:
    if scene.opener or scene.previous != b'"':
        return None
    message = 'a key, and no "{" before it'
    hint = 'write "{" before it; if the record begins on a line above, put all of it on one line'
    return scene.fault_at("unbalanced-bracket", scene.stop.previous, message, hint)


def _not_json(scene: Scene) -> Fault | None:
    if scene.previous or scene.stop.expected is Expected.NOTHING or scene.byte == b":":
        return None
    message = "the line is not JSON"
    length = len(scene.text) - scene.at
    return scene.fault("not-json", message, "each line must be one JSON object", length)


_ANY = bytes(range(256))
_BEYOND_ASCII = _ANY[128:]
_OF_WORDS = b"-+.$_" + digits.encode() + ascii_letters.encode() + _BEYOND_ASCII
_LOOKS: list[tuple[Callable[[Scene], Fault | None], bytes]] = [
    (nul_bytes, b"\x00"),
    (bad_bytes, _OF_WORDS),
    (_comment, b"#/"),
    (_closing_bracket, b"]}"),
    (_comma, b","),
    (_missing_colon, _ANY),
    (_missing_comma, _OF_WORDS + b"\"'{["),
    (_bracket_for_key, b"{["),
    (_too_deep, b"{["),
    (_single_quotes, b"'"),
    (_before_record, _ANY),
    (_brace_for_key, b":"),
    (word, _OF_WORDS),
    (_not_json, _ANY),
]
"""The looks, each with the bytes at which it may know the mistake."""
_LOOKS_AT = [[look for look, begins in _LOOKS if byte in begins] for byte in _ANY]


def _odd_character(scene: Scene) -> Fault:
    named = unicodedata.name(scene.character, "")
    described = f"U+{ord(scene.character):04X} {named}".rstrip()
    message = f"{described} where {scene.stop.expected.value} belongs"
    hint = 'use the plain quote, "' if "QUOTATION MARK" in named else "delete or replace it"
    return scene.fault("unexpected-character", message, hint, _size(scene))
