"""Write all generated texts again, from code and real runs; look at the diff before a commit."""

from __future__ import annotations

from generated import texts
from hostile_files import expectations

if __name__ == "__main__":
    for path, text in {**texts(), **expectations()}.items():
        path.write_bytes(text.encode())
