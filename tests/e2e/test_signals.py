"""Signals: the run ends soon, what was found is reported whole, and nothing is left lying about."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fixable import BAD, GOOD, MENDED, names, posix
from programs import call, environment, run

from jsonl_lint.cli import outlets
from jsonl_lint.cli.signals import CODES
from jsonl_lint.fixing.atomic.hidden import Hidden
from jsonl_lint.linting.file_check import FileCheck
from jsonl_lint.measuring.counting import RecordCounter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


COMMAND = (sys.executable, "-m", "jsonl_lint")
REPORTS = ("text", "concise", "json", "jsonl", "sarif", "github")
each_signal = pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
pytestmark = posix


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with three files, of which the second has four records to be mended."""
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    (tmp_path / "b.jsonl").write_bytes(GOOD + BAD * 4)
    (tmp_path / "c.jsonl").write_bytes(GOOD + BAD)
    return tmp_path


def raising(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *numbers: int, nth: int = 1
) -> None:
    """Let signals come right before the nth call of a function, the second one half a second on."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def called(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            for at, number in enumerate(numbers):
                time.sleep(0.4 * bool(at))
                signal.raise_signal(number)
        return original(*args, **options)

    monkeypatch.setattr(owner, name, called)


def while_reading(
    monkeypatch: pytest.MonkeyPatch, number: int, send: Callable[[int], None] = signal.raise_signal
) -> None:
    """Let a signal come when the third finding of a file is looked for."""
    original = FileCheck.findings

    def findings(check: FileCheck, *args: Any) -> Iterator[Any]:
        for at, finding in enumerate(original(check, *args)):
            if at == 2:
                send(number)
            yield finding

    monkeypatch.setattr(FileCheck, "findings", findings)


def check_all(here: Path) -> int:
    reports = [f"--report={name}={name}.out" for name in REPORTS]
    done = call("check", "a.jsonl", "b.jsonl", "c.jsonl", *reports, cwd=here)
    assert "Traceback" not in done.stderr
    assert "(interrupted)" in done.stdout
    return done.returncode


def check_reports(here: Path, findings: int) -> None:
    """See that each report is whole, says that the run was broken off, and has the findings."""
    report = json.loads((here / "json.out").read_bytes())
    lines = [json.loads(line) for line in (here / "jsonl.out").read_bytes().splitlines()]
    (run,) = json.loads((here / "sarif.out").read_bytes())["runs"]
    (invocation,) = run["invocations"]
    for ending in (report, lines[-1]):
        assert (ending["interrupted"], ending["complete"]) == (True, False)
        assert ending["files"][-1]["error_code"] == "interrupted"
    assert len(report["findings"]) == len(lines) - 2 == len(run["results"]) == findings
    assert invocation["executionSuccessful"] is False
    said = [one.get("descriptor", {}).get("id") for one in invocation["toolExecutionNotifications"]]
    assert "interrupted" in said
    texts = {name: (here / f"{name}.out").read_text("utf-8") for name in REPORTS}
    assert " (interrupted)\n" in texts["text"]
    assert "b.jsonl: interrupted: " in texts["concise"]
    assert ",title=interrupted::interrupted " in texts["github"]


@each_signal
def test_while_a_file_is_read(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    while_reading(monkeypatch, number)
    assert check_all(here) == CODES[number]
    check_reports(here, findings=2)
    assert names(here) == {"a.jsonl", "b.jsonl", "c.jsonl", *(f"{name}.out" for name in REPORTS)}


@each_signal
def test_where_no_exception_can_leave(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def send(number: int) -> None:
        finalizer = weakref.ref(thing := frozenset({1}), lambda _: signal.raise_signal(number))
        del thing
        assert finalizer() is None
        time.sleep(1)  # in which it comes once more

    while_reading(monkeypatch, number, send)
    assert check_all(here) == CODES[number]
    check_reports(here, findings=2)


@each_signal
@pytest.mark.parametrize("nth", [3, 5], ids=["of json", "of jsonl"])
def test_while_a_finding_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, nth: int
) -> None:
    raising(monkeypatch, outlets, "_encoded", number, nth=nth)
    assert check_all(here) == CODES[number]
    check_reports(here, findings=1)


@each_signal
def test_while_the_end_of_a_report_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    raising(monkeypatch, outlets, "_encoded", number)
    done = call("check", "b.jsonl", "-f", "sarif", "-o", "sarif.out", cwd=here)
    assert done.returncode == CODES[number]
    (run,) = json.loads((here / "sarif.out").read_bytes())["runs"]
    assert (len(run["results"]), run["invocations"][0]["executionSuccessful"]) == (4, True)


@each_signal
@pytest.mark.parametrize(("args", "name"), [
    ("convert a.jsonl --dialect openai -o made/x", "write"),
    ("split b.jsonl --parts 2 -o made", "write"),
    ("split b.jsonl --parts 2 -o made", "take"),
    ("fix b.jsonl -o made/x", "write"),
    ("fix b.jsonl", "write"),
    ("fix b.jsonl", "seal"),
])  # fmt: skip
def test_nothing_is_left_of_what_was_being_made(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, args: str, name: str
) -> None:
    (here / "made").mkdir()
    before = {path: path.read_bytes() for path in here.glob("*.jsonl")}
    raising(monkeypatch, Hidden, name, number)
    done = call(*args.split(), cwd=here)
    assert done.returncode == CODES[number]
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in here.glob("*.jsonl")} == before
    assert names(here) == {"a.jsonl", "b.jsonl", "c.jsonl", "made"}
    assert not names(here / "made")


@each_signal
def test_a_file_that_was_replaced_counts_as_fixed(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    raising(monkeypatch, Hidden, "replace", number)
    done = call("fix", "b.jsonl", "c.jsonl", cwd=here)
    assert done.returncode == CODES[number]
    assert done.stdout.startswith("b.jsonl: fixed 4 findings, in 4 lines\n")
    assert "c.jsonl: not fixed: interrupted: " in done.stdout
    assert (here / "b.jsonl").read_bytes() == GOOD + MENDED * 4
    assert (here / "c.jsonl").read_bytes() == GOOD + BAD
    assert names(here) == {"a.jsonl", "b.jsonl", "c.jsonl"}


@each_signal
def test_the_last_file_that_was_replaced_counts_as_fixed(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    raising(monkeypatch, Hidden, "replace", number)
    done = call("fix", "c.jsonl", cwd=here)
    assert done.returncode == CODES[number]
    assert "nothing is left to be mended" in done.stdout
    assert (here / "c.jsonl").read_bytes() == GOOD + MENDED


@each_signal
@pytest.mark.parametrize("output", ["-", "stats.json"])
def test_statistics_tell_of_what_was_measured(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, output: str
) -> None:
    raising(monkeypatch, RecordCounter, "add", number, nth=14)
    args = ("a.jsonl", "b.jsonl", "-f", "json", "--tokenizer", "estimate", "-o", output)
    done = call("stats", *args, cwd=here)
    assert done.returncode == CODES[number]
    assert done.stderr.startswith("jsonl-lint: interrupted; ")
    report = json.loads(done.stdout or (here / output).read_bytes())
    assert [file["name"] for file in report["files"]] == ["a.jsonl"]
    assert report["complete"] is False
    assert names(here) <= {"a.jsonl", "b.jsonl", "c.jsonl", output}


def test_a_second_signal_does_not_wait_for_the_report(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "json.out").write_text("the old report", "utf-8")
    raising(monkeypatch, outlets, "_encoded", signal.SIGINT, signal.SIGTERM, nth=3)
    done = call("check", "b.jsonl", "-f", "json", "-o", "json.out", cwd=here)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert (here / "json.out").read_text("utf-8") == "the old report"
    assert names(here) == {"a.jsonl", "b.jsonl", "c.jsonl", "json.out"}


def test_two_signals_at_once_are_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, outlets, "_encoded", signal.SIGTERM, nth=3)
    raising(monkeypatch, outlets, "_encoded", signal.SIGTERM, nth=3)
    assert call("check", "b.jsonl", "-f", "json", "-o", "json.out", cwd=here).returncode == 143
    assert json.loads((here / "json.out").read_bytes())["interrupted"] is True


def test_a_signal_that_is_to_be_ignored_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        raising(monkeypatch, outlets, "_encoded", signal.SIGHUP)
        done = call("check", "b.jsonl", "-f", "json", "-o", "json.out", cwd=here)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert done.returncode == 1


# in a process of its own, since something waits


def started(here: Path, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        (*COMMAND, *args), cwd=here, env=environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@each_signal
def test_while_a_pipe_is_awaited(here: Path, number: signal.Signals) -> None:
    program = started(here, "check", "b.jsonl", "-", "-fjson", "-ojson.out", "--report=concise=-")
    assert program.stdout
    assert program.stdout.readline().startswith(b"b.jsonl:13:24: ")  # it is at work
    program.send_signal(number)
    sent = time.monotonic()
    assert program.wait(10) == CODES[number]
    assert time.monotonic() - sent < 2
    assert json.loads((here / "json.out").read_bytes())["interrupted"] is True
    assert program.communicate()[1] == b""
    assert names(here) == {"a.jsonl", "b.jsonl", "c.jsonl", "json.out"}


def test_while_nobody_takes_the_report(here: Path) -> None:
    (here / "b.jsonl").write_bytes(BAD * 3000)
    program = started(here, "check", "b.jsonl", "-fconcise", "--report=json=json.out")
    assert program.stdout
    program.stdout.readline()
    time.sleep(0.3)  # until the pipe is full
    program.send_signal(signal.SIGINT)
    sent = time.monotonic()
    assert program.wait(10) == 130
    assert time.monotonic() - sent < 2
    assert json.loads((here / "json.out").read_bytes())["interrupted"] is True
    assert b"Traceback" not in program.communicate()[1]


# while it is being loaded, before it listens


@pytest.mark.parametrize("module", ["click", "orjson"])
@each_signal
def test_while_it_is_loaded(here: Path, number: signal.Signals, module: str) -> None:
    (here / f"{module}.py").write_text(
        f"import signal, time\nsignal.raise_signal({int(number)})\ntime.sleep(9)", encoding="utf-8"
    )
    command = Path(sys.executable).with_name("jsonl-lint")
    done = run(command, "check", "a.jsonl", cwd=here, env=environment(PYTHONPATH=str(here)))
    assert (done.returncode, done.stdout, done.stderr) == (-number, "", "")


@each_signal
def test_while_the_engine_is_loaded(here: Path, number: signal.Signals) -> None:
    """What jsonschema-rs loads itself must not raise: it would abort."""
    (here / "decimal.py").write_text(
        f"import signal\nsignal.raise_signal({int(number)})", encoding="utf-8"
    )
    done = run(*COMMAND, "check", "b.jsonl", cwd=here, env=environment(PYTHONPATH=str(here)))
    assert done.returncode == CODES[number]
    assert "(interrupted)" in done.stdout
    assert done.stderr == ""
