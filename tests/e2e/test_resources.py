"""Hostile sizes under a bound on memory: each run is a process that may map 400 MiB.

With JSONL_LINT_SLOW_TESTS=1, the same with sizes of gigabytes and millions of lines, and no
bound on the time of the processor.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
import zstandard
from programs import VALID, environment

from jsonl_lint.cli.variables import is_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS, sparse files")


SLOW = is_on("JSONL_LINT_SLOW_TESTS")
MAPPED_BYTES = 400 << 20
RESIDENT_BYTES = 150 << 20
SECONDS = 10
STATUS = "status.txt"
GOOD = VALID.read_bytes()
BAD = b'{"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "?"}]}\n'


class Case(NamedTuple):
    """How a file is made, by its size, and what comes of its check: exit code and last words."""

    name: str
    make: Callable[[Path, int], object]
    size: int
    slow_size: int
    code: int
    said: str
    slow_said: str = ""
    """Its last words where the file is so large that the target does not take it, if it is."""


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def long_line(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.write(GOOD + b'{"messages": [{"role": "user", "content": "')
        file.truncate(size)
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + BAD)


def bomb(path: Path, size: int) -> None:
    packer = zstandard.ZstdCompressor().compressobj()
    piece = bytes(1 << 20)
    with path.open("wb") as file:
        file.write(packer.compress(GOOD))
        for _ in range(size // len(piece)):
            file.write(packer.compress(piece))
        file.write(packer.flush())


def many_values(path: Path, size: int) -> None:
    path.write_bytes(GOOD + b"[" + b"{}," * (size // 3) + b"{}]\n" + BAD)


def many_faults(path: Path, size: int) -> None:
    unit = b'"' + b"x" * 24 + b'\t", None, '
    path.write_bytes(GOOD + b'{"text": [' + unit * (size // len(unit)) + b"1],}\n" + BAD)


def many_escapes(path: Path, size: int) -> None:
    path.write_bytes(GOOD + b'{"text": "' + b"\\n" * (size // 2) + b'\x01",}\n' + BAD)


def record_of(messages: bytes) -> bytes:
    return b'{"messages":[%b]}\n' % messages


def wrong_messages(path: Path, size: int) -> None:
    path.write_bytes(record_of(b"1," * size + b"1") + GOOD)


def one_fault(path: Path, size: int) -> None:
    turn = b'{"role":"user","content":"a"},{"role":"assistant","content":"b"},'
    path.write_bytes(record_of(turn * size + turn[:-2] + b',"wait":1}') + GOOD)


def wrong_calls(path: Path, size: int) -> None:
    calls = b",".join([b'{"id":"","type":"function"}'] * size)
    asked = b'{"role":"user","content":"a"},'
    path.write_bytes(record_of(asked + b'{"role":"assistant","tool_calls":[%b]}' % calls) + GOOD)


CASES = [
    Case("sparse.jsonl", sparse, 1 << 28, 1 << 32, 1, "{0} of {0} bytes: 1 error"),
    Case("long.jsonl", long_line, 300_000_000, 1 << 32, 3, "2 errors (incomplete)",
         "3 errors (incomplete)"),
    Case("bomb.jsonl.zst", bomb, 1 << 30, 1 << 34, 1, "decompressed: 2 errors"),
    Case("values.jsonl", many_values, 20_000_000, 30_000_000, 3, "2 errors (incomplete)"),
    Case("faults.jsonl", many_faults, 4_000_000, 30_000_000, 3, "4 errors (incomplete)"),
    Case("escapes.jsonl", many_escapes, 30_000_000, 30_000_000, 1, "3 errors"),
    Case("messages.jsonl", wrong_messages, 300_000, 1_900_000, 3, "10,001 errors (incomplete)"),
    Case("large.jsonl", one_fault, 30_000, 100_000, 0, "{0} of {0} bytes: 1 warning"),
    Case("calls.jsonl", wrong_calls, 100_000, 180_000, 3, "10,001 errors (incomplete)"),
    Case("bad.jsonl", lambda path, size: path.write_bytes(BAD * size), 2000, 2_000_000, 1,
         "{0} of {0} bytes: {1} errors"),
]  # fmt: skip


class Ended(NamedTuple):
    code: int
    output: str
    resident_bytes: int
    seconds: float
    """Of the processor: others may be at work too."""


def check(folder: Path, *args: str) -> Ended:
    """Run a check in a process that may map so many bytes."""
    script = (
        "import atexit, pathlib, resource, runpy, sys\n"
        "status = pathlib.Path('/proc/self/status')\n"
        f"atexit.register(lambda: pathlib.Path('{STATUS}').write_text(status.read_text()))\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MAPPED_BYTES}, {MAPPED_BYTES}))\n"
        "sys.argv[0] = 'jsonl-lint'\n"
        "runpy.run_module('jsonl_lint', run_name='__main__')\n"
    )
    program = subprocess.Popen(  # noqa: S603 - our own command
        (sys.executable, "-c", script, "check", *args), cwd=folder, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert program.stdout
    with program.stdout:
        output = program.stdout.read()
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    # NOTE: ru_maxrss is at least that of this process, out of which the other one was forked.
    peak = re.search(r"VmHWM:\s*(\d+) kB", (folder / STATUS).read_text("utf-8"))
    assert peak
    return Ended(program.returncode, output, int(peak[1]) << 10, seconds)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_memory_and_time_are_bounded(tmp_path: Path, case: Case) -> None:
    size = case.slow_size if SLOW else case.size
    case.make(tmp_path / case.name, size)
    done = check(tmp_path, case.name)
    words = (case.slow_said if SLOW else "") or case.said
    said = words.format(f"{(tmp_path / case.name).stat().st_size:,}", f"{size:,}")
    (tmp_path / case.name).unlink()
    assert done.code == case.code, done.output
    assert said in done.output
    assert done.resident_bytes < RESIDENT_BYTES
    assert SLOW or done.seconds < SECONDS
