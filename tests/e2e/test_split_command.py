"""``split`` as a shell sees it: what it prints, how it ends, and what lies in the folder then."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from programs import ROOT, call, environment, lint
from samples import chat, line

from jsonl_lint import __version__
from jsonl_lint.fixing.split.hashed import HashedFile
from jsonl_lint.fixing.split.holdout import Holdout
from jsonl_lint.fixing.split.source import Source
from jsonl_lint.reading.source import open_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRAIN = (ROOT / "fixtures" / "split" / "train.jsonl").read_bytes()
REAL = ROOT.parent / "shared" / "data" / "real"
REAL_FILES = sorted([*REAL.rglob("*.jsonl"), *REAL.rglob("*.jsonl.gz")])
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and files")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the shipped dataset and some that cannot be split."""
    (tmp_path / "train.jsonl").write_bytes(TRAIN)
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "blank.jsonl").write_bytes(b"\n \r\n\t")
    (tmp_path / "lone.jsonl").write_bytes(TRAIN[: TRAIN.index(b"\n") + 1] + b"\n" * 3000)
    (tmp_path / "one.jsonl").write_bytes(TRAIN[: TRAIN.index(b"\n") + 1])
    (tmp_path / "list.jsonl").write_bytes(b"[\n" + TRAIN.replace(b"\n", b",\n")[:-2] + b"\n]\n")
    (tmp_path / "wide.jsonl").write_bytes(TRAIN.decode().encode("utf-16"))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(TRAIN)[:-20])
    (tmp_path / "bad.toml").write_text('target = "no-such-target"\n', encoding="utf-8")
    (tmp_path / "short.toml").write_text("max-line-bytes = 130\n", encoding="utf-8")
    return tmp_path


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def manifest(folder: Path, stem: str = "train") -> Any:
    return json.loads((folder / f"{stem}-manifest.json").read_bytes())


def parts(folder: Path, stem: str = "train") -> list[bytes]:
    return [(folder / entry["name"]).read_bytes() for entry in manifest(folder, stem)["files"]]


# what comes out


