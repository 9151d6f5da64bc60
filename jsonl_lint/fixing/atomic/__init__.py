"""Files that are written whole or not at all: whoever looks sees the old content or the new."""

from jsonl_lint.fixing.atomic.file import AtomicFile, WriteError

__all__ = ["AtomicFile", "WriteError"]
