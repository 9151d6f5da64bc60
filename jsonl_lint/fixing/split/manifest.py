"""The manifest: what a split was made of and what came out, the same bytes for the same input."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonl_lint.fixing.split.cuts import Run
    from jsonl_lint.fixing.split.parts import Part, Written

VERSION = 1
"""Of the manifest's layout: another one where a key changes its meaning or is gone."""


def render(tool: str, source: str, mode: dict[str, Any], written: Written) -> bytes:
    """Write the manifest as JSON: ``source`` is the name of the input, ``mode`` how it was split.

    Records, lines, bytes and hashes are those of the decompressed content.
    """
    sizes = _sizes(written.total)
    document = {
        "version": VERSION,
        "tool": tool,
        "source": {"name": _text(source), **sizes, "sha256": written.sha256},
        **mode,
        "files": [_entry(part) for part in written.parts],
    }
    return json.dumps(document, indent=2).encode() + b"\n"


def _entry(part: Part) -> dict[str, Any]:
    lines = {"first_line": part.first_line, "last_line": part.last_line}
    return {"name": _text(part.name), **_sizes(part.run), "sha256": part.sha256, **lines}


def _sizes(run: Run) -> dict[str, int]:
    return {"records": run.records, "lines": run.lines, "bytes": run.bytes}


def _text(name: str) -> str:
    r"""Write what is no UTF-8 in a file's name as ``\xNN``: JSON text cannot hold it otherwise."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
