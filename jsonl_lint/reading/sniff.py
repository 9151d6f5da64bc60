"""Tell from a file's first bytes that it is something else than JSON lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.items import BOM
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.head import HEAD_BYTES, begins_with_object
from jsonl_lint.reading.lines import LOST
from jsonl_lint.reading.scan import Expected, scan_value
from jsonl_lint.reading.structure import count_objects, levels_opened
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import BufferedReader


GIT_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
"""How the file begins that Git LFS leaves in place of content; a version follows."""

_MAGIC = {
    b"\x1f\x8b": ("gzip data", "name it .jsonl.gz, or decompress it"),
    b"\x28\xb5\x2f\xfd": ("zstd data", "name it .jsonl.zst, or decompress it"),
    b"BZh": ("bzip2 data", "name it .jsonl.bz2, or decompress it"),
    b"\xfd7zXZ\x00": ("xz data", "name it .jsonl.xz, or decompress it"),
    b"PK\x03\x04": ("a zip archive", "unpack it"),
    b"PK\x05\x06": ("an empty zip archive", "check that this is the right file"),
    b"Rar!\x1a\x07": ("a RAR archive", "unpack it"),
    b"\x04\x22\x4d\x18": ("LZ4 data", "decompress it"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "unpack it"),
    b"PAR1": ("a Parquet file", "convert it to JSON lines"),
    b"ARROW1": ("an Arrow file", "convert it to JSON lines"),
    b"\xff\xff\xff\xff": ("an Arrow stream", "convert it to JSON lines"),
    b"ORC\n": ("an ORC file", "convert it to JSON lines"),
    b"Obj\x01": ("an Avro file", "convert it to JSON lines"),
    b"\x89HDF\r\n\x1a\n": ("an HDF5 file", "export its rows as JSON lines"),
    b"\x93NUMPY": ("a NumPy array", "export its rows as JSON lines"),
    b"GGUF": ("a GGUF model", "give the data that it is to be trained on"),
    b"SQLite format 3\x00": ("an SQLite database", "export its rows as JSON lines"),
    b"%PDF-": ("a PDF document", "check that this is the right file"),
    GIT_LFS_POINTER: (
        "a Git LFS pointer: its content was not downloaded",
        "run git lfs pull",
    ),
    b"/annex/objects/": (
        "a git-annex pointer: its content was not downloaded",
        "run git annex get",
    ),
}
_PICKLE = re.compile(rb"\x80[\x02-\x05][\x80-\xff(\]}cX\x00-\x1f]")
_TAR = 257, b"ustar"
"""Where a tar archive has its mark."""

_WIDE = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# NOTE: two characters each, since one bracket and then NUL bytes alone is an interrupted write.
# A mark that the second character belongs to another script has no NUL: only what JSON begins with.
# Before Python 3.11.5 a possessive group whose last round fails half-way would lose its place.
_BARE_WIDE = {
    "UTF-32": re.compile(
        rb"(?:[ \t\r\n]\x00{3})*[{\[\"]\x00{3}[\t-~]\x00{3}"
        rb"|(?:\x00{3}[ \t\r\n])*\x00{3}[{\[\"]\x00{3}[\t-~]"
    ),
    "UTF-16": re.compile(
        rb"(?:[ \t\r\n]\x00)*[{\[\"]\x00[\t-~]\x00"
        rb"|(?:\x00[ \t\r\n])*\x00[{\[\"]\x00[\t-~]"
    ),
}
_PAGES = {
    "an HTML page": re.compile(rb"<(?:!doctype html|html)\b", re.IGNORECASE),
    "an XML document": re.compile(rb"<\?xml\b"),
}
_TAKEN_AWAY = re.compile(rb"\A(?:[ \t\r\n]+|" + BOM + rb")+|(?<=\n)(?:" + BOM + rb")+")
"""What fixes of lines take away: without it, a file is to look the same."""


class Kind(NamedTuple):
    """What a file is instead of JSON lines: the rule, and words for it.

    ``level`` is the bracket depth at which its records stand, for text whose records can be
    counted; ``None`` for anything else.
    """

    rule: str
    message: str
    hint: str
    level: int | None = None

    @property
    def refusal(self) -> str:
        """Say what it is and what to do, where nothing but lines is read."""
        lines = "jsonl-lint convert lays it out as lines"
        return f"{self.message}; {self.hint if self.level is None else lines}"

    def counted(self, chunks: Iterable[bytes]) -> str:
        """Read the content to its end; say what it is, and of how many records if it has any."""
        if self.level is not None:
            return f"{self.message} of {count(count_objects(chunks, self.level), 'record')}"
        for _ in chunks:
            pass
        return self.message


def sniff_content(content: BufferedReader) -> Kind | None:
    """Name what an input is, if it is not JSON lines; all of it is still there to be read."""
    head = content.peek(HEAD_BYTES)
    if begins_with_object(head):
        return None
    return sniff(head[:HEAD_BYTES], whole=len(head) < HEAD_BYTES)


def sniff(head: bytes, *, whole: bool) -> Kind | None:
    """Name what the file is, if it is not JSON lines; ``whole`` says that ``head`` is all of it."""
    for magic, (name, hint) in _MAGIC.items():
        if head.startswith(magic):
            return Kind("wrong-file-kind", f"this is {name}", hint)
    if len(head) == HEAD_BYTES and not head.strip(b"\x00"):
        message = f"the first {HEAD_BYTES:,} bytes of the file are NUL"
        return Kind("nul-bytes", message, LOST)
    text = _TAKEN_AWAY.sub(b"", head)
    for name, start in _PAGES.items():
        if start.match(text):
            hint = "the download may have given an error page; get the file again"
            return Kind("wrong-file-kind", f"this is {name}", hint)
    return (
        _wide_text(head)
        or _archive_or_pickle(head)
        or _other_json(text, whole=whole)
        or _cr_lines(text, whole=whole)
    )


def _archive_or_pickle(head: bytes) -> Kind | None:
    start, mark = _TAR
    if head[start : start + len(mark)] == mark:
        return Kind("wrong-file-kind", "this is a tar archive", "unpack it")
    if _PICKLE.match(head):
        hint = "read it where it comes from, and write its records as JSON lines"
        return Kind("wrong-file-kind", "this is a Python pickle", hint)
    return None


def _cr_lines(text: bytes, *, whole: bool) -> Kind | None:
    """Look for records that CR alone parts: a reader of lines takes them all for one.

    The first may have faults: what a fix mends in it does not change what the file looks like.
    """
    if b"\n" in text or not text.startswith(b"{"):
        return None
    lines = [line for line in text.split(b"\r") if line.strip(b" \t")]
    if len(lines) < 2 + (not whole) or levels_opened(lines[0]):
        return None
    return Kind("cr-only-line-ends", "CR alone ends the lines; expected LF", "save it with LF")


def _wide_text(head: bytes) -> Kind | None:
    names = [name for mark, name in _WIDE if head.startswith(mark)]
    names += [name for name, start in _BARE_WIDE.items() if start.match(head)]
    if not names:
        return None
    return Kind("utf16-or-utf32", f"the file is {names[0]}, not UTF-8", "save it as UTF-8")


def _other_json(text: bytes, *, whole: bool) -> Kind | None:
    opener = text[:1]
    if opener not in (b"[", b"{"):
        return None
    end = text.find(b"\n")
    if end < 0:
        end = len(text)
        if not whole:  # one line, longer than the head
            return _kind(opener) if opener == b"[" else None
    try:
        value = loads(text[:end])
    except ValueError:
        return _kind(opener) if _goes_on(text, end, whole=whole) else None
    alone = whole and isinstance(value, list) and not text[end:].strip()
    return _kind(opener) if alone and any(isinstance(item, dict) for item in value) else None


def _goes_on(text: bytes, end: int, *, whole: bool) -> bool:
    """Tell whether the value that opens on the first line goes on after it, from ``end`` on."""
    line = text[:end].rstrip()
    if len(line) == 1:
        return end < len(text) and not begins_with_object(text[end + 1 :])
    if line[-1] in b"[{,:" and text[end + 1 : end + 2] in (b" ", b"\t"):
        return True  # indented: so much is sure, even if a fault follows
    stop = scan_value(text, 0)
    if stop.previous[1] <= end:
        return False
    cut = not whole and stop.at == len(text)
    # NOTE: a record that breaks off in a list seems to go on with the records after it, until the
    # second of them, before which there is no comma.
    return cut or stop.expected is Expected.NOTHING or line.startswith(b"[")


def _kind(opener: bytes) -> Kind:
    if opener == b"[":
        hint = "write each element as one line, without the brackets and commas around"
        return Kind("looks-like-json-array", "the file is one JSON array", hint, 1)
    hint = "write each object on one line of its own"
    return Kind("pretty-printed", "the file is pretty-printed JSON", hint, 0)
