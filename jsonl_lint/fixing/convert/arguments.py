"""The arguments of tool calls: an object, or a string that holds the JSON text of one.

Between the two the text stays as it is, numbers and spaces included; only line breaks between its
tokens cannot stand in an object on one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.change import Put, Quoted
from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.raw import embedded, one_line
from jsonl_lint.fixing.convert.rewriting import each_call, each_message, refuse_hidden, rewritten
from jsonl_lint.reading.decode import loads
from jsonl_lint.words import type_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.losses import Loss


def to_object(raw: bytes, value: dict[str, Any], _losses: list[Loss]) -> bytes:
    """Turn each string of arguments into the object that it holds; raises RefusedError."""
    changes: list[Change] = []
    for path, arguments in _each(value):
        if isinstance(arguments, str):
            held = embedded(orjson.dumps(arguments), path)
            if held[:1] != b"{":
                raise RefusedError.wrong_type(held, "an object as arguments", path)
            refuse_hidden(held, loads(held), path)
            changes.append(Put(path, orjson.Fragment(one_line(held))))
    return rewritten(raw, value, changes)


def to_string(raw: bytes, value: dict[str, Any], _losses: list[Loss]) -> bytes:
    """Turn each object of arguments into a string that holds its text; raises RefusedError."""
    changes: list[Change] = [
        Put(path, Quoted(path)) for path, arguments in _each(value) if isinstance(arguments, dict)
    ]
    return rewritten(raw, value, changes)


def _each(value: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for at, message in each_message(value):
        for path, call in each_call(at, message):
            place = (*path, "function", "arguments")
            arguments = call["function"].get("arguments")
            if not isinstance(arguments, dict | str):
                words = f"the arguments are {type_name(arguments)}, expected an object or a string"
                raise RefusedError(words, place)
            yield place, arguments
