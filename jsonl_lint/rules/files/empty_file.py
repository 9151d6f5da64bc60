r"""The file has no record.

What it does
    Looks for files of no bytes, and for files whose lines are all blank. Where this rule is switched
    off, such a file is clean: all of it was read, and nothing in it is left unchecked.

Why it matters
    There is nothing to train on. An empty file is most often the result of an export or a filter
    that failed without saying so, and should not pass a check.

Bad
    b''

Good
    {"text": "Paris is in France."}

Source
    A rule of jsonl-lint's own; ``verify_size`` of mistral-finetune asks for 10 lines at least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.ERROR


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield one problem where no line holds a record."""
    if not facts.records:
        message = "the file has only blank lines" if facts.lines else "the file is empty"
        yield Problem((), f"{message}; expected one record a line", "write the data again")
