"""Text from data, made harmless."""

from __future__ import annotations

import orjson
import pytest
from actions_runner import commands
from ci_agents import agent_commands, service_messages

from jsonl_lint.reporting.safe import alone, cut, inert, inert_json, leading, safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, größer, 東京, 😀", "plain, größer, 東京, 😀"),
        ("a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd"),
        ("\x1b[31m\x07\x9b", "\\x1b[31m\\x07\\x9b"),
        ("\u202e\u2066\u200b\ufeff", "\\u202e\\u2066\\u200b\\ufeff"),
        ("\u2028\u0085\xa0", "\\u2028\\x85\\xa0"),
        ("\udcff\ud83d", "\\udcff\\ud83d"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_what_cannot_be_printed_is_escaped(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize("text", ["##[add-path]/x", "a ###[debug]", "#\ufe0f#\u034f[error]"])
def test_inert_text_is_no_log_command(text: str) -> None:
    assert commands(text)
    assert not commands(inert(text))
    assert not commands(inert_json(f'"{text}"'))


@pytest.mark.parametrize(
    "text",
    [
        "a ##vso[task.setvariable variable=PATH]/x",
        "###VSO[task.complete]",
        "#\ufe0f#v\u034fso[a.b c=d]",
        "##teamcity[buildStop comment='x']",
        "##a##teamcity[message text='x']",
    ],
)
def test_inert_text_is_no_command_of_other_services(text: str) -> None:
    for shown in (inert(text), inert_json(f'"{text}"')):
        assert agent_commands(text) + service_messages(text)
        assert not agent_commands(shown) + service_messages(shown)
    assert orjson.loads(inert_json(f'"{text}"')) == text


@pytest.mark.parametrize("text", ["# a[0]", "## items[0]", "a#b##c d[", "#1[2]"])
def test_what_is_no_command_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_without_glyphs_text_is_ascii() -> None:
    assert inert("größer 東 😀", glyphs=False) == "gr\\xf6\\xdfer \\u6771 \\U0001f600"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("data/a.jsonl", "data/a.jsonl"),
        ("::error::x", "./::error::x"),
        (" ::error::x", "./ ::error::x"),
        ("\ufe0f:\u034f:error::x", "./\ufe0f:\u034f:error::x"),
        ("C:/a.jsonl", "C:/a.jsonl"),
        ("-", "-"),
    ],
)
def test_a_file_name_at_the_start_of_a_line_stays_a_file_name(name: str, shown: str) -> None:
    assert leading(name) == shown
    assert not commands(leading(name) + ":1:1: error::")


@pytest.mark.parametrize(
    "line", ["::error::x", " \t ::x::", "\ufe0f:\u034f:error::", "é::a::b", "::::x::"]
)
def test_a_line_alone_is_no_command(line: str) -> None:
    assert not commands(alone(line))
    assert "\\x3a" in alone(line)


def test_a_line_alone_keeps_its_other_colons() -> None:
    assert alone('+{"a": 1}') == '+{"a": 1}'
    assert alone("shape: rules") == "shape: rules"


def test_cut_text_has_the_length_asked_for() -> None:
    assert (cut("abcdef", 6), cut("abcdefg", 6)) == ("abcdef", "abc...")
