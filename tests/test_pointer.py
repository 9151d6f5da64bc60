"""From a path to text and to a place in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jsonl_lint.pointer import columns, locate, shape, to_pointer

if TYPE_CHECKING:
    from jsonl_lint.finding import Part, Path


@pytest.mark.parametrize(
    ("path", "pointer", "form"),
    [
        ((), "", ""),
        (("messages", 0, "content"), "/messages/0/content", "/messages/*/content"),
        (("a/b", "c~d", "~1"), "/a~1b/c~0d/~01", "/a~1b/c~0d/~01"),
        (("", 12), "//12", "//*"),
        (("0",), "/0", "/0"),
    ],
)
def test_a_path_is_written_as_a_pointer(path: Path, pointer: str, form: str) -> None:
    assert (to_pointer(path), shape(path)) == (pointer, form)


@pytest.mark.parametrize(
    ("raw", "path", "part", "text"),
    [
        (b'{"a": 1, "b": 22}', ("b",), "value", b"22"),
        (b'{"a": 1, "b": 22}', ("b",), "key", b'"b"'),
        (b'{"a": [10, [20, 30]]}', ("a", 1, 0), "value", b"20"),
        (b'{"a": {"b": {}}}', ("a", "b"), "key", b'"b"'),
        (b'["x", {"y": null}]', (1, "y"), "value", b"null"),
        (b'"alone"', (), "value", b'"alone"'),
        (b'\xef\xbb\xbf {"a":true}\r\n', ("a",), "value", b"true"),
        (b'{"\\u0061": "\\"]}"}', ("a",), "value", b'"\\"]}"'),
        (b'{"\xc3\xa9": 1}', ("é",), "key", b'"\xc3\xa9"'),
        (b'{"\\ud83d\\ude00": 1}', ("😀",), "key", b'"\\ud83d\\ude00"'),
        (b'{"\\\\\\\\": 1, "\\\\": 2}', ("\\",), "value", b"2"),
        (b'{"": 0}', ("",), "key", b'""'),
    ],
)
def test_locate_finds_the_value_or_its_key(raw: bytes, path: Path, part: Part, text: bytes) -> None:
    start, end = locate(raw, path, part)
    assert raw[start:end] == text


@pytest.mark.parametrize(
    ("raw", "path", "span"),
    [
        (b'{"a": 1, "a": 2}', ("a",), (14, 15)),
        (b'{"a": 1, "\\u0061": 2}', ("a",), (19, 20)),
        (b'{"a": {"b": 1}, "a": {"b": 2}}', ("a", "b"), (27, 28)),
        (b'{"a": [{"b": 1}], "a": [{"b": 2}]}', ("a", 0, "b"), (30, 31)),
        (b'{"a": {"b": 1}, "a": 5}', ("a", "b"), (21, 22)),
    ],
)
def test_the_last_of_equal_keys_counts(raw: bytes, path: Path, span: tuple[int, int]) -> None:
    assert locate(raw, path) == span


@pytest.mark.parametrize(
    ("path", "span"),
    [
        (("b",), (0, 1)),
        (("a", 2), (6, 7)),
        (("a", -1), (6, 7)),
        (("a", "b"), (6, 7)),
        (("a", 0, "deep"), (7, 8)),
        ((0,), (0, 1)),
    ],
)
@pytest.mark.parametrize("part", ["value", "key"])
def test_a_path_that_leads_nowhere_gives_where_it_was_lost(
    path: Path, span: tuple[int, int], part: Part
) -> None:
    assert locate(b'{"a": [1, 2]}', path, part) == span


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"}", b'{"a', b'{"a": [1', b'{"a": "x'])
def test_text_where_reading_gets_stuck_is_located_as_a_whole(raw: bytes) -> None:
    assert locate(raw, ("a", 1)) == (0, len(raw.rstrip(b"\r\n")))


def test_containers_deeper_and_longer_than_the_patterns_reach_are_stepped_over() -> None:
    deep = b"[" * 500 + b'"]"' + b"]" * 500
    long = b"[" + b",".join([b'"x\\""'] * 2500) + b"]"
    quoted = b'"' + b'\\"' * 2500 + b'"'
    raw = b'{"m": [' + b", ".join([deep, long, quoted, b"7"]) + b'], "n": 8}'
    for path, value in ((("m", 3), b"7"), (("m", 1, 2499), b'"x\\""'), (("n",), b"8")):
        start, end = locate(raw, path)
        assert raw[start:end] == value
    assert raw[slice(*locate(raw, ("m", 0, *[0] * 500)))] == b'"]"'


def test_keys_of_elements_and_of_the_root_are_their_values() -> None:
    assert locate(b'{"a": [5]}', ("a", 0), "key") == (7, 8)
    assert locate(b'{"a": [5]}', (), "key") == (0, 1)


@pytest.mark.parametrize(
    ("raw", "span", "expected"),
    [
        (b'{"a": 1}', (6, 7), (7, 8)),
        (b'{"a": 1}', (8, 8), (9, 9)),
        (b'{"\xc3\xa9": 1}', (7, 8), (7, 8)),
        (b'"\xf0\x9f\x98\x80" ', (0, 6), (1, 4)),
        (b"\xef\xbb\xbf{}", (3, 4), (1, 2)),
        (b"\xef\xbb\xbf{}", (0, 5), (1, 3)),
        (b"\xff\xfe{}", (2, 3), (3, 4)),
        (b"\xed\xa0\x80", (0, 3), (1, 4)),
    ],
)
def test_columns_count_code_points(
    raw: bytes, span: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert columns(raw, *span) == expected
