"""The schemas that datasets bring along: what keeps them from use, and that none can hurt."""

from __future__ import annotations

import socket
from functools import reduce
from typing import Any

import pytest

from jsonl_lint.schema import engine
from jsonl_lint.schema.cache import CACHED_BYTES, Cache
from jsonl_lint.schema.form import retrace
from jsonl_lint.schema.parameters import Mismatch, not_object_type, parameters
from jsonl_lint.schema.reasons import EXTERNAL_REF
from jsonl_lint.schema.sound_patterns import MAX_PATTERN
from jsonl_lint.schema.soundness import MAX_BRANCHES, MAX_DEPTH, MAX_SCHEMAS

Schema = dict[str, Any]
WORD = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}


pytestmark = pytest.mark.usefixtures("engine_name")


def reasons(schema: Schema) -> list[tuple[str, str]]:
    return [("/".join(map(str, path)), message) for path, message, *_ in parameters(schema).reasons]


def nested(levels: int, inner: object) -> Any:
    return reduce(lambda value, _: {"x": value}, range(levels), inner)


def doubling(levels: int) -> Schema:
    """Make a schema of a few lines through which 2 ** levels ways lead."""
    steps: Schema = {f"s{i}": {"anyOf": [{"$ref": f"#/definitions/s{i + 1}"},
                                 {"$ref": f"#/definitions/s{i + 1}"}]}
             for i in range(levels)}  # fmt: skip
    steps[f"s{levels}"] = {"type": "string"}
    return {"properties": {"x": {"$ref": "#/definitions/s0"}}, "definitions": steps}


@pytest.mark.parametrize(
    "schema",
    [
        {},
        WORD,
        {"$ref": "#/definitions/a", "definitions": {"a": {"type": "object"}}},
        {"properties": {"a": {"$ref": "#/$defs/b%7Ec~1d~0e"}}, "$defs": {"b~c/d~e": True}},
        {"properties": {"a": {"$ref": "#/anyOf/1"}}, "anyOf": [True, {"type": "object"}]},
        {"properties": {"a": {"$ref": "#name"}}, "definitions": {"a": {"$id": "#name"}}},
        {
            "$id": "urn:a",
            "properties": {"a": {"$ref": "urn:a#/definitions/b"}},
            "definitions": {"b": {}},
        },
        {"properties": {"a": {"$ref": "b.json"}}, "definitions": {"b": {"$id": "b.json"}}},
        {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}},
        {"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}},
        {"properties": {"a": {"type": "array", "items": {"$ref": "#/properties/a"}}}},
        {
            "properties": {"a": {"pattern": "^([0-9]{4})$"}},
            "patternProperties": {"^x-": {}},
        },
        {"properties": {"a": {"pattern": "[a^]"}}},
        {"properties": {"$ref": {"type": "string"}, "pattern": {"type": "string"}}},
        {
            "enum": [{"$ref": "x", "pattern": "["}],
            "const": {"type": "text"},
            "x-y": {"type": "text"},
        },
        {"default": {"$ref": "https://example.com"}, "examples": [{"$ref": "#/none"}]},
        nested(MAX_DEPTH - 1, {}),
        doubling(13),
    ],
)
def test_usable_schemas(schema: Schema) -> None:
    assert reasons(schema) == []


