"""Lines and files that cost more than they look like: let go, named, and gone past."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from samples import CLEAN, chat, jsonl, line

from jsonl_lint import Config, lint_bytes, lint_file
from jsonl_lint.api import make_linter
from jsonl_lint.reading.lines import MAX_NODES, OversizedLine, read_lines
from jsonl_lint.reading.overlooked import line_separators, rounded_integers, too_deep
from jsonl_lint.reading.structure import has_more_nodes

if TYPE_CHECKING:
    from pathlib import Path

    from jsonl_lint import Report

FEW = "too-few-examples"
MEBIBYTE = 1 << 20


def places(report: Report) -> list[tuple[str, int, int]]:
    return [(f.rule, f.line, f.place.byte_offset) for f in report.findings if f.rule != FEW]


def read(data: bytes, limit: int) -> list[tuple[int, bytes, str]]:
    return [
        (len(one), one.tail, one.rule) if isinstance(one, OversizedLine) else (len(one), one, "")
        for one in read_lines(io.BytesIO(data), limit)
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b""])
def test_a_line_that_is_skipped_keeps_its_length_and_its_end(end: bytes) -> None:
    long = b"x" * (3 * MEBIBYTE) + end
    for limit in (len(long) - len(end) - 1, MEBIBYTE - 1, MEBIBYTE, 10):
        assert read(long, limit)[0] == (len(long), long[-2:], "line-too-long")
    assert read(long, len(long)) == [(len(long), long, "")]


def test_a_skipped_line_of_nul_alone_is_known_for_it() -> None:
    nul = bytes(3 * MEBIBYTE)
    assert read(nul + b"\r\n" + nul + b"x\n" + nul, 100) == [
        (len(nul) + 2, b"\r\n", "nul-bytes"),
        (len(nul) + 2, b"x\n", "line-too-long"),
        (len(nul), b"\0\0", "nul-bytes"),
    ]


class Pausing(io.RawIOBase):
    """Says once that there is no more, and then goes on."""

    def __init__(self, before: bytes, behind: bytes) -> None:
        self._reads = [before, b"", behind]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        read = self._reads.pop(0) if self._reads else b""
        buffer[: len(read)] = read
        return len(read)


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 100])
def test_no_line_is_torn_where_a_file_seems_to_end(limit: int) -> None:
    data = b"12345\n\n678\n9"
    whole = [length for length, *_ in read(data, limit)]
    for at in range(1, len(data)):
        stream = io.BufferedReader(Pausing(data[:at], data[at:]))
        *before, last = map(len, read_lines(stream, limit))
        assert [*before, last] == whole or sum(before) + last == at
        assert before == whole[: len(before)]
        assert limit < 6 or stream.read() == data[at:]


MANY = b'{"text": [' + b"1," * MAX_NODES + b"1]}\n"
HELD = b'{"text": "' + b"1,[{" * (MAX_NODES // 2) + b'"}\n'


def test_a_line_of_too_many_values_is_not_decoded() -> None:
    start = len(CLEAN)
    report = lint_bytes(CLEAN + MANY + line(chat()), config=Config(ignore=("lines",)))
    assert places(report) == [("line-too-complex", 11, start)]
    assert "more than 2,000,000 values" in report.findings[0].message
    assert (report.result.unchecked_lines, report.result.records) == (1, 12)
    assert report.result.bytes_read == start + len(MANY) + len(line(chat()))
    assert not report.complete


def test_commas_and_brackets_in_text_are_no_values() -> None:
    assert len(HELD) > MAX_NODES
    report = lint_bytes(CLEAN + HELD)
    assert places(report) == [("mixed-formats", 11, len(CLEAN))]
    assert report.complete


def tool_record(arguments: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    call = {"name": "now", "arguments": arguments}
    function = {"name": "now", "description": "d", "parameters": parameters or {"type": "object"}}
    return {
        "messages": [
            {"role": "user", "content": "Hi"},
            {
                "role": "assistant",
                "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": call}],
            },
        ],
        "tools": [{"type": "function", "function": function}],
    }


def test_arguments_of_too_many_values_are_not_decoded() -> None:
    arguments = '{"a": [' + "1," * MAX_NODES + "1]}"
    report = lint_bytes(jsonl(tool_record(arguments)))
    assert [(f.rule, f.line) for f in report.findings] == [("line-too-complex", 1)]
    assert report.findings[0].problem.path[-1] == "arguments"
    assert report.result.unchecked_lines == 1


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        (b'"a,\\",[{"', 0),
        (b"[1,2,{}]", 4),
        (b'["a","b,c"]', 2),
        (b'"x,', 0),
        (b"", 0),
        (b",\\,", 2),
    ],
)
def test_nodes_are_counted_outside_of_strings(text: bytes, outside: int) -> None:
    assert not outside or has_more_nodes(text, outside - 1)
    assert not has_more_nodes(text, outside)


def sparse(path: Path, start: bytes, size: int, end: bytes = b"") -> Path:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(len(start) + size)
        file.seek(0, io.SEEK_END)
        file.write(end)
    return path


def test_a_file_of_nul_is_one_finding_in_little_memory(tmp_path: Path) -> None:
    path = sparse(tmp_path / "hole.jsonl", b"", 256 * MEBIBYTE)
    tracemalloc.start()
    try:
        report = lint_file(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert places(report) == [("nul-bytes", 1, 0)]
    assert report.result.bytes_read == 256 * MEBIBYTE
    assert report.complete
    assert peak < 8 * MEBIBYTE


@pytest.mark.parametrize("end", [b"", b"\n", b"\n" + line(chat())])
def test_a_sparse_tail_is_one_finding_at_its_start(tmp_path: Path, end: bytes) -> None:
    path = sparse(tmp_path / "tail.jsonl", CLEAN, 40 * MEBIBYTE, end)
    report = lint_file(path)
    assert places(report) == [("nul-bytes", 11, len(CLEAN))]
    assert f"{40 * MEBIBYTE:,} NUL bytes" in report.findings[0].message
    assert report.complete


def test_what_was_found_last_in_a_file_whose_start_is_nul_is_still_one_finding() -> None:
    report = lint_bytes(bytes(1 << 16) + CLEAN)
    assert places(report) == [("nul-bytes", 1, 0)]
    shorter = lint_bytes(bytes((1 << 16) - len(CLEAN)) + CLEAN)
    assert places(shorter) == [("nul-bytes", 1, 0)]
    assert shorter.result.records == 10


def test_records_in_cr_lines_beyond_the_head_are_one_finding() -> None:
    report = lint_bytes(jsonl(*[chat()] * 2000).replace(b"\n", b"\r"))
    assert places(report) == [("cr-only-line-ends", 1, 0)]


@pytest.mark.parametrize("depth", [1, 127, 128, 129, 254, 255, 256, 1023, 1024, 1025, 5000])
@pytest.mark.parametrize("reference", [False, True])
def test_every_depth_beyond_the_limit_is_found(depth: int, reference: bool) -> None:  # noqa: FBT001 - a column
    raw = b'{"text": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}\n"
    check = make_linter(Config(), reference=reference).check("x")
    found = [f for f in check.line_findings([raw]) if f.rule == "nesting-too-deep"]
    assert [f.place.byte_offset for f in found] == ([9 + 127] if depth > 128 else [])


def test_too_deep_takes_linear_time_on_what_is_no_json() -> None:
    assert too_deep(b'"[{' * 300_000 + b'"', 600_000) is None
    assert too_deep(b"[]" * 300_000, 128) is None
    assert too_deep(b"[" * 100_000, 1024) == 1024


def test_separators_and_rounded_integers_have_places() -> None:
    assert line_separators('"é\u2028\x85"'.encode()) == (2, (3, 6), (6, 8))
    assert line_separators('"é\x85\u2028\u2028"'.encode()) == (3, (3, 5), (8, 11))
    assert line_separators('"é"'.encode()) is None
    (rounded,) = rounded_integers(b'{"a": [0, {"b": 18446744073709551616}]}')
    assert rounded == (("a", 1, "b"), (16, 36))
