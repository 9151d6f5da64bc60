"""Tool definitions that were written to do harm: each is judged, and the judgement is one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_gates import BY_REFERENCE, NORMAL, shown

from jsonl_lint.rules import CRASHED

Schema = Any

REFS = st.sampled_from(
    [
        *("#", "", "#/", "#/properties/a", "#/definitions/a", "#/definitions/b", "#/$defs/a", "#a"),
        *("#/allOf/0", "#/definitions/a/anyOf/0", "a", "a#b", "#/%", "#/~2", "#/definitions/"),
        *("http://127.0.0.1:9/", "//127.0.0.1:9/x", "file:///dev/zero", "urn:a", "urn:a#/$defs/a"),
        *(
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2020-12/schema",
        ),
    ]
)
PATTERNS = st.sampled_from(
    [
        *("^(a+)+$", "(a|a)*b", "(.*)*$", "a{1,9999}", "((a{99}){99}){99}", "(", "[", r"\p{L}"),
        *(r"(a)\1", "(?=a)", "(?<!a)b", "a" * 2000, r"\d", "^a*$", "(?i)a", "", "\x00", r"\ud800"),
    ]
)
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1e308, 5e-324, 10**19),
        *("", "a", "object", "x" * 99, [], {}, [[]], ["a"]),
    ]
)
NAMES = st.sampled_from(["a", "b", "__proto__", "", "/", "~", "$ref", "a\x00b", "\u2028"])
TYPES = st.sampled_from(["object", "array", "string", "integer", "number", "objct", ["null"]])


def keywords(names: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    return st.tuples(st.sampled_from(names.split()), values)


def within(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    """Draw schemas around others."""
    members = st.one_of(
        keywords("allOf anyOf oneOf", st.lists(inner, max_size=3)),
        keywords("not items if then contains propertyNames additionalProperties", inner),
        keywords("properties definitions $defs dependencies", st.dictionaries(NAMES, inner)),
        keywords("patternProperties", st.dictionaries(PATTERNS, inner, max_size=2)),
        keywords("$ref $ref $dynamicRef $recursiveRef $id $schema", REFS),
        keywords("$anchor", NAMES),
        keywords("pattern", PATTERNS),
        keywords("type", TYPES),
        keywords("format", st.sampled_from(["regex", "uri", "email", "date", "x"])),
        keywords("enum required", st.lists(VALUES, max_size=3)),
        keywords("multipleOf minLength maxItems minimum const uniqueItems", VALUES),
    )
    return st.lists(members, min_size=1, max_size=4).map(dict)


SCHEMAS = st.recursive(VALUES | st.just({"type": "object"}), within, max_leaves=12)
ARGUMENTS = st.recursive(
    VALUES | st.just("a" * 40 + "!"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


def call(parameters: Schema, arguments: object) -> bytes:
    """Make a line with one call and the definition of what it calls."""
    function = {"name": "f", "arguments": json.dumps(arguments)}
    record = {
        "messages": [
            {"role": "user", "content": "Go"},
            {
                "role": "assistant",
                "tool_calls": [{"id": "abcdefghi", "type": "function", "function": function}],
            },
        ],
        "tools": [
            {
                "type": "function",
                "function": {"name": "f", "description": "d", "parameters": parameters},
            }
        ],
    }
    return json.dumps(record).encode() + b"\n"


@settings(max_examples=40)
@given(st.one_of(SCHEMAS, within(SCHEMAS)), ARGUMENTS)
def test_poisoned_tools_are_judged_alike(parameters: Schema, arguments: object) -> None:
    line = call(parameters, arguments)
    normal, reference = (
        [shown(finding) for finding in linter.check("x").line_findings([line])]
        for linter in (NORMAL, BY_REFERENCE)
    )
    assert normal == reference
    assert not any(CRASHED in finding for finding in normal)
