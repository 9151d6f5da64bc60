"""The parts of ``split``: what belongs together, where is cut, how files come into a folder."""

from __future__ import annotations

import errno
import json
import os
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jsonl_lint.fixing.atomic import WriteError
from jsonl_lint.fixing.split.cuts import Run, cut, evenly, full_at, measure, refuse_longer
from jsonl_lint.fixing.split.holdout import Holdout, validation_limit
from jsonl_lint.fixing.split.names import others, part_names, stem_of
from jsonl_lint.fixing.split.prompts import first_prompt, group_key
from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.fixing.split.staging import check_free, publish, staging
from jsonl_lint.reading.facts import FileFacts
from jsonl_lint.reading.lines import OversizedLine
from jsonl_lint.rules.files.validation_too_large import check_file
from jsonl_lint.targets import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.fixing.split.cuts import Line

FIXTURES = Path(__file__).parents[1] / "fixtures" / "split"
CASES = [
    json.loads(line) for line in (FIXTURES / "prompts.jsonl").read_bytes().split(b"\n") if line
]
LIMITS = load("mistral").limits


# what belongs together


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_records_belong_together_by_their_first_prompt(case: dict[str, Any]) -> None:
    first, second = case["first"].encode(), case["second"].encode()
    assert (first_prompt(first) == first_prompt(second)) is case["together"]
    assert (group_key(first, 3) == group_key(second, 3)) is case["together"]


def test_a_record_too_deep_to_be_written_again_stands_for_itself() -> None:
    deep = b'{"a": ' + b"[" * 400 + b"]" * 400 + b"}"
    assert first_prompt(deep + b"\r\n") == deep


def test_another_seed_gives_another_order() -> None:
    lines = [b'{"text": "%d"}' % number for number in range(9)]
    orders = {tuple(sorted(lines, key=lambda line: group_key(line, seed))) for seed in range(9)}
    assert len(orders) == 9


# where is cut


def runs_of(lines: list[bytes], closes: Any) -> list[list[bytes]]:
    rest = iter(lines)
    return [[next(rest) for _ in range(run.lines)] for run in cut(lines, closes)]


@pytest.mark.parametrize(("limit", "parts"), [
    (4, [[b"aa\n"], [b"b\n", b"\n", b"\n"], [b"cc\n"]]),
    (5, [[b"aa\n", b"b\n"], [b"\n", b"\n", b"cc\n"]]),
    (6, [[b"aa\n", b"b\n", b"\n"], [b"\n", b"cc\n"]]),
    (99, [[b"aa\n", b"b\n", b"\n", b"\n", b"cc\n"]]),
])  # fmt: skip
def test_parts_are_filled(limit: int, parts: list[list[bytes]]) -> None:
    assert runs_of([b"aa\n", b"b\n", b"\n", b"\n", b"cc\n"], full_at(limit)) == parts


@pytest.mark.parametrize(("lines", "parts", "sizes"), [
    ([b"a\n"] * 6, 3, [2, 2, 2]),
    ([b"a\n"] * 7, 3, [2, 3, 2]),
    ([b"a\n"] * 3, 3, [1, 1, 1]),
    ([b"a" * 99 + b"\n", b"a\n", b"a\n"], 3, [1, 1, 1]),
    ([b"a\n", b"a\n", b"a" * 99 + b"\n"], 3, [1, 1, 1]),
    ([b"a\n", b"a\n", b"a" * 99 + b"\n"], 2, [2, 1]),
    ([b"a\n", b"\n", b"\n", b"a\n"], 2, [3, 1]),
    ([b"\n", b"\n", b"a\n", b"a\n"], 2, [3, 1]),
    ([b"\xef\xbb\xbf\n", b"a\n", b"a\n"], 2, [2, 1]),
    ([b"a\n", b"a\n", b"\n", b" \r\n", b"\t"], 2, [1, 4]),
])  # fmt: skip
def test_parts_are_even(lines: list[bytes], parts: int, sizes: list[int]) -> None:
    assert [len(run) for run in runs_of(lines, evenly(parts, measure(lines)))] == sizes


def test_more_parts_than_records_are_refused() -> None:
    lines = [b"a\n", b"\n", b"b\n"]
    with pytest.raises(RefusedError, match=r"^the file has 2 records, too few for 3 parts"):
        evenly(3, measure(lines))


