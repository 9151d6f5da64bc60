"""Name what is wrong inside a string, up to its closing quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonl_lint.reading.fault import MAX_NAMED, Fault
from jsonl_lint.reading.lines import LOST
from jsonl_lint.reading.scan import CONTENT, ESCAPE, content, string_end

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Scene

    Span = tuple[int, int]
    Words = tuple[str, str, str, str]
    """Rule, kind, message and hint."""

_NULS = re.compile(rb"\x00++")
_ODD_ESCAPE = (
    rb"(?!" + ESCAPE + rb")(?:(?P<surrogate>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|(?P<escape>\\(?:u[0-9a-fA-F]{0,4}|[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*+)))"
)
_ODD = re.compile(CONTENT + rb"(?:(?P<nul>\x00++)|(?P<control>[\x01-\x1f])|" + _ODD_ESCAPE + rb")?")
"""Content of a string up to what cannot stand in it; nothing but content where that is long."""
_ODD_BUT_CONTROL = re.compile(
    content(rb'[^"\\\x00]*+') + rb"(?:(?P<nul>\x00++)|" + _ODD_ESCAPE + rb")?"
)
_CONTROL_BYTES = bytes(range(1, 32))
_CUT_ESCAPE = re.compile(
    rb"\\(?:u[0-9a-fA-F]{0,3}"
    rb"|u[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u(?:[dD](?:[c-fC-F][0-9a-fA-F]?)?)?)?)?)?"
)
_LONGEST_ESCAPE = len(rb"\ud83d\ude00")
_CONTROLS = {
    8: ("BACKSPACE", "\\b"),
    9: ("TAB", "\\t"),
    12: ("FORM FEED", "\\f"),
    13: ("CR", "\\r"),
    27: ("ESC", "\\u001b; or, where text is in ISO-2022-JP, save the file as UTF-8"),
}
"""Names and, for the hint, what to write."""


def nul_bytes(scene: Scene) -> Fault | None:
    """Look for NUL bytes outside of strings."""
    nuls = _NULS.match(scene.text, scene.at)
    return _fault("nul", scene.text, nuls.span(), 1) if nuls else None


def string(scene: Scene) -> list[Fault]:
    """Name what is wrong inside the string that stands here: each kind of fault, in order."""
    end = string_end(scene.text, scene.at + 1)
    first, times = _odd(scene.text, scene.at + 1, end - 1 if end else len(scene.text))
    faults = [_fault(kind, scene.text, first[kind], times[kind]) for kind in first]
    # NOTE: where NUL bytes stand, text was lost, and its end may be among that.
    return faults if end or "nul" in first else [*faults, scene.ended("inside a string")]


def _odd(text: bytes, start: int, end: int) -> tuple[dict[str, Span], dict[str, int]]:
    """Find what cannot stand in a string: by its kind the first place, and the number of places.

    Of those that take time it stops at ``MAX_NAMED``.
    """
    first: dict[str, Span] = {}
    times: dict[str, int] = {}
    pattern, at = _ODD, start
    for _ in range(MAX_NAMED):
        odd = pattern.match(text, at, end)
        if not odd or odd.end() == at:
            break
        kind, at = odd.lastgroup, odd.end()
        if kind:
            span = odd.span(kind)
            if len(text) - span[0] <= _LONGEST_ESCAPE and _CUT_ESCAPE.fullmatch(text, span[0]):
                break
            first.setdefault(kind, span)
            times[kind] = times.get(kind, 0) + 1
        if kind == "control":
            # NOTE: there may be millions; counted together they take a hundredth of the time.
            pattern = _ODD_BUT_CONTROL
            times[kind] = _controls(text[at - 1 : end])
        elif kind == "escape" and pattern is _ODD_BUT_CONTROL:
            times["control"] -= _controls(text[at - 1 : at])
    return first, times


def _controls(text: bytes) -> int:
    return len(text) - len(text.translate(None, _CONTROL_BYTES))


def _fault(kind: str, text: bytes, span: Span, times: int) -> Fault:
    rule, name, message, hint = _WORDS[kind](text[slice(*span)])
    return Fault(rule, name, *span, message, hint, times)


def _nuls(run: bytes) -> Words:
    count = len(run)
    message = "a NUL byte stands here" if count == 1 else f"{count:,} NUL bytes stand here"
    return "nul-bytes", "", message, LOST


def _control(character: bytes) -> Words:
    code = ord(character)
    name, escape = _CONTROLS.get(code, (f"control character U+{code:04X}", f"\\u{code:04x}"))
    return "unescaped-control", "", f"unescaped {name} in a string", f"write {escape}"


def _surrogate(_half: bytes) -> Words:
    message = "one half of a surrogate pair stands without the other"
    return "lone-surrogate", "", message, "write both halves, or the character itself"


def _escape(text: bytes) -> Words:
    hint = 'write \\\\ for a backslash; the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'
    if text == b"\\'":
        hint = "write ' without a backslash"
    return "invalid-json", "invalid-escape", "no such escape in a JSON string", hint


_WORDS = {"nul": _nuls, "control": _control, "surrogate": _surrogate, "escape": _escape}
