r"""A key is an alias that only mistral-finetune reads.

What it does
    Looks for ``interactions`` (for ``messages``), ``available_tools`` (for ``tools``),
    ``system_prompt`` and ``only_last`` at the top level, and for ``text`` (for ``content``) in
    messages. What stands under an alias is checked like the real thing.

Why it matters
    The guide knows none of them, and neither do mistral-common and the API: there the record has no
    messages, no tools or no content.

Bad
    {"interactions": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune, ``build_instruct_sample``, takes these keys beside the documented ones.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
