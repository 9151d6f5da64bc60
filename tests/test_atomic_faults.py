"""Let each call of the system fail in turn, and look what is left: the old file or the new one."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from faulty_system import ERRORS, Fault, FaultySystem, When, strike

from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.fixing.atomic.file import BUFFER_BYTES
from jsonl_lint.fixing.atomic.system import REAL, System

if TYPE_CHECKING:
    from pathlib import Path

OLD = b'{"text": "old"}\n' * 3
SMALL = [b'{"text": "new"}\n', b'{"text": "newer"}\n']
LARGE = [b'{"text": "' + b"n" * BUFFER_BYTES + b'"}\n'] * 2
MODE = 0o640
NAME = "train.jsonl"


BACKUP = f"data/{NAME}.bak"
HIDDEN = re.compile(rf"data/\.{NAME}(\.bak)?\.[0-9a-f]{{16}}\.tmp")


class Scenario(NamedTuple):
    """A way to write a file: what lies there before, how it is asked for, on what system."""

    options: dict[str, Any] = {"overwrite": True}  # noqa: RUF012 - nobody changes it
    exists: bool = True
    linked: bool = False
    chunks: list[bytes] = SMALL
    system: System = REAL


class State(NamedTuple):
    """One name in a folder, and what is behind it."""

    content: bytes
    mode: int
    names: int
    is_link: bool


def without_links(_path: str, _name: str) -> None:
    strike("EPERM")


def of_somebody_else(path: str) -> os.stat_result:
    status = list(os.lstat(path))
    status[stat.ST_UID] += 1
    status[stat.ST_GID] += 1
    return os.stat_result(status)


QUICK = REAL._replace(fsync=lambda _file: None)  # no test can see what it does
SCENARIOS = {
    "replace": Scenario(),
    "new": Scenario(exists=False, options={"overwrite": False}),
    "new, or over another": Scenario(exists=False),
    "backup": Scenario(options={"overwrite": True, "backup": True}),
    "symbolic link": Scenario(linked=True),
    "dangling link": Scenario(linked=True, exists=False, options={"overwrite": False}),
    "several writes, each short": Scenario(
        chunks=LARGE, system=REAL._replace(write=lambda file, data: os.write(file, data[:700_000]))
    ),
    "new without hard links": Scenario(
        exists=False, options={"overwrite": False}, system=REAL._replace(link=without_links)
    ),
    "backup without hard links": Scenario(
        options={"overwrite": True, "backup": True}, system=REAL._replace(link=without_links)
    ),
    "file of somebody else": Scenario(
        system=REAL._replace(lstat=of_somebody_else, chown=lambda _file, _user, _group: None)
    ),
}
EACH_SCENARIO = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)


def prepare(folder: Path, scenario: Scenario) -> Path:
    (folder / "data").mkdir(parents=True)
    target = folder / "data" / NAME
    if scenario.exists:
        target.write_bytes(OLD)
        target.chmod(MODE)
    if scenario.linked:
        link = folder / "link.jsonl"
        link.symlink_to(target)
        return link
    return target


def write(path: Path, scenario: Scenario, *faults: Fault) -> FaultySystem:
    faulty = FaultySystem(faults, scenario.system._replace(fsync=QUICK.fsync))
    with AtomicFile(path, **scenario.options, system=faulty.system) as file:
        for chunk in scenario.chunks:
            file.write(chunk)
        file.commit()
    return faulty


def look(folder: Path) -> dict[str, State]:
    """Give everything that lies in a folder, by name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        content = path.read_bytes() if path.exists() else b""
        status = path.lstat()
        mode = stat.S_IMODE(status.st_mode)
        found[str(path.relative_to(folder))] = State(
            content, mode, status.st_nlink, path.is_symlink()
        )
    return found


class Point(NamedTuple):
    """One call that a scenario makes, and whether it comes before, at or after the replacement."""

    call: str
    nth: int
    to_placing: int
    """Calls from this one to the one that puts the new file in place; negative after that."""


class Expected(NamedTuple):
    before: dict[str, State]
    after: dict[str, State]
    points: list[Point]


@pytest.fixture
def expected(tmp_path: Path, scenario: Scenario) -> Expected:
    folder = tmp_path / "without faults"
    path = prepare(folder, scenario)
    before = look(folder)
    log = write(path, scenario).log
    placing = max(i for i, call in enumerate(log) if call in {"replace", "link"})
    points = [Point(call, log[: i + 1].count(call), placing - i) for i, call in enumerate(log)]
    return Expected(before, look(folder), points)


def open_files() -> int:
    listing = "/proc/self/fd"
    return len(os.listdir(listing)) if os.path.isdir(listing) else 0  # noqa: PTH112, PTH208 - as quick as can be


@EACH_SCENARIO
def test_without_a_fault_the_new_file_is_there(scenario: Scenario, expected: Expected) -> None:
    umask = os.umask(0)
    os.umask(umask)
    new = b"".join(scenario.chunks)
    mode = MODE if scenario.exists else 0o666 & ~umask
    names = {f"data/{NAME}": State(new, mode, 1, is_link=False)}
    if scenario.options.get("backup"):
        names[BACKUP] = State(OLD, MODE, 1, is_link=False)
    if scenario.linked:
        link = expected.before["link.jsonl"]
        names["link.jsonl"] = link._replace(content=new)
    assert expected.after == names


