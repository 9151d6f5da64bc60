"""Split a byte stream into physical lines, at line feeds only, with a bounded length."""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    Why = Literal["line-too-long", "line-too-complex", "nul-bytes"]

MAX_LINE_BYTES = 32 * 1024 * 1024
"""The default bound: a longer line costs more than ten times its length once it is decoded."""
MAX_NODES = 2_000_000
"""Values of a line that are decoded: each takes up to a hundred bytes, however short its text."""
LOST = "this looks like an interrupted write or a sparse file; write the data again"
"""What to do about NUL bytes."""

_CHUNK = 1 << 20
_LINE_FEED = 0x0A


class OversizedLine:
    """Stands for a line beyond a bound, which was let go; its ``len`` is its real length.

    ``rule`` is the one that it breaks, ``tail`` its last two bytes. orjson refuses it like a
    malformed line, so that the loop over good lines need not ask.
    """

    __slots__ = ("_length", "rule", "tail")

    def __init__(self, length: int, tail: bytes, rule: Why) -> None:
        self._length = length
        self.tail = tail
        self.rule = rule

    def __len__(self) -> int:
        """Give the length in bytes, the line feed included."""
        return self._length


def read_lines(stream: IO[bytes], limit: int) -> Iterator[bytes | OversizedLine]:
    """Yield each line with its line end; one of more than ``limit`` bytes is skipped over.

    So is one of more than ``MAX_NODES`` values. Iterating ``readline`` with a bound costs what
    plain iteration costs; text mode and ``splitlines`` would also split inside JSON strings.

    A line without line feed is the last: a file that seemed to end in its middle may go on, but
    then what comes next is no line. It is left unread, which ``Stream.verify`` notices.
    """
    harmless = min(limit, MAX_NODES)  # bytes, of which each value takes at least one
    for line in iter(partial(stream.readline, harmless), b""):
        if line[-1] == _LINE_FEED:
            yield line
            continue
        whole = line if len(line) < harmless else _continued(stream, line, limit)
        yield whole
        if not ends_with_newline(whole):
            return


def _continued(stream: IO[bytes], start: bytes, limit: int) -> bytes | OversizedLine:
    line = start + stream.readline(limit + 1 - len(start))
    return _few_nodes(line) if len(line) <= limit else _skip(stream, line)


def _few_nodes(line: bytes) -> bytes | OversizedLine:
    from jsonl_lint.reading.structure import has_more_nodes  # noqa: PLC0415 - for huge lines only

    if not has_more_nodes(line, MAX_NODES):
        return line
    return OversizedLine(len(line), line[-2:], "line-too-complex")


def _skip(stream: IO[bytes], line: bytes) -> OversizedLine:
    length, tail, is_nul = len(line), line[-2:], _is_nul(line)
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
        length += len(line)
        tail = (tail + line)[-2:]
        is_nul = is_nul and _is_nul(line)
    return OversizedLine(length, tail, "nul-bytes" if is_nul else "line-too-long")


def _is_nul(text: bytes) -> bool:
    content = text.rstrip(b"\r\n")
    return content == bytes(len(content))


def ends_with_newline(line: bytes | OversizedLine) -> bool:
    """Tell whether a line has its line feed: only the last one of a file may lack it."""
    tail = line.tail if isinstance(line, OversizedLine) else line
    return tail.endswith(b"\n")
