"""Faults put into JSON at known places are those that are named; what is named can be mended."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_decode_properties import JSON_TEXT, near_json, refuses

from jsonl_lint.reading.decode import STRING as STRING_TOKEN
from jsonl_lint.reading.diagnose import diagnose
from jsonl_lint.reading.fault import Scene
from jsonl_lint.reading.mistakes import name
from jsonl_lint.reading.scan import Expected, scan_value

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Fault

Named = dict[str, tuple[int, int, int]]
"""By the name of a kind of fault: its first place, and how many there are."""

SPACE = st.sampled_from([b"", b"", b" ", b"\t "])
GOOD = [b"a", b"'", b"/*", b",]", rb"\n", rb"\u00e9", rb"\ud83d\ude00", rb"\\", rb"\""]
GOOD += ["éz".encode(), "\ufffdz".encode()]  # not in front of a backslash: that might be no escape
BAD = {
    b"\t": "unescaped-control",
    b"\x1f": "unescaped-control",
    rb"\q": "invalid-escape",
    rb"\u12": "invalid-escape",
    rb"\ud800": "lone-surrogate",
    b"\x00": "nul-bytes",
    b"\xff": "invalid-utf8",
    b"\xe2\x82": "invalid-utf8",
}
WORDS = {
    b"None": "python-literal",
    b"TRUE": "python-literal",
    b"NaN": "non-finite-number",
    b"-Infinity": "non-finite-number",
    b"1e999": "number-out-of-range",
    b"0x1F": "hex-number",
    b"01": "number-format",
    b".5": "number-format",
    b"+1": "number-format",
}


class Spoiler:
    """Writes JSON as it is drawn, with faults, and notes them by name."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = b""
        self.faults: Named = {}

    def __repr__(self) -> str:
        return repr(self.text)

    def put(self, text: bytes, fault: str = "") -> None:
        start = len(self.text)
        self.text += text
        self.note(fault, start, len(self.text))

    def note(self, fault: str, start: int, end: int) -> None:
        if fault:
            first, last, times = self.faults.get(fault, (start, end, 0))
            self.faults[fault] = first, last, times + 1

    def maybe(self) -> bool:
        return self.draw(st.integers(0, 5)) == 5

    def before(self) -> None:
        """Write what may stand in front of a token."""
        self.behind()
        if self.maybe():
            self.put(b" ")
            self.put(b"\xff", "invalid-utf8")
            self.put(b" ")

    def behind(self) -> None:
        self.put(self.draw(SPACE))
        if self.maybe():
            self.put(b"/* , ] */", "comment")
            self.put(self.draw(SPACE))

    def string(self) -> None:
        self.put(b'"')
        for piece in self.draw(st.lists(st.sampled_from([*GOOD, *BAD]), max_size=4)):
            self.put(piece, BAD.get(piece, ""))
            if piece in BAD:
                self.put(b"z")  # part of no escape, character or run
        self.put(b'"')

    def text_token(self) -> None:
        if self.maybe():
            self.put(self.draw(st.sampled_from([b"'a'", rb"'\''", b"'\"'"])), "single-quotes")
        else:
            self.string()

    def value(self, depth: int) -> None:
        kind = self.draw(st.sampled_from("swgco" if depth < 3 else "swg"))
        if kind == "s":
            self.text_token()
        elif kind == "w":
            word = self.draw(st.sampled_from(sorted(WORDS)))
            self.put(word, WORDS[word])
        elif kind == "g":
            self.put(self.draw(st.sampled_from([b"0", b"-1.5e3", b"true", b"null", b"[]"])))
        else:
            self.container(depth + 1, kind == "o")

    def extra_commas(self) -> None:
        while self.maybe():
            self.put(b",", "extra-comma")
            self.before()

    def container(self, depth: int, is_object: bool) -> None:  # noqa: FBT001 - see its caller
        self.put(b"{" if is_object else b"[")
        self.before()
        self.extra_commas()
        number = self.draw(st.integers(0, 3))
        for left in reversed(range(number)):
            has_value = not (is_object and self.key_alone())
            if has_value:
                self.value(depth)
            self.behind()
            if not has_value:
                self.note("missing-value", len(self.text), len(self.text) + 1)
            if left or self.maybe():
                self.put(b",", "" if left else "trailing-comma")
                self.before()
                self.extra_commas()
        self.put(b"}" if is_object else b"]")

    def key_alone(self) -> bool:
        """Write a key and its colon; tell whether it is to have no value."""
        self.text_token()
        self.behind()
        self.put(b":")
        self.before()
        return self.maybe()


@st.composite
def spoilt(draw: st.DrawFn) -> Spoiler:
    spoiler = Spoiler(draw)
    if spoiler.maybe():
        spoiler.put(b"/**/", "comment")
    spoiler.container(0, draw(st.booleans()))
    spoiler.put(draw(SPACE))
    while spoiler.maybe():
        spoiler.put(b",", "trailing-comma")
    return spoiler


