"""Who may read and write a file that takes another's place: owner, group and mode."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from faulty_system import strike

from jsonl_lint.fixing.atomic.access import keep_access
from jsonl_lint.fixing.atomic.system import REAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(REAL.chmod is None, reason="this platform has no modes")


@pytest.fixture
def new(tmp_path: Path) -> Iterator[int]:
    file = os.open(tmp_path / "new", os.O_WRONLY | os.O_CREAT, 0o600)
    yield file
    os.close(file)


def like(file: int, *, user: int, group: int, mode: int) -> os.stat_result:
    """Give the status of an old file, with ids so much above those of the new one."""
    status = list(os.fstat(file))
    status[stat.ST_MODE] = stat.S_IFREG | mode
    status[stat.ST_UID] += user
    status[stat.ST_GID] += group
    return os.stat_result(status)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o604])
def test_the_mode_is_taken_over(new: int, mode: int) -> None:
    keep_access(new, like(new, user=0, group=0, mode=mode), REAL)
    assert stat.S_IMODE(os.fstat(new).st_mode) == mode


@pytest.mark.parametrize("error", ["EPERM", "EINVAL", "ENOSYS"])
@pytest.mark.parametrize(
    ("user", "group", "mode", "kept"),
    [
        (0, 0, 0o6750, 0o6750),
        (1, 0, 0o4750, 0o0750),
        (1, 0, 0o2660, 0o0660),
        (0, 1, 0o0664, 0o0644),
        (0, 1, 0o0640, 0o0600),
        (0, 1, 0o0606, 0o0606),
        (0, 1, 0o2777, 0o0777),
        (1, 1, 0o6770, 0o0700),
    ],
)
def test_an_owner_that_cannot_be_kept_gives_no_right_to_another(  # noqa: PLR0913, PLR0917 - a case has parts
    new: int, user: int, group: int, mode: int, kept: int, error: str
) -> None:
    given = [0o600]
    system = REAL._replace(
        chown=lambda _file, _user, _group: strike(error),
        chmod=lambda _file, mode: given.append(mode),
    )
    keep_access(new, like(new, user=user, group=group, mode=mode), system)
    assert given[-1] == kept


def test_the_group_alone_may_be_kept(new: int) -> None:
    """Who is in a group may give files to it; to give them to another owner takes more."""

    def chown(_file: int, user: int, group: int) -> None:
        if user != -1:
            strike("EPERM")
        given.append(group)

    given: list[int] = []
    old = like(new, user=1, group=1, mode=0o2660)
    keep_access(new, old, REAL._replace(chown=chown))
    assert given == [old.st_gid]
    assert stat.S_IMODE(os.fstat(new).st_mode) == 0o660


def test_owner_and_group_are_given_where_they_may_be(new: int) -> None:
    given: list[tuple[int, int]] = []
    chown = REAL._replace(chown=lambda _file, user, group: given.append((user, group)))
    old = like(new, user=1, group=2, mode=0o4640)
    keep_access(new, old, chown)
    assert given == [(-1, old.st_gid), (old.st_uid, -1)]
    assert stat.S_IMODE(os.fstat(new).st_mode) == 0o4640


@pytest.mark.parametrize("error", ["EIO", "EDQUOT", "ENOSPC"])
@pytest.mark.parametrize("call", ["chown", "chmod", "fstat"])
def test_an_error_of_the_disk_is_no_lack_of_a_right(new: int, call: str, error: str) -> None:
    def fail(*_: int) -> None:
        strike(error)

    failing: dict[str, Any] = {call: fail}
    with pytest.raises(OSError, match=os.strerror(getattr(errno, error))):
        keep_access(new, like(new, user=1, group=1, mode=0o666), REAL._replace(**failing))


def test_a_platform_without_owners_and_modes_is_served(new: int) -> None:
    old = like(new, user=1, group=1, mode=0o640)
    keep_access(new, old, REAL._replace(chown=None, chmod=None))
    assert stat.S_IMODE(os.fstat(new).st_mode) == 0o600
