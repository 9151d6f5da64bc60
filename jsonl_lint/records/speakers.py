"""Who speaks: the names that other formats and services have for the four roles."""

from __future__ import annotations

_NAMES = {
    "system": ("system", "developer"),
    "user": ("user", "human", "customer", "prompter"),
    "assistant": ("assistant", "gpt", "chatgpt", "chatbot", "bot", "model", "ai", "agent"),
    "tool": ("tool", "function", "observation", "ipython"),
}
SPEAKERS = {name: role for role, names in _NAMES.items() for name in names}
"""Our role by each name, in lower case. The schema of Mistral suggests the same."""


def role_of(name: object) -> str | None:
    """Give the role that a name stands for, whatever its case; ``None`` for any other value."""
    return SPEAKERS.get(name.strip().lower()) if isinstance(name, str) else None
