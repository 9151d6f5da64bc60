r"""The content of a message is nothing but white space.

What it does
    Looks for content of which no character is left when blanks, tabs, line ends and the other white
    space of Unicode are taken away. The empty string has the fault ``empty-content``.

Why it matters
    It passes every check for emptiness and is trained on. Mostly a text was lost on the way, or a
    template was filled with nothing.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": " \n"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    A common fault of converted datasets; mistral-finetune and mistral-common accept it.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
