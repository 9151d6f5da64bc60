"""What may be replaced: a plain file of one name that is ours to write."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jsonl_lint.fixing.atomic.system import System

BACKUP_SUFFIX = ".bak"
EXISTS = "it exists already; give another name, or allow that it is overwritten"
BACKUP_EXISTS = f"its backup, the same name with {BACKUP_SUFFIX}, exists already; move that away"


class Allowed(NamedTuple):
    """What the user allows to happen to an existing file, and whether a backup is to be kept."""

    overwrite: bool
    break_hardlinks: bool
    backup: bool


def refusal(path: str, old: os.stat_result, allowed: Allowed, system: System) -> str:
    """Say why the file at a path, whose status is ``old``, may not be replaced; empty if it may."""
    if not stat.S_ISREG(old.st_mode):
        kind = "a folder" if stat.S_ISDIR(old.st_mode) else "not a regular file"
        return f"it is {kind}; give the name of a file"
    if not allowed.overwrite:
        return EXISTS
    if old.st_nlink > 1 and not allowed.break_hardlinks:
        names = f"{old.st_nlink:,} names (hard links)"
        return f"it has {names}, and the others would keep the old content; allow that, or copy it"
    if not system.access(path, os.W_OK):
        return "it is read-only; make it writable, or give another name"
    if allowed.backup and _is_there(path + BACKUP_SUFFIX, system):
        return BACKUP_EXISTS
    return ""


def _is_there(path: str, system: System) -> bool:
    try:
        system.lstat(path)
    except FileNotFoundError:
        return False
    return True
