"""Expand the paths that a user gives into the files to read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jsonl_lint.reading.source import STDIN, is_dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def walk(paths: Iterable[str]) -> Iterator[str]:
    """Yield each file once, folders in sorted order; a file that is named is taken as it is.

    In folders, hidden folders are passed over and links to folders are not followed, so that a
    loop of links ends. A folder that cannot be listed and a link to nothing are among the files:
    what is not checked has to show.
    """
    seen = set()
    for path in paths:
        for name in _files(path):
            if name not in seen:
                seen.add(name)
                yield name


def _files(path: str) -> Iterator[str]:
    if path == STDIN or not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for some
        yield path
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            full = str(Path(folder, name))
            if is_dataset(name) and (os.path.isfile(full) or not os.path.exists(full)):  # noqa: PTH110, PTH113
                yield full
    for error in closed:
        yield str(error.filename)
