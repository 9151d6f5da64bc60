r"""The file begins with a byte order mark.

What it does
    Looks for the three bytes EF BB BF at the start of the file. The first record is checked all the
    same, as if the mark were not there.

Why it matters
    RFC 8259 forbids writers to put the mark in front of JSON, and strict readers refuse the first
    record because of it. Editors and spreadsheet exports on Windows write it unasked, and do not
    show it.

Bad
    b'\xef\xbb\xbf{"text": "Paris is in France."}\n'

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 8.1: no byte order mark in front of JSON text. Python's ``json.loads`` refuses
    a string that begins with one.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
