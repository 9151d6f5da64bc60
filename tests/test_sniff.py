"""What a file is instead of JSON lines, told from its first bytes; and how many objects it has."""

from __future__ import annotations

import json
import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.reading.head import HEAD_BYTES
from jsonl_lint.reading.sniff import GIT_LFS_POINTER, sniff
from jsonl_lint.reading.structure import count_objects

RECORD = b'{"text": "Paris", "tags": [{"a": 1}]}'
ARRAY, PRETTY, KIND, WIDE, CR, NUL = (
    "looks-like-json-array",
    "pretty-printed",
    "wrong-file-kind",
    "utf16-or-utf32",
    "cr-only-line-ends",
    "nul-bytes",
)
LONG = b'{"text": "' + b"x" * HEAD_BYTES

HEADS = [
    ("nothing", b"", True, None),
    ("blank lines", b"\n \r\n\t", True, None),
    ("one record", RECORD, True, None),
    ("records", RECORD + b"\r\n" + RECORD + b"\n", True, None),
    ("a mark and records", b"\xef\xbb\xbf" + RECORD + b"\n" + RECORD, True, None),
    ("a record longer than the head", LONG, False, None),
    ("a record with a lone opening bracket", b"{", True, None),
    ("scalars", b'"[{"\n12\n', True, None),
    ("an array a line", b"[" + RECORD + b"]\n[" + RECORD + b"]\n", True, None),
    ("an array a line, more than the head", b"[" + RECORD + b"]\n[" + RECORD, False, None),
    ("an array without objects", b'["{", [{}]]\n', True, None),
    ("an empty array", b"[]\n", True, None),
    ("a record that breaks off", b'{"text": "Paris"\n' + RECORD + b"\n", True, None),
    ("a record that breaks off in a string", b'{"text": "Par\n' + RECORD + b"\n", True, None),
    ("a record that breaks off in a list", b'{"a": [1,\n' + RECORD + b"\n" + RECORD, True, None),
    ("the same, with one record behind", b'{"a": [1,\n' + RECORD + b"\n", True, None),
    ("a record with bad UTF-8", b'{"text": "\xff"}\n' + RECORD + b"\n", True, None),
    ("a record with bad UTF-8 at the end", b'{"text": "\xff"}\n', True, None),
    ("two records on the first line", RECORD + RECORD + b"\n" + RECORD, True, None),
    ("a record with a comma behind", RECORD + b",\n" + RECORD + b",\n", True, None),
    ("an interrupted write", b"{" + b"\x00" * 99, True, None),
    ("text", b"a PAR1 <html>", True, None),
    ("an array on one line", b" [" + RECORD + b", " + RECORD + b"]\n\n", True, ARRAY),
    ("an array without a line feed", b"[" + RECORD + b"]", True, ARRAY),
    ("an array longer than the head", b"[" + LONG, False, ARRAY),
    ("an array of lines", b"[\n" + RECORD + b",\n" + RECORD + b"\n]\n", True, ARRAY),
    ("an array of lines, CRLF", b"[\r\n" + RECORD + b",\r\n" + RECORD + b"\r\n]", True, ARRAY),
    ("an array beside its bracket", b"[" + RECORD + b",\n" + RECORD + b"]", True, ARRAY),
    ("an array with a fault", b"[" + RECORD + b",\n" + RECORD + b",\n]", True, ARRAY),
    ("an array cut by the head", b"[" + RECORD + b",\n" + RECORD[:9], False, ARRAY),
    ("an indented array", json.dumps([{"a": 1}], indent=1).encode(), True, ARRAY),
    ("an indented object", json.dumps({"a": [1]}, indent=4).encode(), True, PRETTY),
    ("the same behind a mark", b"\xef\xbb\xbf\n{\n}", True, PRETTY),
    ("an object beside its bracket", b'{"a": 1,\n"b": 2}\n{"a": 1,\n"b": 2}\n', True, PRETTY),
    ("an indented object with a fault", b'{"a": [\n  {"b": 1,},\n]}\n', True, PRETTY),
    ("an object cut by the head", b'{"a": 1,\n"b": [1, 2', False, PRETTY),
    ("an object closed on the next line", b'{"a": 1\n}\n', True, PRETTY),
    ("gzip", b"\x1f\x8b\x08\x00", True, KIND),
    ("a pickle", pickle.dumps([{"a": 1}]), True, KIND),
    ("an older pickle", pickle.dumps({"a": 1}, protocol=2), True, KIND),
    ("a tar archive", b"train.jsonl".ljust(257, b"\x00") + b"ustar\x0000", True, KIND),
    ("text with the mark of one", b"x" * 257 + b"usta", True, None),
    ("records in CR", RECORD + b"\r" + RECORD, True, CR),
    ("records in CR, cut by the head", RECORD + b"\r" + RECORD + b"\r" + RECORD[:9], False, CR),
    ("one record and CR", RECORD + b"\r \r", True, None),
    ("one record and the start of one", RECORD + b"\r" + RECORD[:9], False, None),
    ("CR and LF", RECORD + b"\r" + RECORD + b"\n", True, None),
    ("CR between elements", b"[" + RECORD + b",\r" + RECORD + b"]", True, ARRAY),
    ("CR in a pretty object", b'{\r"a": 1\r}', True, None),
    ("NUL, less than the head", bytes(HEAD_BYTES - 1), True, None),
    ("NUL", bytes(HEAD_BYTES), False, NUL),
    ("NUL, and a bit in it", bytes(HEAD_BYTES - 1) + b"\x01", False, None),
    ("a Git LFS pointer", GIT_LFS_POINTER + b"v1\noid", True, KIND),
    ("a git-annex pointer", b"/annex/objects/MD5-s1--0", True, KIND),
    ("HTML", b"\xef\xbb\xbf\n<!DOCTYPE HTML PUBLIC>", True, KIND),
    ("XML", b'<?xml version="1.0"?><Error/>', True, KIND),
    *[
        (f"{encoding}, {mark!r}", (mark + '{"a": 1}\n').encode(encoding), True, WIDE)
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for mark in ("\ufeff", "", "\r\n \t", "\ufeff\n")
    ],
    ("UTF-16 that begins with a string", '"a"\n'.encode("utf-16-be"), True, WIDE),
    ("UTF-16 with text in another script", '{"日本": "é"}'.encode("utf-16-le"), True, WIDE),
]


