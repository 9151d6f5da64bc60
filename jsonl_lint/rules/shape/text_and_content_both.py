r"""A pretraining record has both text and content.

What it does
    Looks for ``text`` beside ``content`` at the top level of a record.

Why it matters
    Only one of the two can be trained on. mistral-finetune stops with a failed assertion rather
    than choose.

Bad
    {"text": "Paris is in France.", "content": "Rome is in Italy."}

Good
    {"text": "Paris is in France."}

Source
    mistral-finetune, pretraining data (``data.data``): exactly one of ``text`` and ``content``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
