r"""A pretraining record's text is no string.

What it does
    Looks at the type of ``text``, or ``content`` in its place, at the top level of a record.

Why it matters
    mistral-finetune stops there: its tokenizer takes a string. A list of paragraphs has to be
    joined first.

Bad
    {"text": ["Paris is in France.", "Rome is in Italy."]}

Good
    {"text": "Paris is in France."}

Source
    mistral-finetune, pretraining data (``data.data``): the text must be a string.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
