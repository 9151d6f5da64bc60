"""Schemas and arguments made to hang, crash or mislead a validator: each ends soon, by name.

``[]`` stands for a comparison that says the value fits, ``mismatch`` for one that says it does not;
whatever else, a rule says why there was none.
"""

from __future__ import annotations

import time
from functools import reduce
from typing import Any, NamedTuple

import pytest

from jsonl_lint.schema import engine
from jsonl_lint.schema.cache import Cache
from jsonl_lint.schema.parameters import parameters
from jsonl_lint.schema.reasons import (
    EXTERNAL_REF,
    INFINITE_REF,
    PATTERN_NOT_CHECKED,
    TOO_COMPLEX,
    UNUSABLE,
)

Schema = dict[str, Any]
MISMATCH = "mismatch"
FITS: list[str] = []
MAX_SECONDS = 2.0
"""Each takes less than a quarter of that on a machine with nothing else to do."""


class Case(NamedTuple):
    schema: Any
    value: Any
    expected: list[str]
    fallback: list[str] | None = None
    """What jsonschema gives, where that is something else."""


def nested(levels: int, inner: Any, key: str = "x") -> Any:
    return reduce(lambda value, _: {key: value}, range(levels), inner)


def of_x(schema: Any, **beside: Any) -> Schema:
    return {"type": "object", "properties": {"x": schema}, **beside}


def laughs(levels: int, keyword: str = "allOf") -> Schema:
    """Double the ways with each of a few lines."""
    steps: Schema = {f"s{i}": {keyword: [{"$ref": f"#/definitions/s{i + 1}"}] * 2}
                     for i in range(levels)}  # fmt: skip
    return of_x({"$ref": "#/definitions/s0"}, definitions={**steps, f"s{levels}": {"type": "null"}})


def addressed_laughs(levels: int) -> Schema:
    """The same through addresses, which only look as if they led outside."""
    steps: Schema = {f"s{i}": {"$id": f"urn:s{i}", "allOf": [{"$ref": f"urn:s{i + 1}"}] * 2}
                     for i in range(levels)}  # fmt: skip
    last = {"$id": f"urn:s{levels}", "type": "null"}
    return of_x({"$ref": "urn:s0"}, definitions={**steps, "last": last})


def twins(keyword: str) -> Schema:
    """Judge each level of the value twice as often as the one above."""
    return {keyword: [of_x({"$ref": "#"}), of_x({"$ref": "#"}, title="t")]}


def left_over(levels: int) -> Schema:
    """Write twins within twins, with a keyword of another draft."""
    schema: Schema = {"type": "object"}
    for _ in range(levels):
        schema = {"type": "object", "allOf": [schema, schema], "unevaluatedProperties": False}
    return schema


def not_this(pattern: str) -> Schema:
    return of_x({"pattern": pattern})


LONG = "a" * 5000 + "b"
OBJECTS = [{"a": i} for i in range(5000)]
ALIKE = [[[1] if i >> j & 1 else 1 for j in range(13)] for i in range(8000)]
DEEP = {"x": nested(120, 1)}

MALFORMED: list[Schema] = [
    {"properties": []}, {"enum": 5}, {"$ref": 5}, {"items": "x"}, {"allOf": {}}, {"allOf": []},
    {"required": "x"}, {"pattern": 5}, {"patternProperties": []}, {"properties": {"x": None}},
    {"dependencies": {"x": 5}}, {"$id": 5}, {"definitions": {"x": "x"}}, {"not": []}, {"if": 0},
    {"$schema": None}, {"maxItems": "1"}, {"type": "objct"}, {"type": []}, {"const": {1, 2}},
]  # fmt: skip

