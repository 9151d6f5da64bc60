"""Signals that ask for an end: what was found is still reported, and nothing is left lying about.

The first one raises StoppedError wherever the program is, or waits for the end of a shield. Behind
a shield a second one raises HurriedError at once. All others are let pass, so that what is on the
way out can remove its temporary files.
"""

from __future__ import annotations

import errno
import signal
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

from jsonl_lint.cli import exit_codes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    Item = TypeVar("Item")

CODES = {
    getattr(signal, name): code
    for name, code in (
        ("SIGHUP", exit_codes.HUNG_UP),
        ("SIGINT", exit_codes.INTERRUPTED),
        ("SIGTERM", exit_codes.TERMINATED),
    )
    if hasattr(signal, name)  # Windows has no SIGHUP
}
"""The exit code of each signal."""
ALARM = getattr(signal, "SIGALRM", None)  # Windows has none
PATIENCE_SECONDS = 1.0
"""How long after a signal somebody may still take what is written."""
_TICK_SECONDS = 0.2
_SOON_SECONDS = 0.01
_SAME_SECONDS = 0.3
"""Signals so close together count as one: ``timeout`` sends two, to the process and its group."""


class StoppedError(BaseException):
    """A signal came. Unlike KeyboardInterrupt, no plugin can be the one who raised it."""


class HurriedError(BaseException):
    """A second signal came, while the first one waited or its report was written."""


class _State:
    """What is known of signals: one for the process, as their handlers are."""

    def __init__(self) -> None:
        self.code = 0  # that of the first signal; 0 where none came
        self.since = 0.0
        self.shielded = self.hurried = self.waiting = False
        self.lost: type[BaseException] | None = None
        self.hook = sys.unraisablehook


_state = _State()


def catch() -> None:
    """Begin to listen to signals, but for those that whoever started us wants to be ignored."""
    global _state  # noqa: PLW0603 - handlers belong to the process
    _state = _State()
    for number in CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _note)
    if ALARM:
        signal.signal(ALARM, _tick)
    sys.unraisablehook = _raise_again_soon


def let_go() -> None:
    """Give the signals back to the system: from here on the process just ends."""
    sys.unraisablehook = _state.hook
    if ALARM:
        signal.setitimer(signal.ITIMER_REAL, 0)
    for number in CODES:
        if signal.getsignal(number) is _note:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def shielded() -> Iterator[None]:
    """Let signals wait for the end of the block, which raises StoppedError if one came."""
    hold()
    try:
        yield
    finally:
        _state.shielded = False
    heed()


def came() -> int:
    """Give the exit code of the first signal; 0 where none came."""
    return _state.code


def heed() -> None:
    """Let signals raise from here on; raises StoppedError if one waits."""
    _state.shielded = False
    if _state.code:
        raise StoppedError


def hold() -> None:
    """Let signals wait until somebody heeds them."""
    _state.shielded = True


def heeded(items: Generator[Item, None, None]) -> Iterator[Item]:
    """Yield the items. While one is looked for, a signal raises; while it is at work, it waits.

    At the end, and after StoppedError, signals wait.
    """
    with heeding(), closing(items):
        for item in items:
            hold()
            yield item
            heed()


@contextmanager
def heeding() -> Iterator[None]:
    """Let signals raise StoppedError within the block, and wait again after it."""
    try:
        heed()
        yield
    finally:
        hold()


@contextmanager
def waiting() -> Iterator[None]:
    """Raise TimeoutError where the block takes long after a signal: others may never do their part.

    NOTE: on Windows there is no timer; a second signal ends it there.
    """
    _state.waiting = True
    try:
        yield
    finally:
        _state.waiting = False


def _note(number: int, _frame: object) -> None:
    now = time.monotonic()
    if not _state.code:
        _state.code, _state.since = CODES[number], now
        if ALARM:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS, _TICK_SECONDS)
        if not _state.shielded:
            raise StoppedError
    elif _state.shielded and not _state.hurried and now - _state.since > _SAME_SECONDS:
        _state.hurried = True
        raise HurriedError


def _raise_again_soon(unraisable: sys.UnraisableHookArgs) -> None:
    """Note that a signal was lost: it came within a callback that cannot raise.

    Such are those of weak references, which importing a module has, and finalizers.
    """
    if unraisable.exc_type not in {StoppedError, HurriedError}:
        _state.hook(unraisable)
        return
    _state.lost = unraisable.exc_type
    if ALARM:
        signal.setitimer(signal.ITIMER_REAL, _SOON_SECONDS, _TICK_SECONDS)


def _tick(_number: int, _frame: object) -> None:
    lost, _state.lost = _state.lost, None
    if lost is HurriedError or (lost and not _state.shielded):
        raise lost
    if _state.waiting and time.monotonic() - _state.since > PATIENCE_SECONDS:
        raise TimeoutError(errno.ETIMEDOUT, "nobody took it in time after a signal")
