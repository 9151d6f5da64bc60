"""Flattening, against printers of JSON: any layout, line ends and cuts give the same records."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.reading.flatten import FlattenError, flatten

LIMIT = 1 << 20
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    st.text('\\"\n\r{}[],: ', max_size=6),
)
keys = st.text('ab\\"{}[]\n', max_size=3)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text('ab\\"{[', max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
objects = st.dictionaries(keys, values, max_size=3)
damages = st.sampled_from([b"", b"1", b",", b"{", b"]", b"}", b'"', b"\\", b"\n", b"\xff", b"t"])
breaks = st.sampled_from([b"\n", b"\r\n", b"\r"])


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, Any]:
    """Options of json.dumps that lay text out one way or another."""
    comma = draw(st.sampled_from([",", ", ", " ,", ",\n "]))
    colon = draw(st.sampled_from([":", ": ", " : ", ":\n\t"]))
    return {
        "indent": draw(st.sampled_from([None, 0, 1, 4, "\t", " \t"])),
        "separators": (comma, colon),
        "ensure_ascii": draw(st.booleans()),
    }


def cut(data: st.DataObject, text: bytes) -> list[bytes]:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def level_and_text(data: st.DataObject, records: list[Any]) -> tuple[int, bytes]:
    layout = data.draw(layouts())
    mark = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    if data.draw(st.booleans()):
        text = json.dumps(records, **layout)
        return 1, mark + text.encode().replace(b"\n", data.draw(breaks))
    between = data.draw(st.sampled_from(["", "\n", " ", "\n\n\t"]))
    text = between.join(json.dumps(record, **layout) for record in records)
    return 0, mark + text.encode().replace(b"\n", data.draw(breaks))


@given(st.data())
def test_the_lines_are_the_records_of_the_source(data: st.DataObject) -> None:
    records = data.draw(st.lists(objects, max_size=4))
    level, text = level_and_text(data, records)
    lines = list(flatten(cut(data, text), level, LIMIT))
    assert [json.loads(line) for line in lines] == records
    for line in lines:
        assert line.endswith(b"\n")
        assert b"\n" not in line[:-1]
        assert b"\r" not in line


@given(st.data())
def test_nothing_but_line_breaks_and_indentation_goes(data: st.DataObject) -> None:
    records = data.draw(st.lists(objects, min_size=1, max_size=3))
    spaced = [json.dumps(record, separators=data.draw(separators)) for record in records]
    text = "\n ".join(spaced).encode()
    lines = flatten(cut(data, text), 0, LIMIT)
    assert b"".join(lines).decode().splitlines() == spaced


separators = st.tuples(st.sampled_from([",", " , "]), st.sampled_from([":", ": "]))


@given(st.data())
def test_the_cuts_never_matter(data: st.DataObject) -> None:
    """Neither to the lines, nor to the error of a text that is damaged."""
    level, text = level_and_text(data, data.draw(st.lists(objects, max_size=3)))
    at = data.draw(st.integers(0, len(text)))
    damage = data.draw(damages)
    skipped = data.draw(st.integers(0, 3))
    damaged = text[:at] + damage + text[at + skipped :]
    assert outcome([damaged], level) == outcome(cut(data, damaged), level)


@given(st.data())
def test_what_is_given_out_is_in_the_source(data: st.DataObject) -> None:
    """No damage makes a record that a strict reader would not find in the text."""
    level, text = level_and_text(data, data.draw(st.lists(objects, max_size=3)))
    at = data.draw(st.integers(0, len(text)))
    damage = data.draw(damages)
    damaged = text[:at] + damage + text[at:]
    lines, failure = outcome([damaged], level)
    if level and not failure:
        assert json.loads(damaged) == [json.loads(line) for line in lines]
    elif not failure:
        assert squeezed(damaged) == squeezed(b"".join(lines))


def squeezed(text: bytes) -> bytes:
    return b"".join(text.removeprefix(b"\xef\xbb\xbf").split())


def outcome(chunks: list[bytes], level: int) -> tuple[list[bytes], str]:
    lines: list[bytes] = []
    try:
        lines += flatten(chunks, level, LIMIT)
    except FlattenError as error:
        return lines, str(error)
    return lines, ""