def test_a_line_that_no_part_can_hold_is_named() -> None:
    lines: list[Line] = [b"a\n", OversizedLine(5000, b"x\n", "line-too-long")]
    expected = "^line 2 has 5,000 bytes, more than the 4,999 of a part; allow larger parts"
    with pytest.raises(RefusedError, match=expected):
        list(refuse_longer(lines, 4999))
    assert list(refuse_longer(lines, 5000)) == lines


def test_a_line_too_long_to_be_held_is_counted_by_its_length() -> None:
    assert measure([b"a\n", OversizedLine(5000, b"x\n", "line-too-long"), b"\n"]) == Run(5003, 3, 2)
    assert measure([]) == Run()


# what is held out


@pytest.mark.parametrize("size", [*range(1, 300), 10**6, 20_999_999, 21 * 10**6, 10**9])
def test_the_rule_takes_as_much_as_may_be_held_out_and_not_a_byte_more(size: int) -> None:
    limit = validation_limit(size, LIMITS.validation_bytes, LIMITS.validation_percent)
    found = []
    for held in (limit, limit + 1):
        facts = FileFacts(file_bytes=held, is_validation=True, training_bytes=size - held)
        found.append(len(list(check_file(facts, LIMITS))))
    assert found == [0, 1]


def test_groups_are_held_out_in_the_order_of_their_keys() -> None:
    holdout = Holdout(100)
    for key, size in ((5, 40), (1, 30), (9, 30), (1, 20), (3, 60), (7, 1)):
        holdout.add(key, size)
    assert holdout.chosen() == {1, 5}, "3 does not fit; 5 fills nine tenths, so 7 is not looked at"


def test_groups_too_large_to_be_held_out_leave_others() -> None:
    holdout = Holdout(100)
    for key in (*range(30), *range(30)):
        holdout.add(key, 90)
    holdout.add(50, 95)
    assert holdout.chosen() == {50}


