"""Compressed data of every format, to be read again."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import TYPE_CHECKING

import pytest
import zstandard

from jsonl_lint.reading.compressed import MAX_DECOMPRESSED_BYTES, SUFFIXES, decompress

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = b"".join(b'{"text": "line %d, which is not the same"}\n' % i for i in range(500))
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}

every_format = pytest.mark.parametrize("suffix", SUFFIXES)


def unpack(data: bytes, suffix: str, limit: int = MAX_DECOMPRESSED_BYTES) -> bytes:
    content = decompress(io.BufferedReader(io.BytesIO(data)), suffix, limit)
    assert content is not None
    return content.read()
