"""The requirements with hashes that .ci/lock writes: whole, pinned, and those of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = {
    "action": [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]],
    "requirements": [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]],
    "audit": [],
}
GROUPS = {"action": (), "requirements": ("dev",), "audit": ("audit",)}
PINNED = re.compile(r"(\S+)==(\S+)( ; [^\n]+?)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def group(name: str) -> list[str]:
    found: list[str] = []
    for item in PROJECT["dependency-groups"][name]:
        found += group(item["include-group"]) if isinstance(item, dict) else [item]
    return found


def locked(name: str) -> list[tuple[Any, ...]]:
    """Give name, version, marker and hashes of each requirement; all else is a comment."""
    text = (ROOT / ".ci" / f"{name}.txt").read_text(encoding="utf-8")
    assert set(PINNED.sub("", text).splitlines(keepends=True)) <= {
        line for line in text.splitlines(keepends=True) if line.startswith("# ")
    }
    return PINNED.findall(text)


@pytest.mark.parametrize("name", NEEDED)
def test_each_requirement_is_pinned_by_hashes_and_no_address_is_named(name: str) -> None:
    assert len(locked(name)) >= len(NEEDED[name]) + len(GROUPS[name])
    assert "://" not in (ROOT / ".ci" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NEEDED)
def test_the_requirements_are_those_of_the_project(name: str) -> None:
    """What pyproject.toml has and this does not see to was changed without ``.ci/lock``."""
    versions: dict[str, list[str]] = {}
    for package, version, *_ in locked(name):
        versions.setdefault(canonicalize_name(package), []).append(version)
    named = [*NEEDED[name], *(line for one in GROUPS[name] for line in group(one))]
    for requirement in map(Requirement, named):
        found = versions[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in found), requirement
