"""Generated texts are what ``make generate`` would write, and each part has its maker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from generated import PAGES, PARTS, ROOT, texts

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = texts()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_writing_it_again_changes_nothing(path: Path) -> None:
    assert path.read_text("utf-8") == TEXTS[path]


@pytest.mark.parametrize("name", PAGES)
def test_each_mark_that_opens_a_part_is_closed(name: str) -> None:
    marks = re.findall(r"^<!-- (/?)generated", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert marks
    assert marks == ["", "/"] * (len(marks) // 2)


def test_every_maker_has_its_part_and_the_other_way_round() -> None:
    pages = "".join((ROOT / name).read_text("utf-8") for name in PAGES)
    assert set(re.findall("<!-- generated: (.*) -->", pages)) == set(PARTS)
