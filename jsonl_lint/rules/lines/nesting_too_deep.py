r"""Arrays and objects nest too deep.

What it does
    Counts the levels of each record, and of the JSON text inside the ``arguments`` of each tool
    call. More than ``--max-depth`` (128 unless set otherwise, 1,024 at most) are reported at the
    bracket that opens the first level beyond.

Why it matters
    Readers follow different numbers of levels: some stop at 200 or 255, some when their stack ends
    and their process with it. No conversation nests deeper than 10 levels, and no sensible tool
    definition deeper than 30: such a record was made by a fault, or to do harm.

Bad
    (a record with more than 128 levels of arrays and objects)

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 9: readers set limits on the depth of nesting. The number is a limit of
    jsonl-lint's own.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
