"""What makes a check incomplete: every report has its code, it exits with 3, nothing hides it."""

from __future__ import annotations

import gzip
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from actions_runner import commands
from programs import VALID, call, run

from jsonl_lint.reading.errors import MEANINGS, Code
from jsonl_lint.schema import find

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

GOOD = VALID.read_bytes()
PACKED = gzip.compress(GOOD)
FILES = {
    "good.jsonl": GOOD,
    "good.jsonl.gz": PACKED,
    "wide.jsonl": GOOD.decode().encode("utf-16"),
    "cut.jsonl.gz": PACKED[:-1],
    "bad.jsonl.gz": PACKED + b"garbage" * 9,
}
INCOMPLETE = {
    Code.NOT_FOUND: "missing.jsonl",
    Code.NOT_REGULAR_FILE: "/dev/null",
    Code.IO_ERROR: "loop.jsonl",
    Code.ARCHIVE_TRUNCATED: "cut.jsonl.gz",
    Code.ARCHIVE_DAMAGED: "bad.jsonl.gz",
    Code.CONTENT_TOO_LARGE: f"good.jsonl.gz --max-decompressed-bytes {len(GOOD) - 1}",
    Code.NOT_JSON_LINES: "wide.jsonl --ignore files",
    Code.LINES_NOT_CHECKED: "good.jsonl --max-line-bytes 50",
    Code.NOTHING_READ: "empty",
}
"""Arguments that give each code; changes and failing reads are in test_reading_faults.py."""
HIDING = (
    "--select blank-line",
    "--ignore files,lines,shape",
    "--severity ALL=info --severity blank-line=error --min-severity error",
    "--severity ALL=off --severity blank-line=warning",
    "--exit-zero",
    "--max-per-rule 1 --quiet",
    "--config hiding.toml",
)
CONFIG = """
select = ["roles"]
min-severity = "error"
[per-file-ignores]
"*" = ["files", "lines", "shape"]
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    (tmp_path / "hiding.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize("code", INCOMPLETE)
def test_no_option_hides_it(here: Path, code: Code, hiding: str) -> None:
    done = call("check", "-f", "concise", *INCOMPLETE[code].split(), *hiding.split(), cwd=here)
    assert done.returncode == 3, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    name = INCOMPLETE[code].split()[0]
    assert last.startswith(f"{code}: " if code is Code.NOTHING_READ else f"{name}: {code}: ")


@pytest.mark.parametrize("code", INCOMPLETE)
def test_every_report_has_it(here: Path, code: Code) -> None:
    forms = ("json", "jsonl", "sarif", "github")
    reports = [f"--report={form}={form}" for form in forms]
    done = call("check", *INCOMPLETE[code].split(), *reports, cwd=here)
    json_, jsonl, sarif, github = ((here / form).read_text(encoding="utf-8") for form in forms)
    assert done.returncode == 3
    assert f"{code}: " in done.stdout
    assert done.stdout.splitlines()[-1].endswith("(incomplete)")
    report = json.loads(json_)
    assert not report["complete"]
    wanted = [] if code is Code.NOTHING_READ else [code]
    assert [file["error_code"] for file in report["files"]] == wanted
    assert json.loads(jsonl.splitlines()[-1])["files"] == report["files"]
    assert sarif_codes(json.loads(sarif)["runs"][0]) == [code]
    assert commands(github)[0] == "error"
    assert f"title={code}::" in github.splitlines()[0]


def sarif_codes(run: dict[str, Any]) -> list[str]:
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    described = [one["id"] for one in run["tool"]["driver"]["notifications"]]
    noted = [one["descriptor"]["id"] for one in invocation["toolExecutionNotifications"]]
    assert described == sorted(set(noted))
    return noted


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_without_a_record_is_read_whole_so_that_its_rule_may_be_off(
    here: Path, data: bytes
) -> None:
    (here / "none.jsonl").write_bytes(data)
    args = ("check", "none.jsonl", "--report", "json=out")
    for ignored, code, rules in (
        ("blank-line", 1, ["empty-file"]),
        ("blank-line,empty-file", 0, []),
    ):
        done = call(*args, "--ignore", ignored, cwd=here)
        report = json.loads((here / "out").read_text("utf-8"))
        assert (done.returncode, report["complete"]) == (code, True)
        assert [finding["rule"] for finding in report["findings"]] == rules
    size = f"{len(data)} of {len(data)} bytes"
    assert done.stdout == f"checked 1 file, 0 records, {size}: no findings\n"


def test_lines_before_a_cut_were_checked(here: Path) -> None:
    bad = GOOD.replace(b'"user"', b'"human"', 1)
    (here / "cut.jsonl.gz").write_bytes(gzip.compress(bad)[:-1])
    done = call("check", "cut.jsonl.gz", "-f", "json", cwd=here)
    report = json.loads(done.stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["unknown-role"]
    assert (report["files"][0]["bytes"], report["files"][0]["lines"]) == (len(bad), 12)


def test_the_limit_on_what_comes_out_of_a_file_is_exact(here: Path) -> None:
    done = call("check", "good.jsonl.gz", "--max-decompressed-bytes", str(len(GOOD)), cwd=here)
    assert done.returncode == 0
    size = f"{len(PACKED):,}"
    assert f"{size} of {size} bytes, {len(GOOD):,} decompressed: no findings" in done.stdout
    (here / "small.toml").write_text("max-decompressed-bytes = 50\n", encoding="utf-8")
    fixed = call("fix", "good.jsonl.gz", "-o", "out.jsonl", "--config", "small.toml", cwd=here)
    assert fixed.returncode == 3
    assert "not fixed: content-too-large: more than 50 bytes come out" in fixed.stdout
    assert not (here / "out.jsonl").exists()


def test_a_code_is_no_rule(here: Path) -> None:
    for option in ("--ignore=io-error", "--select=io-error", "--severity=io-error=off"):
        done = call("check", "good.jsonl", option, cwd=here)
        assert done.returncode == 2
        assert 'unknown rule or family "io-error"' in done.stderr


def test_each_code_is_explained_and_in_the_schema(here: Path) -> None:
    assert list(MEANINGS) == list(Code)
    known = find.load("report")["$defs"]["errorCode"]["enum"]
    assert known == [*map(str, Code), None]
    for code in Code:
        done = call("explain", code, cwd=here)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, MEANINGS[code])


def test_hostile_names_are_read_and_told_in_every_report(here: Path) -> None:
    """Bytes that are no UTF-8, a line break, a command for a log."""
    names = [os.fsdecode(name) for name in (b"\xff.jsonl", b"a\nb.jsonl", b"::error::.jsonl")]
    (here / "d").mkdir()
    for name in names:
        (here / "d" / name).write_bytes(GOOD)
    forms = ("concise", "json", "jsonl", "sarif", "github")
    reports = [f"--report={form}={form}" for form in forms]
    done = call("check", "d", *[f"missing{name}" for name in names], *reports, cwd=here)
    assert done.returncode == 3
    texts = [done.stdout, *[(here / form).read_text(encoding="utf-8") for form in forms]]
    for text in texts:
        assert text.replace("\n", "").isprintable()
        assert text.count("not-found") >= 3
    assert "checked 3 of 6 files, 36 records, " in done.stdout
    assert "missing\\xff.jsonl" not in texts[0]
    assert "missing\\udcff.jsonl: not-found: " in texts[0]
    assert '"uri":"missing%FF.jsonl"' in texts[4]
    assert [file["complete"] for file in json.loads(texts[2])["files"]] == [True] * 3 + [False] * 3


def test_a_pipe_in_a_folder_is_told_and_not_waited_for(here: Path) -> None:
    (here / "d").mkdir()
    os.mkfifo(here / "d" / "pipe.jsonl")
    (here / "d" / "good.jsonl").write_bytes(GOOD)
    for command in ("check", "fix", "stats --tokenizer estimate"):
        done = call(*command.split(), "d", cwd=here)
        assert done.returncode == 3
        assert "d/pipe.jsonl: " in done.stdout
        assert "not-regular-file: it is a named pipe, not a regular file" in done.stdout


def test_descriptors_and_named_pipes_are_read(here: Path) -> None:
    command = f'"{sys.executable}" -m jsonl_lint check <(cat good.jsonl) /dev/stdin - < good.jsonl'
    done = run("bash", "-c", command, cwd=here)
    assert done.returncode == 0, done.stdout + done.stderr
    size = f"{2 * len(GOOD):,}"
    wanted = f"checked 3 files, 36 records, {size} of {size} bytes, {len(GOOD):,} from pipes: "
    assert done.stdout.startswith(wanted)
