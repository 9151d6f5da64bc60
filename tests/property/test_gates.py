"""The gates prove clean: what they pass, no rule has anything to say about."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import chat
from strategies import conversations, mutants

from jsonl_lint import Config, Finding
from jsonl_lint.api import make_linter
from jsonl_lint.linting.gate import CLEAN, FAMILIES, Gate
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.messages import plain_letters
from jsonl_lint.rules import load as load_rules
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.explain import explain
from jsonl_lint.targets import load, names

TARGET = load("mistral")
FAST = compile_schema(TARGET.schema)
REFERENCE = compile_schema(TARGET.schema, reference=True)
GATE = Gate(TARGET, FAST)
RULES = load_rules()
NORMAL = make_linter(Config())
BY_REFERENCE = make_linter(Config(), reference=True)
records = st.one_of(mutants(), conversations())


def shown(finding: Finding) -> tuple[Any, ...]:
    pointer = to_pointer(finding.problem.path)
    return (finding.line, finding.place, finding.rule, finding.severity, finding.message,
            finding.hint, pointer, finding.fingerprint)  # fmt: skip


@given(conversations())
def test_clean_records_pass_every_gate(record: dict[str, Any]) -> None:
    assert GATE.refused(record, orjson.dumps(record)) == CLEAN
    assert not list(BY_REFERENCE.check("x").line_findings([orjson.dumps(record)] * 10))


@settings(max_examples=500)
@given(records)
def test_what_the_gates_pass_no_rule_refuses(record: dict[str, Any]) -> None:
    raw = orjson.dumps(record)
    refused = GATE.refused(record, raw)
    explained = list(NORMAL.explainer.problems(record, raw, FAMILIES))
    families = {RULES[rule].family for rule, _ in explained}
    if refused != FAMILIES:
        assert families <= refused


@settings(max_examples=500)
@given(records)
def test_both_engines_find_the_same_faults(record: dict[str, Any]) -> None:
    assert FAST.is_valid(record) == REFERENCE.is_valid(record)
    fast, reference = (
        sorted((rule, to_pointer(problem.path), problem.message) for rule, problem in found)
        for found in (explain(FAST, record), explain(REFERENCE, record))
    )
    assert fast == reference
    assert bool(fast) != FAST.is_valid(record)


@settings(max_examples=300)
@given(st.lists(records, max_size=4))
def test_reference_output_is_the_normal_output(drawn: list[dict[str, Any]]) -> None:
    lines = [orjson.dumps(record) + b"\n" for record in drawn]
    normal = [shown(finding) for finding in NORMAL.check("x").line_findings(lines)]
    reference = [shown(finding) for finding in BY_REFERENCE.check("x").line_findings(lines)]
    assert normal == reference


chats = st.fixed_dictionaries(
    {
        "messages": st.lists(
            st.fixed_dictionaries(
                {
                    "role": st.sampled_from(["system", "user", "assistant", "tool", 1]),
                    "content": st.one_of(st.text(), st.none(), st.just(" \x1c\x85")),
                }
            )
        )
    }
)


@settings(max_examples=500)
@given(st.one_of(chats, records))
def test_plain_conversations_are_schema_clean_but_for_their_tools(record: dict[str, Any]) -> None:
    if plain_letters(record) is not None:
        assert all(
            compile_schema(load(name).schema).is_valid({"messages": record["messages"]})
            for name in names()
            if "messages" in load(name).formats
        )


@given(conversations())
def test_clean_conversations_are_plain(record: dict[str, Any]) -> None:
    assert plain_letters(record)


@pytest.mark.parametrize("tools", [None, {}, "", 0, False, [None], ["a"], [{}]])
def test_what_is_no_list_of_tools_is_refused(tools: object) -> None:
    record = chat(tools=tools)
    refused = GATE.refused(record, orjson.dumps(record))
    assert refused == (CLEAN if tools is None else FAMILIES)
