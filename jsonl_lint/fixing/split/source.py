"""An input that is read more than once: where to cut is known only when all of it was seen."""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from jsonl_lint.fixing.atomic import WriteError
from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.reading.errors import Code, ReadError, reason
from jsonl_lint.reading.lines import read_lines
from jsonl_lint.reading.sniff import sniff_content
from jsonl_lint.reading.source import BUFFER_BYTES, CHUNK_BYTES, Stream, open_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jsonl_lint.fixing.split.cuts import Run
    from jsonl_lint.reading.lines import OversizedLine


class Source:
    """The decompressed bytes of an input, and how many they are."""

    def __init__(self, stream: Stream, size: int) -> None:
        """Take a stream that can be wound back."""
        self.size = size
        self._stream = stream

    def lines(self, limit: int) -> Iterator[bytes | OversizedLine]:
        """Yield each line, longer ones than ``limit`` bytes by their length; raises ReadError."""
        self._stream.content.seek(0)
        done = 0
        for line in read_lines(self._stream.content, limit):
            done += len(line)
            yield line
        self._stream.verify(done)

    def runs(self, runs: Iterable[Run]) -> Iterator[Iterator[bytes]]:
        """Yield the chunks of each run of lines; each has to be used up before the next.

        The runs are all the lines. Raises ReadError where the input is not as it was.
        """
        self._stream.content.seek(0)
        for run in runs:
            yield self._chunks(run.bytes)
        self._stream.verify(self._stream.content.tell())

    def _chunks(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            chunk = self._stream.content.read(min(left, CHUNK_BYTES))
            if not chunk:
                message = "the file changed while it was read"
                raise ReadError(message, Code.FILE_CHANGED)
            left -= len(chunk)
            yield chunk


@contextmanager
def open_source(name: str, scratch: Path) -> Iterator[Source]:
    """Open a path or ``-``; raises ReadError, and RefusedError for what is no JSON lines.

    A plain file is read where it is. Pipes and compressed files are first copied, decompressed, to
    a file without a name in the folder ``scratch``.
    """
    with open_path(name) as stream:
        plain = stream.size is not None and stream.content.seekable()
        if plain and not stream.content.tell():
            yield _sniffed(Source(stream, stream.size or 0), stream)
            return
        with _copying():
            copy = TemporaryFile(dir=scratch)  # noqa: SIM115 - closed below
        try:
            size = _spool(stream, copy)
            raw = io.FileIO(copy.fileno(), closefd=False)
            again = Stream(io.BufferedReader(raw, BUFFER_BYTES))
            yield _sniffed(Source(again, size), again)
        finally:
            with suppress(OSError):  # on a full disk it would fail once more
                copy.close()


def _spool(stream: Stream, copy: IO[bytes]) -> int:
    size = 0
    for chunk in stream.chunks():
        size += len(chunk)
        with _copying():
            copy.write(chunk)
    with _copying():
        copy.flush()
    return size


@contextmanager
def _copying() -> Iterator[None]:
    """Tell a failure to write from one to read, which ``open_path`` takes any OSError for."""
    try:
        yield
    except OSError as error:
        message = f"the input could not be copied there: {reason(error)}"
        raise WriteError(message) from error


def _sniffed(source: Source, stream: Stream) -> Source:
    stream.content.seek(0)
    kind = sniff_content(stream.content)
    if kind:
        raise RefusedError(kind.refusal)
    return source
