"""A line that is not JSON, with everything masked that could be content."""

from __future__ import annotations

from jsonl_lint.reporting.window import WIDTH, Pieces

_KEPT = frozenset('{}[]:,"')
_LONGEST_CHAR = 4
_REACH = WIDTH * _LONGEST_CHAR
"""Bytes that surely hold as many characters as a window shows."""


def masked(raw: bytes, span: tuple[int, int], *, glyphs: bool) -> Pieces:
    """Show brackets, quotes, commas, colons and space; one mark for each other character."""
    start, end = min(span[0], len(raw)), min(span[1], len(raw))
    mark = "·" if glyphs else "."
    before = _masks(_whole_characters(raw, start), mark)[::-1]
    after = _masks(raw[end : end + _REACH], mark)
    return Pieces(
        before[:WIDTH],
        _masks(raw[start : min(end, start + _REACH)], mark)[:WIDTH],
        after[:WIDTH],
        starts=start <= _REACH and len(before) <= WIDTH,
        ends=end + _REACH >= len(raw) and len(after) <= WIDTH,
    )


def _whole_characters(raw: bytes, end: int) -> bytes:
    """Give the bytes before ``end`` that are in reach, from the start of a character on."""
    start = max(0, end - _REACH)
    while start and start < end and end - start > _REACH - _LONGEST_CHAR and _continues(raw[start]):
        start += 1
    return raw[start:end]


def _continues(byte: int) -> bool:
    return byte & 0xC0 == 0x80  # noqa: PLR2004 - the two high bits of an UTF-8 continuation byte


def _masks(text: bytes, mark: str) -> list[str]:
    chars = text.decode("utf-8", "surrogateescape")
    return [" " if c in " \t\r" else c if c in _KEPT else mark for c in chars]
