"""Columns of a long line, counted from its marks, are those counted from its start."""

from __future__ import annotations

from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jsonl_lint import pointer
from jsonl_lint.items import BOM
from jsonl_lint.pointer import columns

PARTS = ["a", "é", "狐", "🦊", "\u2028"]
CUT = [b"\xf0\x9f\xa6", b"\x80", b"\x80" * 9, b"\xff", b"\xc3", b"\xed\xa0\x80"]
lines = st.lists(st.sampled_from([part.encode() for part in PARTS] + CUT), max_size=30)
any_line = st.tuples(st.sampled_from([b"", BOM]), lines.map(b"".join)).map(b"".join)


@settings(max_examples=100)
@given(any_line, st.integers(0, 120), st.integers(0, 9))
@example(b"\x80" * 20, 7, 0)
def test_marks_change_no_column(raw: bytes, start: int, length: int) -> None:
    start = min(start, len(raw))
    end = min(start + length, len(raw))
    expected = columns(raw, start, end)
    pointer._marks.cache_clear()  # noqa: SLF001 - the marks of other strides
    with mock.patch.object(pointer, "_STRIDE", 4):
        assert columns(raw, start, end) == expected
    pointer._marks.cache_clear()  # noqa: SLF001 - as above