@pytest.mark.parametrize(
    ("schema", "path", "message"),
    [
        ({"type": "dict"}, "type", "the type is not one of JSON Schema"),
        ({"type": ["object", "dict"]}, "type", "it breaks the rules of JSON Schema (Draft 7)"),
        ({"required": True}, "required", '"required" is not a list of names'),
        ({"required": ["a", "a"]}, "required", '"required" is not a list of names'),
        ({"properties": []}, "properties", "it breaks the rules"),
        ({"properties": {"1": {"type": "text"}}}, "properties/1/type", "the type is not"),
        ({"properties": {"01": {"type": "text"}}}, "properties/01/type", "the type is not"),
        ({"items": {"enum": 5}}, "items/enum", "it breaks the rules"),
        ({"items": [{}, {"enum": 5}]}, "items/1/enum", "it breaks the rules"),
        ({"items": {"items": {"type": "text"}}}, "items/items/type", "the type is not"),
        ({"items": 5}, "items", "it breaks the rules"),
        ({"items": [5]}, "items", "it breaks the rules"),
        ({"type": {"items": {"enum": 5}}}, "type", "it breaks the rules"),
        ({"dependencies": {"a": {"enum": 5}}}, "dependencies/a/enum", "it breaks the rules"),
        ({"$defs": {"a": {"pattern": 5}}}, "$defs/a/pattern", "it breaks the rules"),
        (
            {"items": {"$defs": {"a": {"items": {"type": "text"}}}}},
            "items/$defs/a/items/type",
            "the type is not",
        ),
        ({"properties": {"$defs": {"type": "text"}}}, "properties/$defs/type", "the type is not"),
        ({"$ref": 5}, "$ref", "it breaks the rules"),
        ({"multipleOf": 0}, "multipleOf", "it breaks the rules"),
        ({"$ref": "https://example.com/a.json"}, "$ref", '"$ref" leads out of the definition'),
        ({"$ref": "file:///etc/passwd"}, "$ref", '"$ref" leads out of the definition'),
        ({"$ref": "other.json#/a"}, "$ref", '"$ref" leads out of the definition'),
        ({"$ref": "#/definitions/a"}, "$ref", '"$ref" leads to no schema'),
        ({"items": {"$ref": "#name"}}, "items/$ref", '"$ref" leads to no schema'),
        (
            {"items": {"$ref": "#/required/0"}, "required": ["a"]},
            "items/$ref",
            '"$ref" leads to no',
        ),
        (
            {"items": {"$ref": "#/anyOf/1"}, "anyOf": [{}]},
            "items/$ref",
            '"$ref" leads to no schema',
        ),
        ({"items": {"$ref": "#/anyOf/" + "9" * 5000}, "anyOf": [{}]}, "items/$ref", '"$ref" leads'),
        ({"pattern": "["}, "pattern", "the pattern is not a regular expression"),
        ({"pattern": "\\p{L}"}, "pattern", "the pattern is not a regular expression"),
        ({"pattern": "a{99999999999}"}, "pattern", "the pattern is not a regular expression"),
        (
            {"pattern": "a" * (MAX_PATTERN + 1)},
            "pattern",
            "the pattern has more than 1,000 characters",
        ),
        ({"patternProperties": {"(": {}}}, "patternProperties/(", "the pattern is not"),
        ({"dependencies": {"a": {"pattern": "("}}}, "dependencies/a/pattern", "the pattern is not"),
        ({"$ref": "#"}, "", "the schema refers to itself in a circle"),
        ({"not": {"$ref": "#"}}, "not", "the schema refers to itself in a circle"),
        ({"$ref": "urn:b", "$id": "urn:a"}, "$ref", '"$ref" leads out of the definition'),
        (
            {"items": {"allOf": [{"$ref": "#/items"}]}},
            "items/allOf/0",
            "the schema refers to itself",
        ),
        (doubling(14), "", f"they unfold to more than {MAX_BRANCHES:,} alternatives"),
        (nested(MAX_DEPTH + 1, {}), "", f"they nest deeper than {MAX_DEPTH} levels"),
        (nested(1000, {}), "", f"they nest deeper than {MAX_DEPTH} levels"),
        ({"properties": {str(i): {} for i in range(MAX_SCHEMAS)}}, "", "they hold more than 2,000"),
        ({"title": "\ud800"}, "", "they hold what JSON cannot"),
        ({"enum": [{1, 2}]}, "", "they hold what JSON cannot"),
    ],
)
def test_unusable_schemas(schema: Schema, path: str, message: str) -> None:
    (found,) = reasons(schema)
    assert found[0] == path
    assert found[1].startswith(message)
    compiled = parameters(schema)
    assert not compiled.is_clean
    assert compiled.fits({"x": 1})
    assert compiled.mismatch({"x": 1}) is None
    assert not list(compiled.undeclared())


