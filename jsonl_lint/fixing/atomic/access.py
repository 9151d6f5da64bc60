"""Who may read and write a file that takes another's place: the same as before, never more."""

from __future__ import annotations

import errno
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from jsonl_lint.fixing.atomic.system import System

_KEEP = -1
_CANNOT = frozenset({errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""Giving a file away takes a right that most users lack, an id that is known here (a container may
know fewer), and a file system that has owners."""


def keep_access(file: int, old: os.stat_result, system: System) -> None:
    """Give an open file the group, owner and mode of the file that it is to replace.

    An owner or group that the system does not let us give stays ours. The file is then not set-id,
    and another group gets no right that not everybody has. Raises OSError.

    NOTE: access control lists and other extended attributes are not carried over.
    """
    new = system.fstat(file)
    mode = stat.S_IMODE(old.st_mode)
    group_kept = new.st_gid == old.st_gid or _give(file, _KEEP, old.st_gid, system)
    owner_kept = new.st_uid == old.st_uid or _give(file, old.st_uid, _KEEP, system)
    if not (group_kept and owner_kept):
        mode &= ~(stat.S_ISUID | stat.S_ISGID)
    if not group_kept:
        mode &= ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    if system.chmod and mode != stat.S_IMODE(new.st_mode):
        system.chmod(file, mode)


def _give(file: int, owner: int, group: int, system: System) -> bool:
    if not system.chown:
        return False
    try:
        system.chown(file, owner, group)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        return False
    return True
