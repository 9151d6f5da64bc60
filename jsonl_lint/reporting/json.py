"""One JSON document; findings are written as they come, so that memory does not grow with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Finding
from jsonl_lint.reporting.cap import Cap
from jsonl_lint.reporting.document import dumps, ending, finding_entry, header
from jsonl_lint.reporting.ordinals import Ordinals

if TYPE_CHECKING:
    from jsonl_lint.reporting import Items, Options, Write


def report(write: Write, options: Options) -> Items:
    """Write the head, one line a finding, and what is known at the end."""
    cap, ordinals = Cap(options.max_per_rule), Ordinals()
    write(dumps(header(options.version))[:-1] + ',"findings":[')
    parted = ""
    while isinstance(item := (yield), Finding):
        if cap.admits(item.rule):
            write(f"{parted}\n{dumps(finding_entry(item, ordinals.named(item)))}")
            parted = ","
    write("\n]," + dumps(ending(item, truncated=cap.refused))[1:] + "\n")
