"""Text from data, made harmless."""

from __future__ import annotations

import pytest
from actions_runner import commands

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
