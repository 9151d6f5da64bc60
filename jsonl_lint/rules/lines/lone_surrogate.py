r"""A string escapes one half of a surrogate pair without the other.

What it does
    Looks for ``\uD800`` to ``\uDFFF`` that do not come as a pair, first half first. One finding a
    line, at the first of them.

Why it matters
    No character belongs to one half. Python's ``json`` takes it, and the text then breaks whatever
    writes or tokenizes it; strict readers refuse the line. It comes from text that was cut by
    UTF-16 units, as JavaScript and Java do, in the middle of an emoji.

Bad
    {"text": "Paris \ud83d"}

Good
    {"text": "Paris \ud83d\uddfc"}

Source
    RFC 8259, section 8.2: what software does with such strings is unpredictable. RFC 7493 (I-JSON),
    section 2.1: they must not occur.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
