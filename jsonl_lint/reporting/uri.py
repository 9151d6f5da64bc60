"""File names as other programs want them: relative to the folder of the run, or as URIs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = "SRCROOT"
"""What SARIF calls the folder that relative names are relative to."""


def relative(name: str) -> str:
    """Give a name with forward slashes, relative to the current folder if it is below that."""
    path = Path(name)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return path.as_posix()
    return path.as_posix()


def artifact(name: str) -> dict[str, Any]:
    """Give SARIF's artifactLocation of a file."""
    posix = relative(name)
    if Path(posix).is_absolute():
        return {"uri": "file:///" + _quoted(posix.lstrip("/"))}
    return {"uri": _quoted(posix), "uriBaseId": ROOT}


def _quoted(posix: str) -> str:
    try:
        data = os.fsencode(posix)
    except UnicodeEncodeError:  # half of a surrogate pair, which no file system gave
        data = posix.encode("utf-8", "surrogatepass")
    return quote(data, safe="/")