CASES = {
    # references
    "remote": Case(of_x({"$ref": "https://example.com/a"}), {}, [EXTERNAL_REF]),
    "a file": Case(of_x({"$ref": "file:///etc/passwd"}), {}, [EXTERNAL_REF]),
    "a dynamic one": Case(of_x({"$dynamicRef": "https://example.com/a"}), {}, [EXTERNAL_REF]),
    "a recursive one": Case(of_x({"$recursiveRef": "https://example.com"}), {}, [EXTERNAL_REF]),
    "a dialect": Case({"type": "object", "$schema": "https://example.com/a"}, {}, [EXTERNAL_REF]),
    "relative to an address": Case(
        of_x({"$id": "sub/", "items": {"$ref": "b.json"}}, definitions={"b": {"$id": "b.json"}})
        | {"$id": "https://example.com/"}, {"x": [1]}, [EXTERNAL_REF]),
    "one address twice": Case(
        of_x({"$ref": "#n"}, definitions={"a": {"$id": "#n"}, "b": {"$id": "#n", "type": "null"}}),
        {"x": 1}, [EXTERNAL_REF]),
    "no address": Case(of_x({"$id": "http://["}), {"x": 1}, [TOO_COMPLEX], FITS),
    "itself": Case({"type": "object", "$ref": "#"}, {}, [INFINITE_REF]),
    "each other": Case(
        of_x({"$ref": "#/definitions/a"}, definitions={"a": {"$ref": "#/definitions/b"},
                                                       "b": {"$ref": "#/definitions/a"}}),
        {"x": 1}, [INFINITE_REF]),
    "all of itself": Case(of_x({"allOf": [{"$ref": "#/properties/x"}]}), {"x": 1}, [INFINITE_REF]),
    "itself by its address": Case(
        {"type": "object", "$id": "urn:a", "anyOf": [{"$ref": "urn:a"}]}, {}, [INFINITE_REF]),
    "itself by dependencies": Case(
        {"type": "object", "dependencies": {"x": {"$ref": "#"}}}, {"x": 1}, [INFINITE_REF]),
    "itself, where no schema is expected": Case(
        of_x({"$ref": "#/x-a"}, **{"x-a": {"not": {"$ref": "#/x-a"}}}), {"x": 1}, [INFINITE_REF]),
    "itself for its members": Case(of_x({"$ref": "#"}), DEEP, [MISMATCH]),
    "a chain": Case(
        of_x({"$ref": "#/definitions/0"}, definitions={
            **{str(i): {"$ref": f"#/definitions/{i + 1}"} for i in range(80)},
            "80": {"type": "null"}}), {"x": 1}, [MISMATCH]),
    "the metaschema": Case(
        of_x({"$ref": "http://json-schema.org/draft-07/schema#"}), {"x": {"type": 5}}, [MISMATCH]),
    # work that doubles
    **{f"{n} laughs": Case(laughs(n), {"x": 1}, [TOO_COMPLEX]) for n in (14, 24, 28, 60)},
    "40 laughs of anyOf": Case(laughs(40, "anyOf"), {"x": 1}, [TOO_COMPLEX]),
    "40 laughs of oneOf": Case(laughs(40, "oneOf"), {"x": 1}, [TOO_COMPLEX]),
    "40 laughs by address": Case(addressed_laughs(40), {"x": 1}, [TOO_COMPLEX]),
    "13 laughs": Case(laughs(13), {"x": 1}, [MISMATCH]),
    "13 laughs for each of many": Case(
        of_x({"items": laughs(13)["properties"]["x"]}, definitions=laughs(13)["definitions"]),
        {"x": [None] * 5000}, [TOO_COMPLEX]),
    "twice as much at each level, allOf": Case(
        {"type": "object", **twins("allOf")}, nested(60, 1), [TOO_COMPLEX]),
    "twice as much at each level, anyOf": Case(
        {"type": "object", **twins("anyOf")}, nested(60, 1), [TOO_COMPLEX]),
    "twice as much at ten levels": Case(
        {"type": "object", **twins("allOf")}, nested(10, 1), [MISMATCH]),
    "what is left over": Case(left_over(12), {"x": 1}, [TOO_COMPLEX]),
    "one of 1,000": Case(
        of_x({"oneOf": [{"$ref": "#/definitions/a"}] * 1000}, definitions={"a": {"type": "null"}}),
        {"x": 1}, [MISMATCH]),
    "dependencies in a chain": Case(
        {"type": "object", "dependencies": {f"k{i}": [f"k{i + 1}"] for i in range(1000)}},
        {f"k{i}": 1 for i in range(1001)}, FITS),
    # size
    "too many schemas": Case(of_x({"anyOf": [{}] * 3000}), {"x": 1}, [TOO_COMPLEX]),
    "too deep": Case(of_x(nested(150, {}, "not")), {"x": 1}, [TOO_COMPLEX]),
    "far too deep": Case(of_x(nested(2000, {}, "not")), {"x": 1}, [TOO_COMPLEX]),
    "without an end": Case({"type": "object"}, {}, [TOO_COMPLEX]),
    "an enum of 100,000": Case(
        of_x({"enum": [f"s{i}" for i in range(100_000)]}), {"x": "s1"}, [TOO_COMPLEX]),
    "an enum of 20,000": Case(
        of_x({"enum": [f"s{i}" for i in range(20_000)]}), {"x": "s19999"}, FITS),
    "an enum of 20,000, often": Case(
        of_x({"items": {"enum": [f"s{i}" for i in range(20_000)]}}),
        {"x": ["s19999"] * 1000}, FITS, [TOO_COMPLEX]),
    "an enum of fractions, often": Case(
        of_x({"items": {"enum": [i + 0.5 for i in range(2000)]}}),
        {"x": [1999.5] * 1000}, [TOO_COMPLEX]),
    "an enum of a text and fractions, often": Case(
        of_x({"items": {"enum": ["a", *(i + 0.5 for i in range(2000))]}}),
        {"x": [1999.5] * 1000}, [TOO_COMPLEX]),
    "an enum of objects, often": Case(
        of_x({"items": {"enum": OBJECTS}}), {"x": [{"a": 4999}] * 1000}, [TOO_COMPLEX]),
    "5,000 objects of which none is like another": Case(
        of_x({"uniqueItems": True}), {"x": OBJECTS}, FITS),
    "5,000 objects of which two are alike": Case(
        of_x({"uniqueItems": True}), {"x": [*OBJECTS, {"a": 1.0}]}, [MISMATCH]),
    "items that jsonschema-rs hashes alike": Case(
        of_x({"uniqueItems": True}), {"x": ALIKE}, [TOO_COMPLEX]),
    "a few items that are hashed alike": Case(
        of_x({"uniqueItems": True}), {"x": ALIKE[:500]}, FITS),
    "items alike where they may be": Case(of_x({"uniqueItems": False}), {"x": ALIKE}, FITS),
    "texts with brackets": Case(
        of_x({"uniqueItems": True}), {"x": [f"[{i}] {{}}" for i in range(20_000)]}, FITS,
        [TOO_COMPLEX]),
    "5,000 required names that are alike": Case(
        {"type": "object", "required": [{}] * 5000}, {}, [UNUSABLE]),
    "a key of 64 KiB": Case(
        {"type": "object", "properties": {"k" * 65536: {"type": "null"}}}, {"k" * 65536: 1},
        [MISMATCH]),
    "a key of JavaScript": Case(
        {"type": "object", "properties": {"__proto__": {"type": "null"}}}, {"__proto__": 1},
        [MISMATCH]),
    # patterns
    "nested repeats": Case(not_this("^(a+)+$"), {"x": LONG}, [MISMATCH], [PATTERN_NOT_CHECKED]),
    "repeated choices": Case(not_this("^(a|a)*$"), {"x": LONG}, [MISMATCH], [PATTERN_NOT_CHECKED]),
    "neighbours": Case(not_this("a*a*a*a*c"), {"x": LONG}, [MISMATCH], [PATTERN_NOT_CHECKED]),
    "30 optional ones": Case(
        not_this("a?" * 30 + "a" * 30 + "$"), {"x": "a" * 30 + "b"}, [MISMATCH],
        [PATTERN_NOT_CHECKED]),
    "look-ahead": Case(not_this("^(?:(?!b)a|a)*$"), {"x": LONG}, [PATTERN_NOT_CHECKED]),
    "a reference back": Case(not_this(r"(a+)+\1c"), {"x": LONG}, [PATTERN_NOT_CHECKED]),
    "a pattern beside another dialect": Case(
        of_x({"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": "^(a+)+$"}),
        {"x": LONG}, [MISMATCH], [PATTERN_NOT_CHECKED]),
    "a pattern where no schema is expected": Case(
        of_x({"$ref": "#/x-a"}, **{"x-a": {"pattern": "^(a+)+$"}}), {"x": LONG}, [MISMATCH],
        [PATTERN_NOT_CHECKED]),
    "of names": Case(
        {"type": "object", "propertyNames": {"pattern": "^(a+)+$"}}, {LONG: 1}, [MISMATCH],
        [PATTERN_NOT_CHECKED]),
    "of keys": Case(
        {"type": "object", "patternProperties": {"^(a+)+$": {}}, "additionalProperties": False},
        {LONG: 1}, [MISMATCH], [PATTERN_NOT_CHECKED]),
    "on a long text": Case(not_this("^[ab]+$"), {"x": LONG}, FITS, [PATTERN_NOT_CHECKED]),
    "300 patterns for each of 10,000 keys": Case(
        {"type": "object", "patternProperties": {f"^a{i}": True for i in range(300)}},
        {f"k{i}": 1 for i in range(10_000)}, [TOO_COMPLEX]),
    "large when compiled": Case(
        of_x({"anyOf": [{"pattern": f"^.{{1,500}}{i}$"} for i in range(50)]}), {"x": "a"},
        [TOO_COMPLEX], [MISMATCH]),
    "far too large when compiled": Case(
        not_this("((a{100}){100}){100}"), {"x": "a"}, [PATTERN_NOT_CHECKED]),
    "repeats of nothing": Case(
        not_this("^(?:(?:(?:^){9999}){9999}){9999}$"), {"x": "b"}, [MISMATCH],
        [PATTERN_NOT_CHECKED]),
    "ranges without case": Case(
        not_this("(?i)" + "[\x80-\U0010fff0]" * 150), {"x": "b"}, [TOO_COMPLEX]),
    "a long pattern": Case(not_this("a" * 1001), {"x": "a"}, [TOO_COMPLEX]),
    "many patterns": Case(
        of_x({"anyOf": [{"pattern": f"{i:0900}"} for i in range(100)]}), {"x": "a"}, [TOO_COMPLEX]),
    # numbers
    "a huge step": Case(of_x({"multipleOf": 10**400}), {"x": 5}, [UNUSABLE]),
    "a tiny step": Case(of_x({"multipleOf": 1e-320}), {"x": 7}, FITS),
    "a huge length": Case(of_x({"minLength": 1e308}), {"x": "a"}, [MISMATCH]),
    "a negative length": Case(of_x({"minLength": -1}), {"x": "a"}, [UNUSABLE]),
    "no step": Case(of_x({"multipleOf": 0}), {"x": 5}, [UNUSABLE]),
    # no schemas
    **{f"malformed {schema}": Case({"type": "object", **schema}, {"x": 1}, [UNUSABLE])
       for schema in MALFORMED},
}  # fmt: skip

