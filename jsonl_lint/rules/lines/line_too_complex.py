r"""A line has too many values and was not decoded.

What it does
    Counts the commas and opening brackets outside of strings in each line of more than 2,000,000
    bytes, and in ``arguments`` as long. Where there are more than 2,000,000, nothing is decoded and
    the check counts as incomplete: exit code 3, and no option silences the finding.

Why it matters
    Each value takes up to a hundred bytes once it is decoded, however short its text is, so a line
    of 32 MiB could take some gigabytes. No conversation has as many values.

Bad
    (a line of more than 2,000,000 values)

Good
    {"text": "Paris is in France."}

Source
    A limit of jsonl-lint's own.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
