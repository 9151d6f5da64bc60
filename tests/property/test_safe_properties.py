"""Whatever the data holds, a report holds no control characters, no commands, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from actions_runner import commands
from ci_agents import agent_commands, service_messages
from hypothesis import given, settings
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
    *("\x1b[31m", "\x1b]8;;x\x07", "\x9b", "\r", "\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1c"),
    *("\u202e", "\u200b", "\ufe0f", "\u034f", "\udcff", "\ud800", "\0", "\xa0"),
    *(
        "::error::",
        "::set-output name=a::b",
        "::",
        ":",
        "##[group]",
        "##vso[task.complete]",
        "##vso",
        "##teamcity[buildStop]",
        "##",
        "#",
        "[debug]",
        "[",
        "]",
    ),
    *("%0A", "%", ",", "=", '"', "\\", "a", " ", "é", "東", "😀"),
)
hostile = st.one_of(st.text(max_size=12), st.lists(st.sampled_from(NASTY), max_size=6).map("".join))
encodable = hostile.map(lambda text: text.encode("utf-8", "replace").decode())


small = st.one_of(encodable, st.integers(-(2**60), 2**60), st.none(), st.booleans())
keys = st.one_of(encodable, st.sampled_from(["messages", "role", "id", "name", "content"]))
records = st.dictionaries(keys, st.one_of(small, st.dictionaries(keys, small, max_size=2)))
paths = st.lists(encodable | st.integers(0, 3), max_size=3).map(tuple)


@st.composite
def finding(draw: st.DrawFn) -> Finding:
    raw = draw(records.map(orjson.dumps) | st.binary(max_size=100))
    start = draw(st.integers(0, len(raw)))
    span = draw(st.none() | st.integers(start, len(raw)).map(lambda end: (start, end)))
    return found(
        raw,
        draw(paths),
        span=span,
        rule=draw(encodable) or "rule",
        severity=draw(st.sampled_from(Severity)),
        file=draw(hostile),
        line=draw(st.integers(1, 10**6)),
        record=draw(st.none() | st.integers(0, 10**6)),
        message=draw(hostile),
        hint=draw(hostile),
    )


findings = st.lists(finding(), max_size=4)
few = settings(max_examples=60)
"""A list of findings takes long to draw; each property is run over all formats."""


@given(st.text())
def test_safe_text_can_be_printed_and_stays_so(text: str) -> None:
    shown = safe(text)
    assert shown.isprintable()
    assert safe(shown) == shown
    assert (shown == text) == text.isprintable()


@given(hostile)
def test_inert_text_is_no_command_inside_a_line(text: str) -> None:
    line = f"| {inert(text)}"
    assert commands(line) == agent_commands(line) == service_messages(line) == []
    assert inert(text, glyphs=False).isascii()


@few
@given(findings, st.booleans())
def test_no_report_holds_control_characters_or_foreign_commands(
    findings: list[Finding],
    glyphs: bool,  # noqa: FBT001 - drawn
) -> None:
    for form in FORMATS:
        text = written(form, findings, summed(findings), options(glyphs=glyphs))
        assert text.replace("\n", "").isprintable()
        assert text == "" or text.endswith("\n")
        assert agent_commands(text) == service_messages(text) == []
        if form != "github":
            assert not commands(text)
        if not glyphs and form in {"text", "concise"}:
            assert text.isascii()


@few
@given(findings.filter(bool))  # a run without a file says that nothing was read
def test_no_report_has_lines_that_it_did_not_mean(findings: list[Finding]) -> None:
    summary = summed(findings)
    concise = written("concise", findings, summary, options())
    assert len(concise.splitlines()) == len(findings)
    starts = ("error ", "warning ", "info ", "  ", "checked ", "nothing ", *"123456789")
    text = written("text", findings, summary, options()).splitlines()
    assert all(line == "" or line.startswith(starts) for line in text)
    annotations = written("github", findings, summary, options())
    levels = sorted(str(finding.severity).replace("info", "notice") for finding in findings)
    assert sorted(commands(annotations)) == levels
    assert len(annotations.splitlines()) == len(findings)


@few
@given(findings)
def test_documents_fit_their_schema_and_hold_every_finding(findings: list[Finding]) -> None:
    schema = find.load("report")
    summary = summed(findings)
    report = orjson.loads(written("json", findings, summary, options()))
    Draft202012Validator(schema).validate(report)
    assert len(report["findings"]) == len(findings)
    validator = Draft202012Validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})
    lines = written("jsonl", findings, summary, options()).splitlines()
    assert len(lines) == len(findings) + 2
    for line in lines:
        validator.validate(orjson.loads(line))
    sarif = orjson.loads(written("sarif", findings, summary, options()))
    assert len(sarif["runs"][0]["results"]) == len(findings)


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
        "id": "Kd7pR2wQi",
        "type": "function",
        "function": {"name": "f", "arguments": draw(secret | st.just({"name": CANARY}))},
    }
    part = {"type": "text", "text": draw(secret)}
    messages = [
        {"role": "user", "content": draw(secret | st.just([part]))},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": draw(secret)},
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