def test_parts_by_bytes(here: Path) -> None:
    done = call("split", "train.jsonl", "-o", "out", "--max-bytes", "5kB", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.replace("\\", "/").splitlines() == [
        "out/train-00001-of-00003.jsonl: 39 records, 4,876 bytes",
        "out/train-00002-of-00003.jsonl: 39 records, 4,936 bytes",
        "out/train-00003-of-00003.jsonl: 12 records, 1,489 bytes",
        "split 90 records, 11,301 bytes into 3 files; out/train-manifest.json lists them",
    ]
    assert b"".join(parts(here / "out")) == TRAIN
    assert len(listing(here / "out")) == 4


def test_the_manifest(here: Path) -> None:
    call("split", "train.jsonl", "-o", "out", "--parts", "2", cwd=here)
    first, second = parts(here / "out")
    assert manifest(here / "out") == {
        "version": 1,
        "tool": f"jsonl-lint {__version__}",
        "source": {
            "name": "train.jsonl",
            "records": 90,
            "lines": 90,
            "bytes": len(TRAIN),
            "sha256": sha256(TRAIN).hexdigest(),
        },
        "mode": "parts",
        "parts": 2,
        "files": [
            {
                "name": "train-00001-of-00002.jsonl",
                "records": 45,
                "lines": 45,
                "bytes": len(first),
                "sha256": sha256(first).hexdigest(),
                "first_line": 1,
                "last_line": 45,
            },
            {
                "name": "train-00002-of-00002.jsonl",
                "records": 45,
                "lines": 45,
                "bytes": len(second),
                "sha256": sha256(second).hexdigest(),
                "first_line": 46,
                "last_line": 90,
            },
        ],
    }


@pytest.mark.parametrize("way", ["--parts 7", "--validation"])
def test_the_same_input_gives_the_same_bytes(here: Path, way: str) -> None:
    for folder, seed in (("one", "1"), ("two", "2")):
        args = ("split", "train.jsonl", "-o", folder, *way.split())
        assert lint(*args, cwd=here, PYTHONHASHSEED=seed).returncode == 0
    assert listing(here / "one") == listing(here / "two")


def test_without_a_way_parts_have_as_many_bytes_as_the_target_takes(here: Path) -> None:
    done = call("split", "train.jsonl", "-o", ".", "-q", cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert manifest(here)["max_bytes"] == 512_000_000
    assert parts(here) == [TRAIN]


def test_validation_data_are_held_out_and_accepted(here: Path) -> None:
    done = call("split", "train.jsonl", "-o", "out", "--validation", cwd=here)
    assert done.stdout.replace("\\", "/").splitlines() == [
        "out/train-train.jsonl: 86 records, 10,786 bytes",
        "out/train-validation.jsonl: 4 records, 515 bytes",
        "split 90 records, 11,301 bytes into 2 files; out/train-manifest.json lists them",
    ]
    found = manifest(here / "out")
    assert (found["mode"], found["max_bytes"], found["seed"]) == ("validation", 538, 0)
    training, held_out = parts(here / "out")
    assert sorted([*training.split(b"\n"), *held_out.split(b"\n")]) == sorted(
        [b"", *TRAIN.split(b"\n")]
    )
    paths = ("out/train-train.jsonl", "--validation", "out/train-validation.jsonl")
    checked = call("check", *paths, "--select", "validation-too-large,blank-line", cwd=here)
    assert (checked.returncode, "no findings" in checked.stdout) == (0, True)


def test_another_seed_holds_out_other_records(here: Path) -> None:
    for seed in range(4):
        call("split", "train.jsonl", "-o", str(seed), "--validation", "--seed", str(seed), cwd=here)
    assert len({parts(here / str(seed))[1] for seed in range(4)}) == 4


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_every_byte_is_kept(here: Path, ending: bytes) -> None:
    odd = "\ufeff{}\u2028\x85\x0b\x0cx\n\n"
    data = odd.encode() + TRAIN.rstrip(b"\n").replace(b"\n", ending)
    (here / "odd.jsonl").write_bytes(data)
    for way in ("--max-bytes 200", "--parts 91", "--parts 3"):
        assert call("split", "odd.jsonl", "-o", way[-2:], *way.split(), cwd=here).returncode == 0
        assert b"".join(parts(here / way[-2:], "odd")) == data
    assert call("split", "odd.jsonl", "-o", "v", "--validation", cwd=here).returncode == 0
    sides = [side.split(b"\n") for side in parts(here / "v", "odd")]
    assert sorted(text for side in sides for text in side if text) == sorted(
        text for text in data.split(b"\n") if text
    )


def test_a_record_of_more_than_a_buffer_is_copied_whole(here: Path) -> None:
    data = line(chat("x" * 3_000_000)) + TRAIN
    (here / "long.jsonl").write_bytes(data)
    assert call("split", "long.jsonl", "-o", "out", "--parts", "3", cwd=here).returncode == 0
    first, second, third = parts(here / "out", "long")
    assert first == data[: -len(TRAIN)]
    assert second + third == TRAIN


# where the input comes from


def test_compressed_files_are_read(here: Path) -> None:
    (here / "Zug.jsonl.gz").write_bytes(gzip.compress(TRAIN))
    assert call("split", "Zug.jsonl.gz", "-o", "out", "--parts", "2", cwd=here).returncode == 0
    assert b"".join(parts(here / "out", "Zug")) == TRAIN
    source = manifest(here / "out", "Zug")["source"]
    assert (source["name"], source["bytes"]) == ("Zug.jsonl.gz", len(TRAIN))


@pytest.mark.parametrize(("options", "stem"), [
    ((), "train"), (("--stdin-filename", "data/Zug.jsonl"), "Zug")
])  # fmt: skip
def test_a_pipe_is_read(here: Path, options: tuple[str, ...], stem: str) -> None:
    done = lint("split", "-", "-o", "out", "--parts", "2", *options, cwd=here, stdin=TRAIN)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"".join(parts(here / "out", stem)) == TRAIN
    assert manifest(here / "out", stem)["source"]["name"] == f"{stem}.jsonl"


def redirected(here: Path, *args: str, skip: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Run ``split`` with a file as standard input, of which so many bytes were read already."""
    with (here / "train.jsonl").open("rb") as source:
        os.lseek(source.fileno(), skip, os.SEEK_SET)
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "jsonl_lint", "split", "-", "-o", *args],
            cwd=here, stdin=source, env=environment(), capture_output=True, check=False,
        )  # fmt: skip


def test_a_redirected_file_is_read(here: Path) -> None:
    assert redirected(here, "out", "--validation").returncode == 0
    assert sum(map(len, parts(here / "out"))) == len(TRAIN)


@pytest.mark.parametrize("mode", [("--parts", "3"), ("--validation",)])
def test_a_redirected_file_that_was_read_in_part_is_split_from_there(
    here: Path, mode: tuple[str, ...]
) -> None:
    first, *others = TRAIN.splitlines(keepends=True)
    done = redirected(here, "out", *mode, skip=len(first))
    assert (done.returncode, done.stderr) == (0, b"")
    split = b"".join(parts(here / "out"))
    assert sorted(split.splitlines(keepends=True)) == sorted(others)


@posix
def test_a_named_pipe_is_read(here: Path) -> None:
    os.mkfifo(here / "fifo.jsonl")
    writer = threading.Thread(target=lambda: (here / "fifo.jsonl").write_bytes(TRAIN))
    writer.start()
    done = call("split", "fifo.jsonl", "-o", "out", "--parts", "3", cwd=here)
    writer.join()
    assert (done.returncode, done.stderr) == (0, "")
    assert b"".join(parts(here / "out", "fifo")) == TRAIN


# what is refused, and leaves nothing behind


@pytest.mark.parametrize(("args", "code", "why"), [
    ("empty.jsonl", 3, "empty.jsonl: nothing-read: there is no record to split"),
    ("blank.jsonl", 3, "blank.jsonl: nothing-read: there is no record to split"),
    ("blank.jsonl --parts 1", 3, "blank.jsonl: nothing-read: there is no record to split"),
    ("empty.jsonl --validation", 3, "empty.jsonl: nothing-read: there is no record to split"),
    ("blank.jsonl --validation", 3, "blank.jsonl: nothing-read: there is no record to split"),
    ("one.jsonl --parts 2", 1, "the file has 1 record, too few for 2 parts; ask for fewer parts"),
    ("one.jsonl --validation", 1, "validation data may have 6 bytes, 5 % of the training"),
    ("lone.jsonl --validation", 1, "no record would remain for training; add records"),
    ("train.jsonl --max-bytes 100", 1, "line 1 has 126 bytes, more than the 100 of a part"),
    ("train.jsonl --validation --config short.toml", 1,
     "line 25 has 131 bytes; a record may have 130 to be compared with the others"),
    ("list.jsonl", 1,
     "list.jsonl: the file is one JSON array; jsonl-lint convert lays it out as lines"),
    ("wide.jsonl", 1, "wide.jsonl: the file is UTF-16, not UTF-8; save it as UTF-8"),
    ("train.jsonl --parts 2 --validation", 2, "--parts and --validation are two ways to split"),
    ("train.jsonl --max-bytes 5kB --parts 2", 2, "--max-bytes and --parts are two ways to split"),
    ("train.jsonl --seed 1", 2, "--seed chooses validation data; give it with --validation"),
    ("train.jsonl --parts 0", 2, "'--parts'"),
    ("train.jsonl --max-bytes 0", 2, "'0' is not a number of bytes like 1000000"),
    ("train.jsonl --validation --seed -1", 2, "'--seed'"),
    ("train.jsonl --target nobody", 2, 'unknown target "nobody"; known are mistral, '),
    ("train.jsonl --config bad.toml", 2, 'unknown target "no-such-target"'),
    ("train.jsonl --config none.toml", 2, "none.toml: no such file or directory"),
    ("none.jsonl", 3, "none.jsonl: not-found: no such file or directory"),
    (".", 3, ".: not-regular-file: it is a directory"),
    ("cut.jsonl.gz", 3, "cut.jsonl.gz: archive-truncated: the compressed data ends too early"),
    ("train.jsonl -o train.jsonl", 4, "train.jsonl: no file can be made in that folder: "),
])  # fmt: skip
def test_what_cannot_be_done_leaves_nothing_behind(
    here: Path, args: str, code: int, why: str
) -> None:
    before = listing(here)
    done = call("split", "-o", "new/out", *args.split(), cwd=here)
    assert (done.returncode, done.stdout) == (code, "")
    assert why in done.stderr
    assert listing(here) == before


def test_no_folder_is_a_usage_error(here: Path) -> None:
    done = call("split", "train.jsonl", cwd=here)
    assert done.returncode == 2
    assert "-o" in done.stderr


def test_nothing_is_written_over_unless_asked_for(here: Path) -> None:
    assert call("split", "train.jsonl", "-o", "out", "--parts", "2", cwd=here).returncode == 0
    before = listing(here / "out")
    for way in (["--parts", "2"], ["--validation"]):
        done = call("split", "train.jsonl", "-o", "out", *way, cwd=here)
        assert done.returncode == 4
        assert done.stderr == (
            "jsonl-lint: out: train-manifest.json: it is there already; "
            "choose another folder, or give --overwrite\n"
        )
        assert listing(here / "out") == before
    (here / "out" / "train-manifest.json").unlink()
    done = call("split", "train.jsonl", "-o", "out", "--parts", "2", cwd=here)
    assert (done.returncode, "train-00001-of-00002.jsonl: it is" in done.stderr) == (4, True)


def test_what_is_left_of_another_split_is_named(here: Path) -> None:
    assert call("split", "train.jsonl", "-o", "out", "--parts", "3", cwd=here).returncode == 0
    done = call("split", "train.jsonl", "-o", "out", "--parts", "2", "--overwrite", cwd=here)
    assert done.returncode == 0
    assert done.stderr == (
        "jsonl-lint: out: it also holds 3 files of another split, such as "
        '"train-00001-of-00003.jsonl"; delete what the manifest does not list\n'
    )
    assert b"".join(parts(here / "out")) == TRAIN


def test_the_input_is_never_written_over(here: Path) -> None:
    own = here / "train-00001-of-00001.jsonl"
    own.write_bytes(TRAIN)
    (here / "train.jsonl").unlink()
    (here / "train.jsonl").symlink_to(own)
    done = call("split", "train.jsonl", "-o", ".", "--overwrite", cwd=here)
    assert done.returncode == 4
    assert f"{own.name}: it is the input; choose another folder" in done.stderr
    assert redirected(here, ".", "--overwrite").returncode == 4
    assert own.read_bytes() == TRAIN


def test_control_characters_in_names_are_shown_harmless(here: Path) -> None:
    name = "a\x1b]0;x\x07\u202e.jsonl"
    (here / name).write_bytes(TRAIN)
    done = call("split", name, "-o", "out", cwd=here)
    assert (done.returncode, "\\x1b]0;x\\x07\\u202e" in done.stdout) == (0, True)
    done = call("split", name, "-o", "out", cwd=here)
    assert (done.returncode, "\\x1b]0;x\\x07\\u202e" in done.stderr) == (4, True)


@posix
def test_a_name_that_is_no_utf_8_is_kept(here: Path) -> None:
    (here / os.fsdecode(b"a\xff.jsonl")).write_bytes(TRAIN)
    assert call("split", os.fsdecode(b"a\xff.jsonl"), "-o", "out", cwd=here).returncode == 0
    names = sorted(os.listdir(os.fsencode(here / "out")))  # noqa: PTH208 - names as bytes
    assert names == [b"a\xff-00001-of-00001.jsonl", b"a\xff-manifest.json"]
    found = json.loads((here / "out" / os.fsdecode(names[1])).read_bytes())
    assert found["files"][0]["name"] == "a\\xff-00001-of-00001.jsonl"


# what happens meanwhile


def test_a_file_that_changes_between_the_looks_at_it_is_refused(here: Path) -> None:
    runs = Source.runs

    def changed(source: Source, sizes: Any) -> Iterator[Iterator[bytes]]:
        with (here / "train.jsonl").open("ab") as file:
            file.write(b"{}\n")
        yield from runs(source, sizes)

    with mock.patch.object(Source, "runs", changed):
        done = call("split", "train.jsonl", "-o", "out", "--parts", "2", cwd=here)
    assert (done.returncode, done.stdout) == (3, "")
    assert "train.jsonl: file-changed: the file changed while it was read" in done.stderr
    assert not (here / "out").exists()


def test_a_file_that_changes_before_validation_data_are_held_out_is_refused(here: Path) -> None:
    chosen = Holdout.chosen

    def changed(holdout: Holdout) -> frozenset[int]:
        (here / "train.jsonl").write_bytes(TRAIN + b"{}\n")
        return chosen(holdout)

    with mock.patch.object(Holdout, "chosen", changed):
        done = call("split", "train.jsonl", "-o", "out", "--validation", cwd=here)
    assert (done.returncode, done.stdout) == (3, "")
    assert "train.jsonl: file-changed: the file changed while it was read" in done.stderr
    assert not (here / "out").exists()


def test_a_file_that_is_cut_meanwhile_is_refused(here: Path) -> None:
    runs = Source.runs

    def changed(source: Source, sizes: Any) -> Iterator[Iterator[bytes]]:
        with (here / "train.jsonl").open("r+b") as file:
            file.truncate(0)
        return runs(source, sizes)

    with mock.patch.object(Source, "runs", changed):
        done = call("split", "train.jsonl", "-o", "out", "--parts", "2", cwd=here)
    assert done.returncode == 3
    assert not (here / "out").exists()


@pytest.mark.parametrize("nth", range(3))
@pytest.mark.parametrize("folder", ["out", "."])
def test_an_interrupt_leaves_nothing_behind(here: Path, folder: str, nth: int) -> None:
    before = listing(here)
    commit, calls = HashedFile.commit, iter(range(9))

    def interrupted(output: HashedFile) -> str:
        if next(calls) == nth:
            signal.raise_signal(signal.SIGINT)
        return commit(output)

    with mock.patch.object(HashedFile, "commit", interrupted):
        done = call("split", "train.jsonl", "-o", folder, "--parts", "2", cwd=here)
    assert done.returncode == 130
    assert listing(here) == before


@posix
def test_a_terminated_run_leaves_nothing_behind(here: Path) -> None:
    before = listing(here)
    command = [sys.executable, "-m", "jsonl_lint", "split", "-", "-o", "out"]
    with subprocess.Popen(command, cwd=here, stdin=subprocess.PIPE, env=environment()) as program:  # noqa: S603 - our own program
        assert program.stdin
        program.stdin.write(TRAIN * 400)
        program.stdin.flush()  # the program has read most of it, and its folder is there
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 143
    assert listing(here) == before


@posix
@pytest.mark.parametrize("kilobytes", [4, 1024])
@pytest.mark.parametrize("name", ["-", "big.jsonl"])
def test_a_full_disk_is_said(here: Path, name: str, kilobytes: int) -> None:
    (here / "big.jsonl").write_bytes((TRAIN * 200)[: kilobytes * 1500])
    limit = kilobytes << 10
    limited = "import resource, runpy, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
    limited += "runpy.run_module('jsonl_lint', run_name='__main__')"
    with (here / "big.jsonl").open("rb") as source:
        os.lseek(source.fileno(), 10, os.SEEK_SET)  # so that standard input has to be copied
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", limited, "split", name, "-o", "out"],
            cwd=here, stdin=source, env=environment(), capture_output=True, check=False,
        )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert b"jsonl-lint: out: " in done.stderr
    assert b"file too large" in done.stderr
    assert not (here / "out").exists()


# datasets that other people wrote


def split_real(path: Path, out: Path, way: str) -> tuple[str, list[bytes]]:
    """Give why a file was refused, or what its parts are; see that its manifest is right."""
    done = call("split", path, "-o", out, *way.split(), cwd=out.parent)
    if done.returncode:
        assert done.returncode == 1
        assert not out.exists()
        return done.stderr, []
    found = json.loads(next(out.glob("*-manifest.json")).read_bytes())
    assert found["source"]["sha256"] == sha256(content(path)).hexdigest()
    files = [(out / entry["name"]).read_bytes() for entry in found["files"]]
    assert [entry["sha256"] for entry in found["files"]] == [sha256(x).hexdigest() for x in files]
    return "", files


def content(path: Path) -> bytes:
    with open_path(str(path)) as stream:
        return stream.content.read()


def texts(*contents: bytes) -> list[bytes]:
    return sorted(text for content in contents for text in content.split(b"\n") if text)


@pytest.mark.skipif(not REAL_FILES, reason="the real datasets are not here")
def test_real_datasets_are_cut_into_parts(tmp_path: Path) -> None:
    refused = []
    for number, path in enumerate(REAL_FILES):
        why, files = split_real(path, tmp_path / str(number), "--parts 3")
        assert bool(why) == (b"".join(files) != content(path))
        assert len(files) == 3 * (not why)
        refused += [why] * bool(why)
    known = ("too few for 3 parts", "one JSON array", "pretty-printed JSON", "a Git LFS pointer")
    assert all(any(reason in why for reason in known) for why in refused)
    assert len(refused) < len(REAL_FILES) // 4


@pytest.mark.skipif(not REAL_FILES, reason="the real datasets are not here")
def test_real_datasets_have_validation_data_held_out(tmp_path: Path) -> None:
    refused = {}
    for number, path in enumerate(REAL_FILES):
        why, files = split_real(path, tmp_path / str(number), "--validation")
        if why:
            refused[path] = why
            continue
        training, held_out = files
        assert 0 < len(held_out) <= len(training) * 5 // 100
        assert texts(training, held_out) == texts(content(path))
    too_few = [path for path, why in refused.items() if "add records" in why]
    assert all(len(texts(content(path))) < 25 for path in too_few)
    assert len(refused) - len(too_few) < 5, "two LFS pointers, and two that are not JSON lines"
