r"""A line has bytes that are not UTF-8.

What it does
    Decodes each line as UTF-8, points at the first byte that cannot be, and counts the others.
    Surrogates encoded in three bytes and overlong forms are refused as well, as the standard asks.

Why it matters
    JSON exchanged between systems is UTF-8. The bytes come from a file saved in a legacy encoding,
    or from text cut in the middle of a character; a reader either stops there or trains on
    replacement characters.

Bad
    b'{"text": "caf\xe9"}\n'

Good
    {"text": "café"}

Source
    RFC 8259, section 8.1; RFC 3629 for what UTF-8 is.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
