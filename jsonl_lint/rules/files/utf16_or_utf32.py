r"""The file is UTF-16 or UTF-32 instead of UTF-8.

What it does
    Looks at the first bytes: a byte order mark of either encoding, or without one an opening
    bracket or quote among NUL bytes. Reported once, since no line can be read.

Why it matters
    JSON exchanged between systems is UTF-8, and readers of lines cut a wide encoding in the middle
    of a character. "Unicode" in Windows programs and PowerShell's redirection write UTF-16.

Bad
    b'\xff\xfe{\x00"\x00t\x00e\x00x\x00t\x00"\x00:\x00"\x00a\x00"\x00}\x00\n\x00'

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 8.1: JSON text exchanged between systems must be UTF-8.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
