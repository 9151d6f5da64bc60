"""Flattening: each refusal with its sentence and its place, and the bounds."""

from __future__ import annotations

import tracemalloc
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from jsonl_lint.reading.flatten import FlattenError, flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1000
BAD_ARRAYS = [
    (b"", "the text ends before the end of the array", 0),
    (b"[", "the text ends before the end of the array", 1),
    (b"[{}", "the text ends before the end of the array", 3),
    (b"{}", "something else than an array begins", 0),
    (b"[1]", "element 1 is a number, not an object,", 1),
    (b'[{},"a"]', "element 2 is a string, not an object,", 4),
    (b"[{},\n [{}]]", "element 2 is an array, not an object,", 6),
    (b"[null]", "element 1 is null, not an object,", 1),
    (b"[{}, x]", "element 2 is text that is not JSON, not an object,", 5),
    (b"[{},]", "element 2 is text that is not JSON, not an object,", 4),
    (b"[{} {}]", 'neither "," nor "]" follows element 1', 4),
    (b"[{}] []", "text follows the end of the array", 5),
    (b"[{]", 'element 1 is not JSON: "]" does not close the "{"', 2),
    (b'[{"a": 1\n2}]', "element 1 is not JSON: no comma before this", 9),
    (b'[{}, {"a": 1,}]', 'element 2 is not JSON: trailing comma before "}"', 12),
    (b'[{"a": "x\ny"}]', "a line break stands in a string", 9),
    (b'[{"a": "x\\\ny"}]', "a line break stands in a string", 9),
    (b'[{"a": 1}, {"b": "', "the text ends inside element 2, which begins", 11),
    (b'[{"a": "\\', "the text ends inside element 1, which begins", 1),
    (b'[{"a": "\\\\', "the text ends inside element 1, which begins", 1),
    (b'[{"a": "' + b"x" * LIMIT, "a record is longer than 1,000 bytes; it begins", 1),
]
BAD_OBJECTS = [
    (b"{} 1", "record 2 is a number, not an object,", 3),
    (b"{},{}", "record 2 is text that is not JSON, not an object,", 2),
    (b"[{}]", "record 1 is an array, not an object,", 0),
    (b"\xef\xbb\xbf{", "the text ends inside record 1, which begins", 3),
    (b"{}\xef\xbb\xbf{}", "record 2 is text that is not JSON, not an object,", 2),
    (b'{"a": "\xff"}', "record 1 is not JSON: byte 0xff is not UTF-8 here", 7),
]


@pytest.mark.parametrize(("text", "message", "offset"), BAD_ARRAYS)
def test_an_array_is_refused_at_its_fault(text: bytes, message: str, offset: int) -> None:
    assert refusal(text, 1) == (f"{message} at byte {offset:,}", offset)


@pytest.mark.parametrize(("text", "message", "offset"), BAD_OBJECTS)
def test_objects_are_refused_at_their_fault(text: bytes, message: str, offset: int) -> None:
    assert refusal(text, 0) == (f"{message} at byte {offset:,}", offset)


def refusal(text: bytes, level: int) -> tuple[str, int]:
    with pytest.raises(FlattenError) as caught:
        list(flatten([text], level, LIMIT))
    return str(caught.value), caught.value.offset


def test_numbers_escapes_spaces_and_equal_keys_stay_as_they_are() -> None:
    text = b'[\r\n  {"n": 1.50e2,  "n":0.10,\r\n   "s" : "\\u00e9\\/ \\n"}\r\n]\r\n'
    line = b'{"n": 1.50e2,  "n":0.10,"s" : "\\u00e9\\/ \\n"}\n'
    assert list(flatten([text], 1, LIMIT)) == [line]


def test_what_is_no_line_break_in_json_stays_in_strings() -> None:
    text = '{"a":\n"\u2028\u2029\u0085"}'.encode()
    assert list(flatten([text], 0, LIMIT)) == ['{"a":"\u2028\u2029\u0085"}\n'.encode()]


def test_a_record_of_just_the_limit_passes() -> None:
    record = b'{"a":"' + b"x" * (LIMIT - 8) + b'"}'
    assert len(record) == LIMIT
    assert list(flatten([b"[", record, b"]"], 1, LIMIT)) == [record + b"\n"]


def test_memory_is_that_of_one_record() -> None:
    def endless() -> Iterator[bytes]:
        yield b"["
        yield from repeat(b'{"a": "' + b"\\n" * 20_000 + b'"},\n', 500)
        yield b"{}]"

    tracemalloc.start()
    assert sum(map(len, flatten(endless(), 1, 1 << 20))) > 20_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_long_string_of_escapes_takes_little_memory() -> None:
    text = b'{"a": "' + b"\\n" * 2_000_000 + b'"}'
    assert list(flatten([text], 0, 1 << 23)) == [text + b"\n"]
