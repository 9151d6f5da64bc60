"""Records of very many values: explained in bounded memory, by both engines alike."""

from __future__ import annotations

import time
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from samples import chat, line

from jsonl_lint import Config, fix_bytes, lint_bytes, targets
from jsonl_lint.api import make_linter
from jsonl_lint.linting import explaining
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.explaining import MAX_FAULTS
from jsonl_lint.linting.selection import Choice, choose
from jsonl_lint.rules import load
from jsonl_lint.schema import pieces
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.explain import PIECE, explain
from jsonl_lint.schema.pieces import explain_in_pieces

if TYPE_CHECKING:
    from jsonl_lint.linting.file_check import FileCheck

BOTH_ENGINES = pytest.mark.parametrize("reference", [False, True])
SECONDS = 5
"""Of the processor; what compares all with all takes more than 10."""
MANY = dict.fromkeys("vwxyz", 1)


@pytest.fixture
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "PIECE", 1)
    monkeypatch.setattr(pieces, "PIECE", 3)
    monkeypatch.setattr(pieces, "MAX_EXPLAINED", 6)


def prepared(*ignored: str, reference: bool) -> FileCheck:
    config = Config(ignore=("too-few-examples", *ignored))
    return make_linter(config, reference=reference).check("<bytes>")


def places(check: FileCheck, raw: bytes) -> list[tuple[str, Any]]:
    return [(found.rule, found.problem.path) for found in check.line_findings([raw])]


@BOTH_ENGINES
def test_the_faults_of_a_large_record_are_found(*, reference: bool) -> None:
    record = chat()
    record["messages"] *= PIECE // 2
    last = len(record["messages"]) - 1
    record["messages"][last] = {**record["messages"][last], "wieght": 1}
    raw = line({**record, "source": "x"})
    assert raw.count(b",") > PIECE * 3 // 2
    check = prepared(reference=reference)
    found = list(check.line_findings([raw]))
    assert [(one.rule, one.problem.path, one.hint) for one in found] == [
        ("unknown-key", ("messages", last, "wieght"), 'did you mean "weight"?'),
        ("unknown-key", ("source",), ""),
    ]
    assert [raw[one.place.byte_offset :][:8] for one in found] == [b'"wieght"', b'"source"']
    assert check.result.complete


def test_of_too_many_faults_in_a_large_record_the_first_are_reported() -> None:
    report = lint_bytes(b'{"messages":[%b1]}\n' % (b"1," * 10 * MAX_FAULTS))
    places = [found.problem.path for found in report.findings]
    numbered = [("messages", index) for index in range(MAX_FAULTS)]
    assert [found.rule for found in report.findings[:1]] == ["line-too-complex"]
    assert places == [(), *numbered, ()]
    assert not report.complete


@BOTH_ENGINES
@pytest.mark.usefixtures("_small_bounds")
def test_what_has_too_many_values_is_named_and_the_rest_explained(*, reference: bool) -> None:
    messages = [
        {"role": "human", "content": "a"},
        {"role": "assistant", "content": "b", **MANY},
        {"role": "assistant", "tool_calls": [{"id": str(number)} for number in range(9)]},
        [[1, 2], [3, 4], [5, 6]],
    ]
    check = prepared("tool-type-missing", "missing-key", "roles", "tools", reference=reference)
    found = places(check, line({"messages": messages, "a": [1] * 9}))
    calls = [("messages", 2, "tool_calls", number, "id") for number in range(9)]
    assert found == [
        ("unknown-role", ("messages", 0, "role")),
        ("line-too-complex", ("messages", 1)),
        *(("tool-call-id-format", path) for path in calls),
        ("line-too-complex", ("messages", 3)),
        ("unknown-key", ("a",)),
    ]
    assert check.result.unchecked_lines == 1


@BOTH_ENGINES
@pytest.mark.usefixtures("_small_bounds")
def test_rules_look_at_what_is_not_explained(
    monkeypatch: pytest.MonkeyPatch, *, reference: bool
) -> None:
    monkeypatch.setattr(pieces, "MAX_WORK", 0)  # as if what is beside the lists were large
    check = prepared(reference=reference)
    record = {"messages": [{"role": "user", "content": "a"}] * 2, **MANY}
    assert places(check, line(record)) == [
        ("line-too-complex", ()),
        ("no-assistant", ("messages",)),
        ("consecutive-same-role", ("messages", 1, "role")),
    ]


@BOTH_ENGINES
@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
@pytest.mark.usefixtures("_small_bounds")
def test_many_values_are_no_fault_themselves(mark: bytes, *, reference: bool) -> None:
    parameters = {"type": "object", "properties": {key: {"type": "string"} for key in MANY}}
    function = {"name": "f", "description": "d", "parameters": parameters}
    record = {**chat(), "tools": [{"type": "function", "function": function}]}
    check = prepared("utf8-bom", reference=reference)
    assert places(check, mark + line(record)) == []
    assert check.result.complete


