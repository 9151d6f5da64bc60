"""What an excerpt shows, what it hides, and where its caret stands."""

from __future__ import annotations

import time

import orjson
import pytest
from reporting_runs import found

from jsonl_lint.finding import NO_LINE, Path
from jsonl_lint.reporting.excerpt import excerpt
from jsonl_lint.reporting.window import WIDTH


def lines(raw: bytes, path: Path = (), span: tuple[int, int] | None = None) -> list[str]:
    """Give an excerpt as the text report prints it."""
    shown = excerpt(found(raw, path, span=span))
    assert shown
    return [shown.text, " " * shown.caret_start + "^" * shown.caret_length]


def test_a_value_in_the_middle_is_shown_between_its_neighbours() -> None:
    raw = b'{"messages": [{"role": "tool", "tool_call_id": "abc", "content": "secret"}]}'
    assert lines(raw, ("messages", 0, "tool_call_id")) == [
        '{"messages": [{"role": "tool", "tool_call_id": "abc", "content": <6 chars>}]}',
        "                                               ^^^^^",
    ]


def test_content_is_a_length_with_the_caret_below() -> None:
    raw = b'{"messages":[{"role":"user","content":"' + b"\\n" * 1204 + b'"}]}'
    assert lines(raw, ("messages", 0, "content")) == [
        '{"messages":[{"role":"user","content":<1,204 chars>}]}',
        "                                      ^^^^^^^^^^^^^",
    ]


def test_an_empty_text_is_shown_and_one_character_is_counted() -> None:
    assert lines(b'{"a": "", "b": "x"}', ("b",))[0] == '{"a": "", "b": <1 char>}'


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b'{"id": "r1", "score": 5}', '{"id": "r1", "score": 5}'),
        (b'{"messages": [{"weight": 1.0, "role": null}]}', None),
        (b'{"tools": [{"type": "function", "function": {"name": "f"}}]}', None),
        (b'{"tools": [{"function": {"parameters": {"name": "f", "n": 5}}}]}',
         '{"tools": [{"function": {"parameters": {"name": <1 char>, "n": <number>}}}]}'),
        (b'{"tools": [{"function": {"description": "d"}}]}',
         '{"tools": [{"function": {"description": <1 char>}}]}'),
        (b'{"messages": [{"tool_calls": [{"function": {"arguments": {"id": "s", "ok": true}}}]}]}',
         '…[{"tool_calls": [{"function": {"arguments": {"id": <1 char>, "ok": true}}}]}]}'),
        (b'{"messages": [{"content": [{"type": "text", "text": "s"}]}]}',
         '{"messages": [{"content": [{"type": "text", "text": <1 char>}]}]}'),
        (b'{"messages": [{"content": {"type": "s"}}]}',
         '{"messages": [{"content": {"type": <1 char>}}]}'),
        (b'{"messages": [{"content": 12345}]}', '{"messages": [{"content": <number>}]}'),
        (b'{"meta": {"name": "s", "messages": [{"role": "s"}]}}',
         '{"meta": {"name": <1 char>, "messages": [{"role": <1 char>}]}}'),
        (b'{"function": {"content": [{"function": {"name": "s"}}]}}',
         '{"function": {"content": [{"function": {"name": <1 char>}}]}}'),
        (b'["s", 5, [{"role": "user"}]]', '[<1 char>, <number>, [{"role": "user"}]]'),
        (b'"s"', "<1 char>"),
        (b"5551234", "<number>"),
    ],
)  # fmt: skip
def test_values_are_shown_only_where_the_formats_have_structure(
    raw: bytes, shown: str | None
) -> None:
    last = max(len(raw) - 1, 1)
    assert lines(raw, span=(last, last + 1))[0] == (shown or raw.decode())


def test_key_and_bracket_get_the_caret() -> None:
    raw = b'{"a": [1, 2], "b": 3}'
    assert lines(raw, ("a",)) == ['{"a": [<number>, <number>], "b": 3}', "      ^"]
    assert lines(raw, span=(14, 17))[1].index("^") == lines(raw)[0].index('"b"')


