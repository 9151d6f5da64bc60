"""The system calls that writing a file needs, as one value: tests can let each of them fail.

What a platform lacks is ``None`` here: Windows has no owners and, before Python 3.13, no modes of
open files.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_AS_EFFECTIVE_USER = os.access in os.supports_effective_ids


class System(NamedTuple):
    """What ``os`` offers under the same name; ``chmod`` and ``chown`` are those of open files."""

    open: Callable[[str, int, int], int] = os.open
    write: Callable[[int, memoryview], int] = os.write
    read: Callable[[int, int], bytes] = os.read
    fsync: Callable[[int], None] = os.fsync
    fstat: Callable[[int], os.stat_result] = os.fstat
    close: Callable[[int], None] = os.close
    lstat: Callable[[str], os.stat_result] = os.lstat
    access: Callable[[str, int], bool] = partial(os.access, effective_ids=_AS_EFFECTIVE_USER)
    link: Callable[[str, str], None] = os.link
    unlink: Callable[[str], None] = os.unlink
    replace: Callable[[str, str], None] = os.replace
    chmod: Callable[[int, int], None] | None = getattr(os, "fchmod", None)
    chown: Callable[[int, int, int], None] | None = getattr(os, "fchown", None)


REAL = System()
