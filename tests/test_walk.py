"""Which files are read: those named, those found in folders, and what cannot be opened as such."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import CLEAN

from jsonl_lint.reading.errors import Code, ReadError
from jsonl_lint.reading.names import absolute
from jsonl_lint.reading.source import Found, open_path
from jsonl_lint.reading.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(name: str) -> tuple[Code, str]:
    with pytest.raises(ReadError) as caught, open_path(name):
        pass
    return caught.value.code, str(caught.value)


def make(name: str, data: bytes = CLEAN) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)


def test_the_files_of_a_folder_come_before_those_of_the_folders_in_it() -> None:
    for name in ("d/b/x.jsonl", "d/a.d/x.jsonl", "d/z.jsonl", "d/a.jsonl", "d/.h/x.jsonl"):
        make(name)
    assert list(walk(["./d//", "d/a.jsonl", "d"])) == [
        "d/a.jsonl",
        "d/z.jsonl",
        "d/a.d/x.jsonl",
        "d/b/x.jsonl",
    ]


def test_a_path_that_is_named_twice_is_read_once_and_other_names_are_other_files() -> None:
    make("a.jsonl")
    os.link("a.jsonl", "b.jsonl")
    Path("c.jsonl").symlink_to("a.jsonl")
    names = ["-", "a.jsonl", "-", "b.jsonl", "a.jsonl", "c.jsonl", "./a.jsonl"]
    assert list(walk(names)) == ["-", "a.jsonl", "b.jsonl", "c.jsonl", "./a.jsonl"]


def link_to_a_folder_elsewhere() -> None:
    """Make ``link``, so that ``link/..`` is the folder ``else``, and not the current one."""
    Path("else/where").mkdir(parents=True)
    Path("link").symlink_to("else/where")


def test_a_folder_above_a_link_is_the_one_that_the_system_means() -> None:
    link_to_a_folder_elsewhere()
    make("else/bad.jsonl", b"{}\n")
    make("here.jsonl")
    assert list(walk(["./link//../"])) == ["link/../bad.jsonl"]
    assert list(walk(["else/where/./.."])) == ["else/where/../bad.jsonl"]
    with open_path("link/../bad.jsonl") as stream:
        assert stream.content.read() == b"{}\n"


@pytest.mark.parametrize(("name", "expected"), [
    ("a/../b.jsonl", "b.jsonl"),
    ("link/a.jsonl", "link/a.jsonl"),
    ("link/../a.jsonl", "else/a.jsonl"),
    ("else/where/../../a.jsonl", "a.jsonl"),
    ("link/../where/../a.jsonl", "else/a.jsonl"),
    ("again/../a.jsonl", "else/a.jsonl"),
    ("loop/../a.jsonl", "a.jsonl"),
    ("./link//../where/./a.jsonl", "else/where/a.jsonl"),
    ("link", "link"),
])  # fmt: skip
def test_an_absolute_path_keeps_its_links_but_those_that_it_leads_out_of(
    folder: Path, name: str, expected: str
) -> None:
    link_to_a_folder_elsewhere()
    Path("again").symlink_to("link")
    Path("loop").symlink_to("loop")
    assert absolute(name) == folder / expected
    assert absolute(folder / name) == folder / expected


def test_an_absolute_path_never_leads_above_the_root() -> None:
    assert absolute("/../../a.jsonl") == Path("/a.jsonl")
    assert absolute("../" * 100 + "a.jsonl") == Path("/a.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="its links are others")
def test_a_link_to_nothing_is_told_from_what_is_not_there() -> None:
    Path("d").mkdir()
    Path("d/lost.jsonl").symlink_to("nowhere.jsonl")
    assert list(walk(["d"])) == ["d/lost.jsonl"]
    assert refusal("d/lost.jsonl") == (Code.NOT_FOUND, "it is a link to nothing")
    assert refusal("d/nowhere.jsonl") == (Code.NOT_FOUND, "no such file or directory")


def test_loops_of_links_end() -> None:
    make("d/a.jsonl")
    Path("d/self").symlink_to(".")
    Path("d/up").symlink_to("..")
    Path("d/folder.jsonl").symlink_to(".")
    Path("d/loop.jsonl").symlink_to("loop.jsonl")
    assert list(walk(["d"])) == ["d/a.jsonl", "d/loop.jsonl"]
    assert refusal("d/loop.jsonl") == (Code.IO_ERROR, "too many levels of symbolic links")


def test_a_folder_deeper_than_python_recurses_is_walked() -> None:
    deep = "/".join(["d"] * 300)
    make(f"{deep}/x.jsonl")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(walk(["d"]))
    finally:
        sys.setrecursionlimit(limit)
    assert found == [f"{deep}/x.jsonl"]


WAITING: dict[str, Callable[[str], object]] = {
    "named pipe": os.mkfifo if hasattr(os, "mkfifo") else Path,
    "socket": lambda name: socket.socket(socket.AF_UNIX).bind(name),
    "link to a named pipe": lambda name: Path(name).symlink_to("../pipe"),
    "link to a device": lambda name: Path(name).symlink_to("/dev/zero"),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the socket, whose name is all we want
@pytest.mark.parametrize("kind", WAITING)
def test_what_waits_is_named_and_not_waited_for_where_a_folder_holds_it(kind: str) -> None:
    make("d/a.jsonl")
    os.mkfifo("pipe")
    WAITING[kind]("d/b.jsonl")
    found = list(walk(["d"]))
    assert found == ["d/a.jsonl", "d/b.jsonl"]
    words = f"it is a {kind.removeprefix('link to a ')}, not a regular file"
    assert refusal(found[1]) == (Code.NOT_REGULAR_FILE, words)


def test_a_file_that_becomes_a_pipe_before_it_is_opened_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("a.jsonl")
    real = os.open

    def swapped(path: str, flags: int) -> int:
        Path(path).unlink()
        os.mkfifo(path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    words = "it is a named pipe, not a regular file"
    assert refusal("a.jsonl") == (Code.NOT_REGULAR_FILE, words)


def test_a_folder_that_cannot_be_listed_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    make("d/closed/a.jsonl")
    make("d/open/a.jsonl")
    real = os.scandir

    def closed(path: str) -> object:
        if path == "d/closed":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    names = list(walk(["d"]))
    assert names == ["d/closed", "d/open/a.jsonl"]
    assert refusal(names[0]) == (Code.IO_ERROR, "permission denied")


NAMES = [
    b"\xff.jsonl",
    b"a\nb.jsonl",
    b"\x1b[31m.jsonl",
    b"-.jsonl",
    b" .jsonl",
    b"::error::.jsonl",
]


def test_any_name_is_found_and_read() -> None:
    names = sorted(os.fsdecode(b"d/" + name + b".jsonl") for name in NAMES)
    for name in names:
        make(name)
    found = list(walk(["d"]))
    assert found == names
    for name in found:
        assert isinstance(name, Found)
        with open_path(name) as stream:
            assert stream.content.read() == CLEAN


@pytest.mark.parametrize(("name", "code"), [
    ("nothing.jsonl", Code.NOT_FOUND),
    ("a.jsonl/b.jsonl", Code.NOT_FOUND),
    ("dangling.jsonl", Code.NOT_FOUND),
    ("", Code.NOT_FOUND),
    ("a\0b", Code.IO_ERROR),
    ("x" * 5000, Code.IO_ERROR),
    (".", Code.NOT_REGULAR_FILE),
    ("/dev/null", Code.NOT_REGULAR_FILE),
    ("/dev/zero", Code.NOT_REGULAR_FILE),
])  # fmt: skip
def test_what_cannot_be_opened_has_its_code(name: str, code: Code) -> None:
    make("a.jsonl")
    Path("dangling.jsonl").symlink_to("nowhere")
    assert refusal(name)[0] == code


def test_descriptors_of_this_process_are_read_as_files() -> None:
    make("a.jsonl")
    reading, writing = os.pipe()
    os.write(writing, CLEAN)
    os.close(writing)
    with Path("a.jsonl").open("rb") as file:
        for number, size in ((file.fileno(), len(CLEAN)), (reading, None)):
            with open_path(f"/dev/fd/{number}") as stream:
                assert stream.size == size
                assert stream.content.read() == CLEAN
    os.close(reading)
