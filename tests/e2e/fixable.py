"""Files for the command that fixes: a good one, one to be mended, and one that nothing mends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from programs import VALID

if TYPE_CHECKING:
    from pathlib import Path

GOOD = VALID.read_bytes()
BAD = b'{"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "?"}]}\n'
MENDED = BAD.replace(b"human", b"user")
LEFT = BAD.replace(b"human", b"narrator")
FILES = {"good.jsonl", "bad.jsonl", "left.jsonl"}

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files and signals")


def write_files(folder: Path) -> Path:
    (folder / "good.jsonl").write_bytes(GOOD)
    (folder / "bad.jsonl").write_bytes(GOOD + BAD)
    (folder / "left.jsonl").write_bytes(GOOD + LEFT)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
