"""Atomic files under any chunks, any short writes and any few faults, those of the cleanup too."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

from faulty_system import CALLS, ERRORS, Fault, FaultySystem
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.fixing.atomic.file import BUFFER_BYTES
from jsonl_lint.fixing.atomic.system import REAL, System

OLD = b"old\n"
NEW = b"newer\n"
sizes = st.one_of(
    st.integers(0, 40),
    st.integers(BUFFER_BYTES - 2, BUFFER_BYTES + 2),
    st.just(2 * BUFFER_BYTES + 1),
)
filled = st.builds(lambda byte, size: bytes([byte]) * size, st.integers(0, 255), sizes)
chunks = st.lists(filled, max_size=3)
errors = st.builds(
    Fault,
    call=st.sampled_from(CALLS),
    nth=st.integers(1, 4),
    what=st.sampled_from(ERRORS),
    when=st.just("instead"),
    lasting=st.booleans(),
)
interruptions = st.builds(
    Fault,
    call=st.sampled_from(CALLS),
    nth=st.integers(1, 4),
    what=st.just("interrupt"),
    when=st.sampled_from(["instead", "after"]),
    lasting=st.just(False),  # noqa: FBT003 - Hypothesis takes it so
)
options = st.fixed_dictionaries({"overwrite": st.booleans(), "backup": st.booleans()})


def no_links(_path: str, _name: str) -> None:
    raise PermissionError(1, "operation not permitted")


systems = st.sampled_from([REAL, REAL._replace(link=no_links)])


@given(chunks, st.lists(st.integers(1, 1 << 21), min_size=1, max_size=5))
def test_the_file_is_what_was_written_however_much_is_taken_at_once(
    written: list[bytes], taken: list[int]
) -> None:
    turn = iter(taken * 1000)

    def write(file: int, data: memoryview) -> int:
        return os.write(file, data[: max(next(turn), len(data) // 8)])

    with TemporaryDirectory() as folder:
        path = Path(folder, "train.jsonl")
        with AtomicFile(path, overwrite=False, system=REAL._replace(write=write)) as file:
            for chunk in written:
                file.write(chunk)
            file.commit()
        assert path.read_bytes() == b"".join(written)
        assert os.listdir(folder) == ["train.jsonl"]  # noqa: PTH208 - the names are enough


@given(st.booleans(), options, systems, st.lists(errors | interruptions, min_size=1, max_size=3))
@example(
    exists=True,
    wanted={"overwrite": True, "backup": True},
    system=REAL,
    planned=[Fault("replace", 1, "interrupt", "after"), Fault("unlink", 1, "EIO")],
)
def test_no_few_faults_break_a_file_or_lose_the_old_one(
    exists: bool,  # noqa: FBT001 - Hypothesis names it
    wanted: dict[str, bool],
    system: System,
    planned: list[Fault],
) -> None:
    # a call that is always interrupted never ends
    assume(not any(fault.lasting and fault.what == "EINTR" for fault in planned))
    with TemporaryDirectory() as folder:
        path = Path(folder, "train.jsonl")
        if exists:
            path.write_bytes(OLD)
            path.chmod(0o640)
        faulty = FaultySystem(planned, system._replace(fsync=lambda _file: None))
        error = attempt(path, wanted, faulty.system)
        backup = path.with_name("train.jsonl.bak")
        content = path.read_bytes() if path.exists() else None
        before = OLD if exists else None
        if content == b"":
            assert is_claim(wanted, system)
            return
        if isinstance(error, WriteError):
            assert content == before
        elif error:
            assert content in {before, NEW}
        assert error or content == NEW
        if exists:
            assert stat.S_IMODE(path.stat().st_mode) == 0o640
        if exists and content == NEW and wanted["backup"]:
            assert backup.read_bytes() == OLD
        left = {other.name for other in Path(folder).iterdir()} - {path.name, backup.name}
        assert not left or any(fault.call == "unlink" for fault in planned)


def is_claim(wanted: dict[str, bool], system: System) -> bool:
    """Tell whether an empty file may stay where even the cleanup fails."""
    return system.link is no_links and not wanted["overwrite"]


def attempt(path: Path, wanted: dict[str, bool], system: System) -> BaseException | None:
    try:
        with AtomicFile(path, **wanted, system=system) as file:
            file.write(NEW)
            file.commit()
    except (WriteError, KeyboardInterrupt) as error:
        return error
    return None
