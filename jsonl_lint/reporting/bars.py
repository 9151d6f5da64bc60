"""A histogram as one word: a bar for each bucket, its height by how many values the bucket has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GLYPHS = "▁▂▃▄▅▆▇█"
_ASCII = ".:-=+*#@"


def bars(numbers: Sequence[int], *, glyphs: bool) -> str:
    """Draw a bar for each number: a space for 0, the lowest one for little, the highest for most.

    Without ``glyphs`` the bars are ASCII characters, from the faintest to the darkest.
    """
    levels = GLYPHS if glyphs else _ASCII
    most = max(numbers, default=0)
    return "".join(
        levels[-(-number * len(levels) // most) - 1] if number else " " for number in numbers
    )
