"""``jsonl-lint stats`` as a shell sees it: what it reads, where it writes, how it ends."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from programs import ROOT, call, lint

from jsonl_lint.schema import find

if TYPE_CHECKING:
    from programs import Result

DATA = (ROOT / "fixtures" / "stats" / "train.jsonl").read_bytes()
LINE = (
    b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}\n'
)
ESTIMATE = ("--tokenizer", "estimate")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "train.jsonl").write_bytes(DATA)
    (tmp_path / "one.jsonl").write_bytes(LINE)
    return tmp_path


def stats(here: Path, *args: str, **env: str) -> Result:
    return call("stats", *args, *ESTIMATE, cwd=here, **env)


def stats_json(here: Path, *args: str) -> tuple[int, dict[str, Any]]:
    done = stats(here, *args, "-f", "json")
    document: dict[str, Any] = json.loads(done.stdout)
    Draft202012Validator(find.load("stats")).validate(document)
    return done.returncode, document


def names(document: dict[str, Any]) -> list[tuple[str, int, str | None]]:
    files = document["files"]
    return [(file["name"], file["facts"]["records"], file["error"]) for file in files]


# what is read


@pytest.mark.parametrize("price", ["nan", "inf", "-1", "much"])
def test_a_price_is_a_number(here: Path, price: str) -> None:
    done = call("stats", "train.jsonl", "--price", price, cwd=here)
    assert done.returncode == 2
    assert "is not a number of at least 0" in done.stderr


def test_files_folders_and_compressed_ones_are_read(here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "b.jsonl.gz").write_bytes(gzip.compress(LINE * 3, mtime=0))
    (here / "sub" / "a.ndjson").write_bytes(LINE * 2)
    (here / "sub" / "no.json").write_bytes(LINE)
    code, document = stats_json(here, "one.jsonl", "sub")
    assert code == 0
    assert [(Path(name).name, records, error) for name, records, error in names(document)] == [
        ("one.jsonl", 1, None), ("a.ndjson", 2, None), ("b.jsonl.gz", 3, None)
    ]  # fmt: skip
    assert document["total"]["facts"]["records"] == 6
    assert document["total"]["facts"]["bytes"] == 6 * len(LINE)
    assert document["total"]["tokens"]["total"] == sum(
        file["tokens"]["total"] for file in document["files"]
    )
    assert document["complete"] is True


def test_standard_input_is_read_and_a_pipe_gets_the_same_text(here: Path) -> None:
    piped = lint("stats", "-", *ESTIMATE, cwd=here, stdin=DATA)
    named = lint("stats", "train.jsonl", *ESTIMATE, cwd=here)
    assert (piped.returncode, piped.stderr) == (0, "")
    assert piped.stdout.removeprefix("-") == named.stdout.removeprefix("train.jsonl")
    assert named.stdout == stats(here, "train.jsonl").stdout


def test_each_of_several_files_has_its_line(here: Path) -> None:
    done = stats(here, "one.jsonl", "train.jsonl")
    assert done.stdout.split("\n")[:5] == [
        "one.jsonl: 1 record, 90 bytes",
        "train.jsonl: 13 records, 4,762 bytes, 1 blank line",
        "  1 line without a record; jsonl-lint check says why",
        "2 files together: 14 records, 4,852 bytes, 1 blank line",
        "  1 line without a record; jsonl-lint check says why",
    ]
    assert done.returncode == 0


# what cannot be read


@pytest.mark.parametrize(("name", "data", "records", "error"), [
    ("bad.jsonl.gz", gzip.compress(LINE, mtime=0)[:12] + b"x" * 20, 0,
     "archive-damaged: the compressed data is damaged"),
    ("array.jsonl", b'[{"text": "a"},\n{"text": "b"}]\n', 0,
     "not-json-lines: the file is one JSON array; jsonl-lint convert lays it out as lines"),
    ("wide.jsonl", LINE.decode().encode("utf-16"), 0,
     "not-json-lines: the file is UTF-16, not UTF-8; save it as UTF-8"),
    ("packed.jsonl", gzip.compress(LINE, mtime=0), 0,
     "not-json-lines: this is gzip data; name it .jsonl.gz, or decompress it"),
])  # fmt: skip
def test_what_is_not_read_to_its_end_is_incomplete(
    here: Path, name: str, data: bytes, records: int, error: str
) -> None:
    (here / name).write_bytes(data)
    error_code, _, reason = error.partition(": ")
    code, document = stats_json(here, "one.jsonl", name)
    assert code == 3
    assert names(document) == [("one.jsonl", 1, None), (name, records, reason)]
    assert [file["complete"] for file in document["files"]] == [True, False]
    assert [file["error_code"] for file in document["files"]] == [None, error_code]
    assert document["complete"] is False
    done = stats(here, "one.jsonl", name)
    assert done.returncode == 3
    assert f"{name}: {error}\n" in done.stdout


def test_the_part_that_was_read_is_said_to_be_one(here: Path) -> None:
    data = gzip.compress(LINE * 20_000, mtime=0)
    (here / "cut.jsonl.gz").write_bytes(data[: len(data) // 2])
    done = stats(here, "cut.jsonl.gz")
    assert done.returncode == 3
    first, second, *_ = done.stdout.split("\n")
    assert first.startswith("cut.jsonl.gz: ")
    wanted = "archive-truncated: the compressed data ends too early"
    assert second == f"  only so far, not to its end: {wanted}"


def test_a_missing_file_and_an_empty_folder_are_incomplete(here: Path) -> None:
    (here / "empty").mkdir()
    missing = stats(here, "none.jsonl")
    assert missing.returncode == 3
    assert missing.stdout == "none.jsonl: not-found: no such file or directory\n"
    empty = stats(here, "empty")
    assert empty.returncode == 3
    assert empty.stdout == "nothing was measured: there was no file to read\n"


NOTHING = "nothing-read: there is no record to measure"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_record_is_incomplete(here: Path, data: bytes) -> None:
    (here / "blank.jsonl").write_bytes(data)
    code, document = stats_json(here, "one.jsonl", "blank.jsonl")
    assert code == 3
    assert [file["error_code"] for file in document["files"]] == [None, "nothing-read"]
    done = stats(here, "blank.jsonl")
    assert done.returncode == 3
    assert done.stdout.split("\n")[0] == f"blank.jsonl: {NOTHING}"


def test_an_empty_standard_input_is_incomplete(here: Path) -> None:
    done = lint("stats", "-", *ESTIMATE, cwd=here)
    assert (done.returncode, done.stdout) == (3, f"-: {NOTHING}\n")


def test_lines_without_a_record_are_measured_as_such(here: Path) -> None:
    (here / "bad.jsonl").write_bytes(b"[]\n")
    assert stats(here, "bad.jsonl").returncode == 0


# usage


@pytest.mark.parametrize(("args", "message"), [
    ((), "nothing to measure: give a file, a folder or - for standard input"),
    (("one.jsonl", "-f", "xml"), "'xml' is not one of 'text', 'json'"),
    (("one.jsonl", "--tokenizer", "mistral-v33"), 'did you mean "mistral-v3"?'),
    (("one.jsonl", "--model", "open-mistral-8b"), 'unknown model "open-mistral-8b"; did you mean'),
    (("one.jsonl", "--model", "zzz"), "known are"),
    (("one.jsonl", "--max-steps", "0"), "0 is not in the range x>=1"),
    (("one.jsonl", "--price", "-1"), "is not a number of at least 0"),
    (("one.jsonl", "-o", "one.jsonl"), "would overwrite data that are to be measured"),
    (("one.jsonl", "-o", "./one.jsonl"), "would overwrite data that are to be measured"),
])  # fmt: skip
def test_wrong_usage(here: Path, args: tuple[str, ...], message: str) -> None:
    done = call("stats", *args, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
    assert (here / "one.jsonl").read_bytes() == LINE


# where it is written


def test_the_output_file_is_replaced_whole(here: Path) -> None:
    (here / "out.json").write_text("old", encoding="utf-8")
    done = stats(here, "train.jsonl", "-f", "json", "-o", "out.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (here / "out.json").read_text("utf-8") == stats(here, "train.jsonl", "-f", "json").stdout
    assert sorted(path.name for path in here.iterdir()) == ["one.jsonl", "out.json", "train.jsonl"]


def test_text_in_a_file_has_bars_and_no_colour(here: Path) -> None:
    done = stats(here, "train.jsonl", "-o", "out.txt", FORCE_COLOR="1", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert (here / "out.txt").read_text("utf-8") == stats(here, "train.jsonl").stdout


def test_an_output_that_cannot_be_written(here: Path) -> None:
    done = stats(here, "one.jsonl", "-o", "none/out.txt")
    assert done.returncode == 4
    assert done.stderr.startswith("jsonl-lint: none/out.txt: ")


@posix
def test_a_full_device_and_a_closed_pipe(here: Path) -> None:
    command = f'"{sys.executable}" -m jsonl_lint stats train.jsonl {" ".join(ESTIMATE)}'
    full = shell(f"{command} > /dev/full", here)
    said = "jsonl-lint: standard output: no space left on device\n"
    assert (full.returncode, full.stderr) == (4, said)
    closed = shell(f"({command} -f json; echo $? > code) | true", here)
    assert closed.stderr == ""
    assert (here / "code").read_text("utf-8").strip() in {"0", "141"}


def shell(command: str, here: Path) -> Result:
    from programs import run

    return run("sh", "-c", command, cwd=here)


# how it looks


def test_output_without_unicode_is_ascii(here: Path) -> None:
    done = lint("stats", "train.jsonl", *ESTIMATE, cwd=here, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "@" in done.stdout


def test_headings_are_bold_when_colour_is_forced(here: Path) -> None:
    assert "\x1b[1mtools\x1b[0m\n" in stats(here, "train.jsonl", FORCE_COLOR="1").stdout
    assert "\x1b" not in stats(here, "train.jsonl", FORCE_COLOR="1", NO_COLOR="1").stdout


# plans


def test_a_plan_is_made_when_an_option_asks_for_it(here: Path) -> None:
    assert stats_json(here, "train.jsonl")[1]["plan"] is None
    _, document = stats_json(
        here, "train.jsonl", "--model", "open-mistral-7b", "--max-steps", "100",
        "--seq-len", "1000", "--batch-size", "2", "--gpus", "4", "--price", "5",
    )  # fmt: skip
    machine = document["plan"]["machine"]
    assert machine == {
        "seq_len": 1000, "batch_size": 2, "gpus": 4, "words_per_second": 5720, "price": 5.0
    }  # fmt: skip
    run = document["plan"]["expected"]
    tokens = document["total"]["tokens"]
    assert run["train_tokens"] == 100 * 1000 * 2 * 4
    assert run["epochs"] == pytest.approx(run["train_tokens"] / tokens["total"])
    assert run["cost"] == pytest.approx(run["train_tokens"] / 1e6 * 5)
    assert tokens["limit"] == 1000
    assert tokens["over_limit"] == 0


def test_records_beyond_the_sequence_are_named(here: Path) -> None:
    _, document = stats_json(here, "train.jsonl", "--seq-len", "100")
    assert document["total"]["tokens"]["over_limit_lines"] == [7, 8]
    text = stats(here, "train.jsonl", "--seq-len", "100").stdout
    assert "  2 records with more than 100 tokens, at line 7, 8\n" in text


def test_a_training_yaml_is_measured(here: Path) -> None:
    pytest.importorskip("yaml")
    (here / "run.yaml").write_text(
        'data:\n  instruct_data: "one.jsonl:1,train.jsonl:3"\n  eval_instruct_data: "one.jsonl"\n'
        "seq_len: 1024\nbatch_size: 2\nmax_steps: 30\nmodel_id_or_path: open-mistral-7b\n",
        encoding="utf-8",
    )
    code, document = stats_json(here, "--train-yaml", "run.yaml", "--gpus", "4")
    assert (code, document["files"], document["total"]["tokens"]) == (0, [], None)
    training = document["training"]
    assert training["plan"]["machine"] == {
        "seq_len": 1024, "batch_size": 2, "gpus": 4, "words_per_second": 5720, "price": None
    }  # fmt: skip
    assert [(one["path"], one["share"]) for one in training["train"]] == [
        ("one.jsonl", 0.25), ("train.jsonl", 0.75)
    ]  # fmt: skip
    assert training["overlap"]["files"] == ["one.jsonl"]
    assert training["overlap"]["places"] == [{"file": "one.jsonl", "line": 1}]
    _, document = stats_json(
        here, "--train-yaml", "run.yaml", "--max-steps", "7", "--seq-len", "100"
    )
    expected = document["training"]["plan"]["expected"]
    assert (expected["max_steps"], expected["train_tokens"]) == (7, 7 * 100 * 2 * 8)
    assert document["training"]["train"][1]["tokens"]["over_limit"] == 2
    text = stats(here, "--train-yaml", "run.yaml").stdout
    assert "warning: in training and evaluation: one.jsonl\n" in text


def test_a_training_yaml_that_names_nothing_is_refused(here: Path) -> None:
    pytest.importorskip("yaml")
    (here / "run.yaml").write_text('data:\n  instruct_data: "none.jsonl"\n', encoding="utf-8")
    done = call("stats", "--train-yaml", "run.yaml", cwd=here)
    assert done.returncode == 2
    assert 'run.yaml: there is no file or folder "none.jsonl"' in done.stderr
