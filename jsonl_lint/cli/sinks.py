"""Where reports go: standard output and files. A sink that breaks is noted and left alone."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from jsonl_lint.cli.exit_codes import BROKEN_PIPE, UNWRITTEN
from jsonl_lint.reading.errors import reason
from jsonl_lint.reading.source import status

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Finding
    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Options, Reporter

STDOUT = "-"


class Sink:
    """One report on its way to one place; ``failure`` is the exit code of what went wrong."""

    def __init__(self, reporter: Reporter, path: str, options: Options) -> None:
        self.failure = 0
        self.reason = ""
        self._path = path
        self._file: TextIO | None = None
        self._items = reporter(self._write, options)
        self._guard(self._open)

    def send(self, item: Finding | Summary) -> None:
        """Hand an item to the reporter, unless the sink is broken."""
        if not self.failure:
            self._guard(lambda: self._items.send(item))

    def finish(self, summary: Summary) -> None:
        """Let the reporter write what is left, and close the file."""
        with suppress(StopIteration):
            self.send(summary)
        self._items.close()
        if self._file:
            self._guard(self._close)

    def _open(self) -> None:
        if self._path != STDOUT:
            self._file = Path(self._path).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115 - finish closes it
        elif sys.stdout:
            self._file = sys.stdout
        else:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        next(self._items)

    def _write(self, text: str) -> None:
        if self._file:
            self._file.write(text)

    def _close(self) -> None:
        if self._file and self._file is not sys.stdout:
            self._file.close()
        elif self._file:
            self._file.flush()

    def _guard(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BrokenPipeError:
            self._fail(BROKEN_PIPE, "")
        except OSError as error:
            self._fail(UNWRITTEN, reason(error))

    def _fail(self, code: int, why: str) -> None:
        where = "standard output" if self._path == STDOUT else self._path
        self.failure = code
        self.reason = f"{where}: the report could not be written: {why}" if why else ""
        if self._path == STDOUT:
            silence_stdout()


def is_same_file(output: str, name: str) -> bool:
    """Tell whether an output would go to the file that is to be read."""
    read = status(name)
    try:
        return read is not None and os.path.samestat(Path(output).stat(), read)
    except (OSError, ValueError):  # it is not there, or has a name that no file has
        return False


def silence_stdout() -> None:
    """Let go of what standard output did not take, so that the flush at exit stays quiet."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_stdout() -> None:
    """Make standard output take any text: what its encoding cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def shows_glyphs(stream: TextIO | None, glyphs: str = "·") -> bool:
    """Tell whether a stream's encoding has the characters beyond ASCII that a report uses."""
    try:
        glyphs.encode((stream and stream.encoding) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def wants_color(choice: str, stream: TextIO | None) -> bool:
    """Decide on colour: the option first, then NO_COLOR, FORCE_COLOR, and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
