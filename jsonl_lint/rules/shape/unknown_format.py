r"""A record has none of the keys by which its format is known.

What it does
    Looks at the top level of each record: a conversation has ``messages``, a pretraining text has
    ``text``. The keys found instead are named. Nothing else in such a record is checked.

Why it matters
    The consumer cannot tell what the record is and refuses it. Most often the data is in the format
    of another tool (ShareGPT, Alpaca, prompt and completion) and needs converting.

Bad
    {"prompt": "Hi", "completion": "Hello"}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: the conversation is stored under ``messages``. mistral-finetune,
    ``build_instruct_sample``: a record needs ``messages`` or ``interactions``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
