r"""What stands under the key for messages is no list.

What it does
    Looks at the type of ``messages``. A string that holds a list as JSON text is no list either.

Why it matters
    There is no message to train on. Records written by spreadsheet or database exports often have
    the list as a string, which was encoded twice.

Bad
    {"messages": "[{\"role\": \"user\", \"content\": \"Hi\"}]"}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide, dataset format: the conversation is a list under ``messages``. The validator of
    mistral-finetune crashes on anything else.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
