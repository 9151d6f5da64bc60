"""``jsonl-lint convert``: its cases in fixtures/convert, and the command as a whole."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result

from jsonl_lint.cli import exit_codes
from jsonl_lint.cli.convert import convert
from jsonl_lint.fixing.convert import Options
from jsonl_lint.fixing.convert.losses import KINDS
from jsonl_lint.fixing.convert.run import Conversion, Report
from jsonl_lint.fixing.convert.source import Source
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.source import open_bytes

FIXTURES = Path(__file__).parent.parent / "fixtures" / "convert"
FILES = sorted(FIXTURES.glob("*.jsonl"))
QUESTION = '{"role": "user", "content": "Hi"}'
ANSWER = '{"role": "assistant", "content": "Hello"}'
PLAIN = f'{{"messages": [{QUESTION}, {ANSWER}]}}\n'
WEIGHTED = f'{{"messages": [{QUESTION}, {ANSWER[:-1]}, "weight": 0}}]}}\n'


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


ALL = [
    pytest.param(case, id=f"{path.stem}: {case['case']}") for path in FILES for case in cases(path)
]


def run(case: dict[str, Any], *, allow_loss: bool) -> tuple[bytes, Report]:
    options = dict(case["options"])
    is_csv = options.pop("csv", False)
    given = options.pop("from", "")
    written: list[bytes] = []
    with open_bytes(case["input"].encode()) as stream:
        conversion = Conversion(Options(**options), given, allow_loss=allow_loss)
        report = conversion.run(Source(stream, is_csv=is_csv), written.append)
    return b"".join(written), report


@pytest.mark.parametrize("case", ALL)
def test_a_case_gives_its_records_losses_and_refusals(case: dict[str, Any]) -> None:
    written, report = run(case, allow_loss=True)
    assert written.decode() == case["output"]
    assert sorted(map(list, report.lost)) == case.get("lost", [])
    refused = [[one.number, to_pointer(one.path), one.reason] for one in report.refusals]
    assert refused == case.get("refused", [])
    assert report.may_be_written == (not refused)


@pytest.mark.parametrize("case", ALL)
def test_without_leave_nothing_lossy_is_written(case: dict[str, Any]) -> None:
    written, report = run(case, allow_loss=False)
    assert report.may_be_written == ("lost" not in case and not report.refused)
    if "lost" in case:
        assert written == b""


def test_each_kind_of_loss_has_a_case() -> None:
    assert {kind for path in FILES for case in cases(path) for kind, _ in case.get("lost", [])} == (
        KINDS.keys()
    )


# the command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.jsonl").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "mixed.jsonl").write_text(PLAIN + WEIGHTED, encoding="utf-8")
    return tmp_path


def call(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(convert, args, input=stdin)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


SHAREGPT = (
    '{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}\n'
)


def test_the_result_goes_to_standard_output(here: Path) -> None:
    done = call("plain.jsonl", "--to", "sharegpt")
    assert (done.exit_code, done.stdout) == (exit_codes.CLEAN, SHAREGPT)
    assert done.stderr == "jsonl-lint: plain.jsonl: 1 record converted\n"
    assert names(here) == ["mixed.jsonl", "plain.jsonl"]


def test_a_compressed_file_is_read(here: Path) -> None:
    (here / "plain.jsonl.gz").write_bytes(gzip.compress(PLAIN.encode(), mtime=0))
    assert call("plain.jsonl.gz", "--to", "sharegpt").stdout == SHAREGPT


def shell(*args: str, stdout: int | IO[bytes] = PIPE, stdin: str = PLAIN) -> tuple[int, str, str]:
    """Run the command in a process of its own: it reads and writes descriptors."""
    command = [sys.executable, "-m", "jsonl_lint", "convert", *args]
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        command, input=stdin.encode(), stdout=stdout, stderr=PIPE, check=False
    )
    output, errors = (
        (text or b"").decode().replace("\r\n", "\n") for text in (done.stdout, done.stderr)
    )
    return done.returncode, output, errors


def test_a_pipe_is_converted_whole_or_not_at_all(here: Path) -> None:
    code, output, errors = shell("-", "--to", "sharegpt")
    assert (code, output) == (exit_codes.CLEAN, SHAREGPT)
    assert errors == "jsonl-lint: standard input: 1 record converted\n"
    code, output, _ = shell("-", "--to", "sharegpt", stdin=PLAIN * 1000 + WEIGHTED)
    assert (code, output) == (exit_codes.FINDINGS, "")
    assert names(here) == ["mixed.jsonl", "plain.jsonl"]


def test_a_loss_is_told_and_refused(here: Path) -> None:
    done = call("mixed.jsonl", "--to", "sharegpt", "-o", "out.jsonl")
    assert (done.exit_code, done.stdout) == (exit_codes.FINDINGS, "")
    assert done.stderr == (
        "jsonl-lint: mixed.jsonl: 2 records read, nothing was written\n"
        "  lost: weight at /messages/*/weight: weights of messages; in 1 record, on line 2\n"
        "  convert it all the same with --allow-loss\n"
    )
    assert names(here) == ["mixed.jsonl", "plain.jsonl"]


def test_a_loss_that_is_allowed_is_told_too(here: Path) -> None:
    done = call("mixed.jsonl", "--to", "sharegpt", "-o", "out.jsonl", "--allow-loss")
    assert done.exit_code == exit_codes.CLEAN
    assert done.stderr == (
        "jsonl-lint: mixed.jsonl: 2 records converted\n"
        "  lost: weight at /messages/*/weight: weights of messages; in 1 record, on line 2\n"
    )
    assert (here / "out.jsonl").read_text(encoding="utf-8") == SHAREGPT * 2


def test_a_record_that_cannot_be_converted_is_refused_even_then(here: Path) -> None:
    bad = '{"messages": [{"role": "hu\\u001bman", "content": "Hi"}]}\n'
    (here / "bad.jsonl").write_text(PLAIN + "\n" + bad * 5, encoding="utf-8")
    done = call("bad.jsonl", "--to", "sharegpt", "--allow-loss")
    assert (done.exit_code, done.stdout) == (exit_codes.FINDINGS, "")
    lines = done.stderr.split("\n")
    assert lines[0] == "jsonl-lint: bad.jsonl: 6 records read, nothing was written"
    assert lines[1].startswith('  refused: line 3 at /messages/0/role: the role is "hu\\x1bman"')
    assert lines[4:] == ["  refused: 2 more", ""]


def test_a_file_that_is_there_stays_unless_told(here: Path) -> None:
    done = call("plain.jsonl", "--to", "sharegpt", "-o", "mixed.jsonl")
    assert done.exit_code == exit_codes.UNWRITTEN
    assert done.stderr.startswith("jsonl-lint: mixed.jsonl: it exists")
    assert (here / "mixed.jsonl").read_text(encoding="utf-8") == PLAIN + WEIGHTED
    assert (
        call("plain.jsonl", "--to", "sharegpt", "-o", "mixed.jsonl", "--overwrite").exit_code == 0
    )
    assert (here / "mixed.jsonl").read_text(encoding="utf-8") == SHAREGPT


def test_a_file_may_become_its_own_conversion(here: Path) -> None:
    assert (
        call("plain.jsonl", "--to", "sharegpt", "-o", "plain.jsonl", "--overwrite").exit_code == 0
    )
    assert (here / "plain.jsonl").read_text(encoding="utf-8") == SHAREGPT


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("none.jsonl", None, "not-found: no such file"),
    ("empty.jsonl", b"", "nothing-read: there is no record to convert"),
    ("blank.jsonl", b"\n\n", "nothing-read: there is no record to convert"),
    ("cut.jsonl.gz", gzip.compress(PLAIN.encode(), mtime=0)[:-9],
     "archive-truncated: the compressed data ends too early"),
    ("wide.jsonl", PLAIN.encode("utf-16"),
     "not-json-lines: the file is UTF-16, not UTF-8; save it as UTF-8"),
    ("zip.jsonl", b"PK\x03\x04", "not-json-lines: this is a zip archive; unpack it"),
])  # fmt: skip
def test_what_cannot_be_read_leaves_no_output(
    here: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (here / name).write_bytes(content)
    for output in ("out.jsonl", "-"):
        done = call(name, "--to", "sharegpt", "-o", output)
        assert (done.exit_code, done.stdout) == (exit_codes.INCOMPLETE, "")
        assert done.stderr.startswith(f"jsonl-lint: {name}: {reason}")
        assert not (here / "out.jsonl").exists()


def test_a_table_is_known_by_its_name_or_by_option(here: Path) -> None:
    table = b"prompt,completion\nHi,Hello\n"
    (here / "table.csv").write_bytes(table)
    (here / "table.csv.gz").write_bytes(gzip.compress(table, mtime=0))
    (here / "table.txt").write_bytes(table)
    for name, *options in (["table.csv"], ["table.csv.gz"], ["table.txt", "--from", "csv"]):
        done = call(name, *options, "--to", "messages", "--allow-loss")
        assert (done.exit_code, done.stdout) == (exit_codes.CLEAN, PLAIN)


def test_the_output_is_never_compressed(here: Path) -> None:
    done = call("plain.jsonl", "-o", "out.jsonl.gz")
    assert done.exit_code == exit_codes.USAGE
    assert "the output is not compressed; give a name without .gz" in done.stderr
    assert not (here / "out.jsonl.gz").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
@pytest.mark.usefixtures("here")
def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, errors = shell("plain.jsonl", "--to", "sharegpt", stdout=full)
    assert (code, errors) == (exit_codes.UNWRITTEN, "jsonl-lint: no space left on device\n")


def test_a_refused_record_stops_no_count_but_the_writing(here: Path) -> None:
    text = "".join([WEIGHTED, PLAIN * 3, '{"messages": 1}\n', WEIGHTED])
    (here / "many.jsonl").write_text(text, encoding="utf-8")
    done = call("many.jsonl", "--to", "alpaca")
    assert "6 records read, nothing was written" in done.stderr
    assert "in 2 records, on lines 1, 6" in done.stderr
    assert "line 5 at /messages: " in done.stderr
    assert "--allow-loss" not in done.stderr
