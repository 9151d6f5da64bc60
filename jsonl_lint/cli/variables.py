"""Variables of the environment that switch something on: ours, and those of CI and hooks."""

from __future__ import annotations

import os

_OFF = {"", "0", "false", "no", "off"}


def is_on(name: str) -> bool:
    """Tell whether a variable is set to something that does not say no."""
    return os.environ.get(name, "").strip().lower() not in _OFF
