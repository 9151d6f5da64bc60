r"""The file has fewer records than training needs.

What it does
    Counts the lines that are not blank, faulty ones included. A file without any has ``empty-file``
    instead.

Why it matters
    A handful of examples teaches a model nothing but these examples. So small a file is often a
    sample that took the place of the dataset, or what an over-eager filter left.

Bad
    {"text": "Paris is in France."}

Good
    {"text": "The first sentence."}
    {"text": "The second sentence."}
    {"text": "The third sentence."}
    {"text": "The fourth sentence."}
    {"text": "The fifth sentence."}
    {"text": "The sixth sentence."}
    {"text": "The seventh sentence."}
    {"text": "The eighth sentence."}
    {"text": "The ninth sentence."}
    {"text": "The tenth sentence."}

Source
    mistral-finetune, ``validate_data.py``: ``verify_size`` asks for 10 lines, though the call to it
    is commented out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.WARNING


def check_file(facts: FileFacts, limits: Limits) -> Iterator[Problem]:
    """Yield one problem for a file with records, but fewer than the target's least number."""
    if 0 < facts.records < limits.examples:
        records = count(facts.records, "record")
        message = f"the file has {records}; at least {limits.examples:,} are expected"
        yield Problem((), message, "add examples, or check that the file is complete")
