"""The schemas themselves, and how a schema's faults become problems in the words it gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from referencing import Registry

from jsonl_lint import Problem, targets
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.speakers import SPEAKERS
from jsonl_lint.schema import engine, find
from jsonl_lint.schema.describe import describe, fill
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.explain import explain, rule_names

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[1] / "fixtures" / "targets"
ANNOTATIONS = {"x-rule", "x-message", "x-hint", "x-part", "x-minor", "x-suggestions"}
BOTH_ENGINES = pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
Seen = list[tuple[str, str, str, str]]


def problems(
    schema: dict[str, Any], value: object, *, reference: bool
) -> list[tuple[str, Problem]]:
    found = explain(compile_schema(schema, reference=reference), value)
    return sorted(found, key=lambda one: (one[0], to_pointer(one[1].path), one[1].message))


def seen(schema: dict[str, Any], value: object, *, reference: bool) -> Seen:
    return [
        (rule, to_pointer(problem.path), problem.message, problem.hint)
        for rule, problem in problems(schema, value, reference=reference)
    ]


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object of a schema; names of properties count as keywords, which does no harm."""
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending += node.values()
        elif isinstance(node, list):
            pending += node


@pytest.mark.parametrize("name", find.names())
def test_schemas_are_valid_and_say_which_they_are(name: str) -> None:
    schema = find.load(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:jsonl-lint:schema:{name}"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", find.names())
def test_schemas_refer_to_nothing_outside(name: str) -> None:
    schema = find.load(name)
    references = {node["$ref"] for node in nodes(schema) if "$ref" in node}
    assert references
    for reference in references:
        found = schema
        assert reference.startswith("#/$defs/")
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    assert not any(
        {"$dynamicRef", "$anchor", "$recursiveRef"} & node.keys() for node in nodes(schema)
    )


@pytest.mark.parametrize("name", targets.names())
def test_schemas_of_records_define_nothing_that_is_not_used(name: str) -> None:
    schema = targets.load(name).schema
    used = {node["$ref"].removeprefix("#/$defs/") for node in nodes(schema) if "$ref" in node}
    assert set(schema.get("$defs", {})) == used


@pytest.mark.parametrize("name", find.names())
def test_annotations_are_known_and_well_formed(name: str) -> None:
    for node in nodes(find.load(name)):
        named = {key for key in node if key.startswith("x-")}
        assert named <= ANNOTATIONS
        for key in named - {"x-suggestions"}:
            given = node[key]
            by_keyword = given if isinstance(given, dict) else {}
            assert by_keyword.keys() <= node.keys(), "an annotation of a keyword that is not there"
            for value in by_keyword.values() or [given]:
                assert isinstance(value, bool if key == "x-minor" else str)
        assert set(node.get("x-suggestions", {}).values()) <= set(node.get("enum", []))


@pytest.mark.parametrize("target", targets.names())
def test_other_validators_accept_the_valid_records(target: str) -> None:
    schema = targets.load(target).schema
    validator = jsonschema.Draft202012Validator(schema, registry=Registry())
    lines = (FIXTURES / target / "valid.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 10
    for line in lines:
        validator.validate(json.loads(line))


@pytest.mark.parametrize("target", targets.names())
def test_other_validators_refuse_what_is_no_record(target: str) -> None:
    validator = jsonschema.Draft202012Validator(targets.load(target).schema)
    values: list[object] = [None, [], "text", 1, {}, {"messages": []}, {"text": 1}]
    for value in values:
        assert not validator.is_valid(value)


@pytest.mark.parametrize("name", find.names())
def test_a_schema_is_read_as_it_stands_in_its_file(name: str) -> None:
    assert json.loads(find.text(name)) == find.load(name)
    assert find.text(name).endswith("}\n")


def test_an_unknown_schema_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        find.text("none")


@BOTH_ENGINES
def test_the_keyword_names_the_rule_where_the_schema_does_not(*, reference: bool) -> None:
    schema = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"c": {"type": ["string", "null"]}, "d": {"maximum": 1}, "content": {}},
        "additionalProperties": False,
    }
    assert seen(schema, {"c": 1, "d": 2, "contents": 3}, reference=reference) == [
        ("missing-key", "", 'missing key "a"', ""),
        ("missing-key", "", 'missing key "b"', ""),
        ("unknown-key", "/contents", 'unknown key "contents"', 'did you mean "content"?'),
        ("wrong-type", "/c", '"c" is a number; expected a string or null', ""),
        ("wrong-value", "/d", 'a number that breaks "maximum" of its schema', ""),
    ]
    assert seen(schema, [], reference=reference) == [
        ("wrong-type", "", "this is an array; expected an object", "")
    ]


