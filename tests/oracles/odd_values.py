"""Values as they turn up in datasets where others belong, grouped by the place they are put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

DELETE = object()
"""Stands for the absence of the key."""

ARGUMENTS = st.sampled_from(
    [
        DELETE, None, {}, {"word": "radar"}, [], 3, "", "{", "{'word': 'radar'}", "[1]", "null",
        "NaN", '"text"', '{"word": 1e999}', '{"word": "a", "word": "b"}', '{"dice": "two"}', "{}",
        '{"word": "ok", "more": 1}', '{"word": "\\ud800"}',
    ]
)  # fmt: skip
CHUNKS = st.lists(
    st.sampled_from(
        [
            {"type": "text", "text": "hello"},
            {"type": "text"},
            {"type": "image_url", "image_url": "data:image/png;base64,aGk="},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}},
            {"type": "thinking", "thinking": "hm"},
            {"type": "video", "video": "x"},
            {"text": "hello"},
            "hello",
        ]
    ),
    max_size=2,
)
DESCRIPTIONS = st.sampled_from([DELETE, "", None, 5, "Do as you like"])
IDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            DELETE,
            "null",
            "",
            None,
            123456789,
            "call_0001",
            "abcdefghi\n",
            "abcdefgh\u0663",
            "-bcdefghi",
        ]
    ),
)
KEYS = st.sampled_from(
    ["timestamp", "contents", "index", "name", "id", "loss_weight", "source", "strict", "parallel"]
)
NAMES = st.sampled_from(
    ["get weather", "tide_at\n", "", "x" * 64, "x" * 65, "météo", "a-b_C9", None, 5, DELETE]
)
NO_TEXT = st.sampled_from(
    [DELETE, None, "", " ", "\n\t", "\u3000", "\u200b", 7, True, {"text": "hello"}, []]
)
NOT_A_LIST = st.sampled_from([DELETE, None, [], {}, "none", 0, [None], ["text"], [{}], [[]]])
PARAMETERS = st.sampled_from(
    [
        DELETE, {}, None, [], "object", True, {"type": "string"}, {"type": "object"},
        {"type": "dict"},
        {"type": ["object", "null"]},
        {"type": "object", "properties": []},
        {"type": "object", "properties": {"a": {"type": "str"}}},
        {"type": "object", "properties": {"a": None}},
        {"type": "object", "properties": {"a": {"$ref": "#/definitions/none"}}},
        {"type": "object", "properties": {"a": {"$ref": "other.json"}}},
        {"type": "object", "properties": {"a": {"pattern": "("}}},
        {"type": "object", "properties": {"a": {"items": [{"type": "string"}]}}},
        {"type": "object", "properties": {"a": {"exclusiveMinimum": True}}},
        {"type": "object", "properties": {"a": {"enum": []}}},
        {"type": "object", "properties": {"a": {"enum": "ab"}}},
        {"type": "object", "properties": {"a": {"minLength": -1}}},
        {"type": "object", "required": "word"},
        {"type": "object", "required": True},
        {"type": "object", "required": ["missing"]},
        {"type": "object", "required": ["a", "a"]},
        {"type": "object", "$schema": "urn:not-a-dialect"},
        {"type": "object", "$defs": {"b": {}}, "properties": {"a": {"$ref": "#/$defs/b"}}},
    ]
)  # fmt: skip
PREFIXES = st.sampled_from([True, False, None, "true", "no", 0, 1, 2, "prefix"])
ROLES = st.sampled_from(
    [DELETE, "human", "gpt", "function", "developer", "User", "user ", "", None, 3, ["user"]]
)
STRICT: SearchStrategy[object] = st.sampled_from([True, False, None, "yes", 1, 2, []])
TYPES = st.sampled_from([DELETE, "Function", "tool", None, "", 1])
VALUES: SearchStrategy[object] = st.sampled_from([None, True, 0, 1.5, "text", "", [], {}, ["text"]])
WEIGHTS: SearchStrategy[object] = st.sampled_from(
    [0, 1, 0.0, 1.0, -0.0, 0.5, 2, -1, 1e300, True, False, None, "1", "0", "high", []]
)
