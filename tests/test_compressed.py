"""Inputs: decompressed by their names, read to their last byte, and caught when they are not."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import COMPRESS, LINES, every_format, unpack
from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.reading.compressed import (
    BUFFER_BYTES,
    SUFFIXES,
    decompress,
)
from jsonl_lint.reading.errors import ReadError
from jsonl_lint.reading.filled import Filled
from jsonl_lint.reading.sniff import GIT_LFS_POINTER
from jsonl_lint.reading.source import STDIN, is_dataset, open_bytes, open_path

if TYPE_CHECKING:
    from collections.abc import Callable


def read_path(path: Path) -> bytes:
    with open_path(str(path)) as stream:
        content = stream.content.read()
        stream.verify(len(content))
    return content


def test_every_format_is_tested() -> None:
    assert COMPRESS.keys() == set(SUFFIXES)


@every_format
@pytest.mark.parametrize("content", [b"", b"{}\n", LINES, os.urandom(BUFFER_BYTES + 1)])
def test_round_trip(suffix: str, content: bytes) -> None:
    assert unpack(COMPRESS[suffix](content), suffix) == content


@every_format
def test_round_trip_in_lines(suffix: str) -> None:
    content = decompress(io.BufferedReader(io.BytesIO(COMPRESS[suffix](LINES))), suffix)
    assert content
    assert list(content) == LINES.splitlines(keepends=True)


@every_format
def test_streams_behind_one_another_are_all_read(suffix: str) -> None:
    one, two = COMPRESS[suffix](LINES), COMPRESS[suffix](b"end\n")
    assert unpack(one + two + two, suffix) == LINES + b"end\nend\n"


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_padding_is_passed_over(suffix: str) -> None:
    one = COMPRESS[suffix](LINES)
    assert unpack(one + bytes(8) + one + bytes(1 << 17), suffix) == LINES * 2


def test_zstd_without_its_package_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.version_info >= (3, 14):
        pytest.skip("the standard library reads zstd")
    path = tmp_path / "data.jsonl.zst"
    path.write_bytes(COMPRESS[".zst"](LINES))
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(ReadError, match=r"jsonl-lint\[zst\]"), open_path(str(path)):
        pass


@every_format
def test_a_compressed_name_with_other_content_is_given_as_it_is(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"data.jsonl{suffix}"
    for content in (b"", b"\x80", GIT_LFS_POINTER + b"v1\noid sha256:0\nsize 1\n", LINES):
        path.write_bytes(content)
        assert read_path(path) == content


@every_format
def test_compressed_content_with_a_plain_name_is_given_as_it_is(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(COMPRESS[suffix](LINES))
    assert read_path(path) == COMPRESS[suffix](LINES)


@every_format
def test_compressed_files_are_opened_by_their_names(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"DATA.JSONL{suffix.upper()}"
    path.write_bytes(COMPRESS[suffix](LINES))
    assert read_path(path) == LINES
    with open_path(str(path)) as stream:
        assert stream.size == path.stat().st_size


def test_plain_files_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(LINES)
    assert read_path(path) == LINES
    with open_bytes(LINES) as stream:
        assert stream.content.read() == LINES
        assert stream.size is None
        stream.verify(0)


CHANGES: dict[str, Callable[[Path], object]] = {
    "grown": lambda path: path.write_bytes(LINES + b"{}\n"),
    "cut": lambda path: os.truncate(path, 10),
    "touched": lambda path: os.utime(path, ns=(1, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", ["", *SUFFIXES])
def test_a_file_that_changes_is_noticed(suffix: str, change: str, tmp_path: Path) -> None:
    path = tmp_path / f"data.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](LINES) if suffix else LINES)
    with open_path(str(path)) as stream:
        content = stream.content.read()
        CHANGES[change](path)
        with pytest.raises(ReadError, match="changed"):
            stream.verify(len(content))


def test_a_short_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(LINES)
    with (
        open_path(str(path)) as stream,
        pytest.raises(ReadError, match=f"only 10 of {len(LINES):,} bytes"),
    ):
        stream.verify(10)


UNREADABLE = {
    "missing": "no such file or directory",
    "": "it is a directory",
    "loop": "too many levels of symbolic links",
    "nul\x00": "null",
}


@pytest.mark.skipif(sys.platform == "win32", reason="its words and links are others")
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_opened_has_its_reason(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ReadError, match=UNREADABLE[name]), open_path(f"{tmp_path}/{name}"):
        pass


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs a device")
def test_devices_are_not_read() -> None:
    with pytest.raises(ReadError, match="not a regular file"), open_path("/dev/null"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that fails")
def test_a_failing_disk_has_its_reason() -> None:
    with (
        pytest.raises(ReadError, match="input/output error"),
        open_path("/proc/self/mem") as stream,
    ):
        stream.content.read(1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_pipe_that_gives_little_at_a_time(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"data.jsonl{suffix}"
    os.mkfifo(path)
    data = COMPRESS[suffix](LINES) if suffix else LINES

    def feed() -> None:
        with path.open("wb", buffering=0) as pipe:
            for start in range(0, len(data), 97):
                pipe.write(data[start : start + 97])

    feeder = threading.Thread(target=feed)
    feeder.start()
    with open_path(str(path)) as stream:
        assert len(stream.content.peek()) == len(LINES)
        assert stream.content.read() == LINES
        assert stream.size is None
        stream.verify(0)
    feeder.join()


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(LINES)
    with path.open("rb") as file:
        monkeypatch.setattr(sys, "stdin", file)
        with open_path(STDIN) as stream:
            assert stream.content.read() == LINES
        assert not file.closed
        os.fstat(file.fileno())  # open still


@given(st.lists(st.binary(min_size=1, max_size=9)), st.integers(1, 12))
def test_filled_streams_read_short_only_at_the_end(pieces: list[bytes], size: int) -> None:
    waiting = list(pieces)

    def fill(buffer: memoryview) -> int:
        piece = waiting.pop(0) if waiting else b""
        given, rest = piece[: len(buffer)], piece[len(buffer) :]
        if rest:
            waiting.insert(0, rest)
        buffer[: len(given)] = given
        return len(given)

    stream = Filled(fill)
    reads = list(iter(lambda: stream.read(size), b""))
    assert b"".join(reads) == b"".join(pieces)
    assert all(len(read) == size for read in reads[:-1])


DATASETS = ["a.jsonl", "A.JSONL", "a.ndjson", "a.b.jsonl.gz", "a.jsonl.bz2", "a.ndjson.xz",
            "a.jsonl.ZST"]  # fmt: skip
OTHERS = ["a.json", "a.txt", "jsonl", "a.jsonl.zip", "a.jsonl.bak", "a.gz", "a.jsonl.gz.xz", "a",
          ""]  # fmt: skip


@pytest.mark.parametrize("name", DATASETS)
def test_names_of_datasets(name: str) -> None:
    assert is_dataset(name)


@pytest.mark.parametrize("name", OTHERS)
def test_names_of_other_files(name: str) -> None:
    assert not is_dataset(name)