@given(spoilt())
def test_the_faults_that_were_put_in_are_those_that_are_named(spoiler: Spoiler) -> None:
    assert refuses(spoiler.text) is bool(spoiler.faults)
    assume(spoiler.faults)
    found = diagnose(spoiler.text, last=False)
    assert {f.name: (f.start, f.end, f.times) for f in found} == spoiler.faults


MENDS = {
    "unescaped-control": b" ",
    "invalid-escape": b"x",
    "lone-surrogate": b"x",
    "trailing-comma": b"",
    "extra-comma": b"",
    "comment": b" ",
}
"""What to write in place of a fault behind which the line surely goes on."""


def mended(text: bytes, faults: list[Fault]) -> bytes:
    """Mend the first fault of each kind."""
    for fault in reversed(faults):
        text = text[: fault.start] + MENDS[fault.name] + text[fault.end :]
    return text


IN_STRINGS = [b"\t", b"\x1f", rb"\q", rb"\u12", rb"\ud800", rb"\udc00", b",", b"/**/"]
BETWEEN = [b",", b",", b"/**/"]


@st.composite
def dotted(draw: st.DrawFn) -> bytes:
    """Draw an array into which faults were put, anywhere in strings and between tokens."""
    text = b"[" + draw(JSON_TEXT) + b"]"
    for _ in range(draw(st.integers(1, 4))):
        strings = [token.span() for token in re.finditer(STRING_TOKEN, text, re.DOTALL)]
        inside = {at for start, end in strings for at in range(start + 1, end)}
        between = {at for at in range(1, len(text)) if text[at - 1] in b"[{," and at not in inside}
        at = draw(st.sampled_from(sorted(inside | between)))
        put = draw(st.sampled_from(IN_STRINGS if at in inside else BETWEEN))
        text = text[:at] + put + text[at:]
    return text


@given(dotted())
@example(b"[,,1,,2,,]")
@example(b'["\\q\\q\t\\\t\t"]')
@example(rb'["\ud800\ud800\udc00\udc00"]')
def test_each_fault_is_one_whose_mending_leaves_one_less(text: bytes) -> None:
    assume(refuses(text))
    faults = diagnose(text, last=False)
    assume(all(fault.name in MENDS for fault in faults))
    left = sum(fault.times for fault in faults)
    after = mended(text, faults)
    found = diagnose(after, last=False) if refuses(after) else []
    assert sum(fault.times for fault in found) == left - len(faults)
    assert {fault.name for fault in found} <= {fault.name for fault in faults}


@given(near_json() | st.binary(max_size=40), st.booleans())
def test_what_stops_a_strict_reader_first_is_named(text: bytes, last: bool) -> None:  # noqa: FBT001 - drawn by position
    content = text.removesuffix(b"\n").removesuffix(b"\r")
    assume(refuses(text) and is_utf8(content) and content.strip(b" \t\r\n\xef\xbb\xbf"))
    stop = scan_value(content, 0)
    assume(stop.expected is not Expected.NOTHING and not content.startswith(b"\xef\xbb\xbf"))
    first = name(Scene(content, stop, last))[0]
    found = {(f.name, f.start, f.end) for f in diagnose(text, last=last)}
    assert (first.name, first.start, first.end) in found
    before = {name for name, start, _ in found if start < first.start}
    assert before <= {"trailing-comma"}  # of two commas, the second one stops the reader


def is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


LEGACY = ["cp932", "gbk", "gb18030", "big5", "euc_jp", "koi8_r", "cp1252", "latin-1"]
"""Half of them have characters whose second byte is a backslash."""
TREE = st.recursive(
    st.none() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=3
)


@cache
def characters(codec: str) -> st.SearchStrategy[str]:
    """Give the characters beyond ASCII that an encoding has, as far as Unicode's first plane."""
    found = (chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000)
    known = (char for char in found if char.encode(codec, "ignore").decode(codec) == char)
    return st.sampled_from(list(known))


@given(st.sampled_from(LEGACY), st.data())
def test_json_in_another_encoding_has_no_fault_but_that(codec: str, data: st.DataObject) -> None:
    beyond = st.text(characters(codec), min_size=1, max_size=3)
    ascii_text = st.text(st.sampled_from('ab"\\\n/u{}[],:'), max_size=3)
    texts = st.lists(beyond | ascii_text, max_size=4).map("".join)
    record = data.draw(st.dictionaries(texts, texts | TREE, min_size=1, max_size=4))
    text = json.dumps(record, ensure_ascii=False).encode(codec)
    assume(not is_utf8(text))
    assert [fault.name for fault in diagnose(text, last=False)] == ["invalid-utf8"]
