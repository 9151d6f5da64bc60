"""Writing in processes of their own: a limit on file sizes, real signals, several writers."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
from jsonl_lint.fixing.atomic import AtomicFile, WriteError

def write(data):
    with AtomicFile("train.jsonl", overwrite=True) as file:
        file.write(data)
        file.commit()
"""
WRITE_ON = """
import itertools
print("ready", flush=True)
for number in itertools.count():
    write(str(number % 10).encode() * 3_000_000)
"""
CONTENTS = {str(digit).encode() * 3_000_000 for digit in range(10)}


def start(script: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", SCRIPT + script],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_limit_on_the_size_of_files_is_told(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this platform has no such limit")
    (tmp_path / "train.jsonl").write_bytes(b"old\n")
    limited = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000))
try:
    write(b"n" * 3_000_000)
except WriteError as error:
    print(error, end="")
"""
    output, errors = start(limited, tmp_path).communicate(timeout=60)
    assert (output, errors) == (b"writing failed: file too large", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["train.jsonl"]
    assert (tmp_path / "train.jsonl").read_bytes() == b"old\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals there end a process at once")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["SIGINT", "SIGKILL"])
@pytest.mark.parametrize("wait", [0.0, 0.004, 0.009, 0.015])
def test_a_signal_at_any_time_leaves_a_whole_file(tmp_path: Path, number: int, wait: float) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"0" * 3_000_000)
    with start(WRITE_ON, tmp_path) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(wait)
        writer.send_signal(number)
        writer.wait(timeout=60)
    assert path.read_bytes() in CONTENTS
    left = [other.name for other in tmp_path.iterdir() if other != path]
    assert len(left) <= (number == signal.SIGKILL)
    assert all(name.startswith(".train.jsonl.") for name in left)


def test_readers_and_writers_side_by_side_see_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"0" * 3_000_000)
    writers = [start(WRITE_ON, tmp_path) for _ in range(2)]
    seen = set()
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
    for reading in count():
        content = path.read_bytes()
        assert content in CONTENTS
        seen.add(content[:1])
        if reading >= 50 and len(seen) > 1:
            break
    for writer in writers:
        writer.kill()
        writer.communicate(timeout=60)
