"""Ways to spoil a record, each named after the row of the Mistral table that it tries.

Row 25 has none: it is about files, not records.
"""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

import message_mutations
import odd_values as odd
import tool_mutations
from hypothesis import reject
from hypothesis import strategies as st
from parts import (
    MUTATIONS,
    NotApplicableError,
    calls_of,
    functions,
    messages_of,
    pick,
    row,
    tools_of,
)
from seeds import WORDS, Record, records

__all__ = ["MUTATIONS", "Mutant", "message_mutations", "mutants", "tool_mutations"]

MORE = 2


class Mutant(NamedTuple):
    """A record, and the names of the mutations that made it of a valid one."""

    record: Record
    mutations: tuple[str, ...]


@st.composite
def mutants(draw: st.DrawFn, first: str) -> Mutant:
    """Draw a valid record that the first mutation fits, and spoil it by that and up to two more."""
    record = draw(records())
    applied = []
    for name in [first, *draw(st.lists(st.sampled_from(sorted(MUTATIONS)), max_size=MORE))]:
        try:
            MUTATIONS[name](draw, record)
        except NotApplicableError:
            if name == first:
                reject()
        else:
            applied.append(name)
    return Mutant(record, tuple(applied))


@row(19)
def alias(draw: st.DrawFn, record: Record) -> None:
    old, new = draw(st.sampled_from([("messages", "interactions"), ("tools", "available_tools")]))
    if old in record:
        record[new] = deepcopy(record[old]) if draw(st.booleans()) else record.pop(old)


@row(19)
def extra_prompt(draw: st.DrawFn, record: Record) -> None:
    record["system_prompt"] = draw(WORDS)


@row(26)
def only_last(draw: st.DrawFn, record: Record) -> None:
    record["only_last"] = draw(odd.VALUES)


@row(20)
def pretraining(draw: st.DrawFn, record: Record) -> None:
    if draw(st.booleans()):
        record.clear()
    record[draw(st.sampled_from(["text", "content"]))] = draw(st.one_of(WORDS, odd.VALUES))


@row(21)
def extra_key(draw: st.DrawFn, record: Record) -> None:
    places = [record, *messages_of(record), *calls_of(record), *tools_of(record)]
    place = pick(draw, places + functions(calls_of(record)) + functions(tools_of(record)))
    place.setdefault(draw(odd.KEYS), draw(odd.VALUES))