@BOTH_ENGINES
def test_x_rule_names_the_rule_of_all_keywords_or_of_one(*, reference: bool) -> None:
    keywords: dict[str, Any] = {"type": "string", "minLength": 2}
    for given, short, wrong in (
        ("no-user", "no-user", "no-user"),
        ({"minLength": "no-user"}, "no-user", "wrong-type"),
        ({"type": "no-user"}, "wrong-value", "no-user"),
    ):
        schema = {**keywords, "x-rule": given}
        assert seen(schema, "a", reference=reference)[0][0] == short
        assert seen(schema, 1, reference=reference)[0][0] == wrong
    assert seen({**keywords, "x-rule": {}}, "ab", reference=reference) == []


@BOTH_ENGINES
def test_x_rule_of_a_missing_key_is_reported_once_for_each_key(*, reference: bool) -> None:
    schema = {"required": ["a", "b"], "x-rule": "no-user", "x-hint": {"required": "write it"}}
    assert seen(schema, {}, reference=reference) == [
        ("no-user", "", 'missing key "a"', "write it"),
        ("no-user", "", 'missing key "b"', "write it"),
    ]
    one_word = {**schema, "x-message": "something is missing"}
    assert seen(one_word, {}, reference=reference) == [
        ("no-user", "", "something is missing", "write it")
    ]


@BOTH_ENGINES
def test_x_message_and_x_hint_give_the_words(*, reference: bool) -> None:
    schema = {
        "properties": {
            "id": {"minLength": 3, "x-message": "{value} is {length}", "x-hint": "make it longer"},
            "content": {
                "type": "string",
                "minLength": 3,
                "x-message": {"minLength": "{value} is {length}"},
                "x-hint": {"type": "write text"},
            },
        }
    }
    assert seen(schema, {"id": "a", "content": "b"}, reference=reference) == [
        ("wrong-value", "/content", "a string is 1 character", ""),
        ("wrong-value", "/id", '"a" is 1 character', "make it longer"),
    ]
    assert seen(schema, {"content": None}, reference=reference) == [
        ("wrong-type", "/content", '"content" is null; expected a string', "write text")
    ]


def test_only_structure_is_shown_in_a_message() -> None:
    assert fill("{value}", "role", "human") == '"human"'
    assert fill("{value}", "weight", 0.5) == "0.5"
    assert fill("{value}", "weight", None) == "null"
    assert fill("{value}", "name", ["a"]) == "an array"
    assert fill("{value}", "content", "secret") == "a string"
    assert fill("{value}", 0, "secret") == "a string"
    assert fill("{value}", "id", "x" * 100) == '"' + "x" * 64 + '..."'


def test_a_value_cannot_play_a_part_of_the_message() -> None:
    assert fill("{value} is {length}", "id", "{length}") == '"{length}" is 8 characters'
    assert fill("{length} of {value}", "id", "{value}") == '7 characters of "{value}"'
    assert fill("{length}", "id", 1) == ""


@BOTH_ENGINES
def test_x_part_points_at_the_key(*, reference: bool) -> None:
    schema = {"properties": {"a": {"not": {}, "x-part": "key"}, "b": {"not": {}}}}
    found = problems(schema, {"a": 1, "b": 1}, reference=reference)
    assert [(to_pointer(problem.path), problem.part) for _, problem in found] == [
        ("/a", "key"),
        ("/b", "value"),
    ]


@BOTH_ENGINES
def test_an_unknown_key_is_pointed_at_by_itself(*, reference: bool) -> None:
    schema = {"properties": {"a": {"additionalProperties": False}}}
    found = problems(schema, {"a": {"x": 1, "y/z": 2}}, reference=reference)
    assert [(to_pointer(problem.path), problem.part) for _, problem in found] == [
        ("/a/x", "key"),
        ("/a/y~1z", "key"),
    ]


@BOTH_ENGINES
def test_x_minor_marks_the_mild_form(*, reference: bool) -> None:
    schema = {
        "properties": {
            "a": {"minLength": 1, "type": "string", "x-minor": {"minLength": True}},
            "b": {"minLength": 1, "x-minor": True},
            "c": {"required": ["d"], "x-minor": True},
        }
    }
    for value, minor in (
        ({"a": ""}, [True]),
        ({"a": 1}, [False]),
        ({"b": ""}, [True]),
        ({"c": {}}, [True]),
    ):
        found = problems(schema, value, reference=reference)
        assert [problem.minor for _, problem in found] == minor


@BOTH_ENGINES
def test_x_suggestions_go_before_what_is_merely_alike(*, reference: bool) -> None:
    role = {"enum": ["user", "assistant"], "x-suggestions": {"human": "user", "usr": "assistant"}}
    schema = {"properties": {"role": role, "content": role, "a": {"properties": {"role": role}}}}

    def hint(value: object) -> list[str]:
        return [hint for *_, hint in seen(schema, value, reference=reference)]

    assert hint({"role": "human"}) == ['did you mean "user"?']
    assert hint({"role": " Human\n"}) == ['did you mean "user"?']
    assert hint({"role": "usr"}) == ['did you mean "assistant"?']
    assert hint({"role": "assitant"}) == ['did you mean "assistant"?']
    assert hint({"a": {"role": "USER"}}) == ['did you mean "user"?']
    assert hint({"role": "xyzzy"}) == [""]
    assert hint({"role": 1}) == [""]
    assert hint({"content": "human"}) == [""], "content is not shown, so it has no near words"


