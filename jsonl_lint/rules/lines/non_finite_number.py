r"""A line has NaN or infinity for a number.

What it does
    Looks for NaN, Infinity and their spellings (``nan``, ``inf``, ``-Infinity``) where a value
    belongs, in a line that strict JSON refuses because of it. One finding a line, at the first of
    them.

Why it matters
    Python's ``json`` writes and reads them unasked, every other reader refuses the line: the file
    works where it was made and fails where it is trained on. ``json.dumps(allow_nan=False)`` says
    so while it is written.

Bad
    {"text": "Paris is in France.", "score": NaN}

Good
    {"text": "Paris is in France."}

Source
    RFC 8259, section 6: numeric values that cannot be represented, such as infinity and NaN, are
    not permitted.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
