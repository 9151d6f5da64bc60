"""From lines to findings: order, numbers, places, severities, and what is left unchecked."""

from __future__ import annotations

import errno
import io
import os
from codecs import BOM_UTF8
from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from samples import CLEAN, MIN_RECORDS, chat, human, jsonl, line

from jsonl_lint import Config, Finding, Severity, iter_findings, lint_bytes, targets
from jsonl_lint.api import make_linter
from jsonl_lint.finding import Problem
from jsonl_lint.linting.context import LineContext
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.explaining import MAX_FAULTS
from jsonl_lint.linting.run import Run
from jsonl_lint.linting.selection import Choice, choose
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.pointer import FEW as FEW_PATHS
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.reading.source import Stream, open_bytes
from jsonl_lint.rules import CRASHED, Rule, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEW = "too-few-examples"
DEEP = 1000
"""Levels that orjson reads, and neither it nor jsonschema-rs writes or walks."""


def findings(data: bytes, *, few: bool = False, **config: object) -> list[Finding]:
    """Give the findings of some lines; that they are few is not one, unless asked for."""
    ignore = () if few else (FEW,)
    chosen = {"ignore": ignore, **config}
    return list(lint_bytes(data, config=Config(**chosen)).findings)  # type: ignore[arg-type] # fields by name


def rules(data: bytes, **config: object) -> list[str]:
    return [finding.rule for finding in findings(data, **config)]  # type: ignore[arg-type] # see above


def pointers(data: bytes) -> list[tuple[str, str]]:
    return [(finding.rule, to_pointer(finding.problem.path)) for finding in findings(data)]


def test_findings_are_ordered_by_line_column_and_rule_and_those_of_the_file_are_last() -> None:
    both = {"text": 1, "b": 1, "a": 1}
    last = {"text": "", "content": ""}
    data = line(both) + b"\n" + line(human())[:-1] + b"\r\n" + line(last)
    seen = [(f.line, f.place.column, f.rule) for f in findings(data, few=True)]
    assert seen == [
        (1, 10, "text-not-string"),
        (1, 13, "unknown-key"),
        (1, 21, "unknown-key"),
        (2, 1, "blank-line"),
        (3, 24, "unknown-role"),
        (4, 1, "text-and-content-both"),
        (4, 10, "text-empty"),
        (4, 25, "text-empty"),
        (1, 1, FEW),
        (3, 1, "mixed-formats"),
        (3, 1, "mixed-line-ends"),
    ]


def test_records_are_counted_without_blank_lines() -> None:
    data = b"\n" + line(human()) + b" \t\n\r\n" + b"{\n" + line([])
    seen = [(f.rule, f.line, f.record) for f in findings(data)]
    assert seen == [
        ("blank-line", 1, None),
        ("unknown-role", 2, 0),
        ("blank-line", 3, None),
        ("blank-line", 4, None),
        ("invalid-json", 5, 1),
        ("top-level-not-object", 6, 2),
        ("mixed-line-ends", 4, None),
    ]
    assert lint_bytes(data).result.records == 3


def test_the_record_behind_a_byte_order_mark_is_checked() -> None:
    data = BOM_UTF8 + jsonl(human())
    mark, role = findings(data)
    assert (mark.rule, mark.place) == ("utf8-bom", (1, 1, 0, 3))
    at = data.index(b'"human"')
    assert (role.rule, role.line, role.record) == ("unknown-role", 1, 0)
    assert role.place == (24, 31, at, 7)
    assert role.place.column == findings(jsonl(human()))[0].place.column


@pytest.mark.parametrize(
    ("first", "rule", "record"),
    [
        (b"null\n", "top-level-not-object", 0),
        (b"\r\n", "blank-line", None),
        (b'{"a\n', "invalid-json", 0),
        (b"\xff\n", "invalid-utf8", 0),
    ],
)
def test_any_line_may_stand_behind_a_byte_order_mark(
    first: bytes, rule: str, record: int | None
) -> None:
    found = {f.rule: f for f in findings(BOM_UTF8 + first + CLEAN)}
    assert found.keys() - {"crlf", "mixed-line-ends"} == {"utf8-bom", rule}
    assert found[rule].record == record
    assert "not known" not in found[rule].message