def test_what_is_known_of_a_file_is_bounded() -> None:
    holdout = Holdout(1000)
    tracemalloc.start()
    for number in range(50_000):  # a dict of them all takes 6 MB
        holdout.add(group_key(b"%d" % number, 0), 10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000
    assert len(holdout.chosen()) == 90


# names


@pytest.mark.parametrize(("name", "stem"), [
    ("train.jsonl", "train"),
    ("a/b/train.jsonl.gz", "train"),
    ("train.NDJSON.ZST", "train"),
    ("train.json", "train"),
    ("train.v2", "train.v2"),
    ("train.jsonl.jsonl", "train.jsonl"),
    (".jsonl", "train"),
    ("Zug 狐.jsonl", "Zug 狐"),
])  # fmt: skip
def test_stems(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_names_sort_in_the_order_of_the_parts() -> None:
    assert part_names("t", 3)[2] == "t-00003-of-00003.jsonl"
    many = part_names("t", 100_001)
    assert (many[0], many[-1]) == ("t-000001-of-100001.jsonl", "t-100001-of-100001.jsonl")
    assert sorted(many) == many


def test_parts_of_other_splits_are_found(tmp_path: Path) -> None:
    own = ["t-00001-of-00001.jsonl", "t-manifest.json"]
    old = ["t-00001-of-00002.jsonl", "t-validation.jsonl"]
    unlike = ["t-1-of-2.jsonl", "xt-00001-of-00002.jsonl", "t-00001-of-00002.jsonl.bak"]
    for name in (*own, *old, *unlike):
        (tmp_path / name).touch()
    assert others(tmp_path, "t", own) == old


# files come into a folder, all or none


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


NAMES = ["1", "2", "manifest"]


def no_links(*_: object) -> None:
    raise PermissionError(errno.EPERM, "no hard links here")


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[Path]:
    with staging(tmp_path) as folder:
        for name in NAMES:
            (folder / name).write_text("new")
        yield folder


def test_files_are_published(tmp_path: Path, staged: Path) -> None:
    publish(staged, tmp_path, NAMES, overwrite=False)
    assert listing(tmp_path) == dict.fromkeys(NAMES, b"new")


def test_old_files_are_replaced(tmp_path: Path, staged: Path) -> None:
    for name in ("2", "manifest", "other"):
        (tmp_path / name).write_text("old")
    publish(staged, tmp_path, NAMES, overwrite=True)
    assert listing(tmp_path) == {**dict.fromkeys(NAMES, b"new"), "other": b"old"}


@pytest.mark.parametrize("taken", NAMES)
@pytest.mark.parametrize("links", [True, False])
def test_a_name_taken_in_the_meantime_keeps_its_file(
    tmp_path: Path, staged: Path, monkeypatch: pytest.MonkeyPatch, taken: str, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    (tmp_path / taken).write_text("old")
    with pytest.raises(WriteError, match=f"^{taken}: it could not be put in place: "):
        publish(staged, tmp_path, NAMES, overwrite=False)
    assert listing(tmp_path) == {taken: b"old"}


def failing(real: Callable[..., None], nth: int, error: BaseException) -> Callable[..., None]:
    """The same function, but what it is called for the n-th time, from 0, fails."""
    calls = iter(range(99))

    def call(*args: Any) -> None:
        if next(calls) == nth:
            raise error
        real(*args)

    return call


@pytest.mark.parametrize(("call", "links", "nth"), [
    *(("link", True, nth) for nth in range(3)),
    *(("rename", True, nth) for nth in range(3)),
    *(("rename", False, nth) for nth in range(6)),
])  # fmt: skip
@pytest.mark.parametrize("error", [OSError(errno.EIO, "bad disk"), KeyboardInterrupt()])
def test_whatever_fails_the_old_files_are_back(  # noqa: PLR0913 - three of them are fixtures
    tmp_path: Path,
    staged: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    call: str,
    nth: int,
    error: BaseException,
    links: bool,
) -> None:
    for name in NAMES:
        (tmp_path / name).write_text("old")
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, call, failing(getattr(os, call), nth, error))
    if call == "link" and isinstance(error, OSError):  # then a rename is tried, which does it
        publish(staged, tmp_path, NAMES, overwrite=True)
        assert listing(tmp_path) == dict.fromkeys(NAMES, b"new")
        return
    with pytest.raises((WriteError, KeyboardInterrupt)):
        publish(staged, tmp_path, NAMES, overwrite=True)
    assert listing(tmp_path) == dict.fromkeys(NAMES, b"old")


def test_a_file_system_without_hard_links_is_served(
    tmp_path: Path, staged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    publish(staged, tmp_path, NAMES, overwrite=False)
    assert listing(tmp_path) == dict.fromkeys(NAMES, b"new")


def fail_while_staging(folder: Path, also_made: str) -> None:
    with staging(folder) as staged:
        (staged / "file").touch()
        (folder.parent / also_made).touch()
        raise ZeroDivisionError


def test_folders_that_were_made_are_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_while_staging(tmp_path / "b", "theirs")
    assert list(tmp_path.rglob("*")) == [tmp_path / "theirs"]
    with pytest.raises(ZeroDivisionError):
        fail_while_staging(tmp_path / "a" / "b", "theirs")
    assert sorted(tmp_path.rglob("*")) == [
        tmp_path / "a",
        tmp_path / "a" / "theirs",
        tmp_path / "theirs",
    ]


def test_folders_stay_after_success_without_what_was_not_published(tmp_path: Path) -> None:
    with staging(tmp_path / "a" / "b") as folder:
        (folder / "file").touch()
    assert list(tmp_path.rglob("*")) == [tmp_path / "a", tmp_path / "a" / "b"]


def test_no_folder_can_be_made_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    expected = "^no file can be made in that folder: not a directory"
    with pytest.raises(WriteError, match=expected), staging(tmp_path / "file"):
        pytest.fail("there is no such folder")


def test_what_may_not_be_written_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "file").touch()
    status = (tmp_path / "file").stat()
    for name, overwrite, why in (
        ("file", False, "it is there already; choose another folder, or give --overwrite"),
        ("file", True, "it is the input; choose another folder"),
        ("link", False, "it is there already; choose another folder, or give --overwrite"),
        ("link", True, "it is not a regular file; give the name of a file"),
        ("folder", True, "it is a folder; give the name of a file"),
        ("x" * 300, True, "file name too long"),
    ):
        with pytest.raises(WriteError) as refused:
            check_free(tmp_path, ["new", name], status, overwrite=overwrite)
        assert str(refused.value) == f"{name}: {why}"
    check_free(tmp_path, ["new", "file"], None, overwrite=True)
