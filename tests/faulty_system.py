"""A system whose calls fail as planned: the N-th of one name, once or from then on."""

from __future__ import annotations

import errno
import os
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jsonl_lint.fixing.atomic.system import REAL, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CALLS = tuple(name for name in System._fields if name != "access")  # it answers, it never fails
ERRORS = ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EINTR")
When = Literal["instead", "after"]


class Fault(NamedTuple):
    """What happens at the N-th call of one name, in its place or just after it took effect.

    ``what`` is the name of an error, ``interrupt``, ``kill`` or ``short``: half of the bytes.
    """

    call: str
    nth: int
    what: str
    when: When = "instead"
    lasting: bool = False


class FaultySystem:
    """Notes the calls of a system, and lets the faults happen."""

    def __init__(self, faults: Iterable[Fault] = (), real: System = REAL) -> None:
        self.log: list[str] = []
        self._faults = tuple(faults)
        calls = {name: partial(self._call, name, getattr(real, name)) for name in CALLS}
        self.system = real._replace(**calls)

    def _call(self, name: str, real: Callable[..., Any], *args: Any) -> Any:
        self.log.append(name)
        fault = next((fault for fault in self._faults if self._is_due(fault, name)), None)
        if fault is None:
            return real(*args)
        if fault.what == "short":
            file, data = args
            return real(file, data[: (len(data) + 1) // 2])
        if fault.when == "after":
            with suppress(OSError):
                result = real(*args)
                if name == "open":
                    os.close(result)  # nobody else can, since nobody is told its number
        elif name == "close":
            real(*args)  # as Linux does: also where close fails, the descriptor is gone
        return strike(fault.what)

    def _is_due(self, fault: Fault, name: str) -> bool:
        count = self.log.count(name)
        is_due = count >= fault.nth if fault.lasting else count == fault.nth
        return is_due and name == fault.call


def strike(what: str) -> None:
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "interrupt":
        raise KeyboardInterrupt
    code = getattr(errno, what)
    raise OSError(code, os.strerror(code))
