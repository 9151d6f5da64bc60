"""A few characters of the line around a finding: its structure, never its content.

Brackets, keys, roles, ids and names stand as they are; in the place of other text stands its
length. A line that is not JSON does not tell keys from content, so only its brackets, quotes,
commas and colons are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.reporting.masking import masked
from jsonl_lint.reporting.structure import structured
from jsonl_lint.reporting.window import Excerpt, fit

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

__all__ = ["Excerpt", "excerpt"]


def excerpt(finding: Finding, *, glyphs: bool = True) -> Excerpt | None:
    """Give the excerpt of a finding's line; none where it has no line, or a blank one."""
    raw, offset, decoded = finding.context.line()
    text = raw.rstrip(b"\r\n")
    if not text.strip():
        return None
    place = finding.place
    start = place.byte_offset - offset
    span = (start, start + place.byte_length)
    pieces = structured(text, span, glyphs=glyphs) if decoded else None
    return fit(pieces or masked(text, span, glyphs=glyphs), "…" if glyphs else "...")