def test_a_byte_order_mark_hides_neither_format_nor_line_end() -> None:
    first = BOM_UTF8 + b'{"text": "a"}\r\n'
    data = first + CLEAN
    mark, mixed, ends = findings(data)
    assert (mark.rule, mixed.rule) == ("utf8-bom", "mixed-formats")
    assert (ends.rule, ends.line, ends.place.byte_offset) == ("mixed-line-ends", 2, len(first))
    assert (mixed.line, mixed.place.byte_offset) == (2, len(first))


MIXED_ENDS = b'{"text": "a"}\n{"text": "b"}\r\n'


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({}, ["mixed-line-ends"]),
        ({"select": ("crlf", "mixed-line-ends")}, ["mixed-line-ends"]),
        ({"select": ("mixed-line-ends",)}, ["mixed-line-ends"]),
        ({"select": ("crlf",)}, ["crlf"]),
        ({"select": ("lines",)}, ["crlf"]),
        ({"ignore": (FEW, "mixed-line-ends")}, ["crlf"]),
        ({"ignore": (FEW, "crlf")}, ["mixed-line-ends"]),
        ({"severity": {"mixed-line-ends": None}}, ["crlf"]),
        ({"severity": {"mixed-line-ends": Severity.INFO}}, ["crlf"]),
        ({"severity": {"crlf": Severity.ERROR}}, ["crlf", "mixed-line-ends"]),
        ({"severity": {"mixed-line-ends": Severity.ERROR}}, ["mixed-line-ends"]),
    ],
)
def test_mixed_line_ends_are_said_once_unless_the_other_rule_is_the_worse(
    config: dict[str, Any], said: list[str]
) -> None:
    assert rules(MIXED_ENDS, **config) == said


def test_the_rule_of_a_plugin_silences_no_other() -> None:
    def check_file(_facts: object, _limits: object) -> Iterator[Problem]:
        yield Problem((), "it is not ours")

    house = Rule("house", "house", Severity.ERROR, "", check_file=check_file, speaks_for=("crlf",))
    known = load() | {"house": house}
    target = targets.load("mistral")
    selection = choose(known, target, Choice(select=("crlf", "house")))
    check = Linter(target, known, selection).check("x")
    assert {f.rule for f in check.line_findings([b'{"text": "a"}\r\n'])} == {"crlf", "house"}


def test_brackets_in_single_quotes_do_not_make_text_nest_deeper() -> None:
    before = b"['[', "
    data = before + b"[" * DECODER_NESTING + b"\n" + CLEAN
    quotes, deep = findings(data)
    assert (quotes.rule, deep.rule) == ("invalid-json", "nesting-too-deep")
    assert deep.place.byte_offset == len(before) + DECODER_NESTING - 1


def test_a_byte_order_mark_inside_the_file_is_another_rule() -> None:
    assert rules(CLEAN + BOM_UTF8 + CLEAN) == ["bom-mid-file"]


def test_files_that_differ_in_their_line_ends_have_the_same_faults() -> None:
    unix = jsonl(human(), [1], {"text": 1}) + b'{"a": \n\n{"text": "\x00"}\n'
    windows = unix.replace(b"\n", b"\r\n")

    def seen(data: bytes) -> list[tuple[Any, ...]]:
        return [
            (f.rule, f.line, f.record, f.message, f.place[:2], f.place.byte_length, f.fingerprint)
            for f in findings(data)
            if f.rule != "crlf"
        ]

    assert seen(windows) == seen(unix)
    assert len(seen(unix)) >= 6
    (crlf,) = (f for f in findings(windows) if f.rule == "crlf")
    assert (crlf.line, crlf.record) == (1, None)


