"""What is imported: nothing heavy at the start, and each stage only what stands before it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import CLEAN

import jsonl_lint

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(jsonl_lint.__file__).parent
HEAVY = {
    "asyncio",
    "bz2",
    "concurrent.futures",
    "difflib",
    "http",
    "importlib.metadata",
    "jsonschema",
    "jsonschema_rs",
    "lzma",
    "multiprocessing",
    "referencing",
    "ssl",
    "urllib.request",
    "zstandard",
}
"""Modules that take longer to import than a small file takes to check; only some data need them."""

STAGES = (
    ("finding", "change"),
    ("words",),
    ("items",),
    ("pointer",),
    ("reading",),
    ("records",),
    ("schema",),
    ("targets",),
    ("rules",),
    ("linting",),
    ("fixing",),
    ("measuring",),
    ("reporting",),
    ("keys", "config", "plugins"),
    ("api", "fixes"),
    ("",),
    ("cli",),
    ("__main__",),
)
"""In the order of the data; the modules of a stage may import each other and all stages before.

The empty name is the package itself, which is the public interface.
"""

RANK = {name: rank for rank, names in enumerate(STAGES) for name in names}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def stage(module: str) -> str:
    return module.partition(".")[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the package's modules that a module imports, anywhere and for whatever purpose."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            assert node.module
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            are_modules = node.module == "jsonl_lint"
            names = [name for name in inside if are_modules and stage(name[11:]) in RANK]
            yield from names
            if len(names) < len(inside):
                yield node.module


def ours(tree: ast.AST) -> set[str]:
    names = {name for name in imported(tree) if stage(name) == "jsonl_lint"}
    return {name.removeprefix("jsonl_lint").removeprefix(".") for name in names}


def test_every_module_belongs_to_a_stage() -> None:
    assert {stage(module_name(path)) for path in SOURCES} == RANK.keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: module_name(path) or "jsonl_lint")
def test_a_stage_imports_only_itself_and_those_before(path: Path) -> None:
    own = RANK[stage(module_name(path))]
    later = {name for name in ours(ast.parse(path.read_bytes())) if RANK[stage(name)] > own}
    assert later == set()


def test_the_table_can_fail() -> None:
    tree = ast.parse("from jsonl_lint import api\ndef f():\n    from jsonl_lint.cli.check import x")
    assert ours(tree) == {"api", "cli.check"}
    assert ours(ast.parse("from jsonl_lint import Config, plugins")) == {"", "plugins"}
    assert RANK["api"] > RANK["rules"]


def loaded_by(statement: str, folder: Path) -> set[str]:
    """Run a statement in a fresh interpreter and give the names of all modules it loaded."""
    script = (
        f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr))


def test_importing_the_package_loads_nothing_else(tmp_path: Path) -> None:
    loaded = loaded_by("import jsonl_lint", tmp_path)
    assert {name for name in loaded if name.startswith("jsonl_lint")} == {"jsonl_lint"}
    assert loaded & (HEAVY | {"click", "orjson"}) == set()


def test_using_the_library_is_light(tmp_path: Path) -> None:
    loaded = loaded_by("from jsonl_lint import lint_file", tmp_path)
    assert loaded >= {"jsonl_lint.api", "orjson"}
    assert loaded & (HEAVY | {"click", "jsonl_lint.fixes"}) == set()


def test_checking_good_data_is_light(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_bytes(CLEAN)
    (tmp_path / "jsonl-lint.toml").write_text('ignore = ["crlf"]', encoding="utf-8")
    statement = """
from jsonl_lint.cli import main
try:
    main(["check", "train.jsonl"])
except SystemExit as done:
    assert not done.code, done.code
"""
    loaded = loaded_by(statement, tmp_path)
    assert "jsonl_lint.reporting.text" in loaded
    unneeded = {"jsonl_lint.fixes", "jsonl_lint.reading.diagnose", "jsonl_lint.reading.scan"}
    assert loaded & (HEAVY | unneeded) == set()
    others = {"json", "jsonl", "sarif", "github", "concise"}
    assert loaded & {f"jsonl_lint.reporting.{name}" for name in others} == set()


def test_nothing_of_the_tests_is_imported_by_the_package() -> None:
    for path in SOURCES:
        names = set(imported(ast.parse(path.read_bytes())))
        assert not {"pytest", "hypothesis", "tests"} & {stage(name) for name in names}
