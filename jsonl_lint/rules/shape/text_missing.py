r"""A pretraining record has no text.

What it does
    Looks for ``text``, or ``content`` in its place, at the top level of each record. The keys found
    instead are named.

Why it matters
    There is nothing to train on. A conversation among pretraining data has this fault as well: it
    belongs to another file and another kind of training.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"text": "Paris is in France."}

Source
    mistral-finetune, pretraining data (``data.data``): exactly one of ``text`` and ``content``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
TARGET = "mistral-pretrain"
