"""Why data cannot be split as asked."""

from __future__ import annotations


class RefusedError(Exception):
    """The data do not fit what was asked for; the text says why, for the user."""
