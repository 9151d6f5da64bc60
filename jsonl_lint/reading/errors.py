"""What goes wrong with an input as a whole."""

from __future__ import annotations


class ReadError(Exception):
    """An input could not be read to its end; the text says why, for the user."""


def reason(error: OSError) -> str:
    """Say why the system refused something, in its own words."""
    return (error.strerror or str(error)).lower()
