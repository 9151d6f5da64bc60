r"""The list of messages is empty.

What it does
    Looks for ``messages`` without any element.

Why it matters
    The record teaches nothing, and the consumer refuses it. It is often what a filter left of a
    conversation.

Bad
    {"messages": []}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common: a request has at least one message.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
