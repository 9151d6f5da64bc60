"""Every fix: its cases in fixtures/fixes, as bytes in and bytes out, and what its rule promises."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from cases import FIXTURES, case_file, cases, content
from samples import line

from jsonl_lint import Config, Severity, fix_bytes, lint_bytes
from jsonl_lint.change import Change, Insert, Safety
from jsonl_lint.finding import Problem
from jsonl_lint.fixing.repair import UNJUDGED
from jsonl_lint.records.ids import LENGTH, call_id
from jsonl_lint.rules import Rule, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.records import Record

FIXABLE = {name: rule for name, rule in load().items() if rule.safety}
CASES = "fixes"
FEW = "too-few-examples"


def all_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{name}: {case['case']}")
        for name, rule in FIXABLE.items()
        for case in cases(CASES, rule)
    ]


def after(case: dict[str, Any]) -> bytes:
    if "fixed_base64" in case:
        return base64.b64decode(case["fixed_base64"])
    return str(case["fixed"]).encode()


def options(case: dict[str, Any]) -> dict[str, Any]:
    config = Config(target=case.get("target", "mistral"))
    allowed = {name: case.get(name, False) for name in ("unsafe", "drop_invalid")}
    return {"config": config, **allowed}


@pytest.mark.parametrize("case", all_cases())
def test_case(case: dict[str, Any]) -> None:
    fixed = fix_bytes(content(case), **options(case))
    assert fixed.data == after(case)
    assert fixed.changes.written == (not fixed.changes.error)
    assert fixed.changes.changed == (fixed.data != content(case))
    assert fixed.changes.dropped == [tuple(entry) for entry in case.get("dropped", [])]
    reasons = dict(fixed.changes.withheld.keys())
    expected = case.get("withheld", {})
    assert reasons.keys() == expected.keys()
    assert all(part in reasons[rule] for rule, part in expected.items()), reasons
    found = {f.rule for f in fixed.report.findings if f.severity > Severity.INFO}
    assert sorted(found - {FEW}) == case["left"]


@pytest.mark.parametrize("case", all_cases())
def test_a_second_fix_of_a_case_changes_nothing(case: dict[str, Any]) -> None:
    again = fix_bytes(after(case), **options(case))
    assert again.data == after(case)
    assert (again.changes.fixed, again.changes.lines, again.changes.dropped) == ({}, 0, [])


@pytest.mark.parametrize("rule", FIXABLE.values(), ids=FIXABLE.keys())
def test_every_fix_has_a_case_in_which_it_is_needed_and_one_in_which_it_is_not(rule: Rule) -> None:
    changes = [content(case) != after(case) for case in cases(CASES, rule)]
    assert True in changes
    if rule.name not in ALWAYS:
        assert False in changes


ALWAYS = {
    "tool-call-id-missing",  # there is always one to be made
    "utf8-bom",
}
"""Fixes that nothing keeps from being made."""


def test_every_file_of_cases_belongs_to_a_fix() -> None:
    wanted = {case_file(CASES, rule) for rule in FIXABLE.values()}
    assert set((FIXTURES / CASES).glob("*/*")) == wanted


@pytest.mark.parametrize("rule", load().values(), ids=load().keys())
def test_a_rule_with_a_fix_has_one_function_for_it_and_others_have_none(rule: Rule) -> None:
    functions = [f for f in (rule.fix, rule.fix_line, rule.fix_file) if f]
    assert len(functions) == bool(rule.safety)


@pytest.mark.parametrize("name", sorted(FIXABLE))
def test_only_unsafe_fixes_and_leave_to_drop_leave_records_out(name: str) -> None:
    for case in cases(CASES, FIXABLE[name]):
        allowed = case.get("unsafe") or case.get("drop_invalid")
        fixed = fix_bytes(content(case), **options(case) | {"unsafe": False, "drop_invalid": False})
        assert fixed.changes.dropped == []
        assert allowed or "dropped" not in case
        for _, rule in [] if case.get("drop_invalid") else case.get("dropped", []):
            assert FIXABLE[rule].safety is Safety.UNSAFE


@pytest.mark.parametrize("name", [n for n, rule in FIXABLE.items() if rule.safety is Safety.UNSAFE])
def test_an_unsafe_fix_is_not_made_without_leave(name: str) -> None:
    needed = [case for case in cases(CASES, FIXABLE[name]) if case.get("unsafe")]
    changed = [case for case in needed if content(case) != after(case)]
    alone = Config(select=(name,))
    assert changed
    for case in changed:
        assert fix_bytes(content(case), config=alone).data == content(case)


@pytest.mark.parametrize("name", [n for n, rule in FIXABLE.items() if not rule.fix_file])
def test_a_fix_that_is_not_selected_is_not_made(name: str) -> None:
    for case in cases(CASES, FIXABLE[name]):
        report = fix_bytes(content(case), config=Config(ignore=("ALL",)), unsafe=True)
        assert report.data == content(case)


# what the cases cannot show


def test_a_file_is_never_left_without_a_record() -> None:
    said = b'{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}'
    chat = b'{"messages": [' + said + b"]}\n"
    wrong = fix_bytes(chat, config=Config(target="mistral-pretrain"), drop_invalid=True)
    assert wrong.data == chat
    assert "no record would be left" in wrong.changes.error
    assert (wrong.changes.lines, wrong.changes.dropped, wrong.changes.changed) == (0, [], False)


@pytest.mark.parametrize(
    ("behind", "look"),
    [
        (b'[{"text": "a"}\n,{"text": "b"}]', "the file is one JSON array"),
        (b'{"text": "a"}\r{"text": b}\r', "CR alone ends the lines"),
    ],
)
def test_a_file_of_lines_does_not_become_something_else(behind: bytes, look: str) -> None:
    data = b'{"messages": []}\n' + behind
    fixed = fix_bytes(data, unsafe=True)
    assert fixed.data == data
    assert f"without the records to be left out, {look}" in fixed.changes.error
    kept = b'{"text": "c"}\n'
    assert fix_bytes(kept + data, unsafe=True).data.startswith(kept + behind[:1])


def test_what_a_fix_brings_to_light_and_another_mends_is_told() -> None:
    roles = [b"user", b"human", b"assistant"]
    messages = [b'{"role": "%b", "content": "%b"}' % (role, role) for role in roles]
    fixed = fix_bytes(b'{"messages": [' + b", ".join(messages) + b"]}\n", unsafe=True)
    assert fixed.changes.fixed == {"unknown-role": 1, "consecutive-same-role": 1}
    assert b'"content": "user\\n\\nhuman"' in fixed.data


def test_a_rule_without_a_gate_is_fixed_in_clean_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(record: Record) -> Iterator[Problem]:
        if record.messages and "s" not in record.roles:
            yield Problem(record.messages_path, "no system message")

    def fix(record: Record, _problem: Problem) -> Iterator[Change]:
        yield Insert(record.message_path(0), {"role": "system", "content": "Be brief"})

    for severity in (Severity.INFO, Severity.WARNING):
        rule = Rule("no-system", "house", severity, "", check=check, safety=Safety.SAFE, fix=fix)
        known = load() | {"no-system": rule}
        monkeypatch.setattr("jsonl_lint.plugins.load_rules", lambda known=known: known)
        said = b'{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}\n'
        fixed = fix_bytes(b'{"messages": [' + said)
        system = b'{"role": "system", "content": "Be brief"}, '
        assert fixed.data == b'{"messages": [' + system + said
        assert fixed.changes.fixed == {"no-system": 1}


def test_thousands_of_faults_in_one_record() -> None:
    turn = (
        b'{"role": "user", "content": "?"}, {"role": "assistant", "tool_calls": [{"id": "call_1", '
        b'"function": {"name": "now", "arguments": {}}}]}, {"role": "tool", "content": "12:00", '
        b'"tool_call_id": "call_1"}, {"role": "assistant", "content": "Noon."}'
    )
    tool = b'{"name": "now", "description": "", "parameters": {"type": "object"}}'
    tools = b'"tools": [{"type": "function", "function": ' + tool + b"}]"
    begun = time.process_time()
    fixed = fix_bytes(b'{"messages": [' + b", ".join([turn] * 300) + b"], " + tools + b"}\n")
    assert fixed.changes.fixed["tool-call-id-format"] == 600
    assert fixed.report.ok()
    half = b'{"role": "human", "content": "x"}, {"role": "human", "content": "y"}'
    doubled = fix_bytes(b'{"messages": [' + b", ".join([half] * 50) + b"]}\n")
    assert doubled.changes.withheld
    assert time.process_time() - begun < 20


def test_thousands_of_calls_in_one_message() -> None:
    call = b'{"id":"%09d","type":"function","function":{"name":"f","arguments":"null"}}'
    calls = b",".join(call % number for number in range(6000))
    tool = b'{"type":"function","function":{"name":"f","description":"d","parameters":{}}}'
    begun = time.process_time()
    fixed = fix_bytes(
        b'{"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[%b]}],'
        b'"tools":[%b]}\n' % (calls, tool)
    )
    assert fixed.changes.fixed == {"arguments-not-object": 6000}
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("drop_invalid", [False, True])
def test_a_record_that_is_not_checked_to_its_end_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, *, drop_invalid: bool
) -> None:
    human = b'{"messages":[{"role":"human","content":"a"},{"role":"gpt","content":"b"}]}\n'
    assert fix_bytes(human).changes.fixed == {"unknown-role": 2}
    monkeypatch.setattr("jsonl_lint.linting.explaining.MAX_FAULTS", 1)
    good = b'{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n'
    fixed = fix_bytes(human + good, drop_invalid=drop_invalid)
    assert fixed.data == (good if drop_invalid else human + good)
    assert fixed.changes.dropped == ([(1, "unknown-role")] if drop_invalid else [])
    withheld = [] if drop_invalid else [("unknown-role", UNJUDGED)]
    assert list(fixed.changes.withheld) == withheld
    assert fixed.report.complete == drop_invalid


def test_thousands_of_records_on_one_line() -> None:
    human = (
        b'{"messages": [{"role": "human", "content": "a"}, {"role": "assistant", "content": ""}]}'
    )
    text = b'{"text": "Paris"}'
    begun = time.process_time()
    fixed = fix_bytes(b",".join([text] * 4900 + [human] * 100))
    assert time.process_time() - begun < 20
    assert fixed.data == (text + b"\n") * 4900 + (human.replace(b"human", b"user") + b"\n") * 100
    assert fixed.changes.fixed == {
        "multiple-values-on-line": 1,
        "unknown-role": 100,
        "missing-final-newline": 1,
    }


def test_a_long_text_full_of_tabs() -> None:
    begun = time.process_time()
    fixed = fix_bytes(b'{"text": "' + b"a\tb" * 100_000 + b'",}\n')
    assert time.process_time() - begun < 10
    assert fixed.data == b'{"text": "' + b"a\\tb" * 100_000 + b'"}\n'


LF_FIRST, CRLF_FIRST = b'{"text": "a"}\n{"text": "b"}\r\n', b'{"text": "a"}\r\n{"text": "b"}\n'
LF_ONLY, CRLF_ONLY = b'{"text": "a"}\n{"text": "b"}\n', b'{"text": "a"}\r\n{"text": "b"}\r\n'


@pytest.mark.parametrize(
    ("config", "before", "after", "mended"),
    [
        (Config(), LF_FIRST, LF_ONLY, "mixed-line-ends"),
        (Config(), CRLF_FIRST, LF_ONLY, "mixed-line-ends"),
        (Config(), CRLF_ONLY, LF_ONLY, "crlf"),
        (Config(ignore=("mixed-line-ends",)), CRLF_FIRST, LF_ONLY, "crlf"),
        (Config(select=("crlf",)), LF_FIRST, LF_ONLY, "crlf"),
        (Config(ignore=("crlf",)), LF_FIRST, LF_ONLY, "mixed-line-ends"),
        (Config(ignore=("crlf",)), CRLF_FIRST, CRLF_ONLY, "mixed-line-ends"),
        (Config(select=("mixed-line-ends",)), CRLF_FIRST, CRLF_ONLY, "mixed-line-ends"),
        (Config(ignore=("crlf",)), CRLF_ONLY, CRLF_ONLY, ""),
        (Config(select=("mixed-line-ends",)), CRLF_ONLY, CRLF_ONLY, ""),
        (Config(ignore=("crlf", "mixed-line-ends")), CRLF_FIRST, CRLF_FIRST, ""),
    ],
)
def test_line_ends_are_made_those_that_the_rules_that_run_ask_for(
    config: Config, before: bytes, after: bytes, mended: str
) -> None:
    fixed = fix_bytes(before, config=config)
    assert fixed.data == after
    assert fixed.changes.fixed == ({mended: 1} if mended else {})
    assert {"crlf", "mixed-line-ends"}.isdisjoint(f.rule for f in fixed.report.findings)


def test_where_crlf_will_do_lines_that_come_of_a_fix_end_so_too() -> None:
    joined = b'{"text": "a"}\r\n{"text": "b"}{"text": "c",}\r\n{"text": "d"}'
    fixed = fix_bytes(joined, config=Config(ignore=("crlf",)))
    assert fixed.data == b"".join(b'{"text": "%c"}\r\n' % letter for letter in b"abcd")
    assert "mixed-line-ends" not in {f.rule for f in fixed.report.findings}


def test_ids_come_from_what_the_record_says_and_not_from_where_it_stands() -> None:
    case = cases(CASES, FIXABLE["tool-call-id-format"])[0]
    alone = fix_bytes(content(case)).data
    behind = fix_bytes(b'{"text": "Paris"}\n' + content(case)).data
    respelt = json.dumps(json.loads(content(case)), separators=(",", ":")).encode()
    assert behind.endswith(b"\n" + alone)
    assert json.loads(fix_bytes(respelt).data) == json.loads(alone)


def test_an_id_is_never_one_that_is_taken() -> None:
    first = call_id(b"seed", ("messages", 1), set())
    second = call_id(b"seed", ("messages", 1), {first})
    third = call_id(b"seed", ("messages", 1), {first, second})
    assert len({first, second, third}) == 3
    assert {len(made) for made in (first, second, third)} == {LENGTH}
    assert all(made.isascii() and made.isalnum() for made in (first, second, third))


@pytest.mark.parametrize(
    "data",
    ['{"text": "a",}\n'.encode("utf-16"), b"\x1f\x8b" * 9, b"[\n1\n]\n", b"<html>\n</html>\n"],
    ids=["utf-16", "compressed", "array", "html"],
)
def test_what_is_no_json_lines_comes_back_as_it_is_and_with_the_reason(data: bytes) -> None:
    fixed = fix_bytes(data)
    assert fixed.data == data
    assert not fixed.changes.written
    assert "not JSON lines" in fixed.changes.error
    assert len(fixed.report.findings) == 1


def test_a_fix_that_raises_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def raises(_raw: bytes, _problem: Problem) -> Any:
        raise RuntimeError

    bad = Rule("blank-line", "lines", Severity.WARNING, "", safety=Safety.SAFE, fix_line=raises)
    rules = load() | {"blank-line": bad}
    monkeypatch.setattr("jsonl_lint.plugins.load_rules", lambda: rules)
    fixed = fix_bytes(b'\n{"text": "a",}\n')
    assert fixed.data == b'\n{"text": "a"}\n'


def peak_of(find: Callable[[bytes], object], raw: bytes) -> int:
    tracemalloc.start()
    find(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_fix_holds_one_tree_of_a_record_at_a_time() -> None:
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "?"}] * 20_000
    raw = line({"messages": [{**turns[0], "role": "human"}, *turns[1:]]})
    assert fix_bytes(raw).changes.changed
    tree = peak_of(orjson.loads, raw)
    assert peak_of(fix_bytes, raw) - peak_of(lint_bytes, raw) < 0.7 * tree
