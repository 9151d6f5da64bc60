"""How the reports for people read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from reporting_runs import RULES, checked, found, options, summed, written

from jsonl_lint.finding import Severity
from jsonl_lint.linting.context import FileContext, LineContext
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.errors import Code
from jsonl_lint.reporting.mendable import ASKED

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

RAW = b'{"messages": [{"role": "human", "content": "secret"}]}'
ROLE = ("messages", 0, "role")
GOOD = b'{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}\n'


def text(findings: list[Finding], **settings: Any) -> list[str]:
    return written("text", findings, summed(findings), options(**settings)).splitlines()


def many(count: int) -> list[Finding]:
    return [
        found(RAW, ("messages", number % 2, "role"), line=number + 1) for number in range(count)
    ]


def test_a_clean_file_is_one_line() -> None:
    findings, summary = checked({"a.jsonl": GOOD * 2})
    assert written("text", findings, summary, options()) == (
        "checked 1 file, 2 records, 176 bytes: no findings\n"
    )


def test_one_finding_reads_at_a_glance() -> None:
    lines = text([found(RAW, ROLE, message='"human" is no role', hint="write user", line=12)])
    assert lines == [
        "error unknown-role at /messages/0/role",
        '  a.jsonl:12:24: "human" is no role',
        '    | {"messages": [{"role": "human", "content": <6 chars>}]}',
        "    |                        ^^^^^^^",
        "    hint: write user",
        "",
        "1  error    unknown-role  in 1 file, 1 line",
        "",
        "checked 1 file, 1 record, 10 bytes: 1 error",
    ]


def test_sixty_thousand_of_a_kind_fit_on_a_screen() -> None:
    lines = text(many(60_000))
    assert lines[0] == "error unknown-role, 60,000 times at /messages/*/role"
    assert lines[4:9] == [
        "  a.jsonl:2:14",
        "  a.jsonl:3:24",
        "  a.jsonl:4:14",
        "  a.jsonl:5:24",
        "  + 59,995 more (lines 6, 7, 8, ...); --max-per-rule 60000 shows all",
    ]
    assert len(lines) < 20


def test_a_cap_chooses_how_many_examples_are_shown() -> None:
    assert sum(line.startswith("  a.jsonl:") for line in text(many(9), max_per_rule=7)) == 7
    assert text(many(3), max_per_rule=0)[:2] == [
        "error unknown-role, 3 times at /messages/*/role",
        "  + 3 more (lines 1, 2, 3); --max-per-rule 3 shows all",
    ]


def test_a_message_is_repeated_only_where_it_differs() -> None:
    findings = [
        found(RAW, ROLE, line=1, message="one", hint="do one"),
        found(RAW, ROLE, line=2, message="one", hint="do one"),
        found(RAW, ROLE, line=3, message="two", hint="do two"),
    ]
    lines = text(findings)
    assert lines[4:7] == ["    hint: do one", "  a.jsonl:2:24", "  a.jsonl:3:24: two (do two)"]


def test_lines_with_several_of_the_rest_are_named_once() -> None:
    findings = [found(RAW, ROLE, line=4000) for _ in range(8)]
    assert "  + 3 more (line 4000); --max-per-rule 8 shows all" in text(findings)


def test_groups_are_parted_by_rule_place_and_file() -> None:
    findings = [
        found(RAW, ROLE),
        found(RAW, ("messages",)),
        found(RAW, ROLE, rule="missing-role"),
        found(RAW, ROLE, line=2),
        found(RAW, ROLE, file="b.jsonl"),
    ]
    heads = [line for line in text(findings) if line.startswith("error")]
    assert heads == [
        "error unknown-role, 2 times at /messages/*/role",
        "error unknown-role at /messages",
        "error missing-role at /messages/0/role",
        "error unknown-role at /messages/0/role",
    ]


def test_places_without_end_are_put_together() -> None:
    findings = [found(RAW, (f"key{number}",), rule="unknown-key") for number in range(1000)]
    lines = text(findings)
    assert "error unknown-key, 995 times, in still other places" in lines
    assert len(lines) < 50


def test_the_table_puts_errors_first_and_then_what_is_frequent() -> None:
    findings = [
        *[found(RAW, ROLE, rule="crlf", severity=Severity.WARNING)] * 1200,
        found(RAW, ROLE, rule="invalid-json"),
        *[found(RAW, ROLE, file="b.jsonl")] * 2,
    ]
    assert text(findings)[-5:] == [
        "    2  error    unknown-role  in 1 file, 2 lines",
        "    1  error    invalid-json  in 1 file, 1 line",
        "1,200  warning  crlf          in 1 file, 1,200 lines",
        "",
        "checked 2 files, 2 records, 20 bytes: 3 errors, 1,200 warnings",
    ]


def test_what_was_not_checked_is_said_even_if_quiet() -> None:
    summary = Summary([
        FileResult("a.jsonl", 20, 3, 3, unchecked_lines=2),
        FileResult("b.jsonl", error="no such file or directory", error_code=Code.NOT_FOUND),
        FileResult("c.jsonl", 10, 1, 1, error="input/output error"),
    ])  # fmt: skip
    gaps = [
        "a.jsonl: lines-not-checked: 2 lines over a limit, or no record while its rule is no error",
        "b.jsonl: not-found: no such file or directory",
        "c.jsonl: io-error: input/output error; checked up to byte 10",
    ]
    last = "checked 2 of 3 files, 4 records, 30 bytes: no findings (incomplete)"
    assert written("text", [], summary, options()).splitlines() == [*gaps, last]
    assert written("text", [], summary, options(quiet=True)).splitlines() == gaps
    assert written("concise", [], summary, options()).splitlines() == gaps


def test_a_run_over_nothing_says_so() -> None:
    gap, last = "nothing-read: there was no file to check", "nothing was checked (incomplete)"
    assert written("text", [], Summary(), options()).splitlines() == [gap, last]
    assert written("concise", [], Summary(), options()).splitlines() == [gap]
    assert written("github", [], Summary(), options()) == (
        "::error title=nothing-read::there was no file to check\n"
    )
    unread = Summary([FileResult("a", error="it is gone")])
    assert written("text", [], unread, options()).splitlines() == ["a: io-error: it is gone", last]


@pytest.mark.parametrize(("files", "said"), [
    ([FileResult("a", 40, size=40, disk_bytes=40)], "40 of 40 bytes"),
    ([FileResult("a", 1, size=1, disk_bytes=1)], "1 of 1 byte"),
    ([FileResult("a", 1000, size=40, disk_bytes=40, packed=True)],
     "40 of 40 bytes, 1,000 decompressed"),
    ([FileResult("a", 30, error="it broke", size=40, disk_bytes=30)], "30 of 40 bytes"),
    ([FileResult("-", 50)], "50 bytes"),
    ([FileResult("-", 50, packed=True)], "50 bytes"),
    ([FileResult("a", 40, size=40, disk_bytes=40), FileResult("-", 50)],
     "40 of 40 bytes, 50 from pipes"),
    ([FileResult("a", 40, size=40, disk_bytes=40), FileResult("b", 9, size=5, disk_bytes=5,
      packed=True)], "45 of 45 bytes, 9 decompressed"),
    ([FileResult("a", 35, size=40, disk_bytes=40)], "40 of 40 bytes"),  # it was mended
])  # fmt: skip
def test_the_last_sentence_proves_how_much_was_read(files: list[FileResult], said: str) -> None:
    last = written("text", [], Summary(files), options()).splitlines()[-1]
    assert f" 0 records, {said}: no findings" in last


def test_a_broken_off_run_says_so() -> None:
    summary = Summary([FileResult("a", 40, size=40, disk_bytes=40), FileResult("b", 10, size=90)])
    summary.interrupt()
    assert not summary.complete
    assert written("text", [], summary, options()).splitlines() == [
        "b: interrupted: interrupted before its end; checked up to byte 10",
        "interrupted: the run was broken off; files not listed were not checked",
        "checked 2 files, 0 records, 40 of 130 bytes: no findings (interrupted)",
    ]


def test_quiet_leaves_the_summary_out() -> None:
    assert text([found(RAW, ROLE)], quiet=True)[-1].endswith("^^^^^^^")
    clean = Summary([FileResult("a", 40, 1, 1)])
    assert written("text", [], clean, options(quiet=True)) == ""


def test_the_slower_engine_is_mentioned() -> None:
    clean = Summary([FileResult("a", 40, 1, 1)])
    assert "jsonschema" not in written("text", [], clean, options())
    clean.slow_engine = True
    assert "\nnote: jsonschema-rs cannot be imported" in written("text", [], clean, options())


def test_only_what_a_fix_proposes_to_mend_is_named() -> None:
    noted = GOOD.replace(b'"b"', b'"b", "note": 1')
    for data, named in (
        (noted, []),
        (noted + RAW, ["jsonl-lint fix mends what it can of unknown-role"]),
        (noted + noted.replace(b"content", b"contnet", 1),
         ["jsonl-lint fix mends what it can of unknown-key"]),
    ):  # fmt: skip
        findings, summary = checked({"a.jsonl": data})
        lines = written("text", findings, summary, options(RULES)).splitlines()
        assert [line for line in lines if line.startswith("jsonl-lint")] == named


def test_so_many_of_a_rule_are_asked_whether_they_can_be_mended() -> None:
    asked = 0

    class Asked(LineContext):
        def safety(self, *_: object) -> None:
            nonlocal asked
            asked += 1

    findings = [replace(finding, context=Asked(RAW, 0)) for finding in many(ASKED + 1)]
    for quiet, often in ((False, ASKED), (True, 0)):
        asked = 0
        written("text", findings, summed(findings), options(RULES, quiet=quiet))
        assert asked == often


def test_colour_is_for_severity_and_rule_only() -> None:
    lines = text([found(RAW, ROLE)], color=True)
    assert lines[0] == "\x1b[1;31merror\x1b[0m \x1b[1munknown-role\x1b[0m at /messages/0/role"
    plain = [line.replace("\x1b[1;31m", "").replace("\x1b[1m", "").replace("\x1b[0m", "")
             for line in lines]  # fmt: skip
    assert plain == text([found(RAW, ROLE)])


def test_without_glyphs_the_report_is_ascii() -> None:
    raw = '{"messages": [{"role": "人", "content": "' + "é" * 300 + '"}]}'
    finding = found(raw.encode(), ROLE, file="größe.jsonl", message="人 is wrong", hint="é")
    for form in ("text", "concise"):
        assert written(form, [finding], summed([finding]), options(glyphs=False)).isascii()


def test_a_long_pointer_is_cut() -> None:
    assert len(text([found(RAW, ("k" * 1000,))])[0]) < 130


def test_concise_is_one_line_a_finding_and_obeys_the_cap() -> None:
    file_finding = found(RAW, rule="crlf", severity=Severity.WARNING, line=7)
    file_finding = type(file_finding)(
        *(file_finding.rule, file_finding.severity, file_finding.file, 7, None),
        file_finding.problem,
        FileContext("a.jsonl"),
    )
    findings = [*many(3), file_finding]
    assert written("concise", findings, summed(findings), options(max_per_rule=2)).splitlines() == [
        "a.jsonl:1:24: error unknown-role it is wrong",
        "a.jsonl:2:14: error unknown-role it is wrong",
        "a.jsonl:7:1: warning crlf it is wrong",
    ]
