"""Any bytes, cut in any way, are all there again; and no group of records is on both sides."""

from __future__ import annotations

import gzip
import io
import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import chat, line

from jsonl_lint.fixing.split import source
from jsonl_lint.fixing.split.cuts import cut, evenly, full_at, is_record, measure, refuse_longer
from jsonl_lint.fixing.split.holdout import Holdout
from jsonl_lint.fixing.split.job import Job, split
from jsonl_lint.fixing.split.plans import by_bytes, hold_out, into_parts
from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.reading.lines import read_lines
from jsonl_lint.records.speakers import SPEAKERS
from jsonl_lint.targets import load

if TYPE_CHECKING:
    from random import Random

    from jsonl_lint.fixing.split.job import MakePlan

LIMITS = load("mistral").limits
PIECES = [
    b"a",
    b"bb",
    b"\n",
    b"\r\n",
    b" ",
    b"\t\n",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x00",
    b'{"a": 1}\n',
]
MARKS = ["\u2028".encode(), b"\x85", b"\x0b", b"\x0c", b"\x1c", b"\r"]
"""Where ``splitlines`` cuts, and nothing here may."""
texts = st.lists(st.sampled_from([*PIECES, *MARKS]), max_size=40).map(b"".join)
BEGIN = b"{}\n"
"""Makes data of any bytes JSON lines, as far as the first look at a file goes."""


def naive_lines(data: bytes) -> list[bytes]:
    *lines, rest = data.split(b"\n")
    return [text + b"\n" for text in lines] + [rest] * bool(rest)


@given(texts, st.integers(1, 12), st.integers(1, 30))
def test_no_part_is_larger_than_allowed_nor_smaller_than_need_be(
    data: bytes, limit: int, held: int
) -> None:
    lines = naive_lines(data)
    read = refuse_longer(read_lines(io.BytesIO(data), held), limit)
    try:
        runs = list(cut(read, full_at(limit)))
    except RefusedError:
        assert any(len(text) > limit for text in lines)
        return
    sizes = [run.bytes for run in runs]
    assert sum(sizes) == len(data)
    assert all(size <= limit for size in sizes)
    at = 0
    for run in runs[:-1]:
        at += run.lines
        assert run.bytes == sum(map(len, lines[at - run.lines : at]))
        assert run.bytes + len(lines[at]) > limit


@given(texts, st.integers(1, 9))
def test_there_are_as_many_parts_as_wanted_and_each_has_a_record(data: bytes, parts: int) -> None:
    lines = naive_lines(data)
    records = sum(is_record(text, number) for number, text in enumerate(lines, 1))
    try:
        runs = list(cut(lines, evenly(parts, measure(lines))))
    except RefusedError:
        assert records < parts
        return
    assert len(runs) == parts
    assert all(run.records for run in runs)
    assert sum(run.records for run in runs) == records
    assert sum(run.lines for run in runs) == len(lines)
    assert sum(run.bytes for run in runs) == len(data)


def nearest_to(place: int, parts: int, borders: list[int]) -> int:
    """The border nearest to ``place / parts``, the later one of two."""
    return min(reversed(borders), key=lambda border: abs(border * parts - place))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(1, 9))
def test_even_parts_are_cut_at_the_nearest_border(sizes: list[int], parts: int) -> None:
    lines = [b"a" * size + b"\n" for size in sizes]
    total = sum(map(len, lines))
    borders = [sum(map(len, lines[:at])) for at in range(len(lines) + 1)]
    nearest = [nearest_to(share * total, parts, borders) for share in range(1, parts)]
    if sorted({0, *nearest, total}) != [0, *nearest, total]:
        return  # a record is larger than a part, so that some cut is not at its nearest border
    runs = list(cut(lines, evenly(parts, measure(lines))))
    ends = [sum(run.bytes for run in runs[:at]) for at in range(1, parts)]
    assert ends == nearest


# through files