@BOTH_ENGINES
def test_a_schema_that_minds_whole_lists_is_explained_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch, *, reference: bool
) -> None:
    schema = {"properties": {"messages": {"minItems": 5}, "a": {"items": {"type": "string"}}}}
    target = targets.load("mistral")._replace(schema=schema)
    chosen = choose(load(), target, Choice(ignore=("files", "roles")))
    linter = Linter(target, load(), chosen, reference=reference)
    raw = line({**chat(), "a": ["x"] * 50 + [1]})
    monkeypatch.setattr(explaining, "PIECE", 1)
    monkeypatch.setattr(pieces, "PIECE", 3)
    assert places(linter.check("<bytes>"), raw) == [
        ("wrong-value", ("messages",)),
        ("wrong-type", ("a", 50)),
    ]
    monkeypatch.setattr(pieces, "MAX_EXPLAINED", 20)
    assert places(linter.check("<bytes>"), raw) == [("line-too-complex", ())]


@BOTH_ENGINES
@pytest.mark.parametrize("levels", [254, 1000])
def test_deep_values_are_cut_as_in_small_records(
    monkeypatch: pytest.MonkeyPatch, levels: int, *, reference: bool
) -> None:
    deep = orjson.loads(b'{"a":' * levels + b"1" + b"}" * levels)
    record = chat(deep, tools=[1, 2, 3], metadata=deep)
    record["messages"] *= 3
    engine = compile_schema(targets.load("mistral").schema, reference=reference)
    whole = [(rule, problem.path) for rule, problem in explain(engine, record)]
    monkeypatch.setattr(pieces, "PIECE", 3)
    cut = [(rule, problem.path) for rule, problem in explain_in_pieces(engine, record, 2)]
    assert sorted(cut) == sorted(whole)
    assert len(whole) == 3 + 3 + 1
    monkeypatch.setattr(pieces, "MAX_EXPLAINED", levels)
    beyond = [path for rule, path in cut if rule != "content-not-string"]
    beyond += [("messages", index) for index in (1, 3, 5)]
    cut = [(rule, problem.path) for rule, problem in explain_in_pieces(engine, record, 2)]
    assert sorted(path for _, path in cut) == sorted(beyond)


def calling(names: list[str], defined: list[str], answers: int = 0) -> dict[str, Any]:
    functions = [{"name": name, "description": "d", "parameters": {}} for name in defined]
    calls = [
        {"id": f"{number:09}", "type": "function", "function": {"name": name, "arguments": "{}"}}
        for number, name in enumerate(names)
    ]
    results = [
        {"role": "tool", "tool_call_id": f"x{number:08}", "content": "a"}
        for number in range(answers)
    ]
    asked = {"role": "user", "content": "a"}
    return {
        "messages": [asked, {"role": "assistant", "tool_calls": calls}, *results],
        "tools": [{"type": "function", "function": function} for function in functions],
    }


def with_a_call_without_id() -> dict[str, Any]:
    record = calling(["f"] * 15_000, ["f"], 15_000)
    del record["messages"][1]["tool_calls"][-1]["id"]
    return record


def requiring_others() -> dict[str, Any]:
    record = calling([], ["f"])
    record["tools"][0]["function"]["parameters"] = {
        "type": "object",
        "properties": {f"p{number}": {} for number in range(1_900)},
        "required": [f"q{number}" for number in range(6_000)],
    }
    return {**record, **chat()}


def with_long_parameters() -> dict[str, Any]:
    record = calling(["f"] * 3_000, ["f"])
    record["tools"][0]["function"]["parameters"] = {
        "type": "object",
        "properties": {f"p{number}": {"type": "string"} for number in range(1_500)},
        "required": ["p0"],
    }
    return record


@pytest.mark.parametrize(
    ("record", "rule", "number"),
    [
        (calling([f"g{n}" for n in range(4_000)], [f"f{n}" for n in range(4_000)]),
         "undeclared-tool", 4_000),
        (calling(["f"] * 15_000, ["f"], 9_500), "tool-call-id-unknown", 9_500),
        (with_a_call_without_id(), "tool-call-id-missing", 1),
        (requiring_others(), "required-not-in-properties", 6_000),
        (with_long_parameters(), "arguments-schema-mismatch", 3_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_no_rule_compares_all_with_all(record: dict[str, Any], rule: str, number: int) -> None:
    raw = line(record)
    started = time.process_time()
    found = [name for name, _ in places(prepared(reference=False), raw)]
    assert found.count(rule) == number
    assert time.process_time() - started < SECONDS


def test_a_line_of_too_many_faults_is_not_checked_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jsonl_lint.reading.diagnose.MAX_NAMED", 9)
    data = b'{"text": [' + b"None," * 10 + b"1,]}\n"
    report = lint_bytes(data)
    rules = [found.rule for found in report.findings]
    assert rules[:2] == ["invalid-json", "line-too-complex"]
    assert not report.result.complete
    fixed = fix_bytes(data)
    assert fixed.data == data
    assert fixed.changes.withheld