def test_a_line_beyond_the_limit_is_skipped_and_said_so() -> None:
    long = line(chat("x" * 200))
    data = line(chat()) + long + line(human()) + long[:-1]
    result = lint_bytes(data, config=Config(max_line_bytes=len(long) - 1, ignore=(FEW,)))
    seen = [(f.rule, f.line, f.record, f.place) for f in result.findings]
    second = len(line(chat()))
    last = len(data) - len(long) + 1
    assert seen[0] == ("line-too-long", 2, 1, (1, 1, second, 0))
    assert seen[1][:3] == ("unknown-role", 3, 2)
    assert len(long[:-1]) == len(long) - 1, "the last line is just within the limit"
    assert len(seen) == 2
    assert result.result.unchecked_lines == 1
    assert result.result.bytes_read == len(data)
    assert last < len(data)
    assert not result.complete


def test_a_last_line_beyond_the_limit_keeps_its_end() -> None:
    config = Config(max_line_bytes=60, select=("ALL",), ignore=(FEW,))
    data = b'{"text": "a"}\n' + b"x" * 100
    seen = [f.rule for f in lint_bytes(data, config=config).findings]
    assert seen == ["line-too-long", "missing-final-newline"]
    seen = [f.rule for f in lint_bytes(data + b"\n", config=config).findings]
    assert seen == ["line-too-long"]


def test_a_fault_without_a_rule_of_its_own_is_a_wrong_value() -> None:
    mistral = targets.load("mistral")
    schema = {
        "type": "object",
        "x-rule": {"minProperties": "unknown-format"},
        "properties": {"text": {"maxLength": 3, "pattern": "^a"}, "no": {"not": {}}},
        "minProperties": 1,
    }
    target = mistral._replace(schema=schema, formats=("text",), role_grammar=None)
    known = load()
    for reference in (False, True):
        selection = choose(known, target, Choice(ignore=(FEW,)))
        check = Linter(target, known, selection, reference=reference).check("x")
        data = [b'{"text": "abc"}\n', b'{"text": "bcde"}\n', b'{"no": 1}\n', b"{}\n"]
        seen = [(f.rule, f.line, to_pointer(f.problem.path)) for f in check.line_findings(data)]
        assert seen == [
            ("wrong-value", 2, "/text"),
            ("wrong-value", 3, "/no"),
            ("unknown-format", 4, ""),
        ]


def test_the_mild_form_of_a_fault_is_a_warning() -> None:
    record = chat("")
    record["messages"][0]["content"] = ""
    seen = [(to_pointer(f.problem.path), f.severity) for f in findings(jsonl(record))]
    assert seen == [
        ("/messages/0/content", Severity.WARNING),
        ("/messages/1/content", Severity.ERROR),
    ]


def test_mixed_formats_are_reported_where_the_second_begins() -> None:
    first = jsonl(chat(), human())
    data = first + line({"text": "a"}) + CLEAN + line({"text": "b"})
    mixed = findings(data)[-1]
    assert (mixed.rule, mixed.line, mixed.record) == ("mixed-formats", MIN_RECORDS + 1, None)
    assert mixed.place == (1, 1, len(first), 0)


def test_every_missing_key_is_reported() -> None:
    call = {"id": "abcdefghi", "type": "function", "function": {}}
    record = chat()
    record["messages"][1] = {"role": "assistant", "tool_calls": [call]}
    words = [f.message for f in findings(jsonl(record)) if f.rule == "missing-key"]
    assert words == ['missing key "name"', 'missing key "arguments"']


CONVERSATION = b'{"messages":[{"role":"user","content":"a"},{"role":"assistant",%b}],%b}'
PARAMETERS = (
    b'"tools":[{"type":"function","function":{"name":"f","description":"d",'
    b'"parameters":{"type":"object","default":%b}}}]'
)


