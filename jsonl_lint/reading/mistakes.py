"""Name the mistake at the place where a scan stopped.

Each look knows one mistake and gives its fault, or None; the first that knows it has the word, so
the order matters where two could speak. Nothing of the text is shown: what looks like a key may be
a part of a value whose quotes are wrong.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.reading.scan import KEY_MAY_COME, Expected, string_end
from jsonl_lint.reading.tokens import nul_bytes, string, word

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Fault, Scene

_COMMENT = re.compile(rb"#.*|//.*|/\*(?:.*?\*/|.*)", re.DOTALL)
_CLOSER = {b"{": "}", b"[": "]"}


def name(scene: Scene) -> Fault:
    """Name the mistake; every scene has one."""
    if not scene.byte:
        return scene.ended()
    for look in _LOOKS:
        fault = look(scene)
        if fault:
            return fault
    return _odd_character(scene)


def _comment(scene: Scene) -> Fault | None:
    comment = _COMMENT.match(scene.text, scene.at)
    if not comment:
        return None
    return scene.fault("comment", "JSON has no comments", "delete the comment", len(comment[0]))


def _closing_bracket(scene: Scene) -> Fault | None:
    bracket = scene.byte.decode("latin-1")
    if bracket not in "]}" or scene.stop.expected is Expected.COLON:
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
    if scene.byte != b"," or scene.stop.expected is Expected.COLON:
        return None
    if scene.stop.expected is Expected.NOTHING:
        return scene.fault("trailing-comma", "comma after the value", "delete the comma")
    if scene.previous == b":":
        return _no_value(scene)
    if scene.previous == b",":
        return scene.fault("missing-value", "nothing between two commas", "delete one of them")
    return scene.fault("missing-value", "nothing before the comma", "delete the comma")


def _missing_colon(scene: Scene) -> Fault | None:
    if scene.stop.expected is not Expected.COLON:
        return None
    return scene.fault("missing-colon", "no colon after the key", 'write ":" and a value')


def _missing_comma(scene: Scene) -> Fault | None:
    is_text = scene.character.isalnum() or scene.byte in b"$+-._"
    if scene.stop.expected is not Expected.COMMA_OR_END or not (is_text or scene.byte in b"\"'{["):
        return None
    hint = "write a comma"
    if is_text and scene.previous[-1:] == b'"':
        hint = 'write a comma; or, if the string goes on here, write its quote as \\"'
    return scene.fault("missing-comma", "no comma before this", hint, _size(scene))


def _size(scene: Scene) -> int:
    return len(scene.character.encode())


def _bracket_for_key(scene: Scene) -> Fault | None:
    if scene.byte not in b"[{" or scene.stop.expected not in KEY_MAY_COME:
        return None
    return scene.fault("unexpected-character", "a key must be a string", "write a string")


def _too_deep(scene: Scene) -> Fault | None:
    if scene.byte not in b"[{" or len(scene.stop.opened) < DECODER_NESTING:
        return None
    message = f"arrays and objects nest deeper than {DECODER_NESTING:,} levels"
    span = (scene.at, scene.at + 1)
    return scene.fault_of("nesting-too-deep", span, message, "flatten the record")


def _single_quotes(scene: Scene) -> Fault | None:
    if scene.byte != b"'":
        return None
    hint = "use double quotes; in Python write the record with json.dumps, not str"
    end = string_end(scene.text, scene.at + 1, b"'") or len(scene.text)
    return scene.fault("single-quotes", "string in single quotes", hint, end - scene.at)


def _not_json(scene: Scene) -> Fault | None:
    if scene.previous or scene.stop.expected is Expected.NOTHING or scene.byte == b":":
        return None
    message = "the line is not JSON"
    length = len(scene.text) - scene.at
    return scene.fault("not-json", message, "each line must be one JSON object", length)


_LOOKS = [
    nul_bytes,
    _comment,
    _closing_bracket,
    _comma,
    _missing_colon,
    _missing_comma,
    string,
    _bracket_for_key,
    _too_deep,
    _single_quotes,
    word,
    _not_json,
]


def _odd_character(scene: Scene) -> Fault:
    named = unicodedata.name(scene.character, "")
    described = f"U+{ord(scene.character):04X} {named}".rstrip()
    message = f"{described} where {scene.stop.expected.value} belongs"
    hint = 'use the plain quote, "' if "QUOTATION MARK" in named else "delete or replace it"
    return scene.fault("unexpected-character", message, hint, _size(scene))
