"""What stands between a file and its check, where lines are changed on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.lines import OversizedLine
    from jsonl_lint.reading.source import Stream


class Mender(Protocol):
    """Reads a file in place of its check, which then sees the lines as they will be."""

    @property
    def looks_at_all(self) -> bool:
        """Whether records are to be shown to ``mend`` that the check's gates prove clean."""
        ...

    @property
    def bytes_read(self) -> int:
        """How much of the file's content was read."""
        ...

    def lines(
        self, stream: Stream, kind: str, limit: int
    ) -> Iterator[bytes | OversizedLine] | None:
        """Yield the file's lines; those that ``mend`` took are followed by what they become.

        ``kind`` is empty, or the rule that says that the file is no JSONL; then there may be no
        lines to be had. ``limit`` is the length in bytes up to which a line is read.
        """
        ...

    def mend(self, raw: bytes | OversizedLine) -> bool:
        """Take the line that was yielded last, if it can be mended."""
        ...
