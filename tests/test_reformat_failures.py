"""What mistral-finetune's reformat script loses or breaks, and what becomes of it here.

Each test is about one way in which that script crashes, drops a record, writes what is no JSON, or
leaves what it set out to mend. Here the record stays, mended or as it was, and the reason is given.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from samples import chat, jsonl, line

from jsonl_lint import Fixed, fix_bytes, fix_file, lint_bytes

FUNCTION = {
    "name": "to_roman",
    "description": "Write a number in Roman numerals",
    "parameters": {"type": "object", "properties": {"number": {"type": "integer"}}},
}
TOOLS = [{"type": "function", "function": FUNCTION}]
CALLED = {"name": "to_roman", "arguments": '{"number": 14}'}
ID = re.compile("[0-9A-Za-z]{9}")


def asked(*messages: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": "And 14?"}, *messages], **keys}


def call(call_id: str = "Qm4tZ81xk", number: int = 14) -> dict[str, Any]:
    function = {"name": "to_roman", "arguments": json.dumps({"number": number})}
    return {"id": call_id, "type": "function", "function": function}


def calls(*made: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"role": "assistant", "tool_calls": list(made), **keys}


def answer(call_id: str, content: str = "XIV", **keys: Any) -> dict[str, Any]:
    return {"role": "tool", "content": content, "tool_call_id": call_id, **keys}


SAID = {"role": "assistant", "content": "They wrote XIV."}


def mended(record: dict[str, Any]) -> dict[str, Any]:
    """Give the record that a fix makes, which has no error or warning any more."""
    fixed = fix_bytes(jsonl(record))
    assert fixed.changes.dropped == []
    assert [f.rule for f in fixed.report.findings] == []
    first: dict[str, Any] = json.loads(fixed.data.splitlines()[0])
    return first


def kept(data: bytes) -> Fixed:
    """Fix data, and see that they stay byte for byte."""
    fixed = fix_bytes(data)
    assert fixed.data == data
    assert fixed.changes.dropped == []
    return fixed


# it stops


def test_a_blank_line_stops_nothing() -> None:
    fixed = fix_bytes(line(chat("One")) + b"\n" + line(chat("Two")) + b"  \n")
    assert fixed.data == line(chat("One")) + line(chat("Two"))


def test_a_line_that_is_no_json_stays_and_the_others_are_mended() -> None:
    broken = b'{"messages": [{"role": "user"\n'
    human = line(chat()).replace(b'"user"', b'"human"')
    assert fix_bytes(human + broken + human).data == line(chat()) + broken + line(chat())


def test_content_null_beside_a_call_is_as_good_as_none() -> None:
    spoken = {"role": "assistant", "content": None, "function_call": CALLED}
    record = mended(asked(spoken, functions=[FUNCTION]))
    assert record["messages"][1].keys() == {"role", "tool_calls"}


def test_content_beside_a_call_is_not_thrown_away() -> None:
    spoken = {"role": "assistant", "content": "Let me see.", "function_call": CALLED}
    fixed = fix_bytes(jsonl(asked(spoken, functions=[FUNCTION])))
    assert json.loads(fixed.data.splitlines()[0])["messages"][1] == spoken
    assert any(rule == "legacy-function-call" for rule, _ in fixed.changes.withheld)


def test_an_answer_needs_no_name() -> None:
    record = asked(calls(call("call_14")), answer("call_14"), SAID, tools=TOOLS)
    assert "name" not in mended(record)["messages"][2]


def test_a_name_that_is_another_functions_stops_nothing() -> None:
    record = asked(calls(call()), answer("Qm4tZ81xk", name="to_arabic"), SAID, tools=TOOLS)
    assert {f.rule for f in kept(jsonl(record)).report.findings} == {"tool-name-mismatch"}


def test_answers_in_another_order_go_with_their_calls() -> None:
    record = asked(
        calls(call("call_a", 14), call("call_b", 90)),
        answer("call_b", "XC"), answer("call_a", "XIV"), SAID, tools=TOOLS,
    )  # fmt: skip
    fixed = json.loads(fix_bytes(jsonl(record)).data.splitlines()[0])
    first, second = (made["id"] for made in fixed["messages"][1]["tool_calls"])
    answers = {m["content"]: m["tool_call_id"] for m in fixed["messages"] if m["role"] == "tool"}
    assert answers == {"XIV": first, "XC": second}


def test_one_record_is_enough() -> None:
    assert fix_bytes(line(chat())).data == line(chat())


# it leaves records out


@pytest.mark.parametrize("odd", [{}, {"content": ""}, {"content": None}])
def test_a_record_whose_last_message_is_a_call_stays(odd: dict[str, Any]) -> None:
    record = asked(calls(call(), **odd), tools=TOOLS)
    assert mended(record)["messages"][1] == calls(call())


@pytest.mark.parametrize("odd", [{}, {"content": ""}, {"content": None}])
def test_a_record_in_the_older_form_stays(odd: dict[str, Any]) -> None:
    spoken = {"role": "assistant", "function_call": CALLED, **odd}
    result = {"role": "function", "name": "to_roman", "content": "XIV"}
    record = mended(asked(spoken, result, SAID, functions=[FUNCTION]))
    made = record["messages"][1]["tool_calls"]
    assert record["tools"] == TOOLS
    assert made == [{"id": made[0]["id"], "type": "function", "function": CALLED}]
    assert record["messages"][2] == {
        "role": "tool", "tool_call_id": made[0]["id"], "name": "to_roman", "content": "XIV"
    }  # fmt: skip


def test_a_record_that_is_not_mended_stays_and_is_counted_as_left() -> None:
    record = asked(calls(call(), content="Let me see."), tools=TOOLS)
    assert {f.rule for f in kept(jsonl(record)).report.findings} == {"content-with-tool-calls"}


def test_messages_after_the_last_answer_stay_unless_they_may_go() -> None:
    more = {"role": "user", "content": "Thanks"}
    data = line(asked(SAID, more))
    assert not kept(data).report.ok()
    assert fix_bytes(data, unsafe=True).data == line(asked(SAID))


def test_what_is_left_out_on_demand_is_listed_by_line_and_reason() -> None:
    silent = {"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}
    fixed = fix_bytes(line(chat()) + b"\n" + line(silent) + line(chat()), unsafe=True)
    assert fixed.data == line(chat())
    assert fixed.changes.dropped == [(3, "no-assistant"), (4, "exact-duplicate")]


# it writes something else than it read


def test_a_key_that_comes_twice_keeps_both_values() -> None:
    data = (
        b'{"messages": [{"role": "user", "content": "a", "content": "b"}, '
        b'{"role": "assistant", "content": "c", "weight": "1"}]}\n'
    )
    assert fix_bytes(data).data == data.replace(b'"1"', b"1")


def test_a_number_too_large_for_a_float_does_not_become_infinity() -> None:
    kept(b'{"messages": [{"role": "human", "content": "a"}], "n": 1e400}\n')


def test_texts_keep_their_letters_and_numbers_their_digits() -> None:
    data = (
        '{"messages":[{"role":"user","content":"é\\u00e9 狐"},'
        '{"role":"assistant","content":"1.10 <&>","weight":1.0}],"id":12345678901234567890}\n'
    ).encode()
    human = data.replace(b'"user"', b'"human"')
    assert fix_bytes(human + data).data == data + data


def test_arguments_keep_their_spelling() -> None:
    function = {"name": "to_roman", "arguments": '{ "number":14 ,"as": "\\u0058" }'}
    spoken = {"role": "assistant", "function_call": function}
    record = mended(asked(spoken, functions=[FUNCTION]))
    assert record["messages"][1]["tool_calls"][0]["function"] == function


def test_arguments_that_are_an_object_become_json() -> None:
    made = call() | {"function": {"name": "to_roman", "arguments": {"number": None, "big": True}}}
    record = asked(calls(made), tools=[{"type": "function", "function": FUNCTION | {
        "parameters": {"type": "object"}}}])  # fmt: skip
    written = json.loads(fix_bytes(line(record)).data)["messages"][1]["tool_calls"][0]
    assert written["function"]["arguments"] == '{"number": null, "big": true}'


# it does not finish its work, or makes other faults


def test_ids_of_another_length_are_replaced() -> None:
    record = mended(asked(calls(call("call_abc12345")), answer("call_abc12345"), SAID, tools=TOOLS))
    made = record["messages"][1]["tool_calls"][0]["id"]
    assert ID.fullmatch(made)
    assert record["messages"][2]["tool_call_id"] == made


def test_each_of_several_calls_keeps_an_id_of_its_own() -> None:
    turn = [calls(call("call_1", 14), call("call_2", 90)), answer("call_1"), answer("call_2", "XC")]
    record = mended(asked(*turn, SAID, tools=TOOLS))
    made = [one["id"] for one in record["messages"][1]["tool_calls"]]
    assert made == [message["tool_call_id"] for message in record["messages"][2:4]]
    assert len(set(made)) == 2


def test_an_answer_far_from_its_call_gets_its_id_too() -> None:
    turn = [calls(call("call_1", 14), call("call_2", 90)), answer("call_1"), answer("call_2", "XC")]
    again = {"role": "user", "content": "And 5?"}
    record = mended(asked(*turn, SAID, again, calls(call("call_1", 5)), answer("call_1", "V"), SAID,
                          tools=TOOLS))  # fmt: skip
    messages = record["messages"]
    assert messages[6]["tool_calls"][0]["id"] == messages[7]["tool_call_id"]
    assert messages[7]["tool_call_id"] != messages[2]["tool_call_id"]


def test_the_same_data_get_the_same_ids() -> None:
    data = jsonl(asked(calls(call("call_1")), answer("call_1"), SAID, tools=TOOLS))
    assert fix_bytes(data).data == fix_bytes(data).data
    assert fix_bytes(line(chat("First")) + data).data.endswith(fix_bytes(data).data)


def test_calls_and_tools_get_their_type() -> None:
    untyped = {key: value for key, value in call().items() if key != "type"}
    record = mended(asked(calls(untyped), tools=[{"function": FUNCTION}]))
    assert record["tools"] == TOOLS
    assert record["messages"][1] == calls(call())


def test_messages_under_an_alias_are_mended_too() -> None:
    record = asked(calls(call("call_1")), tools=TOOLS)
    alias = {"interactions": record["messages"], "available_tools": TOOLS}
    assert mended(alias)["messages"][1]["tool_calls"][0]["id"] != "call_1"


# it writes over its input


def test_the_input_is_not_written_over_until_all_is_well(tmp_path: Any) -> None:
    path = tmp_path / "train.jsonl"
    data = jsonl(asked(calls(call("call_1")), tools=TOOLS))
    path.write_bytes(data)
    fixed = fix_file(path, backup=True)
    assert (tmp_path / "train.jsonl.bak").read_bytes() == data
    assert lint_bytes(path.read_bytes()).ok()
    assert fixed.changes.written
    assert sorted(found.name for found in tmp_path.iterdir()) == ["train.jsonl", "train.jsonl.bak"]


def test_nothing_is_left_behind_where_it_stops(tmp_path: Any) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"[\n{},\n{\n")
    assert fix_file(path).changes.withheld
    assert path.read_bytes() == b"[\n{},\n{\n"
    assert [found.name for found in tmp_path.iterdir()] == ["train.jsonl"]
