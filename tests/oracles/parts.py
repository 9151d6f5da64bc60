"""The parts of a record that mutations reach for, however spoilt it is already."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import odd_values as odd
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from seeds import Record

    Mutation = Callable[[st.DrawFn, Record], None]

MUTATIONS: dict[str, Mutation] = {}
"""By name, which begins with the number of the row."""


class NotApplicableError(Exception):
    """The record has no part that the mutation changes."""


def row(number: int) -> Callable[[Mutation], Mutation]:
    """Register a mutation under its row and name."""

    def register(mutation: Mutation) -> Mutation:
        MUTATIONS[f"{number:02} {mutation.__name__.replace('_', ' ')}"] = mutation
        return mutation

    return register


def put(place: Record, key: str, value: object) -> None:
    if value is odd.DELETE:
        place.pop(key, None)
    else:
        place[key] = deepcopy(value)


def pick(draw: st.DrawFn, items: list[Any]) -> Any:
    return items[position(draw, items)]


def position(draw: st.DrawFn, items: list[Any]) -> int:
    if not items:
        raise NotApplicableError
    return draw(st.integers(0, len(items) - 1))


def a_message(draw: st.DrawFn, record: Record, role: str | None = None) -> Record:
    messages = [m for m in messages_of(record) if role in (None, m.get("role"))]
    message: Record = pick(draw, messages)
    return message


def calling_message(draw: st.DrawFn, record: Record) -> Record:
    message: Record = pick(draw, [m for m in messages_of(record) if dicts(m.get("tool_calls"))])
    return message


def messages_of(record: Record) -> list[Record]:
    return dicts(record.get("messages"))


def tools_of(record: Record) -> list[Record]:
    return dicts(record.get("tools"))


def calls_of(record: Record) -> list[Record]:
    return [call for message in messages_of(record) for call in dicts(message.get("tool_calls"))]


def functions(places: list[Record]) -> list[Record]:
    return [place["function"] for place in places if isinstance(place.get("function"), dict)]


def dicts(value: object) -> list[Record]:
    """Give the very list where it is one of objects alone, else an empty one."""
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    return []
