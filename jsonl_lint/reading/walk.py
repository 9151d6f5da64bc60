"""Expand the paths that a user gives into the files to read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jsonl_lint.reading.names import tidy
from jsonl_lint.reading.source import STDIN, Found, is_dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def walk(paths: Iterable[str]) -> Iterator[str]:
    """Yield each file once, folders in sorted order; a file that is named is taken as it is.

    In folders, hidden folders are passed over and links to folders are not followed, so that a
    loop of links ends. A folder that cannot be listed, a link to nothing and what is no regular
    file are among the files: what is not checked has to show.
    """
    seen = set()
    for path in paths:
        is_folder = path != STDIN and os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for some
        for name in _found(tidy(path)) if is_folder else (path,):
            if name not in seen:
                seen.add(name)
                yield name


def _found(top: str) -> Iterator[str]:
    """Yield the datasets in a folder and below: first its own, then those of each folder in it."""
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            yield Found(folder)  # opening it says why
            continue
        folders = []
        for entry in entries:
            path = tidy(entry.path)
            if entry.is_dir(follow_symlinks=False):
                folders += [] if entry.name.startswith(".") else [path]
            elif is_dataset(entry.name) and not os.path.isdir(path):  # noqa: PTH112 - as above
                yield Found(path)
        pending += reversed(folders)
