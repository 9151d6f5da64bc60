r"""A message is marked as a prefix, which only chat requests know.

What it does
    Looks for ``prefix`` in assistant messages with a value other than false and null.

Why it matters
    A prefix asks the chat endpoint to continue a begun answer. In training data there is nothing to
    continue: mistral-finetune drops the key without a word, mistral-common 1.13 refuses the record.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "prefix": true}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common 1.13: ``_validate_last_message`` in the mode for fine-tuning.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
