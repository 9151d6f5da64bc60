"""Where reports go: standard output and files. A sink that breaks is noted and left alone."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from jsonl_lint.cli.exit_codes import BROKEN_PIPE, INTERNAL, UNWRITTEN
from jsonl_lint.cli.outlets import STDOUT, Outlet, nothing, open_outlet
from jsonl_lint.linting.foreign import CrashError
from jsonl_lint.reading.errors import exhausted, reason
from jsonl_lint.reading.source import status

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Finding
    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Options, Reporter


class Sink:
    """One report on its way to one place; ``failure`` is the exit code of what went wrong."""

    def __init__(self, reporter: Reporter, path: str, options: Options) -> None:
        self.failure = 0
        self.reason = ""
        self._path = path
        self._outlet = Outlet(nothing, nothing, nothing)
        self._items = reporter(self._write, options)
        self._guard(self._open)

    def send(self, item: Finding | Summary) -> None:
        """Hand an item to the reporter, unless the sink is broken."""
        if not self.failure:
            self._guard(lambda: self._items.send(item))

    def finish(self, summary: Summary) -> None:
        """Let the reporter write what is left, and put the file in place."""
        with suppress(StopIteration):
            self.send(summary)
        self._items.close()
        if not self.failure:
            self._guard(self._outlet.finish)

    def discard(self) -> None:
        """Remove what is not in place, if anything."""
        self._outlet.discard()

    def _open(self) -> None:
        self._outlet = open_outlet(self._path)
        next(self._items)

    def _write(self, text: str) -> None:
        self._outlet.write(text)

    def _guard(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BrokenPipeError:
            self._fail(BROKEN_PIPE, "")
        except OSError as error:
            self._fail(UNWRITTEN, reason(error))
        except MemoryError:  # the data were checked all the same
            self._fail(UNWRITTEN, str(exhausted()))
        except CrashError as error:
            self._fail(INTERNAL, f"the reporter crashed with {error}")

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
        with suppress(OSError):  # it is no file
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_stdout() -> None:
    """Make standard output take any text, all of it: what its encoding lacks is escaped."""
    # NOTE: PYTHONUNBUFFERED leaves out the layer that writes what the system did not take at once.
    if sys.stdout and isinstance(sys.stdout.buffer, io.RawIOBase):
        whole = io.BufferedWriter(sys.stdout.buffer)
        sys.stdout = io.TextIOWrapper(whole, sys.stdout.encoding, line_buffering=True)
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
