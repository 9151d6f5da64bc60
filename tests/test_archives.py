"""Archives that are cut, damaged, joined or made to burst: all is read, or it is said why not."""

from __future__ import annotations

import io
import lzma
from typing import Any
from zlib import crc32

import pytest
from archives import COMPRESS, LINES, every_format, unpack
from faulty_system import strike
from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.reading import compressed
from jsonl_lint.reading.compressed import BUFFER_BYTES, decompress
from jsonl_lint.reading.decompressors import FORMATS
from jsonl_lint.reading.errors import Code, ReadError

EMPTY_ZSTD_FRAME = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"


def fault(data: bytes, suffix: str) -> Code | None:
    """Say what is wrong with compressed data."""
    try:
        unpack(data, suffix)
    except ReadError as error:
        return error.code
    return None


def read_in_pieces(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no read of compressed data give more than so many bytes."""
    monkeypatch.setattr(compressed, "_INPUT_BYTES", size)
    monkeypatch.setattr(compressed, "_ZSTD_INPUT_BYTES", size)


@every_format
def test_any_cut_is_noticed(suffix: str) -> None:
    data = COMPRESS[suffix](LINES)
    cuts = {*range(6, len(data), len(data) // 64), *range(len(data) - 8, len(data))}
    for end in cuts:
        with pytest.raises(ReadError, match="ends too early") as caught:
            unpack(data[:end], suffix)
        assert caught.value.code is Code.ARCHIVE_TRUNCATED


@every_format
def test_a_cut_second_stream_is_noticed(suffix: str) -> None:
    data = COMPRESS[suffix](LINES)
    for end in (1, 3, 6, len(data) // 2, len(data) - 1):
        with pytest.raises(ReadError):
            unpack(data + data[:end], suffix)


@every_format
def test_damage_in_the_middle_is_noticed(suffix: str) -> None:
    data = bytearray(COMPRESS[suffix](LINES))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(ReadError) as caught:
        unpack(bytes(data), suffix)
    assert caught.value.code in {Code.ARCHIVE_DAMAGED, Code.ARCHIVE_TRUNCATED}


GARBAGE = {
    "long": b"garbage" * 9,
    "padded": bytes(4) + b"garbage" * 9,
    "short": b"\n",
    "short and padded": bytes(4) + b"x",
    "padded behind": b"x" + bytes(4),
    "gzip at first": b"\x1f\x8a",
    "gzip of another method": b"\x1f\x8b\x07",
    "bzip2 at first": b"BZ\x00",
    "xz at first": b"\xfd7zXZ\x01",
    "zstd at first": b"\x28\xb5\x2f\xfe",
    "a skippable frame at first": b"\x51\x2a\x4d\x19",
}


@every_format
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 16])
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_behind_the_end_is_damage(
    suffix: str, size: int, garbage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in_pieces(size, monkeypatch)
    data, behind = COMPRESS[suffix](LINES), GARBAGE[garbage]
    padding = len(behind) - len(behind.lstrip(b"\x00"))
    at = len(data) + padding * bool(FORMATS[suffix].padding_unit)
    content = decompress(io.BufferedReader(io.BytesIO(data + behind)), suffix)
    assert content
    assert content.read(len(LINES)) == LINES
    with pytest.raises(ReadError, match=f"something else follows .* at byte {at:,};") as caught:
        content.read(1)
    assert caught.value.code is Code.ARCHIVE_DAMAGED


@every_format
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 16])
def test_a_stream_cut_within_its_magic_is_cut(
    suffix: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in_pieces(size, monkeypatch)
    data = COMPRESS[suffix](LINES)
    padding = bytes(4 * bool(FORMATS[suffix].padding_unit))
    for magic in FORMATS[suffix].magics:
        for end in range(1, len(magic) + 1):
            assert fault(data + magic[:end], suffix) is Code.ARCHIVE_TRUNCATED
            assert fault(data + padding + magic[:end], suffix) is Code.ARCHIVE_TRUNCATED


@every_format
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 16])
def test_a_file_cut_within_its_magic_is_cut(
    suffix: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in_pieces(size, monkeypatch)
    for magic in FORMATS[suffix].magics:
        for end in range(1, len(magic) + 1):
            assert fault(magic[:end], suffix) is Code.ARCHIVE_TRUNCATED


@every_format
@pytest.mark.parametrize("size", [1, 1 << 16])
def test_a_file_with_another_byte_in_its_magic_is_damaged(
    suffix: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in_pieces(size, monkeypatch)
    for magic in FORMATS[suffix].magics:
        for at in range(2, len(magic)):
            with pytest.raises(ReadError, match=r"^the compressed data is damaged$") as caught:
                unpack(magic[:at] + b"\x07", suffix)
            assert caught.value.code is Code.ARCHIVE_DAMAGED


MAGICS = [magic for each in FORMATS.values() for magic in each.magics]
BEGUN = st.tuples(st.sampled_from(MAGICS), st.integers(0, 6), st.binary(max_size=3)).map(
    lambda drawn: drawn[0][: drawn[1]] + drawn[2]
)
ENDS = st.tuples(st.integers(0, 9).map(bytes), BEGUN).map(b"".join)


@every_format
@given(end=ENDS, size=st.integers(1, 9))
def test_what_follows_is_cut_only_where_it_may_have_become_a_stream(
    suffix: str, end: bytes, size: int
) -> None:
    magics, unit = FORMATS[suffix].magics, FORMATS[suffix].padding_unit
    begun = end.lstrip(b"\x00") if unit else end
    with pytest.MonkeyPatch.context() as patch:
        read_in_pieces(size, patch)
        found = fault(COMPRESS[suffix](b"{}\n") + end, suffix)
    if unit and (len(end) - len(begun)) % unit:
        assert found is Code.ARCHIVE_DAMAGED
    elif not begun:
        assert found is None
    elif any(magic.startswith(begun) for magic in magics):
        assert found is Code.ARCHIVE_TRUNCATED
    elif not begun.startswith(magics):
        assert found is Code.ARCHIVE_DAMAGED
    else:
        assert found in {Code.ARCHIVE_TRUNCATED, Code.ARCHIVE_DAMAGED}


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1 << 16])
@pytest.mark.parametrize("padding", range(1, 13))
def test_xz_has_padding_in_fours(padding: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read_in_pieces(size, monkeypatch)
    one = lzma.compress(LINES)
    for data in (one + bytes(padding), one + bytes(padding) + one, (one + bytes(padding)) * 2):
        if padding % 4 == 0:
            assert unpack(data, ".xz") == LINES * data.count(one)
            continue
        content = decompress(io.BufferedReader(io.BytesIO(data)), ".xz")
        assert content
        assert content.read(len(LINES)) == LINES
        with pytest.raises(ReadError, match=f"^{padding} NUL bytes? of .* multiple of 4") as caught:
            content.read(1)
        assert caught.value.code is Code.ARCHIVE_DAMAGED


def test_gzip_has_padding_of_any_length() -> None:
    one = COMPRESS[".gz"](LINES)
    for padding in range(1, 9):
        assert unpack(one + bytes(padding) + one + bytes(padding), ".gz") == LINES * 2


@pytest.mark.parametrize("suffix", [".bz2", ".zst"])
def test_other_formats_have_none(suffix: str) -> None:
    one = COMPRESS[suffix](LINES)
    for data in (one + b"\x00", one + bytes(512) + one):
        assert fault(data, suffix) is Code.ARCHIVE_DAMAGED


@every_format
def test_what_comes_before_a_cut_is_given_out_first(suffix: str) -> None:
    data = COMPRESS[suffix](LINES) + COMPRESS[suffix](LINES)[:-1]
    content = decompress(io.BufferedReader(io.BytesIO(data)), suffix)
    assert content
    for line in LINES.splitlines(keepends=True):
        assert content.readline() == line
    with pytest.raises(ReadError):
        content.read()


@every_format
def test_a_cut_between_two_streams_leaves_a_whole_file(suffix: str) -> None:
    """Nothing in the data says that more was to follow."""
    one = COMPRESS[suffix](LINES)
    assert unpack((one * 2)[: len(one)], suffix) == LINES


@every_format
def test_streams_without_content_are_read_in_any_number(suffix: str) -> None:
    nothing = COMPRESS[suffix](b"")
    assert unpack(nothing * 5000, suffix) == b""
    assert unpack(nothing * 500 + COMPRESS[suffix](LINES) + nothing * 500, suffix) == LINES


@every_format
def test_an_archive_in_an_archive_is_unpacked_once(suffix: str) -> None:
    inner = COMPRESS[suffix](LINES)
    assert unpack(COMPRESS[suffix](inner), suffix) == inner


@every_format
@pytest.mark.parametrize("streams", [1, 7])
def test_no_more_comes_out_than_the_limit(suffix: str, streams: int) -> None:
    data, size = COMPRESS[suffix](LINES) * streams, len(LINES) * streams
    for limit in (size, size + 1):
        assert unpack(data, suffix, limit) == LINES * streams
    for limit in (1, size // 2, size - 1):
        content = decompress(io.BufferedReader(io.BytesIO(data)), suffix, limit)
        assert content
        assert content.read(limit) == (LINES * streams)[:limit]
        with pytest.raises(ReadError, match=f"more than {limit:,} bytes come out") as caught:
            content.read(1)
        assert caught.value.code is Code.CONTENT_TOO_LARGE


def with_window(data: bytes, size: int) -> bytes:
    """Let xz data ask for another dictionary, which is one byte in the header of the block."""
    start, length = 12, 4 * (data[12] + 1)
    header = bytearray(data[start : start + length - 4])
    at = header.index(b"\x21\x01") + 2
    header[at] = 2 * (size.bit_length() - 1) - 24
    return data[:start] + header + crc32(header).to_bytes(4, "little") + data[start + length :]


def test_xz_data_with_a_large_window_are_refused() -> None:
    data = lzma.compress(LINES)
    assert unpack(with_window(data, 128 << 20), ".xz") == LINES
    with pytest.raises(ReadError, match="more than 134,217,728 bytes of memory") as caught:
        unpack(with_window(data, 256 << 20), ".xz")
    assert caught.value.code is Code.CONTENT_TOO_LARGE


def test_zstd_data_with_a_large_window_are_refused() -> None:
    header = b"\x28\xb5\x2f\xfd\x00"  # then the window: 1 KiB times 2 to the first five bits
    empty_block = b"\x01\x00\x00"
    assert unpack(header + bytes([17 << 3]) + empty_block, ".zst") == b""
    with pytest.raises(ReadError, match="more than 134,217,728 bytes of memory") as caught:
        unpack(header + bytes([18 << 3]) + empty_block, ".zst")
    assert caught.value.code is Code.CONTENT_TOO_LARGE


class FailingFile(io.BytesIO):
    """Fails where it ends."""

    def readinto(self, buffer: Any, /) -> int:
        size = super().readinto(buffer)
        if not size:
            strike("EIO")
        return size


@every_format
def test_all_that_could_be_read_is_given_out_before_the_failure(suffix: str) -> None:
    data = COMPRESS[suffix](LINES)
    content = decompress(io.BufferedReader(FailingFile(data), 64), suffix)
    assert content
    assert content.read(len(LINES)) == LINES
    with pytest.raises(ReadError, match="input/output error") as caught:
        content.read(1)
    assert caught.value.code is Code.IO_ERROR


def test_a_zstd_file_may_begin_with_a_frame_to_be_skipped() -> None:
    frame = COMPRESS[".zst"](LINES)
    assert unpack(EMPTY_ZSTD_FRAME + frame + EMPTY_ZSTD_FRAME, ".zst") == LINES


@every_format
def test_a_bomb_is_read_piece_by_piece(suffix: str) -> None:
    import tracemalloc

    size = 48 << 20
    data = COMPRESS[suffix](bytes(size))
    assert len(data) < size // 900
    content = decompress(io.BufferedReader(io.BytesIO(data)), suffix)
    assert content
    tracemalloc.start()
    try:
        assert sum(map(len, iter(lambda: content.read(BUFFER_BYTES), b""))) == size
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
