r"""The file's last line breaks off.

What it does
    Looks at a last line without a line feed that is not JSON because it ends too early: inside a
    string, with brackets open, or in the middle of a character.

Why it matters
    The program that wrote the file was interrupted, or the disk was full, or the download stopped.
    The record is lost, and what should have followed it may be missing too.

Bad
    b'{"text": "Paris is in France."}\n'
    b'{"text": "Rome is'

Good
    {"text": "Paris is in France."}
    {"text": "Rome is in Italy."}

Source
    JSON Lines: every line is a complete JSON value.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
