from __future__ import annotations

import tracemalloc
from time import process_time

import orjson
import pytest

from jsonl_lint.reading import diagnose as diagnose_module
from jsonl_lint.reading import strings
from jsonl_lint.reading.diagnose import Fault, diagnose, sure_places

BOM = b"\xef\xbb\xbf"

CASES = [
    # text, rule or kind of invalid-json, start, end
    (b'{"a":1,}', "trailing-comma", 6, 7),
    (b"[1, ]", "trailing-comma", 2, 3),
    (b'{"a":1},', "trailing-comma", 7, 8),
    (b"{'a':1}", "single-quotes", 1, 4),
    (rb"""["a", 'it\'s']""", "single-quotes", 6, 13),
    (b"['a", "single-quotes", 1, 3),
    (b'{"a":None}', "python-literal", 5, 9),
    (b'{"a":True}', "python-literal", 5, 9),
    (b"[FALSE]", "python-literal", 1, 6),
    (b"[NaN]", "non-finite-number", 1, 4),
    (b"[-Infinity]", "non-finite-number", 1, 10),
    (b"[+inf]", "non-finite-number", 1, 5),
    (b'["a\tb"]', "unescaped-control", 3, 4),
    (b'["a\x1fb"]', "unescaped-control", 3, 4),
    (b'{"a":1} // x', "comment", 8, 12),
    (b'{/*x*/"a":1}', "comment", 1, 6),
    (b"# x", "comment", 0, 3),
    (b"[1 /* x", "comment", 3, 7),
    (b"{a:1}", "unquoted-key", 1, 2),
    (b'{"b":0, 12:1}', "unquoted-key", 8, 10),
    ('{"b":0,é:1}'.encode(), "unquoted-key", 7, 9),
    (b'{"a":1 "b":2}', "missing-comma", 7, 8),
    (b"[1 2]", "missing-comma", 3, 4),
    (b'{"a":"he said "hi" to me"}', "missing-comma", 15, 16),
    ('["他说"你好"。"]'.encode(), "missing-comma", 9, 12),
    (b'{"a" 1}', "missing-colon", 5, 6),
    (b'{"a"}', "missing-colon", 4, 5),
    (b'{"a"=1}', "missing-colon", 4, 5),
    (b'{"a":}', "missing-value", 5, 6),
    (b'{"a":,"b":1}', "missing-value", 5, 6),
    (b"[1,,2]", "extra-comma", 3, 4),
    (b"[,1]", "extra-comma", 1, 2),
    (b",1", "extra-comma", 0, 1),
    (b"[-01]", "number-format", 1, 4),
    (b"[+1]", "number-format", 1, 3),
    (b"[.5]", "number-format", 1, 3),
    (b"[1.]", "number-format", 1, 3),
    (b"[1e]", "number-format", 1, 3),
    (b"[1_000]", "number-format", 1, 6),
    (b"+1", "number-format", 0, 2),
    (b"[0x1F]", "hex-number", 1, 5),
    (rb'["\x41"]', "invalid-escape", 2, 4),
    (rb'["it\'s"]', "invalid-escape", 4, 6),
    (rb'["\u12G4"]', "invalid-escape", 2, 6),
    ('["\\é"]'.encode(), "invalid-escape", 2, 5),
    (rb'["\ud800"]', "lone-surrogate", 2, 8),
    (rb'["\udc00\ud800"]', "lone-surrogate", 2, 8),
    (rb'["\ud83d\ude00\uD83D\u0041"]', "lone-surrogate", 14, 20),
    (b"[1e400]", "number-out-of-range", 1, 6),
    (b"1" * 4301, "number-out-of-range", 0, 4301),
    (b"[" * 1025 + b"]" * 1025, "nesting-too-deep", 1024, 1025),
    (b'{"a":' * 1024 + b"{", "nesting-too-deep", 5120, 5121),
    (b'{"a":"x\0\0\0', "nul-bytes", 7, 10),
    (b"\0\0\0\0", "nul-bytes", 0, 4),
    (b'{"a":[1}', "unbalanced-bracket", 7, 8),
    (b"[1,}", "unbalanced-bracket", 3, 4),
    (b"[1]]", "unbalanced-bracket", 3, 4),
    (b"}", "unbalanced-bracket", 0, 1),
    (b"hello world", "not-json", 0, 11),
    (b"2024-01-01 started", "not-json", 0, 18),
    (b"<html>", "not-json", 0, 6),
    (b'{"a":hello}', "unexpected-character", 5, 10),
    (b'["a":1]', "unexpected-character", 4, 5),
    (b"{[]:1}", "unexpected-character", 1, 2),
    ("[“a”]".encode(), "unexpected-character", 1, 4),
    (b"[\xc2\xa01]", "unexpected-character", 1, 3),
    (b"{} x", "unexpected-character", 3, 4),
    (b"{}{}", "multiple-values-on-line", 2, 3),
    (b'{"a":1} {"b":2}', "multiple-values-on-line", 8, 9),
    (b"{}, {}", "multiple-values-on-line", 4, 5),
    (b"{}{}{}", "multiple-values-on-line", 2, 3),
    (b'["\xff"]', "invalid-utf8", 2, 3),
    (b'["\xed\xa0\x80"]', "invalid-utf8", 2, 3),
    (b'{"a":"\xe2\x82"}', "invalid-utf8", 6, 8),
    (b'{"a":"b', "unexpected-end", 7, 7),
    (b'{"a":1', "unexpected-end", 6, 6),
    (b'{"a":tru', "unexpected-end", 8, 8),
    (b'{"a":1}{"b":', "unexpected-end", 12, 12),
    (BOM + b"{}", "bom-mid-file", 0, 3),
]