@pytest.mark.parametrize(
    "record",
    [
        b'{"messages":%b}',
        b'{"text":%b}',
        b'{"unknown":%b}',
        CONVERSATION % (b'"content":%b', b'"tools":[]'),
        CONVERSATION % (b'"tool_calls":%b', b'"tools":[]'),
        CONVERSATION % (b'"content":"b"', b'"tools":%b'),
        CONVERSATION % (b'"content":"b"', PARAMETERS),
    ],
)
@pytest.mark.parametrize("levels", [100, 254, 300, DEEP])
def test_deep_values_are_findings_and_cost_no_rule(record: bytes, levels: int) -> None:
    for deep in (b"[" * levels + b"]" * levels, b'{"a":' * levels + b"1" + b"}" * levels):
        raw = record % deep + b"\n"
        normal = [(f.rule, f.message, f.place, f.fingerprint) for f in findings(raw)]
        assert CRASHED not in {rule for rule, *_ in normal}
        check = make_linter(Config(ignore=(FEW,)), reference=True).check("<bytes>")
        reference = [
            (f.rule, f.message, f.place, f.fingerprint) for f in check.line_findings([raw])
        ]
        assert reference == normal


def test_every_fault_of_a_record_is_counted() -> None:
    message = {"role": "user", "content": "a"}
    record = {"messages": [message] * 1500 + [{"role": "assistant", "content": "b"}]}
    assert rules(jsonl(record)) == ["consecutive-same-role"] * 1499


def test_of_too_many_faults_in_a_record_the_first_are_reported() -> None:
    message = {"role": "user", "content": "a"}
    record = {"messages": [message] * (MAX_FAULTS + 2) + [{"role": "assistant", "content": "b"}]}
    report = lint_bytes(jsonl(record), config=Config(ignore=(FEW,)))
    found = Counter(finding.rule for finding in report.findings)
    assert found == {"consecutive-same-role": MAX_FAULTS, "line-too-complex": 1}
    assert report.result.unchecked_lines == 1


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO, None])
@pytest.mark.parametrize(("data", "rule"), [
    (b"%PDF-1.4\n", "wrong-file-kind"),
    (b'[\n{"text": "a"},\n{"text": "b"}\n]\n', "looks-like-json-array"),
    (b'{"text": }\n', "invalid-json"),
    (b"[]\n", "top-level-not-object"),
])  # fmt: skip
def test_what_was_not_checked_is_no_milder_than_an_error(
    data: bytes, rule: str, severity: Severity | None
) -> None:
    assert lint_bytes(data).complete
    config = Config(severity={rule: severity}, ignore=(FEW, "mixed-formats"))
    report = lint_bytes(data, config=config)
    assert not report.ok()
    assert not report.complete


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"\x1f\x8b" + b"\n\x00" * 100, "wrong-file-kind"),
        ("{}\n".encode("utf-16"), "utf16-or-utf32"),
        (b'[\n{"text": "a"},\n{"text": "b"}\n]\n', "looks-like-json-array"),
        (b'{\n"text": "a"\n}\n{\n"text": "b"\n}\n', "pretty-printed"),
    ],
)
def test_a_file_that_is_no_json_lines_has_one_finding(data: bytes, rule: str) -> None:
    report = lint_bytes(data, filename="x.jsonl")
    (finding,) = report.findings
    assert (finding.rule, finding.line, finding.record, finding.file) == (rule, 1, None, "x.jsonl")
    assert finding.place == (1, 1, 0, 0)
    assert report.result.bytes_read == len(data)
    assert report.result.lines == data.count(b"\n")