def split_bytes(
    folder: Path, data: bytes, plan: MakePlan, chunk: int = 1 << 20, suffix: str = ""
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Give the manifest, and the files that it lists, which are all that came into the folder."""
    path = folder / f"x.jsonl{suffix}"
    path.write_bytes(gzip.compress(data) if suffix else data)
    out = folder / "out"
    with mock.patch.object(source, "CHUNK_BYTES", chunk):
        split(Job(str(path), path.name, out, overwrite=False, tool="test"), plan)
    files = {found.name: found.read_bytes() for found in out.iterdir()}
    manifest = json.loads(files.pop("x-manifest.json"))
    assert [entry["name"] for entry in manifest["files"]] == sorted(files)
    check_manifest(manifest, data, files)
    return manifest, files


def check_manifest(manifest: dict[str, Any], data: bytes, files: dict[str, bytes]) -> None:
    contents = [data, *(files[entry["name"]] for entry in manifest["files"])]
    for entry, content in zip([manifest["source"], *manifest["files"]], contents, strict=True):
        lines = naive_lines(content)
        assert entry["bytes"] == len(content)
        assert entry["lines"] == len(lines)
        assert entry["sha256"] == sha256(content).hexdigest()


plans = st.one_of(
    st.integers(20, 60).map(lambda limit: ("limit", limit)),
    st.integers(1, 4).map(lambda parts: ("parts", parts)),
)


@settings(max_examples=60)
@example(BEGIN + b"a\n\n\nb", ("parts", 2), 1, ".gz")
@given(texts.map(BEGIN.__add__), plans, st.integers(1, 50), st.sampled_from(["", ".gz"]))
def test_parts_of_any_bytes_concatenate_to_the_input(
    data: bytes, how: tuple[str, int], chunk: int, suffix: str
) -> None:
    name, number = how

    ways: dict[str, MakePlan] = {
        "limit": partial(by_bytes, limit=number),
        "parts": partial(into_parts, parts=number),
    }
    with TemporaryDirectory() as folder:
        try:
            manifest, files = split_bytes(Path(folder), data, ways[name], chunk, suffix)
        except RefusedError:
            assert not (Path(folder) / "out").exists()
            return
    assert b"".join(files[entry["name"]] for entry in manifest["files"]) == data
    line_numbers = [(entry["first_line"], entry["last_line"]) for entry in manifest["files"]]
    ends = [0, *(last for _, last in line_numbers)]
    assert [first for first, _ in line_numbers] == [end + 1 for end in ends[:-1]]
    if name == "limit":
        assert all(len(content) <= number for content in files.values())
    else:
        assert len(files) == number


QUESTIONS = [f"question {number}" for number in range(40)]
USERS = [name for name, role in SPEAKERS.items() if role == "user"]


def asked_by(who: str, question: str, answer: str, form: str) -> dict[str, Any]:
    """Make a record in which somebody asks, whatever the format calls them."""
    if form == "sharegpt":
        said = {"from": who, "value": question}
        return {"conversations": [said, {"from": "gpt", "value": answer}]}
    record = chat(answer)
    content = [{"type": "text", "text": question}] if form == "parts" else question
    record["messages"][0] = {"role": who, "content": content}
    return record


@st.composite
def datasets(draw: st.DrawFn) -> list[bytes]:
    """Lines of records that share questions, among blank ones and some that are no records."""
    asked = draw(st.lists(st.sampled_from(QUESTIONS), min_size=20, max_size=80))
    lines = []
    for question in asked:
        who = draw(st.sampled_from([*USERS, "USER"]))
        form = draw(st.sampled_from(["messages", "parts", "sharegpt"]))
        answer = draw(st.sampled_from(["yes", "no"]))
        lines.append(line(asked_by(who, question, answer, form)))
        lines += draw(st.sampled_from([[], [], [], [b"\n"], [b"broken\n"], [b" \r\n"]]))
    return lines


def question_of(text: bytes) -> str:
    if not text.startswith(b"{"):
        return text.decode().strip()
    record = json.loads(text)
    said = record.get("conversations", record.get("messages"))[0]
    question = said.get("value", said.get("content"))
    return str(question[0]["text"] if isinstance(question, list) else question)


@settings(max_examples=60)
@given(datasets(), st.integers(0, 3), st.sampled_from([b"", b"\n"]), st.randoms())
def test_no_question_is_on_both_sides(
    lines: list[bytes],
    seed: int,
    end: bytes,
    random: Random,
) -> None:
    data = b"".join(lines).removesuffix(end)
    plan = partial(hold_out, limits=LIMITS, seed=seed, max_line_bytes=1 << 20)

    def sides(data: bytes) -> tuple[list[bytes], list[bytes]]:
        with TemporaryDirectory() as folder:
            manifest, files = split_bytes(Path(folder), data, plan)
        for entry in manifest["files"]:
            own, every = naive_lines(files[entry["name"]]), naive_lines(data)
            assert every.index(own[0]) == entry["first_line"] - 1
            assert every[::-1].index(own[-1]) == len(every) - entry["last_line"]
        return naive_lines(files["x-train.jsonl"]), naive_lines(files["x-validation.jsonl"])

    try:
        training, held_out = sides(data)
    except RefusedError:
        return
    apart = {question_of(text) for text in held_out}
    assert apart
    assert "" not in apart
    assert not apart & set(map(question_of, training))
    assert [text for text in naive_lines(data) if question_of(text) in apart] == held_out
    assert [text for text in naive_lines(data) if question_of(text) not in apart] == training
    assert sum(map(len, held_out)) <= sum(map(len, training)) * LIMITS.validation_percent // 100
    if not end:
        random.shuffle(lines)
        assert sorted(sides(b"".join(lines))[1]) == sorted(held_out)


def chosen_naively(sizes: list[tuple[int, int]], limit: int) -> set[int]:
    """What ``Holdout`` says of itself, written with all groups at hand."""
    groups: dict[int, int] = {}
    for key, size in sizes:
        groups[key] = groups.get(key, 0) + size
    most = max(1, limit // 16)
    supply, room, chosen = 0, limit, set()
    for key in sorted(groups):
        if supply >= 2 * limit or room * 10 <= limit:
            break
        supply += min(groups[key], most)
        if groups[key] <= room:
            chosen.add(key)
            room -= groups[key]
    return chosen


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=120),
       st.integers(0, 60), st.randoms())  # fmt: skip
def test_what_is_let_go_changes_nothing(
    records: list[tuple[int, int]], limit: int, random: Random
) -> None:
    expected = chosen_naively(records, limit)
    for _ in range(3):
        holdout = Holdout(limit)
        for key, size in records:
            holdout.add(key, size)
        assert holdout.chosen() == expected
        random.shuffle(records)