ORDER = {
    "new": "lstat open write lstat fsync fstat close link unlink",
    "replace": "lstat open write lstat fstat chmod fsync fstat close replace unlink",
    "backup": "lstat lstat open write lstat lstat fstat chmod fsync fstat close"
    " link replace unlink",
}
SYNC_FOLDER = " open fsync close" if hasattr(os, "O_DIRECTORY") else ""


@pytest.mark.parametrize("name", ORDER)
def test_all_is_on_the_disk_before_it_is_in_place(name: str, tmp_path: Path) -> None:
    """A power cut cannot be tried here: this order is what makes it harmless."""
    log = write(prepare(tmp_path, SCENARIOS[name]), SCENARIOS[name]).log
    assert " ".join(log) == ORDER[name] + SYNC_FOLDER


def test_there_are_enough_points_to_fail_at(tmp_path: Path) -> None:
    """Each of these fails in some fifteen ways."""
    logs = [
        write(prepare(tmp_path / str(number), scenario), scenario).log
        for number, scenario in enumerate(SCENARIOS.values())
    ]
    assert sum(map(len, logs)) >= 100


def is_borne(point: Point, error: str) -> bool:
    """Tell whether an error changes nothing: it is tried again, or done in another way."""
    tried_again = point.call == "unlink" or (point.call, error) == ("write", "EINTR")
    done_otherwise = (point.call, error) == ("link", "EACCES")
    return point.to_placing < 0 or tried_again or done_otherwise


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@EACH_SCENARIO
def test_an_error_leaves_the_old_file_and_is_told(
    scenario: Scenario, expected: Expected, error: str, *, lasting: bool, tmp_path: Path
) -> None:
    for point in expected.points:
        if lasting and (point.call == "unlink" or error == "EINTR"):
            continue  # what can never be removed stays; what is always interrupted never ends
        folder = tmp_path / f"{point.call} {point.nth}"
        path = prepare(folder, scenario)
        files = open_files()
        told = ""
        try:
            write(path, scenario, Fault(point.call, point.nth, error, lasting=lasting))
        except WriteError as refused:
            told = str(refused)
        assert bool(told) != is_borne(point, error), point
        assert not told or told.endswith(os.strerror(getattr(errno, error)).lower()), point
        assert look(folder) == (expected.before if told else expected.after), point
        assert open_files() == files, point


@pytest.mark.parametrize("when", ["instead", "after"])
@EACH_SCENARIO
def test_an_interruption_leaves_one_of_both_and_is_passed_on(
    scenario: Scenario, expected: Expected, when: When, tmp_path: Path
) -> None:
    for point in expected.points:
        folder = tmp_path / f"{point.call} {point.nth}"
        path = prepare(folder, scenario)
        files = open_files()
        with pytest.raises(KeyboardInterrupt):
            write(path, scenario, Fault(point.call, point.nth, "interrupt", when))
        is_old = point.to_placing >= (when == "after")
        assert look(folder) == (expected.before if is_old else expected.after), point
        assert open_files() == files, point


@EACH_SCENARIO
def test_short_writes_are_completed(scenario: Scenario, expected: Expected, tmp_path: Path) -> None:
    for point in expected.points:
        if point.call == "write":
            for lasting in (False, True):
                folder = tmp_path / f"{point.nth} {lasting}"
                path = prepare(folder, scenario)
                write(path, scenario, Fault("write", point.nth, "short", lasting=lasting))
                assert look(folder) == expected.after, point


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
@pytest.mark.parametrize("when", ["instead", "after"])
@EACH_SCENARIO
def test_a_kill_leaves_one_of_both_whole(
    scenario: Scenario, expected: Expected, when: When, tmp_path: Path
) -> None:
    for point in expected.points:
        folder = tmp_path / f"{point.call} {point.nth}"
        path = prepare(folder, scenario)
        assert killed(path, scenario, Fault(point.call, point.nth, "kill", when)), point
        is_old = point.to_placing >= (when == "after")
        wanted = expected.before if is_old else expected.after
        left = {name: state._replace(names=1) for name, state in look(folder).items()}
        for name in left.keys() - wanted.keys():
            assert may_be_left(name, left.pop(name), scenario), point
        assert left == wanted, point


def may_be_left(name: str, state: State, scenario: Scenario) -> bool:
    """Tell whether something besides the old and the new file may lie there after a kill."""
    if HIDDEN.fullmatch(name):
        return True
    is_claim = scenario.system.link is without_links and not state.content
    return is_claim or (name == BACKUP and state.content == OLD)


def killed(path: Path, scenario: Scenario, fault: Fault) -> bool:
    """Write a file in a process of its own, and tell whether the fault killed it."""
    child = os.fork()
    if not child:
        try:
            write(path, scenario, fault)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
