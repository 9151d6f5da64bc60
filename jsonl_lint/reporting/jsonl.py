"""JSON lines: a header, one line a finding, and a summary. Each line names its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Finding
from jsonl_lint.reporting.cap import Cap
from jsonl_lint.reporting.document import dumps, ending, finding_entry, header
from jsonl_lint.reporting.ordinals import Ordinals

if TYPE_CHECKING:
    from jsonl_lint.reporting import Items, Options, Write


def report(write: Write, options: Options) -> Items:
    """Write each line as soon as it is known."""
    cap, ordinals = Cap(options.max_per_rule), Ordinals()
    write(dumps({"type": "header", **header(options.version)}) + "\n")
    while isinstance(item := (yield), Finding):
        if cap.admits(item.rule):
            write(dumps({"type": "finding", **finding_entry(item, ordinals.named(item))}) + "\n")
    write(dumps({"type": "summary", **ending(item, truncated=cap.refused)}) + "\n")
