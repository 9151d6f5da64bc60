"""The diff that a fix shows, made in this process, and a small program that applies it."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from jsonl_lint import Config
from jsonl_lint.api import make_linter
from jsonl_lint.fixes import make_repairer
from jsonl_lint.fixing.diff import Diff
from jsonl_lint.fixing.fixer import fixed
from jsonl_lint.fixing.result import FixResult
from jsonl_lint.reading.source import open_bytes

_NO_NEWLINE = b"\\ No newline at end of file\n"
_RANGES = re.compile(rb"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def diff_of(data: bytes, **options: Any) -> bytes:
    """Give the diff between data and what a fix makes of them; ``options`` as for the fix."""
    lines: list[bytes] = []
    opened = partial(open_bytes, data)
    list(
        fixed(
            opened(),
            make_linter(Config()).check("data.jsonl"),
            make_repairer(Config(), **options),
            again=opened,
            output_for=lambda _: Diff(b"data.jsonl", lines.append),
            result=FixResult("data.jsonl"),
        )
    )
    return b"".join(lines)


def patched(data: bytes, diff: bytes) -> bytes:
    """Apply a diff; what does not fit, in its text or its numbers, fails."""
    old = _lines(data)
    new: list[bytes] = []
    taken = 0
    left, right = 0, 0
    lines = _joined(diff)
    assert lines[:2] == ([b"--- data.jsonl\n", b"+++ data.jsonl\n"] if lines else [])
    for line in lines[2:]:
        if not left and not right:
            match = _RANGES.fullmatch(line)
            assert match
            start, left, new_start, right = map(int, match.groups())
            begin = start - bool(left)
            new += old[taken:begin]
            taken = begin
            assert len(new) == new_start - bool(right)
            continue
        mark, text = line[:1], line[1:]
        if mark in b" -":
            assert old[taken] == text
            taken += 1
            left -= 1
        if mark in b" +":
            new.append(text)
            right -= 1
    assert (left, right) == (0, 0)
    return b"".join(new + old[taken:])


def _lines(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return [line for line in lines if line]


def _joined(diff: bytes) -> list[bytes]:
    """Cut a diff into lines, and let those that say so end without a line feed."""
    found: list[bytes] = []
    for line in _lines(diff):
        if line == _NO_NEWLINE:
            found[-1] = found[-1].removesuffix(b"\n")
        else:
            found.append(line)
    return found