SEVERAL = [
    # text, and of each kind of fault the name, the first place, and how many there are
    (b"[None,True,'a',None]", [("python-literal", 1, 5, 3), ("single-quotes", 11, 14, 1)]),
    (b'["\t\x01","\n"]', [("unescaped-control", 2, 3, 3)]),
    (
        rb'{"\x":"\ud800\q"}' + b"\r",
        [("invalid-escape", 2, 4, 2), ("lone-surrogate", 7, 13, 1)],
    ),
    (b'["\\\t\t\\\t"]', [("invalid-escape", 2, 4, 2), ("unescaped-control", 4, 5, 1)]),
    (b'["\0a\0\0",NaN]', [("nul-bytes", 2, 3, 2), ("non-finite-number", 8, 11, 1)]),
    (b"[1e999,-1e999,0x1F,01,.5]", [
        ("number-out-of-range", 1, 6, 2), ("hex-number", 14, 18, 1), ("number-format", 19, 21, 2),
    ]),
    (b"{'a':[1,],}", [("single-quotes", 1, 4, 1), ("trailing-comma", 7, 8, 2)]),
    (b"[,1,,2,,,3]", [("extra-comma", 1, 2, 4)]),
    (b"[1,,]", [("trailing-comma", 2, 3, 1), ("extra-comma", 3, 4, 1)]),
    (b'{"a":,"b":}', [("missing-value", 5, 6, 2)]),
    (b"/*a*/{/*b*/}/*c*/", [("comment", 0, 5, 3)]),
    (b"[NaN /*a*/, 01 /*b*/]", [
        ("non-finite-number", 1, 4, 1), ("comment", 5, 10, 2), ("number-format", 12, 14, 1),
    ]),
    (b"{},,,", [("trailing-comma", 2, 3, 3)]),
    (b',{"a":None}', [("extra-comma", 0, 1, 1), ("python-literal", 6, 10, 1)]),
    (b'["\xff\xe2\x82",None,"\xff"]', [("invalid-utf8", 2, 3, 3), ("python-literal", 7, 11, 1)]),
    (b"[ \xff\xfe , NaN]", [
        ("invalid-utf8", 2, 3, 2), ("extra-comma", 5, 6, 1), ("non-finite-number", 7, 10, 1),
    ]),
    (b"[NaN,\xff 1]", [("non-finite-number", 1, 4, 1), ("invalid-utf8", 5, 6, 1)]),
    (b'["\xef\xbf\xbd\t","\xff"]', [("unescaped-control", 5, 6, 1), ("invalid-utf8", 9, 10, 1)]),
    (b'{"a":1}{"b":1,}', [("multiple-values-on-line", 7, 8, 1), ("trailing-comma", 13, 14, 1)]),
    (b'{},[None] {"a":01}', [
        ("multiple-values-on-line", 3, 4, 1), ("python-literal", 4, 8, 1),
        ("number-format", 15, 17, 1),
    ]),
    (b"{}{},[None],", [
        ("multiple-values-on-line", 2, 3, 1), ("python-literal", 6, 10, 1),
        ("trailing-comma", 11, 12, 1),
    ]),
    (b'{}{}{"a":', [("multiple-values-on-line", 2, 3, 1), ("unexpected-end", 9, 9, 1)]),
    (b'{"a":None', [("python-literal", 5, 9, 1), ("unexpected-end", 9, 9, 1)]),
    (b'{"a":"\t', [("unescaped-control", 6, 7, 1), ("unexpected-end", 7, 7, 1)]),
    (BOM + b'{"a":"\xff",}', [
        ("bom-mid-file", 0, 3, 1), ("invalid-utf8", 9, 10, 1), ("trailing-comma", 11, 12, 1),
    ]),
]  # fmt: skip

