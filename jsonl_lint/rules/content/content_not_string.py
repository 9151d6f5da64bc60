r"""The content of a message is not a string.

What it does
    Looks at the type of ``content``. ``null`` has the fault ``content-null``.

Why it matters
    The text fine-tuning format takes content as one string. Numbers and objects stop the run of
    mistral-finetune with an error that names no line; lists of parts are for vision data.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: the examples of text fine-tuning. mistral-common: the message classes.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
