"""Show what fixing would change, as a unified diff that ``patch`` can apply."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, TYPE_CHECKING

from jsonl_lint.fixing.output import Output, nothing
from jsonl_lint.reading.lines import OversizedLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CONTEXT = 3
"""Lines that stay, shown before and after those that change."""
_NO_NEWLINE = b"\\ No newline at end of file\n"
_SPOOL_BYTES = 1 << 22
"""How much of a hunk is held in memory; a file that changes everywhere is one hunk."""


class Diff(Output):
    """An output that writes the diff of a file instead of the file.

    ``write`` takes one line of the diff at a time, the line feed included; ``end`` is called when
    all of them are written.
    """

    def __init__(
        self, name: bytes, write: Callable[[bytes], object], end: Callable[[], object] = nothing
    ) -> None:
        self._write = write
        self._end = end
        self._header = [b"--- " + name + b"\n", b"+++ " + name + b"\n"]
        self._old = self._new = 0
        self._kept: list[bytes] = []
        """Lines that stay since the last one that changes, as many as may still be shown."""
        self._hunk: SpooledTemporaryFile[bytes] | None = None
        self._old_of_hunk = self._new_of_hunk = 0
        self._removed: IO[bytes] | None = None
        self._added: IO[bytes] | None = None

    def keep(self, raw: bytes | OversizedLine) -> None:
        """Take a line that stays: context, if it is near one that changes."""
        if isinstance(raw, OversizedLine):
            self._close()
            self._kept.clear()
        else:
            self._kept.append(raw)
        self._old += 1
        self._new += 1
        if self._hunk and len(self._kept) > 2 * CONTEXT:
            self._close()
        if not self._hunk:
            del self._kept[:-CONTEXT]

    def change(self, raw: bytes, text: bytes) -> None:
        """Take a line that becomes other lines."""
        lines = _lines(text)
        self._hunk = self._hunk or SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - closed with the hunk
        self._hunk.writelines(_marked(b" ", self._kept))
        self._hunk.writelines(_marked(b"-", [raw]))
        self._hunk.writelines(_marked(b"+", lines))
        self._old_of_hunk += len(self._kept) + 1
        self._new_of_hunk += len(self._kept) + len(lines)
        self._kept = []
        self._old += 1
        self._new += len(lines)

    def skip(self, chunk: bytes) -> None:
        """Take a part of a file of which nothing stays."""
        self._removed = self._removed or TemporaryFile()  # noqa: SIM115 - discard closes it
        self._removed.write(chunk)

    def add(self, text: bytes) -> None:
        """Take the lines that come in its place."""
        self._added = self._added or TemporaryFile()  # noqa: SIM115 - discard closes it
        self._added.write(text)

    def finish(self) -> None:
        """Write what is left to be shown."""
        self._close()
        if self._removed and self._added:
            self._whole(self._removed, self._added)
        self._end()

    def discard(self) -> None:
        """Let go of what was kept aside."""
        for file in (self._hunk, self._removed, self._added):
            if file:
                file.close()

    def _close(self) -> None:
        """Write the hunk, without the context that is too far from what changes."""
        if not self._hunk:
            return
        shown, spare = self._kept[:CONTEXT], len(self._kept[CONTEXT:])
        self._hunk.writelines(_marked(b" ", shown))
        old, new = self._old_of_hunk + len(shown), self._new_of_hunk + len(shown)
        self._start((self._old - spare - old, old), (self._new - spare - new, new))
        for line in _rewound(self._hunk):
            self._write(line)
        self._hunk.close()
        self._hunk = None
        self._old_of_hunk = self._new_of_hunk = 0

    def _start(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        for line in self._header:
            self._write(line)
        self._header = []
        # NOTE: a range without lines is named by the line before it.
        ranges = [b"%d,%d" % (before + bool(count), count) for before, count in (old, new)]
        self._write(b"@@ -%b +%b @@\n" % tuple(ranges))

    def _whole(self, removed: IO[bytes], added: IO[bytes]) -> None:
        counts = [sum(1 for _ in _rewound(file)) for file in (removed, added)]
        self._start((0, counts[0]), (0, counts[1]))
        for mark, file in ((b"-", removed), (b"+", added)):
            for line in _marked(mark, _rewound(file)):
                self._write(line)


def _marked(mark: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write lines of a diff; one without a line feed is followed by a line that says so."""
    for raw in lines:
        yield mark + raw if raw.endswith(b"\n") else mark + raw + b"\n"
        if not raw.endswith(b"\n"):
            yield _NO_NEWLINE


def _lines(text: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in text.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return [line for line in lines if line]


def _rewound(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(file)
