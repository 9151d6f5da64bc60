r"""The validation file has more bytes than the target takes.

What it does
    Compares the size of a validation file, decompressed, with the smaller of two limits: a fixed
    number of bytes, and a share of the bytes of all training files of the run, where there are any.

Why it matters
    A file beyond the limit is refused. A large one also costs time: the model is evaluated on all
    of it again and again.

Bad
    (a validation file of more than 1 MB, or of more than 5 % of the training data)

Good
    {"text": "Paris is in France."}

Source
    Mistral guide, FAQ: validation data may have 1 MB, as a rule of thumb the smaller of 1 MB and 5
    % of the training data.
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
    """Yield one problem for a validation file beyond the smaller of its limits."""
    limit, share = limits.validation_bytes, ""
    if facts.training_bytes is not None:
        part = facts.training_bytes * limits.validation_percent // 100
        if part < limit:
            limit = part
            share = f" ({limits.validation_percent} % of the training data)"
    if facts.is_validation and facts.file_bytes > limit:
        size = f"the validation file has {facts.file_bytes:,} bytes"
        message = f"{size}; at most {limit:,}{share} are accepted"
        yield Problem((), message, "move records to the training data, or leave some out")
