"""Say in a person's words why a line cannot be decoded.

What concerns the line as a whole is found here: its encoding, its marks, its end, a second value.
A mistake inside the value is named by what stands where the scan stopped.
"""

from __future__ import annotations

import codecs

from jsonl_lint.reading.fault import Fault, Scene
from jsonl_lint.reading.mistakes import name
from jsonl_lint.reading.scan import Expected, scan_value, skip_space

__all__ = ["Fault", "diagnose"]


def diagnose(raw: bytes, *, last: bool) -> list[Fault]:
    """Name the faults of a line that orjson refused: at least one, in order; never raises.

    ``raw`` may carry its line end. ``last`` says that it is the file's last line and has none.
    """
    text = raw.removesuffix(b"\n").removesuffix(b"\r")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return [_bad_bytes(text, error, last=last)]
    if text.startswith(codecs.BOM_UTF8):
        return _behind_mark(text, last=last)
    return [_first_fault(text, 0, last=last) or _unexplained(text)]


def _bad_bytes(text: bytes, error: UnicodeDecodeError, *, last: bool) -> Fault:
    if last and _is_cut_character(text[error.start :]):
        return Scene(text, scan_value(text, len(text)), last).ended("in the middle of a character")
    return Fault(
        "invalid-utf8",
        "",
        error.start,
        error.end,
        f"byte 0x{text[error.start]:02x} is not UTF-8 here",
        "save the file as UTF-8; it may be in another encoding, or damaged",
    )


def _is_cut_character(tail: bytes) -> bool:
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(tail) == ""
    except UnicodeDecodeError:
        return False


def _behind_mark(text: bytes, *, last: bool) -> list[Fault]:
    start = len(codecs.BOM_UTF8)
    mark = Fault(
        "bom-mid-file",
        "",
        0,
        start,
        "a byte order mark stands inside the file",
        "two files were joined here; delete the mark",
    )
    if skip_space(text, start) == len(text):
        return [mark]
    fault = _first_fault(text, start, last=last)
    return [mark, fault] if fault else [mark]


def _first_fault(text: bytes, start: int, *, last: bool) -> Fault | None:
    scene = Scene(text, scan_value(text, start), last)
    if scene.stop.expected is not Expected.NOTHING:
        return name(scene)
    if not scene.byte:
        return None
    return _second_value(scene) or name(scene)


def _second_value(scene: Scene) -> Fault | None:
    """Look for another value behind the first; a comma may part them."""
    start = scene.at
    if scene.byte == b",":
        start = skip_space(scene.text, start + 1)
    stop = scan_value(scene.text, start)
    if stop.expected is Expected.NOTHING:
        return Fault(
            "multiple-values-on-line",
            "",
            start,
            start + 1,
            "a second JSON value begins on this line",
            "put each record on a line of its own",
        )
    return name(Scene(scene.text, stop, scene.last)) if stop.opened else None


def _unexplained(text: bytes) -> Fault:
    message = "the decoder refuses this line for a reason that is not known"
    return Fault("invalid-json", "unexpected-character", 0, len(text), message, "")
