"""What a misspelt word means is guessed while that takes little; no finding depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from jsonl_lint import lint_bytes, words
from jsonl_lint.words import MAX_COMPARED, Spelling, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = 250
USER = {"role": "user", "content": "q"}
ASSISTANT = {"role": "assistant", "content": "a"}


def names(first: str) -> list[str]:
    return [f"{first}_{number:030}" for number in range(NUMBER)]


def call(name: str, index: int) -> dict[str, Any]:
    function = {"name": name, "arguments": "{}"}
    return {"id": f"call{index:05}", "type": "function", "function": function}


def tool(name: str, **parameters: Any) -> dict[str, Any]:
    about = {"type": "object", "properties": {}, **parameters}
    return {"type": "function", "function": {"name": name, "description": "d", "parameters": about}}


CALLS = [call(name, index) for index, name in enumerate(names("g"))]
RESULTS = [{"role": "tool", "tool_call_id": one["id"], "content": "x"} for one in CALLS]
RECORDS = {
    "undeclared-tool": {
        "messages": [USER, {"role": "assistant", "tool_calls": CALLS}, *RESULTS, ASSISTANT],
        "tools": [tool(name) for name in names("f")],
    },
    "required-not-in-properties": {
        "messages": [USER, ASSISTANT],
        "tools": [tool("f", properties={name: {} for name in names("p")}, required=names("q"))],
    },
    "unknown-key": {"messages": [USER, ASSISTANT], **{f"tool{i}": 1 for i in range(9000)}},
}


@pytest.mark.parametrize("rule", RECORDS)
def test_a_line_takes_a_bounded_number_of_comparisons(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    guess = words._nearest  # noqa: SLF001 - every comparison of words is made there

    def counted(word: str, known: Sequence[str]) -> str:
        nonlocal compared
        compared += len(word) * sum(map(len, known))
        return guess(word, known)

    words._remembered.cache_clear()  # noqa: SLF001 - what is remembered is not compared
    monkeypatch.setattr(words, "_nearest", counted)
    monkeypatch.setattr(words, "MAX_COMPARED", 500_000)
    findings = lint_bytes(orjson.dumps(RECORDS[rule]) + b"\n").findings
    found = [finding.problem.hint for finding in findings if finding.rule == rule]
    assert len(found) >= NUMBER
    assert "did you mean" in found[0]
    assert 0 < compared <= 500_000


def test_beyond_the_bound_nothing_is_meant() -> None:
    spelling = Spelling()
    assert spelling.nearest("rols", ["role", "content"]) == "role"
    assert spelling.nearest("rols", ["role", "a" * MAX_COMPARED]) == ""
    assert spelling.nearest("rols", ["role", "content"]) == ""
    assert nearest("rols", ["role", "content"]) == "role"
