"""JSON text of known content: printed in many styles, with the place of each part noted."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NoReturn

import orjson
from hypothesis import example, given
from hypothesis import strategies as st
from test_decode_properties import near_json

from jsonl_lint.pointer import extents, locate
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.diagnose import diagnose

if TYPE_CHECKING:
    from jsonl_lint.finding import Path

Spans = dict["Path", tuple[int, int]]

SPACE = st.sampled_from(["", "", "", " ", "\t ", "  "])
NUMBERS = [
    *("0", "-0", "1", "-1", "1.0", "1e0", "1E+0", "10e-1", "0.1000000000000000055", "1.10", "1e2"),
    *("9223372036854775807", "-9223372036854775808", "18446744073709551615", "5e-324", "1e308"),
]
CHARACTERS = st.text(st.sampled_from('ab"\\/é狐🦊\u2028\x7f'), max_size=4)


class Printer:
    """Writes JSON as it is drawn, and notes where each value and each key came to stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.values: Spans = {}
        self.keys: Spans = {}

    def put(self, text: str) -> tuple[int, int]:
        start = len(self.text.encode())
        self.text += text
        return start, len(self.text.encode())

    def space(self) -> None:
        self.put(self.draw(SPACE))

    def string(self, text: str) -> tuple[int, int]:
        marks = (self._character(char) for char in text)
        return self.put('"' + "".join(marks) + '"')

    def _character(self, char: str) -> str:
        if char in '"\\' or not self.draw(st.booleans()):
            return json.dumps(char, ensure_ascii=False)[1:-1]
        units = char.encode("utf-16-be").hex()
        escaped = "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))
        return escaped if self.draw(st.booleans()) else escaped.upper().replace("U", "u")

    def value(self, path: Path, depth: int) -> Any:
        kinds = ["number", "string", "literal"] + ["array", "object", "object"] * (depth < 3)
        kind = self.draw(st.sampled_from(kinds)) if depth else "object"
        if kind in {"array", "object"}:
            return self._container(path, depth, kind)
        if kind == "string":
            text = self.draw(CHARACTERS)
            self.values[path] = self.string(text)
            return text
        choices = NUMBERS if kind == "number" else ["true", "false", "null"]
        token = self.draw(st.sampled_from(choices))
        self.values[path] = self.put(token)
        return json.loads(token)

    def _container(self, path: Path, depth: int, kind: str) -> Any:
        opener, closer = "{}" if kind == "object" else "[]"
        start, _ = self.put(opener)
        found: Any = {} if kind == "object" else []
        names = self.draw(st.lists(CHARACTERS, max_size=3, unique=True))
        for index, name in enumerate(names):
            if index:
                self.put(",")
            self.space()
            if kind == "object":
                self.keys[*path, name] = self.string(name)
                self.space()
                self.put(":")
                self.space()
                found[name] = self.value((*path, name), depth + 1)
            else:
                found.append(self.value((*path, index), depth + 1))
            self.space()
        self.values[path] = start, self.put(closer)[1]
        return found


@st.composite
def printed(draw: st.DrawFn) -> tuple[bytes, Any, Printer]:
    printer = Printer(draw)
    printer.space()
    tree = printer.value((), 0)
    printer.space()
    return printer.text.encode(), tree, printer


@given(printed(), st.data())
def test_every_value_and_key_is_found_where_it_was_printed(
    drawn: tuple[bytes, Any, Printer], data: st.DataObject
) -> None:
    text, tree, printer = drawn
    assert loads(text) == tree
    below = {path: span for path, span in printer.values.items() if path}
    asked = {path for path in below if data.draw(st.booleans())}
    found = {path: (at.value, at.end) for path, at in extents(text, asked | {("none",)}).items()}
    assert {path: found[path] for path in asked} == {path: below[path] for path in asked}
    assert found.items() <= below.items()
    for path, span in printer.keys.items():
        assert locate(text, path, "key") == span


def refuse(_: str) -> NoReturn:
    raise ValueError


def strict(text: bytes) -> Any:
    """Decode with the standard library, without what it takes beyond the standard."""
    return json.loads(text.decode(), parse_constant=refuse)


def alike(ours: Any, theirs: Any) -> bool:
    """Compare trees; an integer beyond 64 bits is the nearest double with us."""
    if type(ours) is float and type(theirs) is int:
        return ours == float(theirs) and not -(1 << 63) <= theirs < 1 << 64
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    return type(ours) is type(theirs) and bool(ours == theirs)


def is_beyond(value: Any) -> bool:
    """Tell whether a tree holds what JSON can write and we do not read."""
    if isinstance(value, dict):
        return any(is_beyond(each) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return any(map(is_beyond, value))
    if isinstance(value, str):
        return any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, int):
        return abs(value) > 1 << 1023
    return isinstance(value, float) and math.isinf(value)


@given(near_json() | st.binary(max_size=40))
@example(b'"\\ud800"')
@example(b"1e400")
@example(b"-" + b"9" * 4300)
@example(b"9" * 4301)
def test_two_decoders_disagree_only_where_that_is_known(text: bytes) -> None:
    try:
        theirs = strict(text)
    except ValueError as error:
        if "integer string conversion" not in str(error):
            assert is_refused(text)
            return
        theirs = math.inf
    if is_refused(text):
        assert is_beyond(theirs)
        assert diagnose(text, last=False)
    else:
        assert alike(loads(text), theirs)


def is_refused(text: bytes) -> bool:
    try:
        loads(text)
    except orjson.JSONDecodeError:
        return True
    return False
