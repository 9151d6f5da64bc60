r"""A line is JSON, but not an object.

What it does
    Looks at the type of each line's value: arrays, strings, numbers, booleans and null are no
    records.

Why it matters
    Every format keeps a record's data under keys. A bare list of messages is a common near miss: no
    consumer knows which key it belongs to, and the validator of mistral-finetune crashes on it.

Bad
    [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Goodbye"}]}

Source
    Mistral guide, dataset format: the file stores JSON objects, one a line. mistral-finetune,
    ``validate_data.py``: a list, string or number ends the run with an AttributeError.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
