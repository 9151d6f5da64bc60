"""Conversions: there and back is the same where no loss is told; bytes stay where they can."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import conversations, mutants, words

from jsonl_lint import Config, lint_bytes
from jsonl_lint.fixing.convert import ARGUMENTS, DIALECTS, FORMATS, TOOLS, Options, convert, plan
from jsonl_lint.fixing.convert.losses import KINDS, Loss, RefusedError
from jsonl_lint.reading.decode import loads

Record = dict[str, Any]
FEW = 40
"""Examples of what is drawn slowly: whole conversations."""

OTHERS = [name for name in FORMATS if name != "messages"]
MADE_ANEW = {"tool-call-id", "message-name"}
"""Losses that every record with tools has on the way to sharegpt."""

layouts = st.sampled_from([(",", ":"), (", ", ": "), (" , ", " :")])
odd_texts = st.text('\\"\n{}[]', max_size=4)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | odd_texts
numbers = st.sampled_from(["0.10", "1e2", "-0", "36893488147419103232", "1.0E-3", "1"])


def written(record: Any, data: st.DataObject) -> bytes:
    layout = data.draw(layouts)
    escapes = data.draw(st.booleans())
    return json.dumps(record, separators=layout, ensure_ascii=escapes).encode()


def run(raw: bytes, source: str, **options: str) -> tuple[bytes, set[str]]:
    losses: list[Loss] = []
    made = convert(raw, loads(raw), plan(source, Options(**options)), losses)
    assert {loss.kind for loss in losses} <= KINDS.keys()
    assert isinstance(loads(made), dict)
    assert b"\n" not in made
    return made, {loss.kind for loss in losses}


@st.composite
def decorated(draw: st.DrawFn) -> Record:
    """A clean conversation, at times with what some formats cannot hold."""
    record: Record = json.loads(json.dumps(draw(conversations())))
    for _ in range(draw(st.integers(0, 2))):
        message = draw(st.sampled_from(record["messages"]))
        key, value = draw(
            st.sampled_from([("weight", 0), ("name", "Ann"), ("note", 1), ("content", "more")])
        )
        message.setdefault(key, value)
    if draw(st.integers(0, 4)) == 0:
        record["id"] = 7
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(record["messages"])))
        record["messages"].insert(at, {"role": "system", "content": draw(texts)})
    return record


def anonymous(record: Record) -> Record:
    """The same with ids numbered in their order, and without names of messages."""
    record = json.loads(json.dumps(record))
    known: dict[str, str] = {}
    for message in record["messages"]:
        message.pop("name", None)
        for call in message.get("tool_calls", []):
            known[call["id"]] = str(len(known))
            call["id"] = known[call["id"]]
        if "tool_call_id" in message:
            message["tool_call_id"] = known[message["tool_call_id"]]
    return record


@pytest.mark.parametrize("target", OTHERS)
@settings(max_examples=FEW)
@given(st.data())
def test_messages_there_and_back(target: str, data: st.DataObject) -> None:
    record = data.draw(decorated())
    try:
        there, lost = run(written(record, data), "messages", to=target)
    except RefusedError:
        return
    back, lost_again = run(there, target, to="messages")
    assert lost_again == set()
    if not lost:
        assert loads(back) == record
    if lost <= MADE_ANEW:
        assert anonymous(loads(back)) == anonymous(record)


@pytest.mark.parametrize("target", OTHERS)
@settings(max_examples=FEW)
@given(st.data())
def test_each_kind_of_loss_is_one(target: str, data: st.DataObject) -> None:
    """Whatever is told to be lost does not come back."""
    record = data.draw(decorated())
    try:
        there, lost = run(written(record, data), "messages", to=target)
    except RefusedError:
        return
    back, _ = run(there, target, to="messages")
    if lost - {"several-turns"}:
        assert loads(back) != record


CALLED = '{"name": "f", "arguments": {"a": %s}}'
turns = st.lists(st.tuples(texts, texts), min_size=1, max_size=3)


@st.composite
def sharegpt(draw: st.DrawFn) -> Record:
    conversation = [{"from": "system", "value": draw(texts)}] if draw(st.booleans()) else []
    for question, answer in draw(turns):
        conversation.append({"from": "human", "value": question})
        called = draw(st.integers(0, 2))
        if called:
            calls = [
                f'{{"name": "f", "arguments": {{"a": {draw(numbers)}}}}}' for _ in range(called)
            ]
            value = calls[0] if called == 1 else f"[{', '.join(calls)}]"
            conversation.append({"from": "function_call", "value": value})
            conversation += [{"from": "observation", "value": draw(texts)} for _ in range(called)]
        conversation.append({"from": "gpt", "value": answer})
    record: Record = {"conversations": conversation}
    if draw(st.booleans()):
        record["tools"] = draw(st.sampled_from(["[]", '[{"name": "f", "parameters": {"a": 1.0}}]']))
    return record


@st.composite
def alpaca(draw: st.DrawFn) -> Record:
    *history, (question, answer) = draw(turns)
    record: Record = {"instruction": question, "input": "", "output": answer}
    if draw(st.booleans()):
        record["system"] = draw(words)
    if history:
        record["history"] = [list(pair) for pair in history]
    return record


@given(sharegpt(), st.data())
def test_sharegpt_there_and_back(record: Record, data: st.DataObject) -> None:
    there, lost = run(written(record, data), "sharegpt", to="messages")
    assert lost == set()
    back, lost_again = run(there, "messages", to="sharegpt")
    assert lost_again <= {"tool-call-id"}
    ours = loads(back)
    assert ours.pop("tools", None) in (record.get("tools"), squeezed(record.pop("tools", None)))
    assert ours["conversations"] == record["conversations"]


def squeezed(tools: str | None) -> str | None:
    return tools and tools.replace(", ", ",")


@given(alpaca(), st.data())
def test_alpaca_there_and_back(record: Record, data: st.DataObject) -> None:
    there, lost = run(written(record, data), "alpaca", to="messages")
    back, lost_again = run(there, "messages", to="alpaca")
    assert lost == lost_again == set()
    assert loads(back) == record


@st.composite
def objects(draw: st.DrawFn) -> str:
    """The text of an object on one line, however it is spaced and its numbers are spelt."""
    comma, colon = draw(layouts)
    values = numbers | texts.map(json.dumps) | texts.map(lambda text: json.dumps([text, None]))
    keys = draw(st.lists(texts, max_size=3, unique=True))
    members = [json.dumps(key) + colon + draw(values) for key in keys]
    return "{" + comma.join(members) + "}"


CALL = '{"messages": [{"role": "assistant", "tool_calls": [{"function": {"arguments": %s}}, %s]}]}'
OTHER = '{"function":{"name":"g", "arguments": "{}"}}'


@given(objects())
def test_arguments_there_and_back(text: str) -> None:
    string = (CALL % (json.dumps(text), OTHER)).encode()
    made, _ = run(string, "messages", arguments="object")
    assert made == (CALL % (text, OTHER.replace('"{}"', "{}"))).encode()
    back, _ = run(made, "messages", arguments="string")
    assert [call["function"]["arguments"] for call in loads(back)["messages"][0]["tool_calls"]] == [
        text,
        "{}",
    ]
    assert run(back, "messages", arguments="object") == (made, set())


@given(st.lists(objects(), max_size=3).map(", ".join))
def test_tools_there_and_back(text: str) -> None:
    raw = f'{{"messages": [], "tools": [{text}]}}'.encode()
    made, _ = run(raw, "messages", tools="string")
    assert loads(made)["tools"] == f"[{text}]"
    assert run(made, "messages", tools="list") == (raw, set())


@settings(max_examples=FEW)
@given(decorated(), st.data())
def test_the_steps_on_messages_keep_all_else(record: Record, data: st.DataObject) -> None:
    raw = written(record, data)
    made, _ = run(raw, "messages", arguments="object", tools="string")
    back, _ = run(made, "messages", arguments="string", tools="list")
    assert back == raw


def as_openai(record: Record) -> Record:
    """The same record as OpenAI's users write it: other ids, null beside calls, names left out."""
    record = json.loads(json.dumps(record))
    for message in record["messages"]:
        message.pop("name", None)
        for call in message.get("tool_calls", []):
            call["id"] = f"call_{call['id']}"
            message["content"] = None
        if "tool_call_id" in message:
            message["tool_call_id"] = f"call_{message['tool_call_id']}"
    return record


