"""How statistics are shown: as text, as JSON by its schema, whatever the data are named."""

from __future__ import annotations

from collections import Counter
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator
from stats_runs import BLESSED, STATS, blessed

from jsonl_lint.cli.sinks import shows_glyphs
from jsonl_lint.linting.summary import FileResult
from jsonl_lint.measuring.estimate import Estimate
from jsonl_lint.measuring.facts import SPEAKERS, TEXT, Facts
from jsonl_lint.measuring.measured import Measured, Total, Training
from jsonl_lint.measuring.names import DISTINCT, Names
from jsonl_lint.measuring.plan import Data, Machine, make_plan
from jsonl_lint.measuring.spread import Spread
from jsonl_lint.measuring.token_report import TokenReport
from jsonl_lint.measuring.train_data import Dataset, Overlap, TrainData
from jsonl_lint.measuring.train_plan import Part, TrainPlan
from jsonl_lint.measuring.train_yaml import Source
from jsonl_lint.reporting import stats_json, stats_text
from jsonl_lint.reporting.bars import GLYPHS
from jsonl_lint.reporting.columns import aligned, percent
from jsonl_lint.reporting.stats_text import WIDTH, Look
from jsonl_lint.reporting.tokens_text import token_lines
from jsonl_lint.reporting.tools_text import tool_lines
from jsonl_lint.schema import find

HOSTILE = "\x1b[31m::error::\n\u202e##[group]"


def written(report: Any, option: Any, items: list[Measured | Total]) -> str:
    """Give what a reporter writes; the last item is the one upon which it returns."""
    parts: list[str] = []
    running = report(parts.append, option)
    next(running)
    for item in items[:-1]:
        running.send(item)
    with pytest.raises(StopIteration):
        running.send(items[-1])
    return "".join(parts)


def hostile_facts() -> Facts:
    facts = Facts(bytes=10**11, lines=10**8, lines_without_record=3, blank_lines=2)
    for spread in (facts.record_bytes, facts.messages_a_record, facts.calls_a_record):
        spread.pending += [9_999_999, 1]
    for role in (*SPEAKERS, TEXT):
        facts.content_characters[role].pending += [1, 1_234_567] * 300
    facts.formats.update(messages=2)
    facts.records_with_tools = 2
    facts.weight_0_records = 1
    facts.other_roles.add([HOSTILE])
    facts.called.add([f"{HOSTILE}{number}" for number in range(9)])
    facts.declared.add(["x" * 200, *(f"::{number}" for number in range(9))])
    return facts


def hostile_tokens() -> TokenReport:
    return TokenReport(
        tokenizer=HOSTILE, exact=False, records=10**8, counted=2000,
        refusals=Counter({HOSTILE: 3}), total=10**11, trained=10**10,
        total_interval=(10**10, 10**12), trained_interval=(10**9, 10**11),
        tokens=Spread([1, 10**6]), limit=32_768, over_limit=12,
        over_limit_lines=(10**7, 10**7 + 1, 10**7 + 2), unchecked=5,
    )  # fmt: skip


def hostile_run() -> list[Measured | Total]:
    """A run in which every name is hostile and every figure is large."""
    facts, tokens = hostile_facts(), hostile_tokens()
    plan = make_plan(Data(10**11, 10**11, 10**10), Machine(price=9.5, words_per_second=9), 10**5)
    source = Source(Path(HOSTILE), "instruct", 1.0)
    overlap = Overlap([HOSTILE], 4, [(HOSTILE, 1)], incomplete=True)
    training = Training(
        HOSTILE,
        TrainData((Dataset(source, 10**11, tokens),), (Dataset(source, 1, tokens),), overlap),
        TrainPlan(plan, (Part(HOSTILE, 1.0, 10**11, 10.0**11, 1.0),)),
    )
    result = FileResult(HOSTILE, 10**11, 10**8, error=HOSTILE)
    total = Total(facts, tokens, complete=False, plan=plan, training=training)
    return [*[Measured(result, facts, tokens)] * 2, total]


def in_text(items: list[Measured | Total], **look: bool) -> str:
    return written(stats_text.report, Look(**look), items)


def test_the_text_shows_hostile_names_inert() -> None:
    text = in_text(hostile_run())
    assert HOSTILE not in text
    for line in text.split("\n"):
        assert line.isprintable()
        assert not line.lstrip().startswith(("::", "##[", "\\x1b"))
        assert "##[" not in line


def test_the_text_is_ascii_where_nothing_else_can_be_shown() -> None:
    text = in_text(hostile_run(), glyphs=False)
    assert text.isascii()
    assert "@" in text


def test_colour_is_for_headings_alone() -> None:
    plain, painted = in_text(hostile_run()), in_text(hostile_run(), color=True)
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain
    marked = [line for line in painted.split("\n") if "\x1b" in line]
    assert marked
    assert all(line.startswith("\x1b[1m") and line.endswith("\x1b[0m") for line in marked)


