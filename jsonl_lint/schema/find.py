"""Find the schema files: in the package when it was installed, beside it in a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

SUFFIX = ".schema.json"


def folder() -> Path:
    """Give the folder that holds the schemas; a wheel has it inside, a checkout beside."""
    package = Path(__file__).parent.parent
    packaged = package / "schemas"
    return packaged if packaged.is_dir() else package.parent / "schemas"


def names() -> list[str]:
    """List the shipped schemas, without their suffix."""
    found = (item.name for item in folder().iterdir())
    return sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX))


def text(name: str) -> str:
    """Read one schema as it is in its file; raises FileNotFoundError for an unknown name."""
    return (folder() / f"{name}{SUFFIX}").read_text(encoding="utf-8")


@lru_cache
def load(name: str) -> dict[str, Any]:
    """Read and decode one schema; the result is shared, so nobody may change it."""
    schema: dict[str, Any] = orjson.loads(text(name))
    return schema
