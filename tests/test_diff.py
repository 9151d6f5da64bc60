"""The diff of a fix: what it looks like, and that ``patch`` makes of the old file the fixed one."""

from __future__ import annotations

import shutil
import subprocess
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from unified import diff_of, patched

from jsonl_lint import fix_bytes
from jsonl_lint.fixing.diff import Diff
from jsonl_lint.reading.lines import OversizedLine

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [b'{"text": "%d"}\n' % number for number in range(30)]
BAD = b'{"text": "x",}\n'
MENDED = b'{"text": "x"}\n'


def with_bad(*places: int, end: int = 30) -> bytes:
    return b"".join(BAD if at in places else GOOD[at] for at in range(end))


def hunks(diff: bytes) -> list[bytes]:
    return [line for line in diff.splitlines() if line.startswith(b"@@")]


def test_one_changed_line_has_three_lines_around_it() -> None:
    assert diff_of(with_bad(9)) == b"".join(
        [
            b"--- data.jsonl\n+++ data.jsonl\n@@ -7,7 +7,7 @@\n",
            *[b" " + line for line in GOOD[6:9]],
            b"-" + BAD + b"+" + MENDED,
            *[b" " + line for line in GOOD[10:13]],
        ]
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((0,), [b"@@ -1,4 +1,4 @@"]),
        ((29,), [b"@@ -27,4 +27,4 @@"]),
        ((9, 16), [b"@@ -7,14 +7,14 @@"]),
        ((9, 17), [b"@@ -7,7 +7,7 @@", b"@@ -15,7 +15,7 @@"]),
        ((9, 10, 29), [b"@@ -7,8 +7,8 @@", b"@@ -27,4 +27,4 @@"]),
        ((0, 29), [b"@@ -1,4 +1,4 @@", b"@@ -27,4 +27,4 @@"]),
        ((), []),
    ],
)
def test_changes_that_are_near_share_a_hunk(places: tuple[int, ...], expected: list[bytes]) -> None:
    diff = diff_of(with_bad(*places))
    assert hunks(diff) == expected
    assert patched(with_bad(*places), diff) == b"".join(
        MENDED if at in places else GOOD[at] for at in range(30)
    )


def shown(*changes: tuple[bytes, bytes] | OversizedLine | bytes) -> bytes:
    """Give the diff of lines that stay, or are too long to be read, and of those that change."""
    written: list[bytes] = []
    diff = Diff(b"data.jsonl", written.append)
    for change in changes:
        if isinstance(change, tuple):
            diff.change(*change)
        else:
            diff.keep(change)
    diff.finish()
    diff.discard()
    return b"".join(written)


def test_a_line_that_was_not_read_is_no_context() -> None:
    long = OversizedLine(99, b"x\n", "line-too-long")
    diff = shown(GOOD[0], long, GOOD[1], (BAD, MENDED), GOOD[2], long, (BAD, b""), GOOD[3])
    assert diff.split(b"\n", 2)[2] == (
        b"@@ -3,3 +3,3 @@\n " + GOOD[1] + b"-" + BAD + b"+" + MENDED + b" " + GOOD[2]
    ) + (b"@@ -7,2 +7,1 @@\n-" + BAD + b" " + GOOD[3])


def test_what_changes_everywhere_is_one_hunk_and_not_held_in_memory() -> None:
    tracemalloc.start()
    written = 0

    def write(line: bytes) -> None:
        nonlocal written
        written += len(line)

    diff = Diff(b"data.jsonl", write)
    for _ in range(10_000):
        diff.change(b"x" * 1000 + b"\r\n", b"x" * 1000 + b"\n")
    diff.finish()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written > 20_000_000
    assert peak < 10_000_000


DATA = {
    "no final line feed": GOOD[0] + GOOD[1][:-1],
    "the last line has no line feed, and changes besides": GOOD[0] + BAD[:-1],
    "the line before the last changes, and the last has no line feed": BAD + b"[1]",
    "lines go": b"\n" + GOOD[0] + b"\n\n" + GOOD[1] + b"\n",
    "all lines go": b"\n\n",
    "a line becomes three": GOOD[0] + b"".join(GOOD[1:4]).replace(b"\n", b"") + b"\n" + GOOD[4],
    "line ends change": b"".join(GOOD[:4]).replace(b"\n", b"\r\n") + GOOD[5],
    "a byte order mark goes": b"\xef\xbb\xbf" + b"".join(GOOD[:5]),
    "an array": b"[\n" + b",\n".join(line[:-1] for line in GOOD[:4]) + b"]",
    "pretty-printed": b"".join(line.replace(b": ", b":\n  ") for line in GOOD[:4]),
    "nothing changes": b"".join(GOOD[:4]),
    "nothing can be changed": b"[\n1\n]\n",
    "no text at all": b"",
    "what is no UTF-8": b'{"text": "\xff"}\n' + BAD + b'{"text": "\xe9"}\n',
    "lines that look like those of a diff": b"--- a\n+++ b\n@@ -1 +1 @@\n" + BAD + b"\\ No newline",
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA.keys())
def test_applied_it_gives_the_fixed_data(data: bytes) -> None:
    assert patched(data, diff_of(data)) == fix_bytes(data).data


@pytest.mark.skipif(not shutil.which("patch"), reason="there is no patch program here")
@pytest.mark.parametrize("data", DATA.values(), ids=DATA.keys())
def test_patch_applies_it(data: bytes, tmp_path: Path) -> None:
    diff = diff_of(data)
    old = tmp_path / "data.jsonl"
    old.write_bytes(data)
    (tmp_path / "diff").write_bytes(diff)
    command = ("patch", "--binary", "--posix", "--quiet", "-p0", "-i", "diff")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603 - a constant
    assert done.returncode == 0 or not diff, done.stdout + done.stderr
    assert (old.read_bytes() if old.exists() else b"") == fix_bytes(data).data
