from __future__ import annotations

import orjson
import pytest

from jsonl_lint.reading import overlooked
from jsonl_lint.reading.decode import count_keys, keys_are_unique, loads
from jsonl_lint.reading.overlooked import Duplicate, duplicate_keys


def unique(text: bytes | str) -> bool:
    return keys_are_unique(text, count_keys(loads(text)))


@pytest.mark.parametrize("text", [b"[NaN]", b"{'a':1}", b'["\xed\xa0\x80"]', b"\xef\xbb\xbf{}"])
def test_loads_is_strict(text: bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        loads(text)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ({}, 0),
        ([], 0),
        ("text", 0),
        (None, 0),
        ({"a": 1, "b": None}, 2),
        ({"a": {"b": {"c": []}}}, 3),
        ([{"a": 1}, [{"a": 1}], "a"], 2),
    ],
)
def test_count_keys(value: object, keys: int) -> None:
    assert count_keys(value) == keys


def test_count_keys_does_not_recurse() -> None:
    assert count_keys(loads(b'{"a":' * 1000 + b"1" + b"}" * 1000)) == 1000


UNIQUE = [
    b"{}",
    b'{"a":1}\r\n',
    b'{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    b'{"a" : 1, "b"\t:\r2, "c"  :3}',
    b'{"a":"x: y", "b":": z"}',
    b'{"a":":"}',
    rb'{"a":"he said \"b\": yes"}',
    rb'{"a\\":1,"b\\\"":2,"\\\\":3,"":4}',
    rb'{"arguments":"{\"a\": \"{\\\"b\\\": 1}\"}"}',
    rb'{"a":"\\\\\\\":"}',
    '{"a":"« oui » : non","b":"a  : b"}'.encode(),
]

DUPLICATED = [
    b'{"a":1,"a":1}',
    b'{"a":1,"a" :1}',
    b'{"a":1,"a"\t:1}',
    b'{"a":1,"a" \r\n :1}',
    rb'{"a":1,"\u0061":1}',
    rb'{"a\\":1,"a\\":1}',
    rb'{"a\\\\":1,"a\\\\":1}',
    rb'{"\"":1,"\"":1}',
    b'{"":1,"":1}',
    b'[[{"a":{"x":1},"a":{}}]]',
]


@pytest.mark.parametrize("text", UNIQUE)
def test_unique_keys_are_proven(text: bytes) -> None:
    assert unique(text)
    assert unique(text.decode())


@pytest.mark.parametrize("text", DUPLICATED)
def test_duplicates_are_never_called_unique(text: bytes) -> None:
    assert not unique(text)
    assert not unique(text.decode())
    assert len(list(duplicate_keys(text))) == 1


def test_white_space_before_a_colon_hides_no_key() -> None:
    text = b'{"a":1,"a" :1,"b":2}'
    assert count_keys(loads(text)) == text.count(b'":')
    assert not unique(text)


def test_duplicate_has_path_key_and_both_spans() -> None:
    text = rb'{"m":[0,{"role":1,"x":[{},2],"r\u006fle" :2}],"n":[],"m":{}}'
    assert list(duplicate_keys(text)) == [
        Duplicate(("m", 1, "role"), "role", (9, 15), (29, 40)),
        Duplicate(("m",), "m", (1, 4), (53, 56)),
    ]


def test_a_key_named_three_times_is_two_duplicates_of_the_first() -> None:
    duplicates = duplicate_keys(b'{"a":1,"a":2,"a":3}')
    assert [(one.first, one.second) for one in duplicates] == [
        ((1, 4), (7, 10)),
        ((1, 4), (13, 16)),
    ]


def test_of_very_many_keys_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlooked, "MAX_KEYS", 4)
    assert [one.key for one in duplicate_keys(b'{"a":1,"b":2,"c":3,"d":4,"a":5}')] == [None]
    assert [one.key for one in duplicate_keys(b'{"a":1,"b":2,"c":3,"a":4}')] == ["a"]
    assert [one.key for one in duplicate_keys(b'{"a":{"b":1,"c":2,"b":3}}')] == [None]
    assert [one.key for one in duplicate_keys(b'{"a":{"b":1,"b":2}}')] == ["b"]
