r"""The file has more bytes than the target takes.

What it does
    Compares the size of a training file, decompressed, with the target's limit. "512 MB" can mean
    512,000,000 or 536,870,912 bytes: a size between the two is a warning, one above both an error.
    Validation files have a limit of their own.

Why it matters
    The upload is refused, after all the time that it took.

Bad
    (a training file of more than 512 MB)

Good
    {"text": "Paris is in France."}

Source
    Mistral guide, FAQ: a training file may have 512 MB; the number of files is not limited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.ERROR


def check_file(facts: FileFacts, limits: Limits) -> Iterator[Problem]:
    """Yield one problem for a training file beyond the limit, minor if only in one reading."""
    if facts.is_validation or facts.file_bytes <= limits.file_bytes_doubtful:
        return
    doubtful = facts.file_bytes <= limits.file_bytes
    limit = limits.file_bytes_doubtful if doubtful else limits.file_bytes
    message = f"the file has {facts.file_bytes:,} bytes; at most {limit:,} are accepted"
    hint = "split it: a job takes any number of training files"
    yield Problem((), message, hint, minor=doubtful)
