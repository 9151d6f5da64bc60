r"""A number is too large for a double.

What it does
    Looks for numbers that strict readers refuse since they would become infinity: beyond 1.8e308,
    which also holds for integers of more than 308 digits. One finding a line, at the first of them.

Why it matters
    Some readers make infinity of such a number and go on, which they then cannot write again;
    others refuse the line.

Bad
    {"text": "Paris is in France.", "score": 1e400}

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 6: readers set limits on the range of numbers, and that of a double is what
    can be expected of them.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
