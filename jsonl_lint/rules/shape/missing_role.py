r"""A message has no role.

What it does
    Looks for ``role`` in each message. One that is there, but unknown, is ``unknown-role``.

Why it matters
    Without the role nobody knows whether the text is to be learnt or only read. Data in the
    ShareGPT format has ``from`` and ``value`` in place of ``role`` and ``content``.

Bad
    {"messages": [{"content": "Hi"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: each message has ``role``. mistral-finetune,
    ``build_instruct_sample``, asks for it too.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
