"""The names of files, as short as they may be without naming another file."""

from __future__ import annotations

import os
from pathlib import Path


def tidy(name: str) -> str:
    """Give a name without ``.``, double slashes and a slash at its end."""
    # NOTE: not normpath, which takes away a/.. too: where a is a link, that is another folder.
    return str(Path(name))


def absolute(name: str | Path) -> Path:
    """Give the path without ``..``, but with its links: a linked file belongs where the link is.

    Only a link that ``..`` leads out of is followed, as the system does.
    """
    path = Path.cwd() / name
    if os.name == "nt":  # where the system itself takes a link with its ".." for nothing
        return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps the ".."
    if ".." not in path.parts:
        return path
    found = Path(path.anchor)
    for part in path.parts[1:]:
        if part != "..":
            found /= part
        elif os.path.islink(found):  # noqa: PTH114 - Path.is_symlink raises for some names
            found = Path(os.path.realpath(found)).parent
        else:
            found = found.parent
    return found