def test_long_keys_and_ids_are_cut() -> None:
    raw = orjson.dumps({"id": "i" * 100, "k" * 100: 1})
    shown, caret = lines(raw, ("k" * 100,))
    assert "k" * 61 + '..."' in shown
    assert "k" * 62 not in shown
    assert len(shown) <= WIDTH
    assert caret.strip()


def test_the_window_is_narrow_and_says_where_it_is_cut() -> None:
    raw = orjson.dumps({"messages": [{"role": "user", "content": "x"}] * 20})
    shown, caret = lines(raw, ("messages", 10, "role"))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= WIDTH
    assert shown[caret.index("^") : len(caret)] == '"user"'


def test_wide_characters_take_two_cells() -> None:
    raw = '{"messages":[{"name":"東京","role":"bot"}]}'.encode()
    shown, caret = lines(raw, ("messages", 0, "role"))
    assert caret.index("^") == shown.index('"bot"') + 2


def test_white_space_is_one_space() -> None:
    assert lines(b'{\t\t"a" :\r  1}\r\n', ("a",)) == ['{ "a" : 1}', "        ^"]


def test_control_characters_are_escaped_and_the_caret_moves_along() -> None:
    raw = '{"\u202e##[x]": 1, "role": "bot"}'.encode()
    shown, caret = lines(raw, ("role",))
    assert shown == '{"\\u202e##\\x5bx]": 1, "role": "bot"}'
    assert shown[caret.index("^") : len(caret)] == '"bot"'


def test_a_byte_order_mark_is_shown() -> None:
    assert lines(b'\xef\xbb\xbf{"role": 1}', span=(0, 3)) == ['\\ufeff{"role": 1}', "^^^^^^"]
    assert lines(b'\xef\xbb\xbf{"role": 1}', ("role",))[1].index("^") == 15


def test_of_a_line_that_is_not_json_only_punctuation_is_shown() -> None:
    raw = '{\'role\': "secret",\t"é\xe9": [1,]}'.encode("latin-1")
    assert lines(raw, span=(28, 29)) == [
        '{······: "······", "··": [·,]}',
        "                            ^",
    ]


def test_the_caret_may_stand_after_the_end() -> None:
    assert lines(b'{"a": "b', span=(8, 8)) == ['{"·": "·', "        ^"]


def test_a_cut_line_that_is_not_json_is_masked_in_the_middle_too() -> None:
    raw = ("é" * 1000 + "," + "é" * 1000 + "}}").encode()
    shown, caret = lines(raw, span=(2000, 2001))
    assert shown[caret.index("^")] == ","
    assert set(shown) == {"…", "·", ","}
    assert len(shown) == WIDTH


def test_without_glyphs_an_excerpt_is_ascii() -> None:
    shown = excerpt(found(b'{"secret' + b"t" * 200, span=(100, 101)), glyphs=False)
    assert shown
    assert set(shown.text) == {"."}


@pytest.mark.parametrize("raw", [b"", b"\n", b"  \r\n"])
def test_a_blank_line_has_no_excerpt(raw: bytes) -> None:
    assert excerpt(found(raw, span=(0, 0))) is None


def test_a_settled_finding_has_no_excerpt() -> None:
    settled = found(b'{"a": 1}', ("a",)).settle()
    assert settled.context.line() == NO_LINE
    assert excerpt(settled) is None


@pytest.mark.parametrize(
    "raw",
    [
        orjson.dumps({"messages": [{"role": "user", "content": "x\n" * 4_000_000}], "z": 1}),
        b"[" + b"1," * 4_000_000 + b'{"z":1}]',
        b"x" * 8_000_000 + b'"z"',
    ],
)
def test_a_long_line_costs_little(raw: bytes) -> None:
    at = raw.index(b'"z"')
    began = time.process_time()
    shown, caret = lines(raw, span=(at, at + 3))
    assert time.process_time() - began < 2
    assert len(caret) <= len(shown) <= WIDTH