def test_the_json_of_anything_fits_the_schema_and_has_no_control_characters() -> None:
    text = written(stats_json.report, "1.0", hostile_run())
    assert text.replace("\n", "").isprintable()
    document = orjson.loads(text)
    validator().validate(document)
    assert len(document["files"]) == 2
    assert document["training"]["overlap"]["places"] == [
        {"file": "\\x1b[31m::error::\\x0a\\u202e##[group]", "line": 1}
    ]


def validator() -> Draft202012Validator:
    return Draft202012Validator(find.load("stats"))


@pytest.mark.parametrize("path", [
    ("extra",), ("total", "extra"), ("total", "facts", "extra"), ("total", "tokens", "extra"),
    ("total", "facts", "tools", "extra"), ("total", "facts", "record_bytes", "extra"),
    ("total", "facts", "roles", "user", "extra"), ("plan", "extra"), ("plan", "expected", "extra"),
    ("training", "extra"), ("training", "overlap", "extra"), ("files", 0, "extra"),
    ("training", "train", 0, "extra"), ("training", "evaluation", 0, "extra"),
])  # fmt: skip
def test_the_schema_refuses_what_it_does_not_know(path: tuple[str | int, ...]) -> None:
    document = orjson.loads(written(stats_json.report, "1.0", hostile_run()))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = 1
    assert not validator().is_valid(document)


def test_nothing_to_show() -> None:
    nothing = Total(Facts(), None, complete=False, plan=None, training=None)
    assert in_text([nothing]) == "nothing was measured: there was no file to read\n"
    document = orjson.loads(written(stats_json.report, "1.0", [nothing]))
    validator().validate(document)
    assert (document["files"], document["complete"]) == ([], False)


@pytest.mark.parametrize("form", BLESSED)
def test_the_output_is_the_blessed_one(form: str) -> None:
    path = STATS / BLESSED[form]
    assert blessed()[path] == path.read_bytes().decode()


def test_the_blessed_document_fits_the_schema_and_the_page() -> None:
    validator().validate(orjson.loads((STATS / BLESSED["json"]).read_bytes()))
    lines = (STATS / BLESSED["text"]).read_text("utf-8").split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) <= 55


def test_the_total_of_one_file_is_that_file() -> None:
    document = orjson.loads((STATS / BLESSED["json"]).read_bytes())
    (file,) = document["files"]
    assert (file["facts"], file["tokens"]) == tuple(document["total"].values())


@pytest.mark.parametrize(("part", "whole", "expected"), [
    (0, 7, "0.0 %"), (7, 7, "100.0 %"), (1, 3, "33.3 %"), (1, 10_000, "< 0.1 %"),
    (9_999, 10_000, "> 99.9 %"), (1, 0, ""), (0, 0, ""), (1, 1000, "0.1 %"),
])  # fmt: skip
def test_shares(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected


def test_columns() -> None:
    assert list(aligned([("a", "1"), ("bb", "22"), ("c", "")])) == ["  a    1", "  bb  22", "  c"]
    assert list(aligned([("1", "a"), ("22", "bb")], words=1)) == ["   1  a", "  22  bb"]


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", True), ("cp437", False)])
def test_bars_are_shown_where_all_of_them_can_be(encoding: str, *, shown: bool) -> None:
    stream = TextIOWrapper(BytesIO(), encoding)  # cp437 has the highest bar, not the lowest
    assert shows_glyphs(stream, GLYPHS) is shown


@pytest.mark.parametrize(
    ("tokenizer", "said"),
    [(Estimate.name, True), ("o200k_base, with an estimated template", False)],
)
def test_only_who_estimates_from_bytes_is_told_what_to_install(
    tokenizer: str, *, said: bool
) -> None:
    _, lines = token_lines(TokenReport(tokenizer, exact=False, records=1, counted=1), glyphs=True)
    assert any("jsonl-lint[mistral]" in line for line in lines) is said


def test_what_is_not_known_of_too_many_tools_is_not_said() -> None:
    facts = Facts(records_with_tools=1)
    facts.record_bytes.pending.append(9)
    facts.calls_a_record.pending.append(1)
    facts.called.add(["f"])
    facts.declared.add([str(number) for number in range(DISTINCT + 1)])
    assert list(tool_lines(facts, glyphs=True)) == [
        "  1 record (100.0 %) with 1 call",
        "  more than 10,000 tools declared, 1 tool called",
        "  calls           declared in  tool",
        "      1  100.0 %            ?  f",
    ]
    facts.other_roles.merge(facts.declared)
    assert "0 (1), 1 (1), 10 (1), 100 (1), 1000 (1) and many more" in in_text(
        [Total(roles(facts.declared), None, complete=True, plan=None, training=None)]
    )


def roles(names: Names) -> Facts:
    facts = Facts(other_roles=names)
    facts.record_bytes.pending.append(9)
    facts.without_content["other"] = 1
    return facts
