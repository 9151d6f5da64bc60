"""Where reports go, and what becomes of those that cannot be written: whole, or not at all."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from actions_runner import commands
from ci_agents import service_messages
from fixable import BAD, GOOD, names, posix
from programs import call, environment
from unified import patched

from jsonl_lint.cli import outlets

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github")
OURS = f'"{sys.executable}" -m jsonl_lint'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "bad.jsonl").write_bytes(GOOD + BAD)
    (tmp_path / "many.jsonl").write_bytes(BAD * 300)
    (tmp_path / "report").write_text("the old report", "utf-8")
    return tmp_path


def shell(command: str, here: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S602 - our own command
        command, shell=True, cwd=here, env=environment(**env), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
def test_an_old_report_stays_whole_where_the_new_one_fails(
    here: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    from jsonl_lint.fixing.atomic.hidden import Hidden

    def full(_file: Hidden, _data: memoryview) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Hidden, "write", full)
    done = call("check", "bad.jsonl", "-f", format_, "-o", "report", cwd=here)
    assert done.returncode == 4
    assert done.stderr == (
        "jsonl-lint: report: the report could not be written: writing failed: "
        "no space left on device\n"
    )
    assert (here / "report").read_text("utf-8") == "the old report"
    assert names(here) == {"bad.jsonl", "many.jsonl", "report"}


def test_a_run_that_breaks_down_leaves_the_old_report(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> bytes:
        raise LookupError

    monkeypatch.setattr(outlets, "_encoded", broken)
    done = call("check", "bad.jsonl", "-o", "report", cwd=here)
    assert done.returncode == 5
    assert (here / "report").read_text("utf-8") == "the old report"
    assert names(here) == {"bad.jsonl", "many.jsonl", "report"}


@posix
@pytest.mark.parametrize("args", [
    "check many.jsonl --max-per-rule none -f jsonl", "fix - < many.jsonl",
    "convert bad.jsonl --from messages --to sharegpt --allow-loss",
    "stats bad.jsonl -f json --tokenizer estimate",
])  # fmt: skip
def test_a_standard_output_that_takes_a_part_is_a_failure(here: Path, args: str) -> None:
    (here / "bad.jsonl").write_bytes(GOOD)
    command = f"ulimit -f 1; {OURS} {args} > out"
    done = shell(command, here, PYTHONUNBUFFERED="1")  # then nothing writes the rest by itself
    assert done.returncode == 4
    assert "file too large" in done.stderr
    assert "Exception ignored" not in done.stderr


@posix
@pytest.mark.parametrize(("args", "code"), [
    ("check bad.jsonl >&- 2>&-", 4), ("check --nope 2>&-", 2), ("fix --dry-run bad.jsonl >&-", 4),
    ("--version >&-", 4), ("--help >&-", 4), ("-h >&- 2>&-", 4), ("check -h >&-", 4),
    ("rules --help >&-", 4), ("--version 2>&-", 0), ("2>&-", 2), ("check 2>&-", 2),
    ("check bad.jsonl --config no.toml 2>&-", 2), ("no-command 2>&-", 2), ("stats 2>&-", 2),
])  # fmt: skip
def test_closed_streams(here: Path, args: str, code: int) -> None:
    done = shell(f"{OURS} {args}", here)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout == "" or code == 0  # what is for standard error goes nowhere


@posix
def test_a_pipe_that_closes_does_not_touch_the_other_report(here: Path) -> None:
    args = "check many.jsonl --max-per-rule none -f concise -o report --report json=-"
    done = shell(f"({OURS} {args}; echo $? > code) | head -c 1", here)
    assert (done.stdout, done.stderr) == ("{", "")
    assert (here / "code").read_text("utf-8") == "141\n"
    assert len((here / "report").read_bytes().splitlines()) == 300


@posix
def test_a_link_leads_to_the_report_and_other_names_keep_the_old_one(here: Path) -> None:
    (here / "link").symlink_to("report")
    (here / "other").hardlink_to(here / "report")
    assert call("check", "bad.jsonl", "-f", "concise", "-o", "link", cwd=here).returncode == 1
    assert (here / "link").is_symlink()
    assert (here / "report").read_bytes().startswith(b"bad.jsonl:13:24: ")
    assert (here / "other").read_text("utf-8") == "the old report"


@posix
def test_a_named_pipe_and_an_open_file_are_written_as_they_are(here: Path) -> None:
    import os

    os.mkfifo(here / "pipe")
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append((here / "pipe").read_bytes()))
    reader.start()
    done = call("check", "bad.jsonl", "-f", "concise", "-o", "pipe", cwd=here)
    reader.join(10)
    assert done.returncode == 1
    assert taken[0].startswith(b"bad.jsonl:13:24: ")
    assert (here / "pipe").is_fifo()
    shell(f"(echo first; {OURS} check bad.jsonl -f concise -o /dev/stdout; echo last) > out", here)
    first, finding, last = (here / "out").read_text("utf-8").splitlines()
    assert (first, finding[:15], last) == ("first", "bad.jsonl:13:24", "last")


COMMANDS_IN_DATA = b"::error::stop\n" + BAD + b"##[group]\x1b[31m\n"


@posix
def test_a_diff_in_a_log_is_no_command(here: Path) -> None:
    (here / "bad.jsonl").write_bytes(COMMANDS_IN_DATA)
    done = shell(f"{OURS} fix --diff bad.jsonl | cat", here, GITHUB_ACTIONS="true")
    assert commands(done.stdout) == []
    assert done.stdout.replace("\n", "").isprintable()
    assert " \\x3a:error::stop\n" in done.stdout


@posix
def test_a_diff_in_a_log_of_teamcity_is_no_command(here: Path) -> None:
    (here / "bad.jsonl").write_bytes(b"##teamcity[buildStop comment='x']\n" + BAD)
    done = shell(f"{OURS} fix --diff bad.jsonl | cat", here, TEAMCITY_VERSION="2025.07")
    assert " ##teamcity\\x5bbuildStop" in done.stdout
    assert service_messages(done.stdout) == []


@posix
def test_a_diff_in_a_file_is_for_patch(here: Path) -> None:
    (here / "data.jsonl").write_bytes(COMMANDS_IN_DATA)
    shell(f"{OURS} fix --diff data.jsonl > out", here, GITHUB_ACTIONS="true")
    fixed = COMMANDS_IN_DATA.replace(b"human", b"user")
    assert patched(COMMANDS_IN_DATA, (here / "out").read_bytes()) == fixed


def test_what_a_plugin_says_of_itself_is_no_command(here: Path) -> None:
    info = here / "site" / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[jsonl_lint.rules]\nodd-rule = odd\n", "utf-8")
    doc = '"""Odd \\x1b[31m.\n\n::error::stop\n##[group]\u202e\n"""\n'
    code = "from jsonl_lint import Severity\nSEVERITY = Severity.ERROR\ncheck = list\n"
    (here / "site" / "odd.py").write_text(doc + code, encoding="utf-8")
    for args in ("rules", "explain odd-rule"):
        done = shell(f"{OURS} {args}", here, PYTHONPATH=str(here / "site"))
        assert done.returncode == 0, done.stderr
        assert commands(done.stdout + done.stderr) == []
        assert done.stdout.replace("\n", "").isprintable()