def test_every_fault_is_named_in_order() -> None:
    schema = {
        "properties": {"b": {"pattern": "["}, "a": {"$ref": "#/x"}},
        "items": {"pattern": "("},
    }
    assert [path for path, _ in reasons(schema)] == [
        "items/pattern", "properties/a/$ref", "properties/b/pattern",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (WORD, []),
        ({"required": ["a"]}, [("required/0", "a", [])]),
        ({"properties": {"a": {}}, "required": ["a", "b"]}, [("required/1", "b", ["a"])]),
        ({"properties": {"a": {"required": ["b"]}}}, [("properties/a/required/0", "b", [])]),
        ({"items": [{"required": ["b"]}]}, [("items/0/required/0", "b", [])]),
        (
            {"additionalProperties": {"required": ["b"]}},
            [("additionalProperties/required/0", "b", [])],
        ),
        ({"additionalProperties": False, "required": ["b"]}, [("required/0", "b", [])]),
        ({"additionalProperties": {"type": "string"}, "required": ["b"]}, []),
        ({"patternProperties": {"": {}}, "required": ["b"]}, []),
        ({"allOf": [{"properties": {"b": {}}}], "required": ["b"]}, []),
        ({"anyOf": [{"required": ["b"]}], "properties": {"c": {}}}, []),
        ({"$ref": "#/definitions/a", "definitions": {"a": {}}, "required": ["b"]}, []),
        ({"enum": [{"required": ["b"]}]}, []),
        ({"properties": {"required": {"type": "array"}}}, []),
    ],
)
def test_required_names_that_are_not_declared(
    schema: Schema, expected: list[tuple[str, str, list[str]]]
) -> None:
    found = list(parameters(schema).undeclared())
    assert [("/".join(map(str, path)), name, known) for path, name, known in found] == expected


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (WORD, {"word": "race"}, None),
        (WORD, {}, ((), "required", {})),
        (WORD, {"word": 5}, (("word",), "type", 5)),
        (
            {"properties": {"a": {"type": "null"}, "b": {"type": "null"}}},
            {"b": 1, "a": 2},
            (("a",), "type", 2),
        ),
        ({"type": "object", "minProperties": 2, "required": ["a"]}, {}, ((), "minProperties", {})),
        ({"properties": {"10": {"type": "null"}}}, {"10": 1}, (("10",), "type", 1)),
        (
            {"properties": {"a": {"items": {"maxLength": 1}}}},
            {"a": ["b", "cd"]},
            (("a", 1), "maxLength", "cd"),
        ),
        ({"properties": {"a": {"format": "email"}}}, {"a": "nobody"}, None),
        (
            {"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"const": 1}}},
            {"a": 2},
            (("a",), "const", 2),
        ),
        ({"properties": {"a": {"type": "integer"}}}, {"a": 1.0}, None),
        ({"properties": {"a": {"enum": [1]}}}, {"a": True}, (("a",), "enum", True)),
    ],
)
def test_mismatch(schema: Schema, value: object, expected: tuple[Any, ...] | None) -> None:
    compiled = parameters(schema)
    found = compiled.mismatch(value)
    assert compiled.fits(value) == (expected is None)
    assert (found and (found.path, found.keyword, found.value)) == expected


def test_mismatch_gives_the_subschema_that_is_broken() -> None:
    assert parameters(WORD).mismatch({"word": 5}) == Mismatch(
        ("word",), "type", {"type": "string"}, 5
    )


def test_ways_that_double_with_each_level_of_the_value_are_not_listed() -> None:
    both = [{"$ref": "#/definitions/a"}, {"$ref": "#/definitions/a"}]
    inner = {"properties": {"x": {"$ref": "#"}, "y": {"type": "string"}}}
    schema = {"allOf": both, "definitions": {"a": inner}}
    assert parameters(schema).mismatch(nested(5, {"y": 1})) == Mismatch(
        ("x",) * 5 + ("y",), "type", {"type": "string"}, 1
    )
    deeper = nested(60, {"y": 1})
    assert parameters(schema).mismatch(deeper) is None
    assert str(parameters(schema).not_compared(deeper)).startswith("that takes more than")
    assert not parameters(schema).fits(deeper)


