"""Whatever the data holds, a report holds no control characters, no commands, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from actions_runner import commands
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from reporting_runs import found, options, summed, written

from jsonl_lint.finding import Severity
from jsonl_lint.reporting import FORMATS
from jsonl_lint.reporting.excerpt import excerpt
from jsonl_lint.reporting.safe import inert, safe
from jsonl_lint.reporting.window import WIDTH, cells
from jsonl_lint.schema import find

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

NASTY = (
    "\x1b[31m", "\x1b]8;;x\x07", "\x9b", "\r", "\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1c",
    "\u202e", "\u200b", "\ufe0f", "\u034f", "\udcff", "\ud800", "\0",
    "::error::", "::set-output name=a::b", "::", ":", "##[group]", "##", "#", "[add-path]", "[", "]",
    "%0A", "%", ",", "=", '"', "\\", "a", " ", "é", "東", "😀",
)  # fmt: skip
hostile = st.one_of(st.text(), st.lists(st.sampled_from(NASTY), max_size=6).map("".join))
encodable = hostile.map(lambda text: text.encode("utf-8", "replace").decode())


@st.composite
def finding(draw: st.DrawFn) -> Finding:
    keys = st.one_of(encodable, st.sampled_from(["messages", "role", "id", "name", "content"]))
    record = draw(
        st.recursive(
            encodable | st.integers(-(2**60), 2**60) | st.none() | st.booleans(),
            lambda child: st.lists(child, max_size=3) | st.dictionaries(keys, child, max_size=3),
            max_leaves=8,
        )
    )
    raw = orjson.dumps(record) if draw(st.booleans()) else draw(st.binary(max_size=300))
    path = tuple(draw(st.lists(encodable | st.integers(0, 3), max_size=3)))
    start = draw(st.integers(0, len(raw)))
    span = draw(st.none() | st.integers(start, len(raw)).map(lambda end: (start, end)))
    return found(
        raw,
        path,
        span=span,
        rule=draw(encodable) or "rule",
        severity=draw(st.sampled_from(Severity)),
        file=draw(hostile),
        line=draw(st.integers(1, 10**6)),
        record=draw(st.none() | st.integers(0, 10**6)),
        message=draw(hostile),
        hint=draw(hostile),
    )


findings = st.lists(finding(), max_size=8)


@given(st.text())
def test_safe_text_can_be_printed_and_stays_so(text: str) -> None:
    shown = safe(text)
    assert shown.isprintable()
    assert safe(shown) == shown
    assert (shown == text) == text.isprintable()


@given(hostile)
def test_inert_text_is_no_command_inside_a_line(text: str) -> None:
    assert not commands(f"| {inert(text)}")
    assert inert(text, glyphs=False).isascii()


@pytest.mark.parametrize("form", FORMATS)
@given(findings=findings, glyphs=st.booleans())
def test_no_report_holds_a_control_character(
    form: str, findings: list[Finding], *, glyphs: bool
) -> None:
    text = written(form, findings, summed(findings), options(glyphs=glyphs))
    assert text.replace("\n", "").isprintable()
    assert text == "" or text.endswith("\n")
    if not glyphs and form in {"text", "concise"}:
        assert text.isascii()


@given(findings)
def test_concise_is_one_line_a_finding(findings: list[Finding]) -> None:
    text = written("concise", findings, summed(findings), options())
    assert len(text.splitlines()) == len(findings)


@given(findings)
def test_text_has_as_many_lines_as_for_tame_data(findings: list[Finding]) -> None:
    text = written("text", findings, summed(findings), options())
    lines = text.split("\n")[:-1]
    starts = ("error ", "warning ", "info ", "  ", "checked ", "nothing ")
    assert all(line == "" or line.startswith(starts) or line[0].isdigit() for line in lines)
    assert sum(line.startswith("checked ") or line.startswith("nothing ") for line in lines) <= 1


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl", "sarif"])
@given(findings=findings)
def test_a_report_in_a_log_is_no_command(form: str, findings: list[Finding]) -> None:
    assert not commands(written(form, findings, summed(findings), options()))


@given(findings)
def test_annotations_are_the_only_commands_and_capped(findings: list[Finding]) -> None:
    text = written("github", findings, summed(findings), options())
    names = commands(text)
    assert len(names) == len(text.splitlines())
    assert set(names) <= {"error", "warning", "notice"}
    levels = [str(finding.severity).replace("info", "notice") for finding in findings]
    assert sorted(names) == sorted(levels)


@given(findings)
def test_documents_are_json_and_fit_their_schema(findings: list[Finding]) -> None:
    schema = find.load("report")
    report = orjson.loads(written("json", findings, summed(findings), options()))
    Draft202012Validator(schema).validate(report)
    assert len(report["findings"]) == len(findings)
    validator = Draft202012Validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})
    lines = written("jsonl", findings, summed(findings), options()).splitlines()
    assert len(lines) == len(findings) + 2
    for line in lines:
        validator.validate(orjson.loads(line))


@given(findings)
def test_sarif_has_every_finding(findings: list[Finding]) -> None:
    document = orjson.loads(written("sarif", findings, summed(findings), options()))
    assert len(document["runs"][0]["results"]) == len(findings)


@given(finding(), st.booleans())
def test_an_excerpt_is_narrow_and_its_caret_is_below_it(finding: Finding, glyphs: bool) -> None:  # noqa: FBT001 - drawn
    shown = excerpt(finding, glyphs=glyphs)
    if shown:
        assert shown.text.isprintable()
        assert cells(shown.text) <= WIDTH
        assert 0 <= shown.caret_start <= WIDTH
        assert 1 <= shown.caret_length <= WIDTH


CANARY = "qZ7xCANARYx7Zq"
secret = st.builds(lambda pad: f"{pad} {CANARY}", encodable)


@st.composite
def record_with_secrets(draw: st.DrawFn) -> bytes:
    call = {
        "id": "TX92Jm8Zi",
        "type": "function",
        "function": {"name": "f", "arguments": draw(secret | st.just({"name": CANARY}))},
    }
    part = {"type": "text", "text": draw(secret)}
    messages = [
        {"role": "user", "content": draw(secret | st.just([part]))},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "TX92Jm8Zi", "content": draw(secret)},
        {"role": "assistant", "content": draw(secret), "reasoning": draw(secret)},
    ]
    parameters = {"description": draw(secret), "name": CANARY, "enum": [CANARY]}
    function = {"name": "f", "description": draw(secret), "parameters": parameters}
    record = {
        "meta": {"name": CANARY, "id": CANARY},
        "messages": draw(st.permutations(messages)),
        "tools": [{"type": "function", "function": function}],
        "text": draw(secret),
    }
    raw = orjson.dumps(record)
    cut = draw(st.none() | st.integers(0, len(raw)))
    return raw if cut is None else raw[:cut]


@given(record_with_secrets(), st.data())
def test_no_report_shows_content(raw: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    finding = found(raw, span=(start, end))
    for form in FORMATS:
        text = written(form, [finding], summed([finding]), options())
        assert CANARY not in text
        assert CANARY[5:10] not in text
