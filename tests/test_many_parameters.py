"""Long and many parameters of one record: each is judged once, and no closer than it has to be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from samples import line

from jsonl_lint import Config
from jsonl_lint.api import make_linter
from jsonl_lint.reading import overlooked
from jsonl_lint.rules import tools
from jsonl_lint.schema import parameters as module
from jsonl_lint.schema import sound_patterns, soundness
from jsonl_lint.schema.cache import CACHED_BYTES
from jsonl_lint.schema.parameters import parameters

if TYPE_CHECKING:
    from collections.abc import Callable

Schema = dict[str, Any]


def chain(levels: int, end: Schema) -> Schema:
    return {"type": "object", "properties": {"a": chain(levels - 1, end)}} if levels else end


def long(name: str, **also: Any) -> Schema:
    """Make parameters that are in no cache, and whose text alone proves them sound."""
    members = {f"{name}{number}": {"type": "string", **also} for number in range(400)}
    return {"type": "object", "properties": members}


def record(*schemas: Schema) -> dict[str, Any]:
    called = [
        {"id": f"{n:09}", "type": "function", "function": {"name": f"f{n}", "arguments": '{"a":1}'}}
        for n in range(len(schemas))
    ]
    declared = [
        {"type": "function", "function": {"name": f"f{n}", "description": "d", "parameters": one}}
        for n, one in enumerate(schemas)
    ]
    asked = {"role": "user", "content": "a"}
    return {"messages": [asked, {"role": "assistant", "tool_calls": called}], "tools": declared}


@pytest.fixture(name="calls")
def _calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of what takes long."""
    calls: Counter[str] = Counter()

    def counted(owner: Any, name: str) -> None:
        call: Callable[..., Any] = getattr(owner, name)

        def counting(*args: Any) -> Any:
            calls[name] += 1
            return call(*args)

        monkeypatch.setattr(owner, name, counting)

    counted(module, "judge")
    counted(soundness, "_judge_closely")
    counted(sound_patterns, "pattern_cost")
    return calls


def test_each_is_judged_once_for_all_rules(calls: Counter[str]) -> None:
    schemas = [long(f"p{number}", default=1) for number in range(5)]
    assert min(len(orjson.dumps(one)) for one in schemas) > CACHED_BYTES
    schemas += [{"type": "object", "pattern": "("}, long("x") | {"required": ["y"]}]
    check = make_linter(Config(ignore=("too-few-examples",))).check("<bytes>")
    found = [one.rule for one in check.line_findings([line(record(*schemas))])]
    assert {"tool-parameters-invalid-schema", "required-not-in-properties"} < {*found}
    by_gate = len(schemas) - 1  # which looks at no more behind the first fault
    assert calls["judge"] <= by_gate + len(schemas)


def test_the_gate_compares_no_calls_with_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = [long(f"p{number}", default=1) for number in range(3)]
    declared = record(*schemas)["tools"]
    assert tools.gate(declared) is not None
    monkeypatch.setattr(tools, "MAX_GATED", 2 * len(orjson.dumps(declared[0])))
    assert tools.gate(declared) is None


@pytest.mark.parametrize("levels", [0, 30])
def test_what_the_text_proves_is_not_judged_closely(levels: int, calls: Counter[str]) -> None:
    compiled = parameters(long("p", default=levels) | {"items": chain(levels, {})})
    assert compiled.is_clean
    assert compiled.fits({"p1": "a"})
    before = calls["_judge_closely"]
    mismatch = compiled.mismatch({"p1": 1, "x": ["a"] * 100})
    assert mismatch is not None
    assert (mismatch.path, mismatch.keyword) == (("p1",), "type")
    assert (before, calls["_judge_closely"]) == (0, 1)


def test_costs_are_found_for_as_many_levels_as_values_have(calls: Counter[str]) -> None:
    below = {f"p{number}": {"type": "string", "enum": ["a"]} for number in range(100)}
    end = {"properties": below, "required": ["p1"], "$comment": "levels"}
    compiled = parameters(chain(40, end) | {"definitions": {"a": {"$id": "urn:a"}}})
    assert compiled.mismatch({"a": 1}) is not None
    before = calls["_judge_closely"]
    value: Any = {"p1": 1, "p2": ["b"] * 200}
    for _ in range(40):
        value = {"a": value}
    mismatch = compiled.mismatch(value)
    assert mismatch is not None
    assert mismatch.path == (*["a"] * 40, "p1")
    assert (before, calls["_judge_closely"]) == (1, 2)


def test_patterns_that_are_too_many_are_not_weighed(calls: Counter[str]) -> None:
    members = {f"p{number}": {"pattern": f"^{number}"} for number in range(400)}
    assert [one.rule for one in parameters({"properties": members}).reasons] == [
        "schema-too-complex"
    ]
    assert not calls["pattern_cost"]


def test_brackets_are_not_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlooked, "_BRACKET", None)
    assert overlooked.too_deep(b"[" + b'{"a\\"[":[[1]]},' * 30_000 + b"1]", 128) is None
    with pytest.raises(AttributeError):
        overlooked.too_deep(b"[" * 129 + b"]" * 129, 128)
