"""Name the first fault of a text that cannot be decoded, where the others do not matter."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from jsonl_lint.reading.diagnose import diagnose, each_fault
from jsonl_lint.reading.encoding import UTF8, not_utf8

if TYPE_CHECKING:
    from jsonl_lint.reading.fault import Fault

AMONG = 100
"""Faults among which the first is looked for: a text of megabytes may have a million.

Some are known only behind others that follow them: a comma by the bracket that it stands before, a
second value by its end.
"""


def first_fault(raw: bytes) -> Fault:
    """Give the fault that ``diagnose`` gives first, of those up to the bound; never raises.

    Its ``times`` counts none that come later.
    """
    if raw.startswith(BOM_UTF8):
        return diagnose(BOM_UTF8, last=False)[0]
    found = [fault for fault in islice(each_fault(raw), AMONG) if fault.name != UTF8]
    if bad := not_utf8(raw):
        found.append(bad)
    return min(found, key=attrgetter("start")) if found else diagnose(raw, last=False)[0]
