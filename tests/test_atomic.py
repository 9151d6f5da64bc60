"""Files that are written whole or not at all: what is replaced, what is refused, what is kept."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, NoReturn

import pytest
from faulty_system import strike

from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.fixing.atomic.file import BUFFER_BYTES
from jsonl_lint.fixing.atomic.system import REAL
from jsonl_lint.reading.source import open_path

OLD = b"old\n"
NEW = b"new\n"


def write(path: Path, data: bytes = NEW, **options: Any) -> None:
    with AtomicFile(path, **{"overwrite": True, **options}) as file:
        file.write(data)
        file.commit()


def refused(path: Path, **options: Any) -> str:
    """Try to write, and give the reason why that is refused."""
    with pytest.raises(WriteError) as error:
        write(path, **options)
    return str(error.value)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "train.jsonl"
    path.write_bytes(OLD)
    return path


def test_nothing_is_seen_before_the_commit(old: Path) -> None:
    with AtomicFile(old, overwrite=True) as file:
        file.write(NEW * BUFFER_BYTES)
        assert old.read_bytes() == OLD
        hidden = [path for path in old.parent.iterdir() if path != old]
        assert [path.name[:13] + path.suffix for path in hidden] == [".train.jsonl..tmp"]
        assert mode(hidden[0]) == 0o600
        file.commit()
    assert old.read_bytes() == NEW * BUFFER_BYTES
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("data", [b"", NEW, b"n" * BUFFER_BYTES, b"n" * (BUFFER_BYTES + 1)])
def test_all_that_was_written_is_there(old: Path, data: bytes) -> None:
    write(old, data)
    assert old.read_bytes() == data


def test_leaving_without_a_commit_changes_nothing(old: Path) -> None:
    with AtomicFile(old, overwrite=True) as file:
        file.write(NEW)
    assert old.read_bytes() == OLD
    assert list(old.parent.iterdir()) == [old]


def test_a_discarded_file_takes_no_commit(old: Path) -> None:
    file = AtomicFile(old, overwrite=True)
    file.write(NEW)
    file.discard()
    file.discard()
    with pytest.raises(ValueError, match="the file is closed"):
        file.commit()
    assert old.read_bytes() == OLD


def test_a_committed_file_takes_no_more(old: Path) -> None:
    with AtomicFile(old, overwrite=True) as file:
        file.write(NEW)
        file.commit()
        with pytest.raises(ValueError, match="the file is closed"):
            file.commit()
    assert old.read_bytes() == NEW


def test_an_interrupted_write_cannot_be_committed(old: Path) -> None:
    """Who holds back an interruption could otherwise commit a part of the buffer twice."""

    def interrupt(_file: int, _data: memoryview) -> NoReturn:
        raise KeyboardInterrupt

    with AtomicFile(old, overwrite=True, system=REAL._replace(write=interrupt)) as file:
        with pytest.raises(KeyboardInterrupt):
            file.write(b"n" * BUFFER_BYTES)
        with pytest.raises(ValueError, match="the file is closed"):
            file.commit()
    assert old.read_bytes() == OLD


def test_verify_comes_last_and_may_refuse(old: Path) -> None:
    def refuse() -> None:
        hidden = next(path for path in old.parent.iterdir() if path.suffix == ".tmp")
        seen.append((hidden.read_bytes(), mode(hidden), old.read_bytes()))
        raise LookupError

    seen: list[tuple[bytes, int, bytes]] = []
    old.chmod(0o604)
    with AtomicFile(old, overwrite=True, backup=True) as file:
        file.write(NEW)
        with pytest.raises(LookupError):
            file.commit(refuse)
    assert seen == [(NEW, 0o604, OLD)]
    assert old.read_bytes() == OLD
    assert list(old.parent.iterdir()) == [old]


def test_a_write_error_is_told_from_a_read_error(old: Path) -> None:
    """``open_path`` takes an OSError inside its block for its own."""
    system = REAL._replace(fsync=lambda _file: strike("ENOSPC"))
    with open_path(str(old)) as stream, pytest.raises(WriteError, match="no space left"):
        write(old, stream.content.read(), system=system)


# what may be written


def test_what_exists_stays(old: Path) -> None:
    reason = "it exists already; give another name, or allow that it is overwritten"
    assert refused(old, overwrite=False) == reason
    assert old.read_bytes() == OLD


@pytest.mark.parametrize("has_links", [True, False])
def test_what_comes_to_be_meanwhile_stays(tmp_path: Path, *, has_links: bool) -> None:
    path = tmp_path / "train.jsonl"

    def create() -> None:
        path.write_bytes(OLD)

    system = REAL if has_links else REAL._replace(link=lambda _path, _name: strike("ENOTSUP"))
    with AtomicFile(path, overwrite=False, system=system) as file:
        file.write(NEW)
        with pytest.raises(WriteError, match="it exists already"):
            file.commit(verify=create)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_seen_to_exist_meanwhile_is_refused_before_verify(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    with AtomicFile(path, overwrite=False) as file:
        path.write_bytes(OLD)
        with pytest.raises(WriteError, match="it exists already"):
            file.commit(verify=lambda: pytest.fail("verify was called"))
    assert path.read_bytes() == OLD


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "it is a folder; give the name of a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no pipes with a name")
def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reason = "it is not a regular file; give the name of a file"
    assert refused(path) == refused(Path(os.devnull)) == reason


def test_a_name_that_ends_in_a_slash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="it names a folder; give the name of a file"):
        AtomicFile(f"{tmp_path}/out/", overwrite=True)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a\0b") == "no file can have this name; give another"


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    reason = "no file can be made in its folder: no such file or directory"
    assert refused(tmp_path / "none" / "train.jsonl") == reason


def test_a_file_in_place_of_the_folder_is_refused(old: Path) -> None:
    assert refused(old / "train.jsonl") == "it could not be looked at: not a directory"


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / ("n" * 300)) == "it could not be looked at: file name too long"


def test_the_longest_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 127)
    write(path)
    assert path.read_bytes() == NEW


def test_a_name_that_is_no_text_is_written(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.jsonl")
    write(path)
    assert path.read_bytes() == NEW


def test_a_name_in_the_current_folder_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("train.jsonl"))
    assert Path("train.jsonl").read_bytes() == NEW


def test_a_read_only_file_is_refused(old: Path) -> None:
    """The superuser may write any file: the answer of the system is given here."""
    asked = []

    def access(path: str, wanted: int) -> bool:
        asked.append((path, wanted))
        return False

    system = REAL._replace(access=access)
    reason = "it is read-only; make it writable, or give another name"
    assert refused(old, system=system) == reason
    assert asked == [(str(old), os.W_OK)]


def test_hard_links_are_refused_unless_allowed(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.hardlink_to(old)
    reason = "it has 2 names (hard links), and the others would keep the old content;"
    assert refused(old) == f"{reason} allow that, or copy it"
    assert old.samefile(other)
    write(old, break_hardlinks=True)
    assert (old.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_a_hard_link_that_comes_to_be_meanwhile_is_refused(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    with AtomicFile(old, overwrite=True) as file:
        other.hardlink_to(old)
        with pytest.raises(WriteError, match="it has 2 names"):
            file.commit()
    assert old.samefile(other)


# symbolic links


def test_the_file_behind_links_is_replaced(old: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    first, second = tmp_path / "folder" / "first", tmp_path / "second"
    first.symlink_to(Path("..") / old.name)
    second.symlink_to(first)
    write(second, backup=True)
    assert second.readlink() == first
    assert first.readlink() == Path("..") / old.name
    assert old.read_bytes() == NEW
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["first"]
    assert old.with_name("train.jsonl.bak").read_bytes() == OLD


def test_the_file_that_a_dangling_link_names_is_made(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("none.jsonl")
    write(link, overwrite=False)
    assert link.readlink() == Path("none.jsonl")
    assert (tmp_path / "none.jsonl").read_bytes() == NEW


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("link")
    assert refused(link) == "it is not a regular file; give the name of a file"
    assert link.is_symlink()


# mode and owner


@pytest.mark.parametrize("wanted", [0o600, 0o644, 0o640, 0o755, 0o604])
def test_the_mode_is_kept(old: Path, wanted: int) -> None:
    old.chmod(wanted)
    write(old)
    assert mode(old) == wanted


@pytest.mark.parametrize(("umask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_new_file_has_the_mode_of_the_umask(
    tmp_path: Path, umask: int, wanted: int, *, overwrite: bool
) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "new.jsonl", overwrite=overwrite)
    finally:
        os.umask(before)
    assert mode(tmp_path / "new.jsonl") == wanted


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give")
def test_root_gives_the_file_to_its_owner(old: Path) -> None:
    os.chown(old, 12345, 23456)
    old.chmod(0o640)
    write(old, backup=True)
    for path in (old, old.with_name("train.jsonl.bak")):
        assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (12345, 23456, 0o640)


# backup


def test_the_backup_is_the_old_file(old: Path) -> None:
    before = old.stat()
    write(old, backup=True)
    kept = old.with_name("train.jsonl.bak")
    assert (kept.stat().st_ino, kept.stat().st_nlink) == (before.st_ino, 1)
    assert (kept.read_bytes(), old.read_bytes()) == (OLD, NEW)


def test_a_file_that_can_have_one_name_is_copied(old: Path) -> None:
    old.chmod(0o640)
    large = b"old\n" * BUFFER_BYTES
    old.write_bytes(large)
    seen: set[int] = set()

    def read(file: int, size: int) -> bytes:
        seen.update(mode(path) for path in old.parent.iterdir() if path != old)
        return os.read(file, size)

    without_links = REAL._replace(link=lambda _path, _name: strike("EPERM"), read=read)
    write(old, backup=True, system=without_links)
    assert seen == {0o600, 0o640}, "the new file has its mode by then, the copy is private"
    kept = old.with_name("train.jsonl.bak")
    assert (kept.read_bytes(), mode(kept), old.read_bytes()) == (large, 0o640, NEW)
    assert set(old.parent.iterdir()) == {old, kept}


def test_there_is_no_backup_of_what_is_new(tmp_path: Path) -> None:
    write(tmp_path / "new.jsonl", backup=True)
    assert [path.name for path in tmp_path.iterdir()] == ["new.jsonl"]


BACKUP_EXISTS = "its backup, the same name with .bak, exists already; move that away"


def test_an_older_backup_stays(old: Path) -> None:
    kept = old.with_name("train.jsonl.bak")
    kept.symlink_to("nowhere")
    assert refused(old, backup=True) == BACKUP_EXISTS
    assert (old.read_bytes(), kept.is_symlink()) == (OLD, True)


@pytest.mark.parametrize("has_links", [True, False])
def test_a_backup_that_comes_to_be_meanwhile_stays(old: Path, *, has_links: bool) -> None:
    kept = old.with_name("train.jsonl.bak")

    def link(path: str, name: str) -> None:
        kept.write_bytes(b"other\n")
        if not has_links:
            strike("EPERM")
        os.link(path, name)

    assert refused(old, backup=True, system=REAL._replace(link=link)) == BACKUP_EXISTS
    assert (old.read_bytes(), kept.read_bytes()) == (OLD, b"other\n")
    assert set(old.parent.iterdir()) == {old, kept}


# what the disk may do


def test_what_the_disk_lost_is_noticed(old: Path) -> None:
    """Some network file systems took bytes that they did not keep."""

    def lose(file: int, data: memoryview) -> int:
        os.write(file, data[:-1])
        return len(data)

    reason = "writing failed: only 3 of 4 bytes were written"
    assert refused(old, system=REAL._replace(write=lose)) == reason
    assert old.read_bytes() == OLD


def test_a_disk_that_takes_nothing_does_not_hang(old: Path) -> None:
    reason = "writing failed: the system took none of the bytes"
    assert refused(old, system=REAL._replace(write=lambda _file, _data: 0)) == reason
    assert old.read_bytes() == OLD


def test_an_error_after_the_fact_does_not_cost_the_backup(old: Path) -> None:
    """A server may have replaced the file when its answer is lost."""

    def replace(path: str, target: str) -> None:
        Path(path).replace(target)
        strike("EIO")

    reason = "it could not be put in place: input/output error"
    assert refused(old, backup=True, system=REAL._replace(replace=replace)) == reason
    assert old.read_bytes() == NEW
    assert old.with_name("train.jsonl.bak").read_bytes() == OLD


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no /dev/full")
def test_a_full_disk_is_told(old: Path) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        system = REAL._replace(write=lambda _file, data: os.write(full.fileno(), data))
        assert refused(old, system=system) == "writing failed: no space left on device"
    assert list(old.parent.iterdir()) == [old]
    assert old.read_bytes() == OLD
