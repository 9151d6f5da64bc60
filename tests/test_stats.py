"""What ``stats`` counts in each format, and what it bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import orjson
import pytest
from samples import chat
from stats_runs import counted, measured

from jsonl_lint.linting.summary import FileResult
from jsonl_lint.measuring import counting as counting_module
from jsonl_lint.measuring.facts import OTHER, TEXT, Facts
from jsonl_lint.measuring.files import Files
from jsonl_lint.measuring.names import DISTINCT, Names
from jsonl_lint.measuring.run import measure
from jsonl_lint.measuring.tokens import load_tokenizer

if TYPE_CHECKING:
    from pathlib import Path


def user(content: Any = "ab") -> dict[str, Any]:
    return {"role": "user", "content": content}


def assistant(content: Any = "cde", **keys: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": content, **keys}


def messages(*items: Any, **keys: Any) -> dict[str, Any]:
    return {"messages": list(items), **keys}


def call(name: Any = "f", arguments: Any = "{}") -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "tool_calls": [{"id": "abcdefghi", "function": function}]}


def tool(name: str) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": {}}}


def lengths(facts: Facts) -> dict[str, list[int]]:
    """The lengths of all contents by role, sorted."""
    found = {}
    for name, spread in facts.content_characters.items():
        buckets = spread.histogram(1 << 20)
        found[name] = [bucket.low for bucket in buckets for _ in range(bucket.number)]
    return {name: values for name, values in found.items() if values}


# formats


@pytest.mark.parametrize(("form", "record", "expected"), [
    ("messages", messages(user(), assistant()), {"user": [2], "assistant": [3]}),
    ("messages", {"interactions": [user(), assistant()]}, {"user": [2], "assistant": [3]}),
    ("messages", messages({"role": "user", "text": "abcd"}), {"user": [4]}),
    ("messages", messages(user([{"type": "text", "text": "a"}, {"type": "image"}, "bc"])),
     {"user": [3]}),
    ("messages", messages(user(""), user("\U0001f600é")), {"user": [0, 2]}),
    ("messages", messages({"role": "human", "content": "abc"}), {OTHER: [3]}),
    ("messages", {"messages": "none"}, {}),
    ("sharegpt", {"conversations": [{"from": "human", "value": "ab"},
                                    {"from": "function_call", "value": "{}"},
                                    {"from": "observation", "value": "a"},
                                    {"from": "gpt", "value": "abc"}], "system": "abcd"},
     {"system": [4], "user": [2], "tool": [1], "assistant": [3]}),
    ("sharegpt", {"conversations": {}}, {}),
    ("alpaca", {"instruction": "ab", "output": "c"}, {"user": [2], "assistant": [1]}),
    ("alpaca", {"instruction": "ab", "input": "cd", "output": "e", "system": "f",
                "history": [["abc", "abcd"], "odd"]},
     {"system": [1], "user": [3, 5], "assistant": [1, 4]}),
    ("prompt-completion", {"prompt": "ab", "completion": "c"}, {"user": [2], "assistant": [1]}),
    ("prompt-completion", {"prompt": [user()], "completion": [assistant()]},
     {"user": [2], "assistant": [3]}),
    ("preference", {"prompt": "ab", "chosen": "c", "rejected": "d"}, {}),
    ("text", {"text": "abc"}, {TEXT: [3]}),
    ("text", {"content": "abcd"}, {TEXT: [4]}),
    ("text", {"text": 1}, {}),
    ("unknown", {"key": 1}, {}),
])  # fmt: skip
def test_the_content_of_every_format(
    form: str, record: dict[str, Any], expected: dict[str, list[int]]
) -> None:
    facts = counted([record])
    assert facts.formats == {form: 1}
    assert lengths(facts) == expected


@pytest.mark.parametrize(("message", "role"), [
    (None, OTHER), ("text", OTHER), ([], OTHER), (1, OTHER), ({}, OTHER),
    ({"role": ["user"]}, OTHER), ({"role": {}}, OTHER), ({"role": "User"}, OTHER),
    ({"role": "user"}, "user"), (user(None), "user"), (user(5), "user"), (user({}), "user"),
    (call(), "assistant"),
])  # fmt: skip
def test_messages_without_content_are_counted_by_role(message: Any, role: str) -> None:
    facts = counted([messages(message)])
    assert facts.without_content == {role: 1}
    assert facts.messages(role) == facts.all_messages == 1
    assert lengths(facts) == {}


def test_other_roles_are_named() -> None:
    facts = counted([messages({"role": name, "content": "a"}, {"role": 1}) for name in "bba"])
    assert facts.other_roles.top(5) == [("b", 2), ("a", 1)]
    assert facts.messages(OTHER) == 6


# turns, training, tools


@pytest.mark.parametrize(("letters", "turns"), [
    ("", 0), ("ua", 1), ("uua", 1), ("uaua", 2), ("uaaua", 2), ("u", 0), ("a", 0), ("suaua", 2),
    ("uata", 1), ("uu", 0), ("us a", 1), ("ua u", 1),
])  # fmt: skip
def test_turns(letters: str, turns: int) -> None:
    roles = {"u": "user", "a": "assistant", "s": "system", "t": "tool", " ": "human"}
    made = [{"role": roles[letter], "content": "x"} for letter in letters]
    assert counted([messages(*made)]).turns == turns


@pytest.mark.parametrize(("record", "learned", "weight_0"), [
    (messages(user(), assistant()), 1, 0),
    (messages(user(), assistant(), user(), assistant()), 2, 0),
    (messages(user(), assistant(weight=0), user(), assistant(weight=1)), 1, 1),
    (messages(user(), assistant(weight="0")), 0, 1),
    (messages(user(), assistant(weight=False)), 0, 1),
    (messages(user(), assistant(weight="1"), assistant(weight=None), assistant(weight=1.0)), 3, 0),
    (messages({**user(), "weight": 0}, assistant()), 1, 0),
    (messages(user(), call(), assistant(), tools=[tool("f")]), 1, 0),
    (messages(user(), call(), assistant(weight=0), tools=[tool("f")]), 0, 1),
    (messages(user(), call(), assistant(), tools=[]), 2, 0),
    (messages(user(), assistant(), assistant(), only_last=True), 1, 0),
    (messages(user(), assistant(), user(), tools=[tool("f")]), 0, 0),
    (messages(tools=[tool("f")]), 0, 0),
])  # fmt: skip
def test_what_is_learned(record: dict[str, Any], learned: int, weight_0: int) -> None:
    facts = counted([record])
    assert (facts.learned_messages, facts.weight_0_records) == (learned, weight_0)


def test_tools_are_counted_by_name() -> None:
    facts = counted([
        messages(call("f"), call("f", {"a": 1}), tools=[tool("f"), tool("g"), tool("g")]),
        messages(call("h"), tools='[{"name": "f", "parameters": {}}]'),
        messages({"role": "assistant", "function_call": {"name": "l", "arguments": "{}"}},
                 functions=[{"name": "l"}, {"name": 1}, "odd"]),
        messages(call(None, None), {"role": "assistant", "tool_calls": ["odd"]}),
        messages(user(), assistant(), tools="no JSON", available_tools=[]),
    ])  # fmt: skip
    assert facts.declared.counts == {"f": 2, "g": 1, "l": 1}
    assert facts.called.counts == {"f": 2, "h": 1, "l": 1}
    assert facts.never_called == ["g"]
    assert facts.records_with_tools == 4
    assert lengths(facts) == {"user": [2], "assistant": [3]}
    assert facts.calls_a_record.quantiles(5, 50, 99) == [1, 1, 2]
    assert facts.argument_characters == len("{}" + '{"a":1}' + "{}" + "{}")
    assert facts.assistant_share == (3 + 13) / (2 + 3 + 13)


def test_shares_of_nothing_are_not_known() -> None:
    assert (Facts().assistant_share, Facts().learned_share) == (None, None)


def test_arguments_that_nest_too_deeply_are_left_out() -> None:
    deep: Any = 1
    for _ in range(300):
        deep = [deep]
    facts = Facts()
    counter = counting_module.RecordCounter(facts)
    counter.add(messages(call("f", deep)), 1)
    counter.settle()
    assert (facts.argument_characters, facts.called.counts) == (0, {"f": 1})


# bounds


def test_names_beyond_the_bound_are_left_out_but_no_count_is_wrong() -> None:
    names = Names(str(number % (DISTINCT + 1)) for number in range(3 * DISTINCT + 3))
    assert not names.whole
    assert len(names.counts) == DISTINCT
    assert set(names.counts.values()) == {3}
    facts = Facts(declared=names)
    assert facts.never_called is None


def test_long_names_count_by_their_beginning() -> None:
    assert Names(["n" * 70, "n" * 80, "n" * 64]).counts == {"n" * 64: 3}


def test_what_is_pending_stays_bounded() -> None:
    with mock.patch.object(counting_module, "_SETTLED_BYTES", 1000):
        facts = Facts()
        counter = counting_module.RecordCounter(facts)
        for _ in range(1001):
            counter.add(messages(user(), assistant()), 10)
            assert len(facts.record_bytes.pending) <= 101
            assert len(facts.content_characters["user"].pending) <= 101
    assert facts.records == 1001


# files


@pytest.mark.parametrize(("data", "records", "blank", "odd"), [
    (b"", 0, 0, 0),
    (b"{}", 1, 0, 0),
    (b"{}\r\n\r\n \t\n", 1, 2, 0),
    (b"\xef\xbb\xbf{}\n{}\n", 2, 0, 0),
    (b"\xef\xbb\xbf\n{}\n", 1, 1, 0),
    (b"{}\n\xef\xbb\xbf{}\n", 1, 0, 1),
    (b"{}\n[]\nnull\n1\n{\n\xff\n{} {}\n", 1, 0, 6),
])  # fmt: skip
def test_every_line_is_counted(
    tmp_path: Path, data: bytes, records: int, blank: int, odd: int
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    result, facts = measured(path)
    assert result.error == ("" if records else "there is no record to measure")
    assert (facts.bytes, facts.lines) == (len(data), len(data.split(b"\n")) - data.endswith(b"\n")
            - (not data))  # fmt: skip
    assert (facts.records, facts.blank_lines, facts.lines_without_record) == (records, blank, odd)


def test_a_line_beyond_the_limit_has_no_record(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{}\n{"text": "%s"}\n{}\n' % (b"x" * 100))
    with mock.patch("jsonl_lint.measuring.run.MAX_LINE_BYTES", 50):
        _, facts = measured(path)
    assert (facts.records, facts.lines_without_record, facts.bytes) == (2, 1, path.stat().st_size)


def test_each_record_is_given_on_with_its_size_and_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n\n[]\n{}')
    result, seen = FileResult(str(path)), []
    measure(result, Facts(), lambda *given: seen.append((*given, result.lines)))
    assert seen == [({"a": 1}, 9, 1), ({}, 2, 4)]


def test_several_files_come_to_the_sum(tmp_path: Path) -> None:
    names = []
    for number in (1, 2):
        names.append(str(tmp_path / f"{number}.jsonl"))
        (tmp_path / f"{number}.jsonl").write_bytes(number * (orjson.dumps(chat()) + b"\n"))
    files = Files(load_tokenizer("estimate"), sample=None, limit=None)
    parts = list(files.measured([*names, str(tmp_path / "none.jsonl")]))
    assert [part.facts.records for part in parts] == [1, 2, 0]
    assert files.facts.records == 3
    assert files.tokens is not None
    assert files.tokens.total == sum(part.tokens.total for part in parts) > 0
    assert [part.result.error for part in parts] == ["", "", "no such file or directory"]
    assert not files.summary.complete
