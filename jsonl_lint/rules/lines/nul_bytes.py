r"""A line or the whole file has NUL bytes.

What it does
    Looks for runs of NUL bytes in lines that cannot be decoded, and says how long the first one of a
    line is and how many there are. A file whose first 65,536 bytes are NUL is reported once and not
    read as lines; a line of NUL alone is known for what it is at any length.

Why it matters
    Text has none. They stand where a file was given its length and its content never arrived: the
    machine went down while it was written, a download was resumed at the wrong place, or a sparse
    file was copied. What stood there is lost.

Bad
    b'{"text": "Paris is in France."}\n'
    b'{"text": "Rome is\x00\x00\x00\x00\x00\x00\n'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    RFC 8259, section 7: control characters in strings must be escaped, and NUL is none of the white
    space of section 2.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
