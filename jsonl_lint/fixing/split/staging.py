"""Put several new files into a folder: all of them, or none."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jsonl_lint.fixing.atomic import WriteError
from jsonl_lint.fixing.atomic.replaceable import Allowed, refusal
from jsonl_lint.fixing.atomic.system import REAL
from jsonl_lint.reading.errors import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PREFIX = ".jsonl-lint-"
_OVER = Allowed(overwrite=True, break_hardlinks=False, backup=False)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Make a hidden folder in ``folder``, which is made too, for files that are not complete yet.

    At the end it is removed with all that is still in it, and after an exception also the folders
    that were made for it, if they are empty. Raises WriteError where it cannot be made.
    """
    with ExitStack() as undo:
        try:
            for missing in _missing(folder):
                missing.mkdir(exist_ok=True)
                undo.callback(_try, missing.rmdir)
            hidden = TemporaryDirectory(prefix=_PREFIX, dir=folder, ignore_cleanup_errors=True)
        except OSError as error:
            message = f"no file can be made in that folder: {reason(error)}"
            raise WriteError(message) from error
        with hidden as name:
            yield Path(name)
        undo.pop_all()


def check_free(
    folder: Path, names: Iterable[str], source: os.stat_result | None, *, overwrite: bool
) -> None:
    """Raise WriteError where a name is taken, or with ``overwrite`` may not be written over.

    ``source`` is the status of the input: it is never written over.
    """
    for name in names:
        try:
            why = _taken(folder / name, source, overwrite=overwrite)
        except OSError as error:
            why = reason(error)
        if why:
            message = f"{name}: {why}"
            raise WriteError(message)


def _taken(path: Path, source: os.stat_result | None, *, overwrite: bool) -> str:
    try:
        old = path.lstat()
    except FileNotFoundError:
        return ""
    if not overwrite:
        return "it is there already; choose another folder, or give --overwrite"
    if source and os.path.samestat(old, source):
        return "it is the input; choose another folder"
    return refusal(str(path), old, _OVER, REAL)


def publish(staged: Path, folder: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """Move files out of the staging folder, or none of them; raises WriteError.

    Old files of the same names are put back if that fails. The last name is that of the manifest:
    the old one goes first and the new one comes last, so that even after a power cut no manifest
    tells of files that are not there.
    """
    retired = staged / "retired"
    name = ""
    try:
        with ExitStack() as undo:
            retired.mkdir()
            if overwrite:
                for name in reversed(names):
                    _retire(folder / name, retired / name, undo)
            for name in names:
                _place(staged / name, folder / name)
                undo.callback(_try, (folder / name).unlink)
            undo.pop_all()
    except OSError as error:
        message = f"{name}: it could not be put in place: {reason(error)}"
        raise WriteError(message) from error
    _try(partial(_sync, folder))


def _missing(folder: Path) -> list[Path]:
    missing: list[Path] = []
    while not folder.exists():
        missing.insert(0, folder)
        folder = folder.parent
    return missing


def _retire(old: Path, to: Path, undo: ExitStack) -> None:
    # NOTE: before the move, since a signal may come right after it.
    undo.callback(_restore, old, to)
    with suppress(FileNotFoundError):
        old.rename(to)


def _restore(old: Path, moved: Path) -> None:
    if os.path.lexists(moved):
        _try(partial(moved.replace, old))


def _place(new: Path, to: Path) -> None:
    """Give a file its name, and never take that of another: a plain rename would."""
    try:
        os.link(new, to)
    except FileExistsError:
        raise
    except OSError:  # the file system has no hard links
        if os.path.lexists(to):
            raise
        new.rename(to)


def _sync(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _try(act: Callable[[], object]) -> None:
    """Do what may fail without harm, where there is nobody left to tell."""
    with suppress(OSError):
        act()