@BOTH_ENGINES
def test_a_place_is_reported_once_for_each_rule(*, reference: bool) -> None:
    fault = {"minLength": 2, "pattern": "^b", "x-rule": "no-user"}
    schema = {"allOf": [fault, fault, {"maxLength": 0}]}
    assert [rule for rule, *_ in seen(schema, "a", reference=reference)] == [
        "no-user",
        "wrong-value",
    ]


@pytest.mark.parametrize(
    ("keyword", "schema", "key", "value", "words"),
    [
        ("type", {"type": "integer"}, "", 1.5, "this is a number; expected an integer"),
        ("type", {"type": ["array"]}, "", {}, "this is an object; expected an array"),
        ("enum", {"enum": ["a", 1, None]}, "role", "b", '"b" is not one of "a", 1 or null'),
        ("enum", {"enum": []}, "x", True, "a boolean is not one of nothing"),
        ("const", {"const": True}, "x", "secret", "expected true, found a string"),
        ("const", {"const": "function"}, "type", "x", 'expected "function", found "x"'),
        (
            "not",
            {"not": {"required": ["a", "b"]}},
            "",
            {},
            'the keys "a" and "b" exclude each other',
        ),
        ("not", {"not": {}}, "", {}, "an object that is not allowed here"),
        (
            "anyOf",
            {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            "",
            {"c": 1, "d": 2},
            'the object has none of the keys "a" or "b"; found "c" and "d"',
        ),
        (
            "anyOf",
            {"anyOf": [{"required": ["a"]}]},
            "",
            {},
            'the object has none of the keys "a"; the object is empty',
        ),
        ("anyOf", {"anyOf": [True]}, "", 1, "a number that matches none of the allowed forms"),
        ("format", {"format": "x"}, "", "a", 'a string that breaks "format" of its schema'),
    ],
)
def test_words(keyword: str, schema: dict[str, Any], key: str, value: object, words: str) -> None:
    assert describe(keyword, schema, key, value) == words


@pytest.mark.parametrize(
    ("record", "hint"),
    [
        ({"mesages": []}, 'did you mean "messages" by "mesages"?'),
        ({"messages": [{"rol": "user", "content": "a"}]}, 'did you mean "role" by "rol"?'),
    ],
)
def test_a_misspelt_key_is_named_where_its_right_form_is_missing(
    record: dict[str, Any], hint: str
) -> None:
    found = explain(compile_schema(targets.load("mistral").schema), record)
    assert [problem.hint for _, problem in found] == [hint]


def test_rule_names_are_collected_from_everywhere() -> None:
    schema = {
        "x-rule": "a",
        "allOf": [{"x-rule": {"type": "b", "not": "c"}}],
        "$defs": {"x": {"items": {"x-rule": "d"}}},
    }
    own = {"missing-key", "wrong-type", "unknown-key", "wrong-value"}
    assert rule_names(schema) == own | {"a", "b", "c", "d"}


@BOTH_ENGINES
def test_the_end_of_a_pattern_is_the_end_of_the_text(*, reference: bool) -> None:
    validator = compile_schema({"pattern": "^[a-z$]+$"}, reference=reference)
    assert validator.is_valid("a$b")
    assert not validator.is_valid("ab\n")


def test_a_value_that_no_schema_allows_has_a_place_and_no_keyword() -> None:
    schema = {"properties": {"type": False, "required": {"properties": {"type": False}}}}
    faults = sorted(compile_schema(schema).faults({"type": 1, "required": {"type": 1}}))
    assert [(fault.path, fault.keyword) for fault in faults] == [
        (("required", "type"), ""),
        (("type",), ""),
    ]
    assert [rule for rule, *_ in seen(schema, {"type": 1}, reference=False)] == ["wrong-value"]


def test_without_the_fast_engine_the_other_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "fast_engine", lambda: None)
    validator = compile_schema({"type": "string"})
    assert type(validator) is type(compile_schema({}, reference=True))
    assert validator.is_valid("a")
    assert [fault.keyword for fault in validator.faults(1)] == ["type"]


def test_the_schema_suggests_the_roles_that_speakers_have() -> None:
    role = json.loads(find.text("mistral"))["$defs"]["message"]["properties"]["role"]
    foreign = {name: own for name, own in SPEAKERS.items() if name not in role["enum"]}
    assert role["x-suggestions"] == foreign
