"""Targets: the consumers of a dataset, each a TOML file beside this one that is data, not code."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonl_lint.finding import Severity
from jsonl_lint.records import FORMATS
from jsonl_lint.schema import find

DEFAULT = "mistral"
FOLDER = Path(__file__).parent


class Limits(NamedTuple):
    """A target's limits; bytes and counts. Their sources stand in the TOML file."""

    file_bytes_doubtful: int
    file_bytes: int
    validation_bytes: int
    validation_percent: int
    examples: int


class Target(NamedTuple):
    """A consumer of the dataset with its demands; ``schema`` is the JSON Schema of one record."""

    name: str
    title: str
    schema: dict[str, Any]
    formats: tuple[str, ...]
    limits: Limits
    severity: dict[str, Severity]
    role_grammar: str | None = None


def is_sound(target: Target) -> bool:
    """Tell whether the fields of a target hold what they should: a plugin's may hold anything."""
    return (
        isinstance(target.title, str)
        and isinstance(target.schema, dict)
        and FORMATS.keys() >= {*target.formats}
        and isinstance(target.limits, Limits)
        and all(isinstance(limit, int) for limit in target.limits)
        and all(isinstance(level, Severity) for level in target.severity.values())
        and isinstance(target.role_grammar, str | None)
    )


def names() -> list[str]:
    """List the shipped targets."""
    found = (item.name for item in FOLDER.iterdir())
    return sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml"))


@lru_cache
def load(name: str) -> Target:
    """Read one target; raises KeyError for a name that is not among ``names()``."""
    if name not in names():
        raise KeyError(name)
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    limits = {key.replace("-", "_"): value for key, value in data["limits"].items()}
    return Target(
        name=name,
        title=data["title"],
        schema=find.load(data["schema"]),
        formats=tuple(data["formats"]),
        limits=Limits(**limits),
        severity={rule: Severity[text.upper()] for rule, text in data.get("severity", {}).items()},
        role_grammar=data.get("role-grammar"),
    )
