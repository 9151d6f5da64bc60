"""The reporters of plugins: their code is run apart, and no other report is touched by it."""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from jsonl_lint.finding import Finding
from jsonl_lint.linting import foreign

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Items, Options, Reporter, Write

Given = TypeVar("Given")


def apart(reporter: Reporter) -> Reporter:
    """Make a reporter that raises CrashError where the one of a plugin raises, or ends too early.

    It is given copies, since others are sent the same. What fails to be written is raised as it is.
    """

    def report(write: Write, options: Options) -> Items:
        pen = _Pen(write)
        items = pen.guard(lambda: reporter(pen.write, options._replace(rules=dict(options.rules))))
        pen.guard(lambda: next(items))
        while True:
            item = yield
            own = _copy(item)
            if pen.guard(lambda: _ends(items, own)):  # noqa: B023 - called at once
                return

    return report


def _ends(items: Items, item: Finding | Summary) -> bool:
    """Send an item; at the summary the reporter may end, or be closed."""
    if isinstance(item, Finding):
        items.send(item)
        return False
    try:
        items.send(item)
    except StopIteration:
        return True
    items.close()
    return True


def _copy(item: Finding | Summary) -> Finding | Summary:
    if isinstance(item, Finding):
        return replace(item, problem=copy(item.problem))
    return deepcopy(item)


class _Pen:
    """Writes for a plugin, and knows what went wrong at that, whatever the plugin makes of it."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._failure: OSError | None = None

    def write(self, text: str) -> None:
        """Write as the reporter asks for."""
        try:
            self._write(text)
        except OSError as error:
            self._failure = error
            raise

    def guard(self, act: Callable[[], Given]) -> Given:
        """Run code of the plugin; raises CrashError, or what kept its text from being written."""
        try:
            return foreign.call(act)
        except foreign.CrashError:
            if self._failure:
                raise self._failure from None
            raise
