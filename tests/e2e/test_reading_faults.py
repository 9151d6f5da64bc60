"""Each command on a file whose reads fail, one after the other: no false clean, no output left."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import json
import lzma
import os
import shutil
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import zstandard
from programs import call

from jsonl_lint.reading import compressed, source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


BUFFER_BYTES = 4096
LINE = (
    b'{"messages": [{"role": "user", "content": "%04d"}, {"role": "assistant", "content": "."}]}\n'
)
BAD = LINE.replace(b"user", b"human") % 0
DATA = BAD + b"".join(LINE % number for number in range(1, 400))
"""Some 36 kB: nine reads, of which the first brings a finding."""
COMMANDS = {
    "check": ("check", "-f", "json", "-o", "out.json"),
    "fix": ("fix",),
    "fix -o": ("fix", "-o", "fixed.jsonl"),
    "split": ("split", "-o", "parts", "--parts", "3"),
    "split --validation": ("split", "-o", "parts", "--validation"),
    "convert": ("convert", "--arguments", "string", "-o", "converted.jsonl"),
    "stats": ("stats", "--tokenizer", "estimate"),
}
REPORTS = {"out.json"}


def packed(data: bytes, suffix: str) -> bytes:
    """Give data in several streams, so that there are as many reads as of the plain file."""
    make: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        ".gz": gzip.compress,
        ".bz2": bz2.compress,
        ".xz": lzma.compress,
        ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    }
    lines = data.splitlines(keepends=True)
    return b"".join(make[suffix](line) for line in lines) if suffix else data


CONTENT = {suffix: packed(DATA, suffix) for suffix in ("", ".gz", ".bz2", ".xz", ".zst")}


class Fault(NamedTuple):
    """What happens at the N-th read of the file; ``packed`` is the code where it is compressed."""

    what: str
    nth: int
    code: str | None
    packed: str | None


def _faults(what: str, code: str | None, packed: str | None = "", *nths: int) -> list[Fault]:
    return [Fault(what, nth, code, code if packed == "" else packed) for nth in nths]


FAULTS = [
    *_faults("EIO", "io-error", "", 1, 2, 8),
    *_faults("ESTALE", "io-error", "", 2),
    *_faults("ENOMEM", "io-error", "", 3),
    *_faults("EACCES at open", "io-error", "", 0),
    *_faults("EMFILE at open", "io-error", "", 0),
    *_faults("ends", "file-truncated", "archive-truncated", 2, 5),
    *_faults("pauses", "file-truncated", "archive-truncated", 2, 5),
    *_faults("truncated", "file-changed", "archive-truncated", 2, 5),
    *_faults("grown", "file-changed", "archive-damaged", 2),
    *_faults("replaced", "file-changed", "", 2),
    *_faults("rewritten", "file-changed", "", 5),
    *_faults("EINTR", None, "", 1, 3),
    *_faults("short", None, "", 1, 5),
]


def strike(path: Path, what: str) -> None:
    """Do to a file what somebody else may do while it is read."""
    old = path.read_bytes()
    if what == "truncated":
        os.truncate(path, 10)
    elif what == "grown":
        path.write_bytes(old + LINE)
    elif what == "replaced":
        new = path.with_name("new")
        new.write_bytes(old)
        new.replace(path)
    elif what == "rewritten":  # with as many bytes, and at the same time as it seems
        before = path.stat()
        path.write_bytes(old)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_mtime_ns == before.st_mtime_ns


class FaultyFile(io.FileIO):
    """A file whose N-th read goes wrong."""

    fault: Fault
    path: Path
    reads: int

    def __init__(self, name: str, **more: Any) -> None:
        if self.fault.what.endswith("at open"):
            raise _error(self.fault.what.partition(" ")[0])
        super().__init__(name, **more)

    def readinto(self, buffer: Any, /) -> int:
        cls = type(self)
        cls.reads += 1
        what, nth, *_ = self.fault
        view = memoryview(buffer)
        if what == "short" and cls.reads >= nth:
            view = view[: 1 + len(view) // 3]
        elif (cls.reads >= nth and what == "ends") or (cls.reads == nth and what == "pauses"):
            return 0
        elif cls.reads == nth and what in {"EIO", "ESTALE", "ENOMEM", "EINTR"}:
            raise _error(what)
        elif cls.reads == nth:
            strike(self.path, what)
        return super().readinto(view) or 0


def _error(what: str) -> OSError:
    code = getattr(errno, what)
    return OSError(code, os.strerror(code))


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Fault, str], Path]:
    def make(fault: Fault, suffix: str) -> Path:
        path = tmp_path / f"train.jsonl{suffix}"
        path.write_bytes(CONTENT[suffix])
        class_ = type("File", (FaultyFile,), {"fault": fault, "path": path, "reads": 0})
        shim = SimpleNamespace(FileIO=class_, BufferedReader=io.BufferedReader)
        monkeypatch.setattr(source, "io", shim)
        monkeypatch.setattr(source, "BUFFER_BYTES", BUFFER_BYTES)
        monkeypatch.setattr(compressed, "_INPUT_BYTES", BUFFER_BYTES)
        return path

    return make


def listing(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


CASES = [
    *[(command, "", fault) for command in COMMANDS for fault in FAULTS],
    *[("check", ".gz", fault) for fault in FAULTS],
    *[
        (command, ".gz", fault)
        for command in ("fix -o", "split", "split --validation", "convert", "stats")
        for fault in FAULTS
        if fault.nth == 2
    ],
    *[("check", suffix, fault) for suffix in (".bz2", ".xz", ".zst") for fault in FAULTS
      if fault.nth == 2],
]  # fmt: skip


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize(
    ("command", "suffix", "fault"),
    CASES,
    ids=lambda one: one if isinstance(one, str) else f"{one.what} {one.nth}",
)
def test_a_read_that_fails_is_told_and_leaves_nothing(
    faulty: Callable[[Fault, str], Path], command: str, suffix: str, fault: Fault
) -> None:
    path = faulty(fault, suffix)
    folder = path.parent
    before, old = listing(folder), path.read_bytes()
    if fault.what in {"replaced", "rewritten"}:
        time.sleep(0.02)  # the clock of the file system ticks so often
    done = call(*COMMANDS[command], path.name, cwd=folder)
    code = fault.packed if suffix else fault.code
    if code is None:
        assert done.returncode in {0, 1}, done.stderr
        assert "incomplete" not in done.stdout + done.stderr
        return
    assert done.returncode == 3, done.stdout + done.stderr
    assert listing(folder) - before <= REPORTS
    if fault.what not in {"truncated", "grown"}:
        assert path.read_bytes() == old
    if command == "check":
        look_at_report(json.loads((folder / "out.json").read_bytes()), code, fault)
    else:
        assert f"{code}: " in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["split", "split --validation"])
def test_split_is_right_or_refused_wherever_reading_pauses(
    faulty: Callable[[Fault, str], Path], command: str
) -> None:
    """It reads the file up to three times."""
    passes = 2 if "validation" in command else 3
    reads = len(DATA) // BUFFER_BYTES + 2
    parts: dict[str, bytes] = {}
    for nth in range(passes * reads + 1, 0, -1):
        path = faulty(Fault("pauses", nth, "file-truncated", None), "")
        done = call(*COMMANDS[command], path.name, cwd=path.parent)
        folder = path.with_name("parts")
        if done.returncode:
            assert done.returncode == 3
            assert not folder.exists()
            continue
        written = {part.name: part.read_bytes() for part in folder.iterdir()}
        parts = parts or written
        assert written == parts
        shutil.rmtree(folder)
    lines = b"".join(parts[name] for name in parts if name.endswith(".jsonl")).splitlines()
    assert sorted(lines) == sorted(DATA.splitlines())


@pytest.mark.parametrize("command", ["fix -o", "convert"])
def test_an_array_is_laid_out_whole_or_not_at_all_wherever_reading_pauses(
    faulty: Callable[[Fault, str], Path], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fix reads it twice, the first time to see whether it can be laid out."""
    monkeypatch.setattr(source, "CHUNK_BYTES", BUFFER_BYTES)
    good = DATA.replace(b"human", b"user")
    monkeypatch.setitem(CONTENT, "", b"[\n" + good[:-1].replace(b"\n", b",\n") + b"\n]\n")
    output, codes = COMMANDS[command][-1], []
    for nth in range(1, 2 * (len(DATA) // BUFFER_BYTES + 3)):
        path = faulty(Fault("pauses", nth, "file-truncated", None), "")
        done = call(*COMMANDS[command], path.name, cwd=path.parent)
        written = path.with_name(output)
        codes.append(done.returncode)
        if done.returncode == 3:
            assert "file-truncated: " in done.stdout + done.stderr
            assert not written.exists()
        else:
            assert written.read_bytes() == good
            written.unlink()
    assert codes.count(3) >= len(DATA) // BUFFER_BYTES


def look_at_report(report: dict[str, Any], code: str, fault: Fault) -> None:
    (file,) = report["files"]
    assert not report["complete"]
    assert file["error_code"] == code
    found = [finding["rule"] for finding in report["findings"]]
    kept = fault.nth > 1 and file["bytes"] > 0
    assert ("unknown-role" in found) == kept
