"""The frames of one zstd file share a decompressor, those of two files never do."""

from __future__ import annotations

import io
import os
import sys
from unittest.mock import Mock

import pytest
import zstandard
from archives import unpack

from jsonl_lint.reading.compressed import BUFFER_BYTES, decompress

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 14), reason="the library has its own")


def test_the_frames_of_a_file_share_a_decompressor(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Mock(wraps=zstandard.ZstdDecompressor)
    monkeypatch.setattr(zstandard, "ZstdDecompressor", made)
    lines = [b"%d\n" % number for number in range(100)]
    assert unpack(b"".join(map(zstandard.compress, lines)), ".zst") == b"".join(lines)
    assert made.call_count == 1


def test_files_that_are_read_by_turns_do_not_mix() -> None:
    contents = [os.urandom(2 * BUFFER_BYTES) for _ in range(2)]
    opened = [decompress(io.BufferedReader(io.BytesIO(zstandard.compress(content) * 2)), ".zst")
              for content in contents]  # fmt: skip
    read = [b"", b""]
    for _ in range(5):
        for number, content in enumerate(opened):
            assert content is not None
            read[number] += content.read(BUFFER_BYTES)
    assert read == [content * 2 for content in contents]
