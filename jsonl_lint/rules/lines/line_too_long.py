r"""A line is longer than the limit and was not read.

What it does
    Skips each line of more bytes than ``--max-line-bytes`` (32 MiB unless set otherwise), says how
    long it is, and goes on with the next one. The check counts as incomplete: exit code 3, and no
    option silences the finding.

Why it matters
    Decoding takes many times the line's length in memory, so a line without end could take the
    machine down. No conversation is that long: line feeds were lost, or the file is something else.

Bad
    (a line of more than 32 MiB)

Good
    {"text": "Paris is in France."}

Source
    A limit of jsonl-lint's own.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
