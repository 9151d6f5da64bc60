"""Name what is wrong with a word: a number or a literal unknown to JSON, or text without quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.reading.scan import KEY_MAY_COME, NUMBER, VALUE_MAY_COME, Expected

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Fault, Scene

WORD = re.compile(rb"[-+.$\w\x80-\xff]++")
"""What stands together outside of strings; bytes that are not UTF-8 may be a part of it."""
_CUT_WORD = re.compile(
    rb"t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|-|-?(?:0|[1-9][0-9]*+)(?:\.|(?>(?:\.[0-9]++)?)[eE][-+]?)"
)


class _Mistake(NamedTuple):
    pattern: re.Pattern[bytes]
    name: str
    message: str
    hint: str
    has_rule: bool


def _mistake(
    pattern: bytes, name: str, message: str, hint: str, *, has_rule: bool = False
) -> _Mistake:
    return _Mistake(re.compile(pattern), name, message, hint, has_rule)


_NUMBERS = [
    _mistake(
        NUMBER,
        "number-out-of-range",
        "number beyond the range of a double",
        "write a smaller number, or a string",
        has_rule=True,
    ),
    _mistake(
        rb"(?i:[-+]?(?:nan|inf|infinity))",
        "non-finite-number",
        "JSON has neither NaN nor infinity",
        "write null, or leave the key out",
        has_rule=True,
    ),
    _mistake(
        rb"(?i:[-+]?0x[0-9a-f_]*)",
        "hex-number",
        "JSON has no hexadecimal numbers",
        "write the number in decimal",
    ),
    _mistake(rb"\+[0-9.].*", "number-format", "a number cannot begin with +", "delete the +"),
    _mistake(
        rb"-?0[0-9].*",
        "number-format",
        "a number cannot begin with 0",
        "delete the zeros in front, or write a string",
    ),
    _mistake(
        rb"-?\.[0-9].*|-?[0-9]++\.(?![0-9]).*",
        "number-format",
        "a decimal point needs a digit on either side",
        "write as in 0.5 or 1.0",
    ),
    _mistake(
        rb"[-+.]*[0-9].*|[-+.]+", "number-format", "malformed number", "write as in 12 or -1.5e3"
    ),
]
_LITERALS = {b"none": "null", b"null": "null", b"true": "true", b"false": "false"}
_LIKE_A_NUMBER = re.compile(rb"[-+]?[0-9._]+(?:[eE][-+]?[0-9.]*)?|[-+]|0[xX][0-9a-fA-F]*")


def word(scene: Scene) -> Fault | None:
    """Look for a bare word: a number or literal unknown to JSON, a key or text without quotes."""
    match = WORD.match(scene.text, scene.at)
    if not match:
        return None
    expected = scene.stop.expected
    if expected in KEY_MAY_COME:
        message = "the key is not in double quotes"
        return scene.fault("unquoted-key", message, "put it in double quotes", len(match[0]))
    if expected is Expected.NOTHING:
        message = "text after the end of the value"
        return scene.fault("unexpected-character", message, "delete it", len(match[0]))
    if match.end() == len(scene.text) and _CUT_WORD.fullmatch(match[0]):
        return scene.ended("inside a number or literal")
    return _value(scene, match[0]) if expected in VALUE_MAY_COME else None


def _value(scene: Scene, text: bytes) -> Fault | None:
    literal = _LITERALS.get(text.lower())
    if literal:
        message = f"{text.decode()} is not JSON"
        return scene.fault("python-literal", message, f"write {literal}", len(text))
    top = not scene.opener
    for mistake in _NUMBERS:
        if mistake.pattern.fullmatch(text):
            if top and mistake.name == "number-format" and not _LIKE_A_NUMBER.fullmatch(text):
                break
            span = (scene.at, scene.at + len(text))
            make = scene.fault_of if mistake.has_rule else scene.fault_at
            return make(mistake.name, span, mistake.message, mistake.hint)
    if top or not scene.character.isalpha():
        return None
    message = "text without quotes where a value belongs"
    return scene.fault("unexpected-character", message, "put it in double quotes", len(text))