endless: Schema = {"type": "object"}
endless["properties"] = {"x": endless}
CASES["without an end"] = CASES["without an end"]._replace(schema=endless)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_ends_soon_and_says_how(engine_name: str, case: Case) -> None:
    start = time.perf_counter()
    compiled = parameters(case.schema)
    found = sorted({reason.rule for reason in compiled.reasons})
    fits, mismatch = compiled.fits(case.value), compiled.mismatch(case.value)
    if not found and (reason := compiled.not_compared(case.value)):
        found = [reason.rule]
    if mismatch:
        found.append(MISMATCH)
    assert time.perf_counter() - start < MAX_SECONDS
    is_fallback = engine_name == "jsonschema" and case.fallback is not None
    assert found == (case.fallback if is_fallback else case.expected)
    assert fits == (not found or bool(compiled.reasons))


@pytest.mark.parametrize(
    "pattern",
    [r"^\d{4}-\d{2}-\d{2}$", r"^[\w.+-]+@[\w-]+\.[\w.-]+$", "^x-", "^(a|b|c)$", r"^#[0-9a-f]{6}$",
     r"(\.\d+)?$", "[a-z]+@", "", r"^\d{1,3}\.\d{1,3}$"],
)  # fmt: skip
@pytest.mark.usefixtures("engine_name")
def test_patterns_of_daily_use_are_run_by_both_engines(pattern: str) -> None:
    assert engine.pattern_cost(pattern) == 1
    assert parameters(of_x({"pattern": pattern})).is_clean


