"""Packages with plugins, installed in a folder of the import path for the time of a test."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from jsonl_lint import plugins

if TYPE_CHECKING:
    from pathlib import Path

_numbers = count()


def clear() -> None:
    """Forget which plugins there are."""
    for cached in (plugins.load_rules, plugins._objects, plugins._any_plugin):  # noqa: SLF001 - its caches
        cached.cache_clear()


class Install:
    """Installs packages in a folder: the source of each, and one group of entry points.

    ``%`` in the points stands for the name of the package's module, which no other test has.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, group: str, points: str, source: str, package: str = "acme") -> None:
        module = f"plugin_of_a_test_{next(_numbers)}"
        folder = self.folder / f"plugin_{next(_numbers)}-1.0.dist-info"
        folder.mkdir()
        files = {
            self.folder / f"{module}.py": source,
            folder / "METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
            folder / "entry_points.txt": f"[jsonl_lint.{group}]\n{points.replace('%', module)}\n",
        }
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
        clear()
