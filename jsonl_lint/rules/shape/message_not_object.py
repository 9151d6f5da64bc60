r"""An element of the list of messages is no object.

What it does
    Looks at the type of each message. The other messages of the record are checked all the same.

Why it matters
    A message is made of a role and what that role says; a bare text or a list of texts says nothing
    about who speaks.

Bad
    {"messages": ["Hi", {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: each element is an object with ``role`` and ``content``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
