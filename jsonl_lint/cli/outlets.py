"""Places where a command writes text: standard output, devices and pipes, and files.

A file is replaced when all is written, so that an old one stays whole if that fails.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

import click

from jsonl_lint.cli.signals import waiting

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")

STDOUT = "-"
_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTORS = ("/dev/fd", "/proc/self/fd")
"""Names of what is open already; to open them once more would cut off what is written there."""


class Outlet(NamedTuple):
    """What takes the text of one report; all of it raises OSError."""

    write: Callable[[str], object]
    finish: Callable[[], object]
    """Sees all of it written."""
    discard: Callable[[], object]
    """Removes what is not in place yet; to be called in any case."""


def nothing(*_: object) -> None:
    """Do nothing."""


def open_outlet(path: str) -> Outlet:
    """Open a path, or ``-`` for standard output."""
    if path == STDOUT:
        return _stdout()
    if _is_written_directly(path):
        return _direct(path)
    return _replaced(path)


def say(line: str) -> None:
    """Write a line to standard output; raises OSError, also where it is closed."""
    with waiting():
        click.echo(line, _open_stdout())


def _stdout() -> Outlet:
    stream = _open_stdout()
    return Outlet(_patient(stream.write), _patient(stream.flush), nothing)


def _open_stdout() -> TextIO:
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdout


def _direct(path: str) -> Outlet:
    number = _descriptor(path)
    with waiting():  # a pipe opens when somebody reads it
        file = open(path if number is None else os.dup(number), "wb")  # noqa: SIM115, PTH123 - finish closes it; it may be a number
    return Outlet(_patient(lambda text: file.write(_encoded(text))), _patient(file.close), nothing)


def _replaced(path: str) -> Outlet:
    from jsonl_lint.fixing.atomic import AtomicFile, WriteError  # noqa: PLC0415 - for files only

    def explained(act: Callable[..., Made], *args: object, **options: object) -> Made:
        try:
            return act(*args, **options)
        except WriteError as error:
            raise OSError(errno.EIO, str(error)) from error

    # NOTE: an old report may have other names, which keep it: unlike data, it is made anew.
    file = explained(AtomicFile, path, overwrite=True, break_hardlinks=True)
    return Outlet(
        lambda text: explained(file.write, _encoded(text)),
        lambda: explained(file.commit),
        file.discard,
    )


def _patient(act: Callable[..., object]) -> Callable[..., object]:
    def wait(*args: object) -> None:
        with waiting():
            act(*args)

    return wait


def _descriptor(path: str) -> int | None:
    folder, _, name = path.rpartition("/")
    if folder in _DESCRIPTORS and name.isdecimal():
        return int(name)
    return _STREAMS.get(path)


def _is_written_directly(path: str) -> bool:
    try:
        return _descriptor(path) is not None or not stat.S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):  # it is not there, or has a name that no file has
        return False


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
