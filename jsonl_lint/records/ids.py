"""Ids for tool calls: made from what the record says, so that the same data get the same ids."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.shallow import canonical

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from jsonl_lint.finding import Path
    from jsonl_lint.records.record import Record

LENGTH = 9
"""Characters of an id, as the Mistral guide demands."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def call_id(seed: bytes, path: Path, taken: AbstractSet[str]) -> str:
    """Make an id of 9 letters and digits from a record's text and a call's path, not yet taken."""
    from hashlib import blake2b  # noqa: PLC0415 - loads OpenSSL, which a clean run does not need

    place = to_pointer(path).encode("utf-8", "surrogatepass")
    attempt = 0
    while True:
        digest = blake2b(b"%d %b" % (attempt, place), key=_key(seed), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        made = "".join([_DIGITS[number // 62**position % 62] for position in range(LENGTH)])
        if made not in taken:
            return made
        attempt += 1


def fresh_id(record: Record, path: Path) -> str:
    """Make an id for the call at ``path``, which no call or answer of the record has."""
    return call_id(_seed_of(record), path, _taken(record))


@lru_cache(maxsize=1)
def _key(seed: bytes) -> bytes:
    from hashlib import blake2b  # noqa: PLC0415 - see call_id

    return blake2b(seed, digest_size=32).digest()


@lru_cache(maxsize=1)
def _seed_of(record: Record) -> bytes:
    return canonical(record.value)


@lru_cache(maxsize=1)
def _taken(record: Record) -> frozenset[str]:
    calls = (call.id for call in record.tool_calls)
    answers = (message.tool_call_id for message in record.tool_messages)
    return frozenset(known for known in chain(calls, answers) if known is not None)
