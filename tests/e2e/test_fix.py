"""``jsonl-lint fix`` and ``check --fix`` in place, as a shell sees them: what is written."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from fixable import BAD, FILES, GOOD, LEFT, MENDED, names, posix, write_files
from programs import call, lint
from unified import patched

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return write_files(tmp_path)


# exit codes


@pytest.mark.parametrize(("args", "code"), [
    ("good.jsonl", 0),
    ("bad.jsonl", 0),
    ("bad.jsonl --exit-non-zero-on-fix", 1),
    ("good.jsonl --exit-non-zero-on-fix", 0),
    ("bad.jsonl --dry-run --exit-non-zero-on-fix", 1),
    ("bad.jsonl --diff --exit-non-zero-on-fix", 1),
    ("left.jsonl", 1),
    ("left.jsonl --exit-zero", 0),
    ("left.jsonl --drop-invalid", 0),
    ("left.jsonl --select lines", 0),
    ("bad.jsonl left.jsonl", 1),
    ("bad.jsonl --ignore unknown-role", 0),
    ("bad.jsonl --severity unknown-role=off", 0),
    ("", 2),
    ("bad.jsonl --no-such-option", 2),
    ("bad.jsonl --select no-such-rule", 2),
    ("bad.jsonl good.jsonl -o out.jsonl", 2),
    (". -o out.jsonl", 2),
    ("bad.jsonl -o bad.jsonl", 2),
    ("bad.jsonl -o ./bad.jsonl --overwrite", 2),
    ("missing.jsonl", 3),
    ("missing.jsonl -o out.jsonl", 3),
    ("bad.jsonl missing.jsonl", 3),
    ("bad.jsonl -o no-such-folder/out.jsonl", 4),
    ("bad.jsonl -o good.jsonl", 4),
    ("missing.jsonl bad.jsonl -o", 2),
])  # fmt: skip
def test_exit_codes(here: Path, args: str, code: int) -> None:
    done = call("fix", *args.split(), cwd=here)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if code:
        assert done.stdout + done.stderr
    assert names(here) == FILES


# in place


def test_a_file_is_fixed_in_place_and_what_was_done_is_said(here: Path) -> None:
    done = call("fix", "bad.jsonl", cwd=here)
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED
    assert done.stdout == (
        "bad.jsonl: fixed 1 finding, in 1 line\n"
        "  1  unknown-role\n"
        "changed 1 of 1 file; nothing is left to be mended\n"
    )
    assert done.stderr == ""
    assert names(here) == FILES


def test_a_line_is_mended_as_far_as_that_is_certain_and_the_rest_is_said(here: Path) -> None:
    unsure = b'{"text": "a\tb" "n": [1,]}\n'
    file = here / "faults.jsonl"
    file.write_bytes(b'{"text": "a\tb", "n": [1,], "m": None,}\n' + unsure + GOOD)
    done = call("fix", "faults.jsonl", cwd=here)
    after = b'{"text": "a\\tb", "n": [1], "m": None}\n' + unsure + GOOD
    assert (done.returncode, file.read_bytes()) == (1, after)
    assert done.stdout.splitlines()[0] == "faults.jsonl: fixed 2 findings, in 1 line"
    left = call("check", "faults.jsonl", "-f", "concise", cwd=here)
    assert left.stdout.splitlines()[:3] == [
        "faults.jsonl:1:33: error invalid-json None is not JSON",
        "faults.jsonl:2:12: error unescaped-control unescaped TAB in a string",
        "faults.jsonl:2:16: error invalid-json no comma before this",
    ]
    assert "changed 0 of 1 file" in call("fix", "faults.jsonl", cwd=here).stdout
    assert file.read_bytes() == after


def test_a_folder_is_fixed_and_each_file_has_its_own_lines(here: Path) -> None:
    done = call("fix", ".", cwd=here)
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED
    assert (here / "left.jsonl").read_bytes() == GOOD + LEFT
    assert done.stdout.splitlines()[-1] == (
        "changed 1 of 3 files; 1 error is left: jsonl-lint check shows them"
    )


def test_records_that_are_left_out_are_listed(here: Path) -> None:
    (here / "left.jsonl").write_bytes(LEFT + GOOD + LEFT + LEFT)
    done = call("fix", "left.jsonl", "--drop-invalid", cwd=here)
    assert (here / "left.jsonl").read_bytes() == GOOD
    assert done.stdout.splitlines()[:-1] == [
        "left.jsonl: left out 3 records",
        "  unknown-role: lines 1, 14-15",
    ]


def test_unsafe_fixes_wait_for_leave_and_are_offered(here: Path) -> None:
    trailing = BAD.replace(b"human", b"user").replace(
        b"]}", b', {"role": "user", "content": "!"}]}'
    )
    (here / "bad.jsonl").write_bytes(GOOD + trailing)
    done = call("fix", "bad.jsonl", cwd=here)
    assert done.returncode == 1
    assert (here / "bad.jsonl").read_bytes() == GOOD + trailing
    assert done.stdout.splitlines()[-1].startswith("--unsafe-fixes may mend 1 of these")
    done = call("fix", "bad.jsonl", "--unsafe-fixes", cwd=here)
    assert done.returncode == 0
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED


def test_a_fix_that_would_bring_another_fault_is_named(here: Path) -> None:
    (here / "bad.jsonl").write_bytes(BAD.replace(b'"assistant"', b'"human"'))
    done = call("fix", "bad.jsonl", cwd=here)
    assert 'unknown-role in line 1: the fix would bring "' in done.stdout


def test_a_clean_file_is_not_touched(here: Path) -> None:
    before = (here / "good.jsonl").stat()
    assert call("fix", "good.jsonl", "--unsafe-fixes", "--backup", cwd=here).returncode == 0
    after = (here / "good.jsonl").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(here) == FILES


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_nothing_is_written_where_only_a_look_is_asked_for(here: Path, option: str) -> None:
    before = (here / "bad.jsonl").stat()
    done = call("fix", "bad.jsonl", option, "--backup", cwd=here)
    after = (here / "bad.jsonl").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(here) == FILES
    assert "would fix 1 finding, in 1 line" in done.stdout + done.stderr


def test_the_diff_is_all_of_standard_output(here: Path) -> None:
    done = call("fix", "bad.jsonl", "--diff", cwd=here)
    diff = done.stdout.encode().replace(b" bad.jsonl\n", b" data.jsonl\n")
    assert patched(GOOD + BAD, diff) == GOOD + MENDED
    assert done.stderr.startswith("bad.jsonl: would fix 1 finding")


def test_the_diff_of_several_files_names_each(here: Path) -> None:
    (here / "more.jsonl").write_bytes(BAD)
    done = call("fix", "bad.jsonl", "good.jsonl", "more.jsonl", "--diff", cwd=here)
    heads = [line for line in done.stdout.splitlines() if line.startswith("--- ")]
    assert heads == ["--- bad.jsonl", "--- more.jsonl"]


@posix
def test_the_mode_stays(here: Path) -> None:
    (here / "bad.jsonl").chmod(0o640)
    call("fix", "bad.jsonl", cwd=here)
    assert stat.S_IMODE((here / "bad.jsonl").stat().st_mode) == 0o640
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED


@posix
def test_a_link_is_followed_and_stays_a_link(here: Path) -> None:
    (here / "data").mkdir()
    (here / "bad.jsonl").rename(here / "data" / "bad.jsonl")
    (here / "bad.jsonl").symlink_to("data/bad.jsonl")
    assert call("fix", "bad.jsonl", cwd=here).returncode == 0
    assert (here / "bad.jsonl").is_symlink()
    assert (here / "data" / "bad.jsonl").read_bytes() == GOOD + MENDED
    assert names(here / "data") == {"bad.jsonl"}


@posix
def test_a_file_of_two_names_waits_for_leave(here: Path) -> None:
    os.link(here / "bad.jsonl", here / "other.jsonl")
    done = call("fix", "bad.jsonl", cwd=here)
    assert done.returncode == 4
    assert "2 names (hard links)" in done.stdout
    assert (here / "bad.jsonl").read_bytes() == GOOD + BAD
    assert call("fix", "bad.jsonl", "--break-hardlinks", cwd=here).returncode == 0
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED
    assert (here / "other.jsonl").read_bytes() == GOOD + BAD


@posix
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may write all")
def test_a_file_that_may_not_be_written_is_left(here: Path) -> None:
    (here / "bad.jsonl").chmod(0o444)
    done = call("fix", "bad.jsonl", cwd=here)
    assert done.returncode == 4
    assert "read-only" in done.stdout


def test_the_old_file_is_kept_on_demand(here: Path) -> None:
    call("fix", "bad.jsonl", "--backup", cwd=here)
    assert (here / "bad.jsonl.bak").read_bytes() == GOOD + BAD
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED
    (here / "bad.jsonl").write_bytes(GOOD + BAD)
    done = call("fix", "bad.jsonl", "--backup", cwd=here)
    assert done.returncode == 4
    assert ".bak, exists already" in done.stdout
    assert (here / "bad.jsonl").read_bytes() == GOOD + BAD


# settings


@pytest.mark.parametrize(("args", "mended"), [
    ("", True),
    ("--select shape", True),
    ("--select lines", False),
    ("--ignore unknown-role", False),
    ("--severity unknown-role=off", False),
    ("--severity unknown-role=warning", True),
    ("--config lax.toml", False),
    ("--isolated", True),
])  # fmt: skip
def test_only_what_is_selected_is_fixed(here: Path, args: str, mended: bool) -> None:  # noqa: FBT001 - drawn by position
    (here / "lax.toml").write_text('ignore = ["shape"]\n', encoding="utf-8")
    call("fix", "bad.jsonl", *args.split(), cwd=here)
    assert (here / "bad.jsonl").read_bytes() == GOOD + (MENDED if mended else BAD)


def test_the_configuration_beside_the_data_counts(here: Path) -> None:
    settings = '[per-file-ignores]\n"bad.jsonl" = ["shape"]\n'
    (here / "jsonl-lint.toml").write_text(settings, encoding="utf-8")
    (here / "more.jsonl").write_bytes(GOOD + BAD)
    assert call("fix", "bad.jsonl", "more.jsonl", cwd=here).returncode == 0
    assert (here / "bad.jsonl").read_bytes() == GOOD + BAD
    assert (here / "more.jsonl").read_bytes() == GOOD + MENDED


def test_a_line_that_is_too_long_is_copied_unread(here: Path) -> None:
    long = b'{"text": "' + b"x" * 3_000_000 + b'",}\n'
    (here / "bad.jsonl").write_bytes(BAD + long + BAD)
    done = call("fix", "bad.jsonl", "--max-line-bytes", "1MB", cwd=here)
    assert done.returncode == 3
    assert (here / "bad.jsonl").read_bytes() in {BAD + long + BAD, MENDED + long + MENDED}


# check --fix


def test_check_fixes_first_and_reports_what_is_left(here: Path) -> None:
    (here / "bad.jsonl").write_bytes(GOOD + BAD + LEFT)
    done = call("check", "bad.jsonl", "--fix", "-f", "json", cwd=here)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert [(f["rule"], f["line"]) for f in report["findings"]] == [("unknown-role", 14)]
    assert "bad.jsonl: fixed 1 finding, in 1 line" in done.stderr
    assert (here / "bad.jsonl").read_bytes() == GOOD + MENDED + LEFT


def test_check_without_fix_refuses_the_options_of_fixing(here: Path) -> None:
    done = call("check", "bad.jsonl", "--drop-invalid", cwd=here)
    assert done.returncode == 2
    assert "--drop-invalid needs --fix" in done.stderr
    assert (here / "bad.jsonl").read_bytes() == GOOD + BAD


def test_check_does_not_fix_standard_input(here: Path) -> None:
    assert lint("check", "-", "--fix", cwd=here, stdin=BAD).returncode == 2


@pytest.mark.parametrize("name", ["wrong.jsonl", "array.jsonl"])
def test_what_is_no_jsonl_is_read_whole_as_well(here: Path, name: str) -> None:
    (here / "wrong.jsonl").write_bytes(b"PK\x03\x04 unpacked")
    (here / "array.jsonl").write_bytes(b'[{"text": "a"}, {"text": "b"}]')
    size = (here / name).stat().st_size
    assert (
        f", {size} of {size} bytes: " in call("check", "--fix", "--isolated", name, cwd=here).stdout
    )
