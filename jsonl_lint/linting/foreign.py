"""Plugins at work: their code is run apart, and what it yields is looked through and made anew.

A plugin is trusted not to do harm, but not to be free of mistakes. What it raises is its own crash,
what it prints goes to standard error, and what it is given and gives is shared with nobody.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import redirect_stdout
from copy import deepcopy
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from jsonl_lint.finding import Problem
from jsonl_lint.reading.decode import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Path as RecordPath

Given = TypeVar("Given")

MAX_INDEX = 1 << 62
_PACKAGE = str(Path(__file__).parent.parent) + os.sep
"""How the names of our own files begin; those of a plugin ``jsonl_lint_more`` do not."""
_ALONE = RLock()
"""Held while standard output is another one: two threads would give it back in the wrong order."""


class CrashError(Exception):
    """Code of a plugin raised something; the text is the type of that."""


def call(act: Callable[[], Given]) -> Given:
    """Run code of a plugin; raises CrashError for whatever it raises, an exit included.

    What it prints goes to standard error: standard output belongs to reports and fixed data.
    """
    try:
        with _ALONE, redirect_stdout(sys.stderr):
            return act()
    except BaseException as error:
        if _is_of_a_signal(error):
            raise
        raise CrashError(type(error).__name__) from error


def _is_of_a_signal(error: BaseException) -> bool:
    """Tell whether a signal's handler raised this while the plugin was at work.

    NOTE: Python's own handler of Ctrl-C leaves no trace; while it is in charge, a plugin that
    raises KeyboardInterrupt ends the run as Ctrl-C does.
    """
    if isinstance(error, Exception):
        return False
    if isinstance(error, KeyboardInterrupt) and _has_default_handler():
        return True
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return last is None or last.tb_frame.f_code.co_filename.startswith(_PACKAGE)


def _has_default_handler() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler


def own_copy(value: dict[str, Any], raw: bytes) -> dict[str, Any]:
    """Give a record once more: a plugin may change what it is given, and others look at it too."""
    try:
        decoded = loads(raw)
    except ValueError:  # it has a byte order mark, or came with others on its line
        return deepcopy(value)
    return decoded if isinstance(decoded, dict) else deepcopy(value)


def remade(found: object, size: int, lines: int = 0) -> Problem:
    """Make a problem anew from what a plugin gave; raises TypeError or ValueError for a wrong one.

    Its span is within ``size`` bytes. Its line is one of ``lines``, or none where there are none.
    """
    if not isinstance(found, Problem):
        raise TypeError
    span = found.span
    return Problem(
        _path(found.path),
        _exactly(str, found.message),
        _exactly(str, found.hint),
        part=_part(found.part),
        span=None if span is None else _span(span, size),
        minor=_exactly(bool, found.minor),
        line=_within(found.line, 1, lines) if lines and found.line is not None else None,
        meant=_exactly(str, found.meant),
    )


def _exactly(kind: type[Given], value: object) -> Given:
    """Give a value of this very type: one of a class derived from it may do as it likes."""
    if type(value) is not kind:
        raise TypeError
    return value


def _within(value: object, least: int, most: int) -> int:
    number = _exactly(int, value)
    if not least <= number <= most:
        raise ValueError
    return number


def _path(path: object) -> RecordPath:
    steps = _exactly(tuple, path)
    return tuple(step if type(step) is str else _within(step, 0, MAX_INDEX) for step in steps)


def _part(part: object) -> Any:  # noqa: ANN401 - a literal, which no isinstance narrows to
    if part not in {"key", "value"}:
        raise ValueError
    return part


def _span(span: object, size: int) -> tuple[int, int]:
    start, end = _exactly(tuple, span)
    first = _within(start, 0, size)
    return first, _within(end, first, size)
