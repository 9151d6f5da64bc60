r"""The file is not text at all, or stands for one that is elsewhere.

What it does
    Compares the first bytes with the marks of other kinds: compressed data under a plain name,
    archives, tables (Parquet, Arrow, ORC, Avro, SQLite), arrays and models (HDF5, NumPy, GGUF),
    Python pickles, PDF, an HTML or XML page in place of a download, and the pointers that Git LFS
    and git-annex leave where content was not fetched.

Why it matters
    Every line would be reported as broken JSON, which hides the one thing to do: unpack, convert or
    fetch the file.

Bad
    b'\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03'

Good
    {"text": "Paris is in France."}

Source
    The specifications of those formats; Git LFS: a pointer file begins with ``version`` and its
    address.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
