r"""The file has records of more than one format.

What it does
    Notes where each format (conversations, pretraining texts) first appears, and reports the line
    where the second one begins, once a file.

Why it matters
    A dataset is read in one way. mistral-finetune takes conversations and pretraining texts under
    different keys of its configuration, and cannot read the records of the other kind.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"text": "Paris is in France."}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]}

Source
    mistral-finetune, README: ``data.data`` holds the pretraining files, ``data.instruct_data`` the
    conversations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import listing, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.targets import Limits

SEVERITY = Severity.ERROR


def check_file(facts: FileFacts, _limits: Limits) -> Iterator[Problem]:
    """Yield the line where the file's second format begins."""
    if len(facts.formats) > 1:
        second, (line, offset) = list(facts.formats.items())[1]
        names = listing(facts.formats, "and")
        message = f"the file mixes the formats {names}; {quote(second)} begins here"
        hint = "put each format in a file of its own"
        yield Problem((), message, hint, line=line, span=(offset, offset))