@pytest.mark.usefixtures("engine_name")
def test_what_is_shared_by_address_is_one_schema() -> None:
    schema = of_x({"$ref": "urn:a"}, definitions={"a": {"$id": "urn:a", "type": "null"}})
    assert parameters(schema).fits({"x": None})
    assert parameters(schema).mismatch({"x": 1}) is not None


def test_compiled_schemas_are_let_go_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jsonl_lint.schema.cache._kept", [])
    monkeypatch.setattr("jsonl_lint.schema.cache._kept_bytes", 0)
    monkeypatch.setattr("jsonl_lint.schema.parameters._cache", Cache())
    drawn = [parameters(of_x({"enum": [[]] * 2000}, title=str(i))) for i in range(30)]
    assert [one.fits({"x": []}) for one in drawn] == [True] * 30
    kept_ones = [one for one in drawn if one._compiled]  # noqa: SLF001 - nothing else shows it
    assert 0 < len(kept_ones) < 30
    assert all(one.fits({"x": []}) and not one.fits({"x": 1}) for one in drawn)


@pytest.mark.usefixtures("engine_name")
def test_no_value_stands_in_the_words() -> None:
    secret = "s3cr3t" * 1000
    doubled = laughs(13)
    many = of_x({"items": doubled["properties"]["x"]}, definitions=doubled["definitions"])
    schemas = [of_x({"pattern": "^(s|3)+$"}), of_x({"pattern": "^[a-z0-9]+$"}), many]
    for schema in schemas:
        compiled = parameters(schema)
        error = compiled.not_compared({"x": [secret] * 5000 if "items" in str(schema) else secret})
        words = [str(error), *(reason.message for reason in compiled.reasons)]
        assert not any("s3cr3t" in text for text in words)
