"""Keep what was made of texts that recur, within a bound of memory."""

from __future__ import annotations

from typing import Protocol, TypeVar

Made = TypeVar("Made")

CACHED = 1024
"""Distinct texts; tool sets of real datasets recur within a few hundred."""

CACHED_BYTES = 1 << 13
"""Longer texts are looked at each time, so that a cache stays small."""

MAX_HELD = 12 << 20
"""Bytes, by ``held``, of all that a cache keeps."""

MAX_COMPILED = 20 << 20
"""Bytes, estimated, of all compiled schemas that are kept."""


class Cache(dict[bytes, Made]):
    """What was made of each text; all of it is let go where it gets too much."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._held = 0

    def keep(self, text: bytes, made: Made) -> None:
        """Take what was made of a text, unless that is long."""
        if len(text) > CACHED_BYTES:
            return
        if len(self) >= CACHED or self._held > MAX_HELD:
            self.clear()
            self._held = 0
        self[text] = made
        self._held += held(text)


def held(text: bytes) -> int:
    """Estimate the bytes that a decoded value takes up together with its text."""
    return 2 * len(text) + 200 * text.count(b"{") + 60 * text.count(b",")


class Compiled(Protocol):
    """What has been compiled, and can be again."""

    def release(self) -> None:
        """Let go of it."""


_kept: list[Compiled] = []
_kept_bytes = 0


def keep(compiled: Compiled, size: int) -> None:
    """Note that something is compiled; where all take too much, those before are let go."""
    global _kept_bytes  # noqa: PLW0603 - it belongs to the list beside it
    if _kept_bytes + size > MAX_COMPILED:
        while _kept:
            _kept.pop().release()
        _kept_bytes = 0
    _kept.append(compiled)
    _kept_bytes += size
