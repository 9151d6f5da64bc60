"""A clean conversation with one thing put wrong: the rule of that fault fires, and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import conversations

from jsonl_lint.api import make_linter
from jsonl_lint.config import Config
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from strategies import Record

LINTER = make_linter(
    Config(
        ignore=("too-few-examples", "only-last-trained", "trailing-tool-call", "unused-tool"),
        min_severity=Severity.INFO,
    )
)
"""Every rule but those that a clean record may break too."""


def _messages(record: Record, role: str) -> list[Record]:
    return [message for message in record["messages"] if message["role"] == role]


def _calls(record: Record) -> list[Record]:
    return [call for message in record["messages"] for call in message.get("tool_calls", [])]


def _set(role: str, key: str, value: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        _messages(record, role)[0][key] = value

    return change


def _in_function(key: str, value: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        _calls(record)[0]["function"][key] = value

    return change


def _in_call(key: str, value: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        _calls(record)[0][key] = value

    return change


def _in_parameters(key: str, value: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        function = record["tools"][0]["function"]
        function["parameters"] = {**function["parameters"], key: value}

    return change


def _a_tool_twice(record: Record) -> None:
    record["tools"].append(record["tools"][0])


def _renamed_everywhere(record: Record) -> None:
    call = _calls(record)[0]
    call["function"]["name"] = "unheard_of"
    for answer in _messages(record, "tool"):
        if answer["tool_call_id"] == call["id"]:
            answer["name"] = "unheard_of"


def _parts_with_its_result(record: Record) -> None:
    calls = [message for message in record["messages"] if "tool_calls" in message]
    record["messages"].remove(_answers(record, calls[0])[0])


def _answers(record: Record, message: Record) -> list[Record]:
    own = {call["id"] for call in message["tool_calls"]}
    return [answer for answer in _messages(record, "tool") if answer["tool_call_id"] in own]


MUTATIONS: dict[str, tuple[str, Callable[[Record], object]]] = {
    "a role that is none": ("unknown-role", _set("user", "role", "moderator")),
    "a role of another type": ("unknown-role", _set("user", "role", 1)),
    "no role": ("missing-role", lambda record: _messages(record, "user")[0].pop("role")),
    "content of another type": ("content-not-string", _set("user", "content", 1)),
    "content of white space": ("whitespace-only", _set("user", "content", " \u2003")),
    "a text without a letter": ("empty-content", _set("user", "content", "")),
    "a key that nobody knows": ("unknown-key", _set("user", "zzzzzz", 1)),
    "a weight of two": ("weight-not-0-or-1", _set("assistant", "weight", 2)),
    "a weight of the user": ("weight-wrong-role", _set("user", "weight", 1)),
    "arguments that are no JSON": ("arguments-invalid-json", _in_function("arguments", "{")),
    "arguments in an array": ("arguments-not-object", _in_function("arguments", "[]")),
    "arguments as an object": ("arguments-not-string", _in_function("arguments", {"word": "a"})),
    "arguments that do not fit": ("arguments-schema-mismatch", _in_function("arguments", "{}")),
    "a tool that is not defined": ("undeclared-tool", _renamed_everywhere),
    "a type that is none": ("tool-type-unknown", _in_call("type", "method")),
    "a schema of no type": ("tool-parameters-invalid-schema", _in_parameters("minimum", "x")),
    "a schema elsewhere": ("schema-external-ref", _in_parameters("not", {"$ref": "urn:a"})),
    "a schema that is its own": ("schema-infinite-ref", _in_parameters("allOf", [{"$ref": "#"}])),
    "a call without its result": ("tool-call-unanswered", _parts_with_its_result),
    "tools that are no list": ("tools-not-list", lambda record: record.update(tools={})),
    "a tool twice": ("duplicate-tool-name", _a_tool_twice),
}


@settings(max_examples=100)
@given(conversations(), st.sampled_from(sorted(MUTATIONS)))
def test_one_mutation_gives_one_rule(record: Record, name: str) -> None:
    rule, mutate = MUTATIONS[name]
    mutant = json.loads(json.dumps(record))
    try:
        mutate(mutant)
    except (IndexError, KeyError):
        assume(condition=False)  # it has no such part
    line = json.dumps(mutant).encode() + b"\n"
    assert {finding.rule for finding in LINTER.check("x").line_findings([line])} == {rule}