@settings(max_examples=FEW)
@given(conversations(), st.data())
def test_what_openai_takes_becomes_what_mistral_takes(record: Record, data: st.DataObject) -> None:
    raw = written(as_openai(record), data)
    made, lost = run(raw, "messages", dialect="mistral")
    assert lost == set()
    assert anonymous(loads(made)) == anonymous(record)
    report = lint_bytes(made + b"\n", config=Config(ignore=("too-few-examples",)))
    assert [finding.rule for finding in report.findings] == []
    assert run(made, "messages", dialect="mistral") == (made, set())


@settings(max_examples=FEW)
@given(conversations(), st.data())
def test_what_mistral_takes_stays_as_it_is(record: Record, data: st.DataObject) -> None:
    raw = written(record, data)
    assert run(raw, "messages", dialect="mistral") == (raw, set())


options = st.builds(
    Options,
    to=st.sampled_from(["", *FORMATS]),
    arguments=st.sampled_from(["", *ARGUMENTS]),
    tools=st.sampled_from(["", *TOOLS]),
    dialect=st.sampled_from(["", *DIALECTS]),
)


@given(mutants(), options, st.sampled_from(FORMATS), st.data())
def test_a_malformed_record_is_converted_or_refused(
    record: Record, wanted: Options, source: str, data: st.DataObject
) -> None:
    """Nothing else can happen to it; what is made of it can be made again without change."""
    raw = written(record, data)
    losses: list[Loss] = []
    try:
        made = convert(raw, loads(raw), plan(source, wanted), losses)
    except RefusedError:
        return
    assert isinstance(loads(made), dict)
    if wanted.to in ("", source):
        again: list[Loss] = []
        assert convert(made, loads(made), plan(source, wanted), again) == made
        assert again == []