ENDS = [
    # text with more that is wrong behind the last fault named, where it is not certain what
    (b'{"a":None "b":None}', "python-literal"),
    (b'{"a":1 "b":None}', "missing-comma"),
    (b'{"a" None}', "missing-colon"),
    (b'{"a":[NaN}', "non-finite-number"),
    (b'{"a":[1},None]', "unbalanced-bracket"),
    (b"{a:None}", "unquoted-key"),
    (b'{"a":b,"c":None}', "unexpected-character"),
    (b'{"a":None of them}', "python-literal"),
    (b'{"a":01/02/2024}', "number-format"),
    (b"{'a\":None}", "single-quotes"),
    (b"['it's',None]", "single-quotes"),
    (b"['a'None]", "single-quotes"),
    (b"{'a',None}", "single-quotes"),
    (b"['a", "single-quotes"),
    (b"[1, // None]", "comment"),
    (b"[1, # None]", "comment"),
    (b"[1, /* None]", "comment"),
    (b"/**/ None", "comment"),
    (b"# None", "comment"),
    (b'{"a":1} // {}', "comment"),
    (b",None", "extra-comma"),
    (b'{"a":1}, None', "trailing-comma"),
    (b'{}{}"a":None', "multiple-values-on-line"),
    (b'{"a":{}}, "b":None}', "multiple-values-on-line"),
    (b'{} "\t" None', "unescaped-control"),
    (b'{"a":"\0', "nul-bytes"),
    (b'{"a":"\0"', "nul-bytes"),
    (b'{"te\0"}', "nul-bytes"),
    (b'{"a":"\0" "b":None}', "nul-bytes"),
    (b'{"a":\0None}', "nul-bytes"),
    (b'{"a":1\xff2,"b":None}', "invalid-utf8"),
    (b'{"a":1\xff,"b":None}', "invalid-utf8"),
    (b'{"a":tr\xffue,"b":None}', "invalid-utf8"),
    (b'{"a":\xff\xc3\xa9}', "invalid-utf8"),
    (b"\xff None", "invalid-utf8"),
    (b'["\x83\\",None]', "invalid-utf8"),
    (b'["\x83\\\\",None]', "invalid-utf8"),
    (b'["\x83\\",None', "invalid-utf8"),
]


def named(text: bytes, *, last: bool = False) -> list[tuple[str, int, int, int]]:
    return [(f.name, f.start, f.end, f.times) for f in diagnose(text, last=last)]