class Failing(io.RawIOBase):
    """A stream whose device breaks after some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = self._data.readinto(buffer)
        if not size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return size


def test_a_device_that_breaks_leaves_its_reason_and_what_was_found() -> None:
    check = make_linter(Config()).check("x.jsonl")
    data = line(human()) + line(chat())
    stream = Stream(io.BufferedReader(Failing(data + b'{"text'), 64))
    assert [f.rule for f in check.findings(stream)] == ["unknown-role"]
    assert check.result.error == os.strerror(errno.EIO).lower()
    assert (check.result.lines, check.result.records) == (2, 2)
    assert check.result.bytes_read == len(data)
    assert not check.result.complete


def test_a_file_that_grows_meanwhile_is_not_proven_clean(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(jsonl(human()))
    run = Run(lambda _: make_linter(Config()))
    found = run.findings([str(path)], [])
    next(found)
    with path.open("ab") as file:
        file.write(line(chat()))
    assert list(found) == []
    assert run.summary.files[0].error == "the file changed while it was read"
    assert not run.summary.complete


def test_a_file_that_shrinks_meanwhile_is_not_proven_clean(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(jsonl(human()))
    run = Run(lambda _: make_linter(Config()))
    found = run.findings([str(path)], [])
    next(found)
    os.truncate(path, 100)
    assert list(found) == []
    assert run.summary.files[0].error == "the file changed while it was read"


def test_a_run_checks_training_data_first_and_bounds_validation_data_by_it(tmp_path: Path) -> None:
    train, held_out = tmp_path / "train.jsonl", tmp_path / "val.jsonl"
    train.write_bytes(jsonl(*[chat()] * 100))
    held_out.write_bytes(jsonl(*[chat()] * 10))
    run = Run(lambda _: make_linter(Config()), shown=lambda name: f"<{name}>")
    (finding,) = run.findings([str(train)], [str(held_out)])
    assert (finding.rule, finding.file) == ("validation-too-large", f"<{held_out}>")
    assert [file.name for file in run.summary.files] == [f"<{train}>", f"<{held_out}>"]
    assert run.summary.complete
    assert run.summary.counts == {("validation-too-large", Severity.ERROR): 1}


def test_validation_data_alone_has_the_fixed_bound_only(tmp_path: Path) -> None:
    held_out = tmp_path / "val.jsonl"
    held_out.write_bytes(jsonl(*[chat()] * 10))
    run = Run(lambda _: make_linter(Config()))
    assert list(run.findings([], [str(held_out)])) == []


def test_a_run_goes_on_behind_what_cannot_be_read(tmp_path: Path) -> None:
    good = tmp_path / "train.jsonl"
    good.write_bytes(jsonl(human()))
    run = Run(lambda _: make_linter(Config()))
    names = [str(tmp_path / "nowhere.jsonl"), str(tmp_path), str(good)]
    assert [finding.file for finding in run.findings(names, [])] == [str(good)]
    assert [file.error for file in run.summary.files] == [
        "no such file or directory",
        "it is a directory, not a regular file",
        "",
    ]
    assert not run.summary.complete


def test_a_summary_of_nothing_is_not_complete() -> None:
    assert not Summary().complete


def test_a_summary_adds_its_files_up() -> None:
    first, second = FileResult("a"), FileResult("b", unchecked_lines=1)
    first.counts["crlf", Severity.WARNING] = 2
    second.counts["crlf", Severity.WARNING] = 1
    second.counts[CRASHED, Severity.ERROR] = 1
    summary = Summary([first, second])
    assert summary.counts["crlf", Severity.WARNING] == 3
    assert [summary.at_least(level) for level in Severity] == [4, 4, 1]
    assert summary.crashed
    assert not summary.complete
    assert Summary([first]).complete
    assert not Summary([first]).crashed


def test_findings_and_the_lines_that_have_them_are_counted() -> None:
    record = {"a": 1, "b": 2, "text": "x"}
    result = lint_bytes(jsonl(record, human(), record), config=Config(select=("shape",))).result
    assert result.counts == {
        ("unknown-key", Severity.WARNING): 4,
        ("unknown-role", Severity.ERROR): 1,
    }
    assert result.records_with == {"unknown-key": 2, "unknown-role": 1}


def prints(data: bytes, name: str = "train.jsonl") -> set[str]:
    """Give the fingerprints of the findings in the lines of a file."""
    found = lint_bytes(data, filename=name, config=Config(ignore=("files", "crlf"))).findings
    return {finding.fingerprint for finding in found}


FAULTS = [human(), chat(""), chat("x", unknown=1), {"text": 1}, [1], {**human(), "id": "r-17"}]


def test_fingerprints_survive_lines_inserted_moved_and_another_name() -> None:
    before = prints(jsonl(*FAULTS))
    assert len(before) == len(FAULTS) + 1, "an id is an unknown key"
    assert prints(CLEAN + b"\n" + jsonl(*FAULTS)) >= before
    assert prints(jsonl(*reversed(FAULTS))) == before
    assert prints(jsonl(*FAULTS), "other.jsonl") == before


def test_fingerprints_survive_records_written_in_another_way() -> None:
    import json

    mixed = [dict(reversed(fault.items())) for fault in FAULTS if isinstance(fault, dict)]
    spaced = "\n".join(json.dumps(fault, separators=(" ,  ", ":\t")) for fault in mixed)
    assert prints(spaced.encode()) == prints(jsonl(*mixed))
    assert prints(spaced.encode()) < prints(jsonl(*FAULTS))
    assert prints(jsonl(*FAULTS).replace(b"human", b"\\u0068uman")) == prints(jsonl(*FAULTS))


def test_fingerprints_survive_edits_of_other_messages_and_keys() -> None:
    edited = human()
    edited["messages"][1]["content"] = "another answer"
    assert prints(jsonl({**edited, "id": 7})) == prints(jsonl({**human(), "id": 7}))
    other = human()
    other["messages"][0]["content"] = "another question"
    assert prints(jsonl({**other, "id": 7})) != prints(jsonl({**human(), "id": 7}))


def test_fingerprints_differ_between_rules_places_and_records() -> None:
    record = {"text": "", "content": "", "a": 1, "b": 1}
    found = findings(jsonl(record, fill=False))
    assert len(found) == 5
    assert len({finding.fingerprint for finding in found}) == 5
    assert prints(jsonl({**record, "id": 1})).isdisjoint(prints(jsonl({**record, "id": 2})))


def test_fingerprints_of_broken_lines_are_those_of_their_bytes() -> None:
    ignored = ("crlf", "mixed-line-ends")
    first, second, again = findings(b'{"a": \n{"b": \n  {"a": \r\n' + CLEAN, ignore=ignored)
    assert first.fingerprint == again.fingerprint != second.fingerprint


def test_fingerprints_of_files_are_those_of_their_names() -> None:
    def few(name: str) -> str:
        return lint_bytes(b"", filename=name).findings[0].fingerprint

    assert few("a.jsonl") == few("a.jsonl") != few("b.jsonl")
    assert len(few("\udcff\ud800.jsonl")) == 32


def test_a_line_knows_whether_it_was_decoded(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(jsonl(human()) + b'{"broken\n')
    role, broken = iter_findings(path)
    assert role.context.line() == (line(human()), 0, True)
    assert broken.context.line() == (b'{"broken\n', len(jsonl(human())), False)


def test_the_end_of_the_data_is_proven_with_bytes_too() -> None:
    with open_bytes(CLEAN) as stream:
        assert stream.size is None
        check = make_linter(Config()).check("x")
        assert list(check.findings(stream)) == []
        assert check.result.bytes_read == len(CLEAN)


def test_places_of_many_findings_are_those_of_single_ones() -> None:
    odd = b'{"messages": [{"role": "user", "content": "?", "\\u0071": [1]}, %b], "\xc3\xa9": {}}\n'
    message = b'{"role": "assistant", "content": "Hello", "mood": "good", "weight": 7}'
    raw = odd % b", ".join([message] * 12)
    config = Config(severity={"unknown-key": Severity.ERROR})
    many = lint_bytes(raw, config=config).findings
    assert len(many) > FEW_PATHS
    problems = [finding.problem for finding in many if finding.record is not None]
    for problem in problems:
        alone = LineContext(raw, 0, orjson.loads(raw)).place(problem)
        together = LineContext(raw, 0, orjson.loads(raw), problems=problems).place(problem)
        assert together == alone