def test_ways_that_are_too_many_to_be_listed() -> None:
    compiled = parameters(doubling(13))
    assert not compiled.fits({"x": 1})
    if not engine.fast_engine():
        assert str(compiled.not_compared({"x": 1})) == "that takes more than 10,000 steps"
    else:
        assert compiled.mismatch({"x": 1}) == Mismatch((), "", {}, {"x": 1})


def test_memory_that_is_not_enough_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jsonl_lint.schema.parameters.compile_untrusted", no_memory)
    judged = parameters({"type": "object", "title": "never compiled"})
    for ask in (judged.fits, judged.mismatch, judged.not_compared):
        with pytest.raises(MemoryError):
            ask({})


def no_memory(*_: object) -> None:
    raise MemoryError


def test_equal_schemas_share_one_judgement() -> None:
    first = parameters({"type": "object", "properties": {}})
    assert parameters({"type": "object", "properties": {}}) is first
    assert parameters({"type": "object", "properties": {"a": {}}}) is not first
    assert parameters({"maximum": 1}) is not parameters({"maximum": True})


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    cache: Cache[object] = Cache()
    monkeypatch.setattr("jsonl_lint.schema.parameters._cache", cache)
    monkeypatch.setattr("jsonl_lint.schema.cache.CACHED", 3)
    for title in "abcde":
        parameters({"title": title})
        assert len(cache) <= 3
    large = {"title": "a" * CACHED_BYTES}
    assert parameters(large) is not parameters(large)


def test_the_schema_is_left_as_it_was() -> None:
    schema = {"type": "object", "properties": {"a": {"enum": [{"b": 1}]}}}
    compiled = parameters(schema)
    compiled.mismatch({"a": 1})
    assert schema == {"type": "object", "properties": {"a": {"enum": [{"b": 1}]}}}


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/a.json",
        "http://127.0.0.1:9/a.json#/b",
        "file:///etc/hostname",
        "//127.0.0.1/a",
    ],
)
@pytest.mark.parametrize("keyword", ["$ref", "$id", "$schema", "$dynamicRef"])
def test_nothing_is_ever_fetched(
    monkeypatch: pytest.MonkeyPatch, keyword: str, reference: str
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    compiled = parameters({"properties": {"a": {keyword: reference}}})
    compiled.mismatch({"a": 1})
    rules = {reason.rule for reason in compiled.reasons}
    assert rules == (set() if keyword == "$id" and "#" not in reference else {EXTERNAL_REF})


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, False),
        ({"type": "object"}, False),
        ({"type": "array"}, True),
        ({"type": ["object"]}, True),
        ({"properties": {}}, True),
    ],
)
def test_not_object_type(schema: Schema, *, expected: bool) -> None:
    assert not_object_type(schema) is expected
    assert parameters(schema).is_clean is not expected


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("a", 0), {"a": [5]}, (("a", 0), 5)),
        ((1,), {"1": 5}, (("1",), 5)),
        ((1,), {"01": 5}, (("01",), 5)),
        ((1,), {"+1": 5}, (("+1",), 5)),
        ((0,), {"0": 5}, (("0",), 5)),
        ((1,), {"01": 4, "1": 5}, (("1",), 5)),
        (("a", 1), {"a": {"2": 5}}, (("a",), {"2": 5})),
    ],
)
def test_retrace(path: tuple[str | int, ...], value: object, expected: tuple[Any, Any]) -> None:
    assert retrace(path, value) == expected


@pytest.mark.parametrize("items", [True, False, {}])
def test_additional_items_have_a_say_beside_a_list_only(*, items: Any) -> None:
    schema = {"type": "object", "properties": {"x": {"items": items, "additionalItems": False}}}
    assert parameters(schema).fits({"x": []})
    assert parameters(schema).fits({"x": [1]}) is (items is not False)
