"""Keeps a Python that a test starts from the network: Python imports this file by itself.

It stands in PYTHONPATH of the programs that tests run; see ``programs.environment``.
"""

from __future__ import annotations

import sys

REFUSED = frozenset({
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.sendmsg", "socket.sendto",
})  # fmt: skip


def refuse(event: str, _arguments: object) -> None:
    """Raise what is no OSError: those are taken for data that cannot be read."""
    if event in REFUSED:
        message = f"a test must not use the network: {event}"
        raise RuntimeError(message)


sys.addaudithook(refuse)
