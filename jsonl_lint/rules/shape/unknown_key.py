r"""An object has a key that the target does not know.

What it does
    Compares the keys of records, messages, tool calls and tool definitions with those of the
    format. A key that resembles a known one which is not there gets that one as a hint.

Why it matters
    mistral-finetune ignores the key, mistral-common refuses it. If it is a slip (``tool_call`` for
    ``tool_calls``), what stands under it is lost without a word; if it is metadata, it does no harm
    but makes the file larger.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "source": "manual"}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: the keys shown there. mistral-common: its models forbid extra fields.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