def refused(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return True
    return False


def one_fault(text: bytes, *, last: bool = False) -> Fault:
    (fault,) = diagnose(text, last=last)
    return fault


@pytest.mark.parametrize(("text", "name", "start", "end"), CASES)
@pytest.mark.parametrize("line_end", [b"", b"\n", b"\r\n"])
def test_fault_has_name_and_span(
    text: bytes, name: str, start: int, end: int, line_end: bytes
) -> None:
    assert refused(text)
    fault = one_fault(text + line_end)
    assert name == (fault.kind if fault.rule == "invalid-json" else fault.rule)
    assert (fault.start, fault.end) == (start, end)


@pytest.mark.parametrize(("text", "faults"), SEVERAL)
def test_each_kind_of_fault_is_named_once_and_counted(
    text: bytes, faults: list[tuple[str, int, int, int]]
) -> None:
    assert refused(text)
    assert named(text + b"\n") == faults


@pytest.mark.parametrize(("text", "name"), ENDS)
def test_nothing_is_named_behind_what_is_not_certain(text: bytes, name: str) -> None:
    assert refused(text)
    assert {fault for fault, *_ in named(text)} == {name}


@pytest.mark.parametrize(("text", "name", "start", "end"), CASES)
def test_messages_are_one_plain_sentence(text: bytes, name: str, start: int, end: int) -> None:
    del name, start, end
    fault = one_fault(text)
    assert fault.message
    assert fault.hint
    for sentence in (fault.message, fault.hint):
        assert "\n" not in sentence
        assert not sentence.endswith(".")


RECORD = '{"a": [1.5e-3, true, null, "é\\n\\ud83d\\ude00"], "b": {"c": -0}}'.encode()


@pytest.mark.parametrize("length", range(1, len(RECORD)))
def test_a_record_cut_anywhere_is_a_truncated_last_line(length: int) -> None:
    fault = one_fault(RECORD[:length], last=True)
    assert fault.rule == "truncated-last-line"
    assert (fault.start, fault.end) == (length, length)


def test_truncation_says_what_was_open() -> None:
    assert "inside a string, 2 brackets still open" in one_fault(b'[{"a', last=True).message


def test_a_fault_on_the_last_line_is_not_a_truncation() -> None:
    assert named(b'{"a":1,}', last=True) == [("trailing-comma", 6, 7, 1)]
    assert named(b'["\xff"]', last=True) == [("invalid-utf8", 2, 3, 1)]


def test_a_truncated_line_may_have_other_faults() -> None:
    ends = ("truncated-last-line", 7, 7, 1)
    assert named(b"[True,1", last=True) == [("python-literal", 1, 5, 1), ends]
    assert named(b'["\tabcd', last=True) == [("unescaped-control", 2, 3, 1), ends]
    assert named(b'["\xff\xe2', last=True) == [
        ("invalid-utf8", 2, 3, 2),
        ("truncated-last-line", 4, 4, 1),
    ]


@pytest.mark.parametrize("text", [b'["\xe2\x82', b"[\xe2\x82", b'{"a" "\xe2\x82'])
def test_a_cut_character_is_a_truncation_and_no_other_fault(text: bytes) -> None:
    *others, fault = diagnose(text, last=True)
    assert fault.message == "the file ends in the middle of a character"
    assert (fault.rule, fault.start) == ("truncated-last-line", len(text))
    assert [other.kind for other in others] == ["missing-colon"] * text.startswith(b"{")
    assert "invalid-utf8" in {other.rule for other in diagnose(text, last=False)}


def test_what_follows_a_byte_order_mark_is_diagnosed_too() -> None:
    mark, fault = diagnose(BOM + b'{"a":1,}', last=False)
    assert (mark.rule, mark.start, mark.end) == ("bom-mid-file", 0, 3)
    assert (fault.kind, fault.start, fault.end) == ("trailing-comma", 9, 10)


@pytest.mark.parametrize("text", [b"", b"  ", BOM, BOM + b" "])
def test_a_line_without_a_value_has_a_fault(text: bytes) -> None:
    assert diagnose(text, last=False)


@pytest.mark.parametrize(
    "text",
    [
        b'{"SECRET":1,"a":}',
        b'["SECRET" x]',
        b'["SECRET\t"]',
        b"[SECRET]",
        b"SECRET",
        b"['SECRET']",
        b'{"a":"SECRET',
        b'{"a":1} SECRET',
        rb'["SECRET\x"]',
    ],
)
def test_values_are_not_shown(text: bytes) -> None:
    fault = one_fault(text)
    assert "SECRET" not in fault.message + fault.hint


@pytest.mark.parametrize("text", [
    b'{"content": "she said ", "SECRET", "SECRET": 1}',
    b'{"content": "she said ", "SECRET": , "a": 1}',
    b'{"content": "she said ", SECRET: 1}',
])  # fmt: skip
def test_what_looks_like_a_key_may_be_content(text: bytes) -> None:
    fault = one_fault(text)
    assert "SECRET" not in fault.message + fault.hint


def test_a_text_that_is_not_refused_still_gets_an_answer() -> None:
    assert one_fault(b"{}").kind == "unexpected-character"


MANY = 99_000
"""Faults of a line; less than what is looked at."""
MANY_NAMED = 10
LONG = [
    b"[" * MANY,
    b'{"a":' * MANY,
    b'"' + b"\\n" * MANY,
    b"'" + b"\\'" * MANY,
    b"[" + b"9" * MANY,
    b"[" + b".1" * MANY,
    b"[-" + b"-" * MANY,
    b"/*" * MANY,
    b"{}" * MANY,
    b"[1" + b",1" * MANY,
    b'["' + b"\\ud800" * MANY,
    b"x" * MANY,
    "é".encode() * MANY,
]
MANY_FAULTS = [
    b"[" + b"None," * MANY,
    b"[" + b"'a'," * MANY,
    b"['" + b"'," * MANY,
    b"['" + b'"' * MANY,
    b'["' + b"\t\\q\\ud800a" * MANY + b'"]',
    b'["' + b"\0a\\q" * MANY + b'"]',
    b"[" + b'"a\t",' * MANY,
    b"[" + b'{"a":1,"b":"\t"},' * MANY,
    b"[" + b"[1,]," * MANY,
    b"{" + b'"a":,' * MANY,
    b"[" + b"," * MANY,
    b"[" + b"1,," * MANY,
    b"{}" + b"," * MANY + b"x",
    b"[" + b"/**/" * MANY,
    b"{}" + b"/**/" * MANY,
    b'"' + b'\\"' * MANY + b"\t",
    b"[" + b"\xff " * MANY,
    b"[" + b"x\xff" * MANY,
    b'["' + b"\xff" * MANY,
    b'["\xff' + "é\\q".encode() * MANY,
    b"{},[" + b"01," * MANY,
]


@pytest.mark.parametrize("text", LONG + MANY_FAULTS, ids=lambda text: repr(text[:12]))
def test_no_text_takes_quadratic_time(text: bytes) -> None:
    before = process_time()
    assert diagnose(text, last=False)
    assert process_time() - before < 5  # linear: 1 s at most; quadratic: minutes


@pytest.mark.parametrize(
    "text",
    [
        b"[" + b"None," * (2 * MANY_NAMED) + b"1]",
        b'["' + b"\\q" * (2 * MANY_NAMED) + b'"]',
        b"[" + b'"\\q\\q",' * MANY_NAMED + b"1]",
    ],
    ids=["words", "in one string", "in many"],
)
def test_so_many_faults_are_looked_at_and_no_more(
    monkeypatch: pytest.MonkeyPatch, text: bytes
) -> None:
    for module in (diagnose_module, strings):
        monkeypatch.setattr(module, "MAX_NAMED", MANY_NAMED)
    found = diagnose(text, last=False)
    assert [(fault.name, fault.times) for fault in found][1:] == [("line-too-complex", 1)]
    assert found[0].times == MANY_NAMED
    assert not sure_places(text, found[0].name)


def test_control_characters_of_a_string_are_one_fault_among_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagnose_module, "MAX_NAMED", 2)
    found = diagnose(b'["a' + b"\t" * 9 + b'"]', last=False)
    assert [(fault.name, fault.times) for fault in found] == [("unescaped-control", 9)]


@pytest.mark.parametrize(
    "text",
    [
        b"[" + b"None," * (MANY // 2),
        b"[" + b'"a\t",' * (MANY // 2),
        b'["' + b"\\q\t" * MANY,
        b'["' + b"\\n" * MANY,
        b"['" + b"\\'" * MANY,
        b"[1" + b",1" * MANY,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_memory_does_not_grow_with_faults_or_escapes(text: bytes) -> None:
    tracemalloc.start()
    try:
        assert diagnose(text, last=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(text) + (3 << 20)  # were each fault or escape kept, twice that at least