@pytest.mark.parametrize(
    ("head", "whole", "rule"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS]
)
def test_sniff(head: bytes, whole: bool, rule: str | None) -> None:  # noqa: FBT001 - a column
    kind = sniff(head, whole=whole)
    assert (kind.rule if kind else None) == rule


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_wide_text_is_named(encoding: str, mark: str) -> None:
    kind = sniff((mark + "[]").encode(encoding), whole=True)
    assert kind
    assert encoding[:6].upper() in kind.message


lines_of_json = st.lists(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=5,
    ).map(lambda value: json.dumps({"value": value}, ensure_ascii=False).encode()),
    min_size=1,
)


@given(lines_of_json, st.sampled_from([b"\n", b"\r\n", b"\n\n", b" \n"]))
def test_records_on_lines_are_never_taken_for_something_else(
    lines: list[bytes], separator: bytes
) -> None:
    text = separator.join(lines)
    assert sniff(text, whole=True) is None
    assert sniff(text, whole=False) is None


@given(lines_of_json)
def test_arrays_and_pretty_printed_objects_are_always_told(lines: list[bytes]) -> None:
    values = [json.loads(line) for line in lines]
    for indent in (None, 0, 2):
        array = sniff(json.dumps(values, indent=indent).encode(), whole=True)
        assert array
        assert (array.rule, array.level) == (ARRAY, 1)
    objects = sniff("\n".join(json.dumps(value, indent=2) for value in values).encode(), whole=True)
    assert objects
    assert (objects.rule, objects.level) == (PRETTY, 0)


TEXTS = [
    (b"", 0, 0),
    (b"{}", 0, 1),
    (b"{}", 1, 0),
    (b'{"a": {"b": {}}}\n{"a": {}}', 0, 2),
    (b'{"a": {"b": {}}}\n{"a": {}}', 1, 2),
    (b'[{"a": [{}]}, {}, [{}], "{"]', 1, 2),
    (rb'[{"a": "}\"{\\"}, {"\\\"{": "\\\\"}, "\u007b"]', 1, 2),
    ('[{"日本": "{🙂}"}]'.encode(), 1, 1),
]


@pytest.mark.parametrize(("text", "level", "objects"), TEXTS)
def test_count_objects(text: bytes, level: int, objects: int) -> None:
    assert count_objects([text], level) == objects
    assert count_objects([text[i : i + 1] for i in range(len(text))], level) == objects


def cut(text: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


json_trees = st.recursive(
    st.text(alphabet='\\"{}[]a\n', max_size=6) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet='\\"{}a', max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(json_trees, max_size=4), st.lists(st.integers(0, 9999), max_size=6))
def test_any_chunks_of_json_give_the_count_of_its_tree(
    values: list[object], places: list[int]
) -> None:
    text = json.dumps(values).encode()
    objects = sum(isinstance(value, dict) for value in values)
    assert count_objects(cut(text, places), 1) == objects


@given(
    st.text(alphabet='\\"{}[],a', max_size=40),
    st.lists(st.integers(0, 99), max_size=6),
    st.sampled_from([0, 1]),
)
def test_any_chunks_of_any_text_give_the_same_count(
    text: str, places: list[int], level: int
) -> None:
    data = text.encode()
    assert count_objects(cut(data, places), level) == count_objects([data], level)
