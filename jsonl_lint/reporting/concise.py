"""One line a finding, for editors and other programs that read ``path:line:column:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Finding
from jsonl_lint.reporting.cap import Cap
from jsonl_lint.reporting.closing import gap_lines
from jsonl_lint.reporting.safe import inert, leading

if TYPE_CHECKING:
    from jsonl_lint.reporting import Items, Options, Write


def report(write: Write, options: Options) -> Items:
    """Write each finding as it comes, and at the end what was not checked."""
    cap = Cap(options.max_per_rule)
    while isinstance(item := (yield), Finding):
        if cap.admits(item.rule):
            name = leading(item.file, glyphs=options.glyphs)
            words = inert(f"{item.severity} {item.rule} {item.message}", glyphs=options.glyphs)
            write(f"{name}:{item.line}:{item.place.column}: {words}\n")
    for line in gap_lines(item, glyphs=options.glyphs):
        write(line + "\n")
