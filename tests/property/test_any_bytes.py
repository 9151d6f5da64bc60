"""Any bytes at all are checked to their end, and every finding has a place inside them."""

from __future__ import annotations

import io
from codecs import BOM_UTF8, BOM_UTF16_LE
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import chat, human, jsonl

from jsonl_lint import Config, Finding, lint_bytes
from jsonl_lint.api import make_linter
from jsonl_lint.reading.filled import Filled
from jsonl_lint.reading.source import Stream
from jsonl_lint.rules import CRASHED

if TYPE_CHECKING:
    from jsonl_lint.linting.summary import FileResult

EVERYTHING = Config(select=("ALL",), max_line_bytes=4096)
LINTER = make_linter(EVERYTHING)
REFERENCE = make_linter(EVERYTHING, reference=True)
TOOL_RECORD = {
    "messages": [
        {"role": "user", "content": "Wie heißt 狐 🦊?"},
        {
            "role": "assistant",
            "tool_calls": [
                {
                    "id": "abcdefghi",
                    "type": "function",
                    "function": {"name": "f", "arguments": '{"word": "狐 \\"🦊\\""}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "abcdefghi", "content": "Fuchs"},
        {"role": "assistant", "content": "Fuchs"},
    ],
    "tools": [
        {
            "type": "function",
            "function": {"name": "f", "description": "d", "parameters": {"type": "object"}},
        }
    ],
}
THREE = jsonl(chat("Grüße"), TOOL_RECORD, {"text": "a\u2028b\x85c"}, fill=False)

POOL = [
    line
    for path in sorted((Path(__file__).parents[2] / "fixtures" / "targets").glob("*/*.jsonl"))
    for line in path.read_bytes().splitlines(keepends=True)
]
"""Good records and bad ones, each with another fault."""

Seen = list[tuple[Any, ...]]


def seen(finding: Finding) -> tuple[Any, ...]:
    return (finding.rule, finding.severity, finding.line, finding.record, finding.message,
            finding.hint, finding.place, finding.fingerprint)  # fmt: skip


def check_whole(data: bytes) -> Seen:
    """Check data, see that what is found fits them, and give it."""
    report = lint_bytes(data, config=EVERYTHING)
    result = report.result
    assert result.error == ""
    assert result.bytes_read == len(data)
    assert 0 <= result.records <= result.lines
    assert result.counts.total() == len(report.findings)
    starts = [0, *(at + 1 for at, byte in enumerate(data) if byte == ord("\n"))]
    for finding in report.findings:
        column, end_column, offset, length = finding.place
        assert finding.rule != CRASHED
        assert 1 <= finding.line <= len(starts)
        assert finding.record is None or 0 <= finding.record < result.records
        assert 1 <= column <= end_column
        assert length >= 0
        assert offset + length <= len(data)
        if finding.record is not None:
            end = starts[finding.line] if finding.line < len(starts) else len(data)
            assert starts[finding.line - 1] <= offset <= offset + length <= end
    if not report.findings:
        assert report.ok()
    return list(map(seen, report.findings))


lines = st.lists(st.sampled_from(POOL), max_size=5)
MARKS = [b"\n", b"\r\n", b"\x00" * 8, b"\xff", b"\xc3", BOM_UTF8, BOM_UTF16_LE, "\u2028".encode()]
TOKENS = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"'", b"-", b" ", b"\t", b"\\ud800"]
STARTS = [b"NaN", b"1e999", b"0x1", b"//", b"\x1f\x8b", b"<html>", b"version https://git-lfs"]
inserts = st.sampled_from([*MARKS, *TOKENS, *STARTS])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw JSON lines with some bytes cut out, put in, written over or encoded otherwise."""
    data = b"".join(draw(lines))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        act = draw(st.sampled_from(["cut", "insert", "overwrite", "end"]))
        if act == "end":
            data = data[:start]
        elif act == "overwrite":
            data = data[:start] + b"\x00" * (end - start) + data[end:]
        else:
            put = draw(inserts) if act == "insert" else b""
            data = data[:start] + put + data[end if act == "cut" else start :]
    recoded = draw(st.sampled_from([*["utf-8"] * 6, "utf-16", "utf-16-be", "utf-32", "latin-1"]))
    if recoded != "utf-8":
        data = data.decode("utf-8", "replace").encode(recoded, "replace")
    return draw(st.sampled_from([b"", b"", b"", BOM_UTF8])) + data


@given(st.binary(max_size=200))
@example(b"")
@example(BOM_UTF8)
@example(BOM_UTF8 + b"null")
@example(b"\n" * 100)
@example(b"{\n" * 10)
@example(b'"' + b"\\" * 99)
@example(b"[" * 5000)
@example(b'{"a":' * 1024)
@example(b"\xef\xbb")
def test_any_bytes(data: bytes) -> None:
    check_whole(data)


@settings(max_examples=300)
@given(damaged())
def test_damaged_lines(data: bytes) -> None:
    found = check_whole(data)
    again = check_whole(data)
    assert again == found


@settings(max_examples=100)
@given(damaged())
def test_damaged_lines_by_reference(data: bytes) -> None:
    assert in_blocks(data, 1 << 16, REFERENCE)[0] == check_whole(data)


@pytest.mark.parametrize("start", [b"", BOM_UTF8, b"\n", jsonl(human(), fill=False)])
def test_data_cut_anywhere_get_a_verdict(start: bytes) -> None:
    records = [len(record) for record in (start + THREE).splitlines(keepends=True)]
    ends = list(accumulate(records))
    whole = {0, len(start), *ends, *(end - 1 for end in ends)}
    for end in range(ends[-1]):
        rules = {rule for rule, *_ in check_whole((start + THREE)[:end])}
        if end in whole or start[:end] == BOM_UTF8[:end]:
            assert not rules & {"invalid-json", "invalid-utf8"}
        else:
            assert "truncated-last-line" in rules


class Slow(io.RawIOBase):
    """Gives at most so many bytes at once, as pipes and sockets do."""

    def __init__(self, data: bytes, block: int) -> None:
        self._data = io.BytesIO(data)
        self._block = block

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[: self._block])


def in_blocks(data: bytes, block: int, linter: Any = LINTER) -> tuple[Seen, FileResult]:
    """Check data that come in blocks, as the reader of pipes does."""
    slow = Slow(data, block)
    content: io.BufferedReader = io.BufferedReader(Filled(slow.readinto), 1 << 16)
    check = linter.check("<bytes>")
    return list(map(seen, check.findings(Stream(content)))), check.result


BAD = jsonl(human(), [1], fill=False) + b'{"a"\n\n\xff\n' + BOM_UTF8 + b'{"text": "x"}\r\n{"text'


@pytest.mark.parametrize(
    "data",
    [
        THREE + BAD,
        BOM_UTF8 + BAD + b"x" * 5000 + b"\n" + THREE,
        '{"text": "a"}\n'.encode("utf-16"),
        b'[\n{"a": 1}, {"b": "\\\\\\""}\n]\n' * 3,
        b'{\n"a": "}{"\n}\n{\n"b": "\\"{"\n}\n',
        b"\x1f\x8b\x08\x00" * 10,
        b"",
    ],
    ids=["lines", "mark and long line", "utf-16", "array", "pretty", "gzip", "empty"],
)
def test_blocks_of_any_size_give_the_same_findings(data: bytes) -> None:
    found = check_whole(data)
    for block in range(1, 65):
        blocks, result = in_blocks(data, block)
        assert blocks == found
        assert result.bytes_read == len(data)


@settings(max_examples=50)
@given(damaged(), st.integers(1, 64))
def test_damaged_lines_in_blocks(data: bytes, block: int) -> None:
    assert in_blocks(data, block)[0] == check_whole(data)
