"""The decoder's companions against independent oracles: json.loads, bytes.decode and orjson."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jsonl_lint.reading.decode import count_keys, keys_are_unique, loads
from jsonl_lint.reading.diagnose import diagnose
from jsonl_lint.reading.first import first_fault
from jsonl_lint.reading.overlooked import duplicate_keys
from jsonl_lint.reading.scan import Expected, scan_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.finding import Path

# Few characters, so that keys meet again, and those that mislead: they look like the end of a key.
CONTENT = st.text(st.sampled_from('ab":\\ \t,{}[]é\U0001f600'), max_size=4)
SPACE = st.sampled_from(["", "", "", " ", "\t", "\r", " \t  "])


def escape_all(text: str) -> str:
    units = text.encode("utf-16-be").hex()
    return '"' + "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4)) + '"'


PRINTERS: list[Callable[[str], str]] = [
    lambda text: json.dumps(text, ensure_ascii=False),
    json.dumps,
    escape_all,
]
STRING = st.builds(lambda write, text: write(text), st.sampled_from(PRINTERS), CONTENT)
SCALAR = STRING | st.sampled_from(["0", "-1.5e3", "1E+2", "18446744073709551616", "true", "null"])


def printed_list(brackets: str, parts: list[str], space: str) -> str:
    return brackets[0] + space + ("," + space).join(parts) + space + brackets[1]


def containers(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.builds(
        lambda key, before, after, value: f"{key}{before}:{after}{value}",
        STRING,
        SPACE,
        SPACE,
        values,
    )
    arrays = st.builds(printed_list, st.just("[]"), st.lists(values, max_size=4), SPACE)
    return arrays | st.builds(printed_list, st.just("{}"), st.lists(members, max_size=5), SPACE)


JSON_TEXT = st.recursive(SCALAR, containers, max_leaves=12).map(str.encode)

MARKS = [bytes([byte]) for byte in b"{}[],:\"\\ \t\r\n\x00\x0c\x7f\xff#/'-+.eE019tfnu"]
WORDS = [b"NaN", b"None", b"true", b"1e308", b"1e309", b"-0", b"01", b"//", b"/*"]
ESCAPES = [rb"\ud83d", rb"\ude00", rb"\u00e9", rb"\x"]
CHARACTERS = [b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\xa0", b"\xed\xa0\x80"]
FRAGMENT = st.sampled_from([b"", *MARKS, *WORDS, *ESCAPES, *CHARACTERS])


@st.composite
def near_json(draw: st.DrawFn) -> bytes:
    text = draw(JSON_TEXT)
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 3, len(text))))
        text = text[:start] + draw(FRAGMENT) + text[end:]
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


def refuses(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return True
    return False


class Pairs(list[tuple[str, Any]]):
    """An object as json.loads read it, with every member."""


def duplicate_paths(value: object, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, Pairs):
        seen = set()
        for key, item in value:
            if key in seen:
                yield (*path, key)
            seen.add(key)
            yield from duplicate_paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from duplicate_paths(item, (*path, index))


@given(JSON_TEXT)
@example(rb'{"\\":0,"\\" :0}')
def test_duplicate_keys_are_those_that_json_loads_sees(text: bytes) -> None:
    expected = list(duplicate_paths(json.loads(text, object_pairs_hook=Pairs)))
    found = [one for one in duplicate_keys(text) if one.key is not None]
    assert [duplicate.path for duplicate in found] == expected
    for duplicate in found:
        first, second = (loads(text[slice(*span)]) for span in (duplicate.first, duplicate.second))
        assert first == second == duplicate.key == duplicate.path[-1]
        assert duplicate.first[1] <= duplicate.second[0]


@given(JSON_TEXT)
def test_keys_are_unique_exactly_when_none_is_duplicate(text: bytes) -> None:
    expected = count_keys(loads(text))
    unique = next(duplicate_keys(text)).key is None
    assert keys_are_unique(text, expected) is unique
    assert keys_are_unique(text.decode(), expected) is unique
    assert keys_are_unique(text + b"\r\n", expected) is unique


@given(near_json() | st.binary(max_size=40))
def test_the_scan_accepts_what_orjson_accepts(text: bytes) -> None:
    if where_bytes_decode_stops(text):
        assert refuses(text)
        return
    stop = scan_value(text, 0)
    complete = stop.expected is Expected.NOTHING and stop.at == len(text)
    assert complete is not refuses(text)


@given(near_json() | st.binary(max_size=40), st.booleans())
def test_a_refused_line_has_a_fault_within_it(text: bytes, last: bool) -> None:  # noqa: FBT001
    assume(refuses(text))
    content = text.removesuffix(b"\n").removesuffix(b"\r")
    faults = diagnose(text, last=last)
    assert faults
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(content)
        assert not last or fault.kind != "unexpected-end"
        assert last or fault.rule != "truncated-last-line"
        assert fault.times >= 1
    assert faults == sorted(faults, key=lambda fault: fault.start)
    assert len({fault.name for fault in faults}) == len(faults)


def where_bytes_decode_stops(text: bytes) -> list[tuple[int, int]]:
    """Give all such places: decoding is begun again behind each."""
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        try:
            text[at:].decode()
        except UnicodeDecodeError as error:
            places.append((at + error.start, at + error.end))
            at += error.end
        else:
            break
    return places


@given(near_json() | st.binary(max_size=40))
def test_the_first_fault_can_be_had_alone(text: bytes) -> None:
    assume(refuses(text))
    one = diagnose(text, last=False)[0]
    assert first_fault(text)._replace(times=one.times) == one


@given(near_json() | st.binary(max_size=40))
@example(b"[\xef\xbf\xbd\xff\xef\xbf]")
def test_invalid_utf8_is_where_bytes_decode_stops(text: bytes) -> None:
    assume(refuses(text))
    content = text.removesuffix(b"\n").removesuffix(b"\r")
    found = [fault for fault in diagnose(text, last=False) if fault.rule == "invalid-utf8"]
    places = where_bytes_decode_stops(content)
    assert [(fault.start, fault.end) for fault in found] == places[:1]
    assert [fault.times for fault in found] == [len(places)] * bool(places)


@given(JSON_TEXT.filter(lambda text: text[:1] in b"{["), st.data())
def test_a_text_cut_anywhere_is_a_truncated_last_line(text: bytes, data: st.DataObject) -> None:
    cut = text[: data.draw(st.integers(1, len(text) - 1))].rstrip(b"\r")
    (fault,) = diagnose(cut, last=True)
    assert (fault.rule, fault.start) == ("truncated-last-line", len(cut))
