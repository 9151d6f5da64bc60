"""A line on the terminal that says how far the check is; only people see it, never logs."""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

from jsonl_lint.cli.variables import is_on
from jsonl_lint.reporting.safe import safe

if TYPE_CHECKING:
    from jsonl_lint.linting.summary import Summary

DELAY_SECONDS = 1.0
INTERVAL_SECONDS = 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows, from a second after the start, the file at work and the bytes of it that were read."""

    def __init__(self, summary: Summary, *, enabled: bool) -> None:
        self._summary = summary
        self._done = Event()
        self._thread = Thread(target=self._show, daemon=True) if enabled else None

    def __enter__(self) -> None:
        if self._thread:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread:
            self._thread.join()

    def _show(self) -> None:
        wait = DELAY_SECONDS
        shown = False
        while not self._done.wait(wait):
            wait = INTERVAL_SECONDS
            if self._summary.files:
                file = self._summary.files[-1]
                text = f"{safe(file.name)}: {file.lines:,} lines, {file.bytes_read:,} bytes"
                sys.stderr.write(_CLEAR + text)
                sys.stderr.flush()
                shown = True
        if shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()


def is_wanted(choice: bool | None) -> bool:  # noqa: FBT001 - the value of --progress/--no-progress
    """Decide on progress: never outside a terminal; there by default, but not in hooks and CI."""
    if not sys.stderr or not sys.stderr.isatty() or choice is False:
        return False
    return choice is True or not (is_on("CI") or is_on("PRE_COMMIT"))
