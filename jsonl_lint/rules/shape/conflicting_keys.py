r"""Two keys that mean the same stand in one object.

What it does
    Looks for ``messages`` beside ``interactions``, ``tools`` beside ``available_tools``, and
    ``content`` beside ``text`` in a message.

Why it matters
    Only one of the two can be trained on. mistral-finetune refuses the record rather than choose.

Bad
    {"messages": [{"role": "user", "content": "Hi", "text": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune, ``build_instruct_sample``: not both of ``messages`` and ``interactions``, of
    ``tools`` and ``available_tools``, of ``text`` and ``content``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
