"""Remember lines, to know an equal one again; 16 bytes of each are kept, not its text."""

from __future__ import annotations

from hashlib import blake2b

_DIGEST_BYTES = 16
"""Of a thousand million lines, two that differ share a digest with a chance of 1 in 10^20."""


class Seen:
    """The lines of a file so far, each with the number under which it came first."""

    def __init__(self) -> None:
        self._first: dict[bytes, int] = {}

    def first(self, raw: bytes) -> int | None:
        """Give the number of an equal line; white space around a line does not count."""
        return self._first.get(_digest(raw))

    def add(self, raw: bytes, number: int) -> None:
        """Remember a line."""
        self._first.setdefault(_digest(raw), number)


def _digest(raw: bytes) -> bytes:
    return blake2b(raw.strip(b" \t\r\n"), digest_size=_DIGEST_BYTES).digest()
