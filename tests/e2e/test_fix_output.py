"""Where ``jsonl-lint fix`` writes: another file, standard output, and what may go wrong there."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fixable import BAD, FILES, GOOD, LEFT, MENDED, names, posix, write_files
from programs import call, ends_with_its_reader, environment, lint
from unified import patched

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = (sys.executable, "-m", "jsonl_lint")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return write_files(tmp_path)


# elsewhere


def test_a_redirected_file_goes_where_it_is_told(here: Path) -> None:
    (here / "-").write_bytes(b"another file of that name\n")
    with (here / "bad.jsonl").open("rb") as data:
        command = (*COMMAND, "fix", "-", "-o", "out.jsonl")
        done = subprocess.run(command, cwd=here, stdin=data, capture_output=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr
    assert (here / "out.jsonl").read_bytes() == GOOD + MENDED


@posix
@pytest.mark.parametrize("command", ["fix -", "check -"])
def test_what_somebody_else_has_read_is_not_missed(here: Path, command: str) -> None:
    (here / "data").write_bytes(b"x" * 1000 + b"\n" + GOOD)
    with (here / "data").open("rb", buffering=0) as data:
        data.read(1001)
        args = (*COMMAND, *command.split())
        done = subprocess.run(args, cwd=here, stdin=data, capture_output=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr


def test_the_report_of_check_does_not_send_the_data_elsewhere(here: Path) -> None:
    done = call("fix", "bad.jsonl", cwd=here, JSONL_LINT_OUTPUT_FILE="report.txt")
    assert done.returncode == 0
    assert names(here) == FILES
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED


def test_a_file_is_fixed_to_standard_output(here: Path) -> None:
    done = call("fix", "bad.jsonl", "-o", "-", cwd=here)
    assert done.stdout.encode() == GOOD + MENDED
    assert "fixed 1 finding" in done.stderr
    assert names(here) == FILES


def test_what_was_not_written_is_not_called_mended(here: Path) -> None:
    done = call("fix", "bad.jsonl", "-o", "good.jsonl", cwd=here)
    assert done.stdout.splitlines()[-1] == "changed 0 of 1 file; 1 file was not written"


def test_the_fixed_file_goes_where_it_is_told(here: Path) -> None:
    assert call("fix", "bad.jsonl", "-o", "out.jsonl", cwd=here).returncode == 0
    assert (here / "out.jsonl").read_bytes() == GOOD + MENDED
    assert (here / "bad.jsonl").read_bytes() == GOOD + BAD
    assert call("fix", "good.jsonl", "-o", "same.jsonl", cwd=here).returncode == 0
    assert (here / "same.jsonl").read_bytes() == GOOD


def test_a_file_that_is_there_waits_for_leave(here: Path) -> None:
    done = call("fix", "bad.jsonl", "-o", "good.jsonl", cwd=here)
    assert done.returncode == 4
    assert "it exists already" in done.stdout
    assert (here / "good.jsonl").read_bytes() == GOOD
    done = call("fix", "bad.jsonl", "-o", "good.jsonl", "--overwrite", cwd=here)
    assert done.returncode == 0
    assert (here / "good.jsonl").read_bytes() == GOOD + MENDED


@pytest.mark.parametrize("data", [
    '{"text": "a"}\n'.encode("utf-16"), b"[\n1\n]\n", b"{\n'a': 1}\n", gzip.compress(BAD),
], ids=["utf-16", "array", "pretty-printed", "gzip by another name"])  # fmt: skip
def test_what_is_no_json_lines_is_not_written_as_an_empty_file(here: Path, data: bytes) -> None:
    (here / "bad.jsonl").write_bytes(data)
    done = call("fix", "bad.jsonl", "-o", "out.jsonl", cwd=here)
    assert done.returncode == 4
    assert "not JSON lines" in done.stdout
    assert names(here) == FILES
    assert call("fix", "bad.jsonl", cwd=here).returncode == 1
    assert (here / "bad.jsonl").read_bytes() == data


def test_a_compressed_file_is_fixed_only_into_another(here: Path) -> None:
    packed = gzip.compress(GOOD + BAD)
    (here / "bad.jsonl.gz").write_bytes(packed)
    done = call("fix", "bad.jsonl.gz", cwd=here)
    assert done.returncode == 4
    assert (
        "a compressed file or a pipe is not fixed in place; -o FILE takes the lines" in done.stdout
    )
    assert (here / "bad.jsonl.gz").read_bytes() == packed
    assert call("fix", "bad.jsonl.gz", "-o", "out.jsonl", cwd=here).returncode == 0
    assert (here / "out.jsonl").read_bytes() == GOOD + MENDED


def test_a_clean_compressed_file_is_no_failure(here: Path) -> None:
    (here / "good.jsonl.gz").write_bytes(gzip.compress(GOOD))
    assert call("fix", "good.jsonl.gz", cwd=here).returncode == 0


def test_a_compressed_file_that_is_cut_off_leaves_no_output(here: Path) -> None:
    (here / "bad.jsonl.gz").write_bytes(gzip.compress(BAD * 50)[:-9])
    done = call("fix", "bad.jsonl.gz", "-o", "out.jsonl", cwd=here)
    assert done.returncode == 3
    assert names(here) == FILES | {"bad.jsonl.gz"}


# standard input and output


def test_standard_input_goes_to_standard_output_and_the_report_beside(here: Path) -> None:
    data = GOOD + BAD + b'{"text": "\xc3\xa9\\u00e9 1.10"},\r\n' + LEFT[:-1]
    done = subprocess.run(  # noqa: S603 - our own command
        (*COMMAND, "fix", "-"), cwd=here, env=environment(), input=data, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == GOOD + MENDED + b'{"text": "\xc3\xa9\\u00e9 1.10"}\n' + LEFT
    assert done.stderr.decode().replace("\r", "").startswith("-: fixed 4 findings, in 3 lines\n")


@pytest.mark.parametrize("args", ["fix - -o out.jsonl", "fix - -o out.jsonl --quiet"])
def test_standard_input_goes_into_a_file(here: Path, args: str) -> None:
    done = lint(*args.split(), cwd=here, stdin=GOOD + BAD)
    assert done.returncode == 0
    assert bool(done.stdout) == ("--quiet" not in args)
    assert (here / "out.jsonl").read_bytes() == GOOD + MENDED


def test_standard_input_that_is_no_json_lines_is_not_passed_on(here: Path) -> None:
    done = lint("fix", "-", cwd=here, stdin=b'[\n{"text": "a"},\n{"text": "b"}\n]\n')
    assert (done.returncode, done.stdout) == (4, "")
    assert "standard input can be read only once" in done.stderr


def test_the_diff_of_standard_input(here: Path) -> None:
    done = lint("fix", "-", "--diff", "--stdin-filename", "data.jsonl", cwd=here, stdin=GOOD + BAD)
    assert patched(GOOD + BAD, done.stdout.encode()) == GOOD + MENDED


@posix
@pytest.mark.parametrize("args", ["fix -", "fix - --diff"])
def test_a_pipe_that_closes_ends_it_without_a_word(here: Path, args: str) -> None:
    assert ends_with_its_reader(args, here, BAD * 3000) == (141, b"")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("args", ["fix -", "fix - --diff"])
@pytest.mark.parametrize("records", [1, 3000])
def test_data_that_are_not_taken_are_a_failure(here: Path, args: str, records: int) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own command
            (*COMMAND, *args.split()), cwd=here, env=environment(), input=BAD * records,
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert b"-: not written: standard output: no space left on device" in done.stderr.lower()
    assert b"Exception ignored" not in done.stderr


@posix
@pytest.mark.parametrize("args", ["fix -", "fix - --diff"])
def test_a_standard_output_that_is_closed_is_a_failure(here: Path, args: str) -> None:
    command = f'"{sys.executable}" -m jsonl_lint {args} >&-'
    done = subprocess.run(  # noqa: S602 - a constant
        command,
        shell=True,
        cwd=here,
        env=environment(),
        input=BAD,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 4
    assert b"-: not written: standard output is closed" in done.stderr


# while it works


@posix
def test_a_file_that_changes_meanwhile_is_left_as_it_is(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jsonl_lint.fixing.output import Rewritten

    changed = GOOD + BAD + GOOD[:200] + b'"}]}\n'
    finish: Callable[[Rewritten], None] = Rewritten.finish

    def slow_finish(output: Rewritten) -> None:
        (here / "bad.jsonl").write_bytes(changed)
        finish(output)

    monkeypatch.setattr(Rewritten, "finish", slow_finish)
    done = call("fix", "bad.jsonl", cwd=here)
    assert done.returncode == 3
    assert "changed while it was fixed" in done.stdout + done.stderr
    assert (here / "bad.jsonl").read_bytes() == changed
    assert names(here) == FILES


def _wait_for_hidden_file(folder: Path, program: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and program.poll() is None:
        if any(name.endswith(".tmp") for name in names(folder)):
            return
        time.sleep(0.002)
    pytest.fail("the fix was over before it could be stopped")


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_old_file_and_nothing_else(
    here: Path, number: signal.Signals, code: int
) -> None:
    data = BAD * 30_000
    (here / "bad.jsonl").write_bytes(data)
    program = subprocess.Popen(  # noqa: S603 - our own command
        (*COMMAND, "fix", "bad.jsonl"), cwd=here, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    _wait_for_hidden_file(here, program)
    program.send_signal(number)
    _, errors = program.communicate()
    assert program.returncode == code
    assert b"Traceback" not in errors
    assert (here / "bad.jsonl").read_bytes() == data
    assert names(here) == FILES
