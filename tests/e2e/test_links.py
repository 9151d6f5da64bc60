"""What ``..`` behind a link to a folder means: what the system means, whatever the text says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fixable import BAD, GOOD, MENDED, posix
from programs import call

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = posix


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Give a folder with a good file; ``link/..`` is another one, with a bad file of its name."""
    folder = tmp_path / "here"
    folder.mkdir()
    (tmp_path / "else" / "where").mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path / "else" / "where")
    (folder / "a.jsonl").write_bytes(GOOD)
    (tmp_path / "else" / "a.jsonl").write_bytes(BAD)
    return folder


@pytest.mark.parametrize("path", ["link/..", "./link//../", "link/../a.jsonl"])
def test_the_folder_that_the_system_means_is_checked(here: Path, path: str) -> None:
    done = call("check", path, "-f", "json", cwd=here)
    assert done.returncode == 1
    assert [file["name"] for file in json.loads(done.stdout)["files"]] == ["link/../a.jsonl"]


def test_the_file_that_the_system_means_is_fixed(here: Path) -> None:
    assert call("fix", "link/..", cwd=here).returncode == 0
    assert (here.parent / "else" / "a.jsonl").read_bytes() == MENDED
    assert (here / "a.jsonl").read_bytes() == GOOD


def test_validation_data_of_another_folder_are_no_reason_to_leave_training_data_out(
    here: Path,
) -> None:
    (here / "a.jsonl").write_bytes(BAD)
    (here.parent / "else" / "a.jsonl").write_bytes(GOOD)
    done = call("check", "a.jsonl", "--validation", "link/../a.jsonl", "-f", "json", cwd=here)
    names = [file["name"] for file in json.loads(done.stdout)["files"]]
    assert (done.returncode, names) == (1, ["a.jsonl", "link/../a.jsonl"])


def test_validation_data_of_a_folder_are_left_out_of_it_by_whatever_name(here: Path) -> None:
    held_out = here.parent / "else" / "a.jsonl"
    done = call("check", "link/..", "--validation", held_out, "-f", "json", cwd=here)
    assert [file["name"] for file in json.loads(done.stdout)["files"]] == [str(held_out)]


def test_the_configuration_of_the_folder_that_the_text_says_does_not_hold(here: Path) -> None:
    (here / "jsonl-lint.toml").write_text('ignore = ["unknown-role"]\n', "utf-8")
    assert call("check", "link/..", cwd=here).returncode == 1


def test_the_configuration_of_the_folder_that_the_system_means_holds(here: Path) -> None:
    text = '[per-file-ignores]\n"a.jsonl" = ["unknown-role"]\n'
    (here.parent / "else" / "jsonl-lint.toml").write_text(text, "utf-8")
    assert call("check", "link/..", cwd=here).returncode == 0
