"""Figures in columns: how cells are laid out, and how a share is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "
_SMALLEST = 0.1


def aligned(rows: Sequence[Sequence[str]], words: int = 0) -> Iterator[str]:
    """Yield each row as a line, indented by one gap; rows have the same number of cells.

    Figures stand to the right of their columns; the cells of the column ``words`` to the left.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[words] = row[words].ljust(widths[words])
        yield (GAP + GAP.join(cells)).rstrip()


def percent(part: float, whole: float) -> str:
    """Write a share as in ``12.3 %``; the empty string where there is no whole.

    Only nothing is ``0.0 %``, and only all ``100.0 %``: a few exceptions must not be rounded away.
    """
    if not whole:
        return ""
    share = 100 * part / whole
    if 0 < share < _SMALLEST:
        return f"< {_SMALLEST} %"
    if 100 - _SMALLEST < share < 100:  # noqa: PLR2004 - of a hundred
        return f"> {100 - _SMALLEST} %"
    return f"{share:.1f} %"
