r"""The content of a message is the empty string.

What it does
    Looks for ``""`` under ``content``. In an assistant message it is an error; in a system, user or
    tool message, where an empty text can be meant, a warning. Beside tool calls it has the fault
    ``empty-content-with-tool-calls``.

Why it matters
    An empty answer teaches the model to end its turn at once; mistral-common refuses it up to
    tokenizer v3. An empty question or result is mostly data that got lost on the way.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common v3: ``InvalidAssistantMessageException`` for a message with neither content nor
    tool calls.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
