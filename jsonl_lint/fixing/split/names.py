"""What the files of a split are called, after the input."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from jsonl_lint.reading.compressed import unpacked
from jsonl_lint.reading.source import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Collection

NO_STEM = "train"
"""For standard input, which has no name."""
_DIGITS = 5


def stem_of(name: str) -> str:
    """Give a file's name without folder and suffixes: ``data/train.jsonl.gz`` gives ``train``."""
    stem = unpacked(Path(name).name)
    found = next((end for end in (*SUFFIXES, ".json") if stem.lower().endswith(end)), "")
    return stem[: len(stem) - len(found)] or NO_STEM


def part_names(stem: str, number: int) -> list[str]:
    """Name so many parts: ``train-00001-of-00003.jsonl``, in an order that sorts as it is."""
    digits = max(_DIGITS, len(str(number)))
    return [f"{stem}-{i:0{digits}}-of-{number:0{digits}}.jsonl" for i in range(1, number + 1)]


def side_names(stem: str) -> list[str]:
    """Name the files of training and of validation data."""
    return [f"{stem}-train.jsonl", f"{stem}-validation.jsonl"]


def manifest_name(stem: str) -> str:
    """Name the manifest, which is the same for all ways to split."""
    return f"{stem}-manifest.json"


def others(folder: Path, stem: str, names: Collection[str]) -> list[str]:
    """List what lies in a folder and has the name of a part of another split of the same file."""
    pattern = re.compile(rf"{re.escape(stem)}-(?:\d{{5,}}-of-\d{{5,}}|train|validation)\.jsonl")
    found = (path.name for path in folder.iterdir() if pattern.fullmatch(path.name))
    return sorted(name for name in found if name not in names)
