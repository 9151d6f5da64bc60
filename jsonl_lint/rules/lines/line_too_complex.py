r"""A line has too many values, or too many faults, and was not checked to its end.

What it does
    Counts the commas and opening brackets outside of strings in each line of more than 2,000,000
    bytes, and in ``arguments`` as long. Where there are more than 2,000,000, nothing is decoded and
    the check counts as incomplete: exit code 3, and no option silences the finding. The same goes for
    what a record has beyond 10,000 faults, or a line that is no JSON beyond 100,000, and for a part of
    a record that is refused and has more than 100,000 values: a message or tool without the lists in
    it, or what is beside the lists. The rest is checked.

Why it matters
    Each value takes up to a hundred bytes once it is decoded, however short its text is, and each
    fault some thousand, so a line of 32 MiB could take many gigabytes. No conversation has as many
    values in one message, or as many faults.

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
