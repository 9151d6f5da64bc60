"""Say in a person's words why a line cannot be decoded.

A line is scanned up to where it cannot be right, the mistake there is named, and the scan goes on
where it is certain how the line goes on. What concerns the line as a whole is found here: its
encoding, its marks, a second value.
"""

from __future__ import annotations

import codecs
from array import array
from typing import TYPE_CHECKING

from jsonl_lint.reading.encoding import (
    UTF8,
    certain_end,
    doubtful,
    ends_in_character,
    not_utf8,
)
from jsonl_lint.reading.fault import MAX_NAMED, Fault, Scene
from jsonl_lint.reading.mistakes import name
from jsonl_lint.reading.resume import behind
from jsonl_lint.reading.scan import Expected, Stop, scan_on, scan_value, skip_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Fault", "diagnose", "each_fault", "sure_places"]

_MARK = len(codecs.BOM_UTF8)
_ENDED = ("unexpected-end", "truncated-last-line")


def diagnose(raw: bytes, *, last: bool) -> list[Fault]:
    """Name the faults of a line that orjson refused, each kind at its first place; never raises.

    There is at least one; they stand in the order of the text. ``raw`` may carry its line end.
    ``last`` says that it is the file's last line and has none.
    """
    text = _content(raw)
    found = _first_of_each(each_fault(raw, last=last))
    if text.startswith(codecs.BOM_UTF8):
        found.append(_mark())
    if last and ends_in_character(text):
        nothing = Stop(len(text), Expected.VALUE, [], (0, 0))
        found = [fault for fault in found if fault.name not in _ENDED]
        found.append(Scene(text, nothing, last).ended("in the middle of a character"))
    elif bad := not_utf8(text):
        found.append(bad)
    return sorted(found, key=_start) or [_unexplained(text)]


def each_fault(raw: bytes, *, last: bool = False) -> Iterator[Fault]:
    """Yield every fault of a line, as far as they are certain.

    Of those of one kind in a string, and of commas that stand together, it is the first; ``times``
    has their number. Where they are too many the last one says so, with the rule
    ``line-too-complex``. Bytes in strings that are not UTF-8 are passed over. Takes linear time and
    does not recurse.
    """
    text = _content(raw)
    start = _MARK if text.startswith(codecs.BOM_UTF8) else 0
    if start and skip_space(text, start) == len(text):
        return
    end = certain_end(text)
    for fault in _walk(text[:end], start, last=last):
        if end == len(text) or fault.name not in _ENDED:
            yield fault
    if end < len(text):
        yield doubtful(end)


def sure_places(raw: bytes, name: str) -> array[int]:
    """Give where the faults of a name begin, for who mends them; none if not all of it is certain.

    What ends a diagnosis may show that what stands before it is not what it seems: a quote without
    its backslash makes content look like structure. So may single quotes, and text that was lost.
    """
    places = array("Q")
    for fault in each_fault(raw):
        if fault.ends or fault.name in {"single-quotes", "nul-bytes"}:
            return array("Q")
        if fault.name == name:
            places.append(fault.start)
    return places


def _content(raw: bytes) -> bytes:
    return raw.removesuffix(b"\n").removesuffix(b"\r")


def _start(fault: Fault) -> int:
    return fault.start


def _first_of_each(faults: Iterable[Fault]) -> list[Fault]:
    first: dict[str, Fault] = {}
    times: dict[str, int] = {}
    for fault in faults:
        if fault.name == UTF8:  # all of these are counted at once
            continue
        first.setdefault(fault.name, fault)
        times[fault.name] = times.get(fault.name, 0) + fault.times
    return [fault._replace(times=times[name]) for name, fault in first.items()]


def _walk(text: bytes, start: int, *, last: bool) -> Iterator[Fault]:
    """Scan, name what stops the scan, and scan on behind it: a value, and those behind it."""
    stop: Stop | None = scan_value(text, start)
    begin = second = looked_at = 0
    while stop:
        if stop.expected is Expected.NOTHING:
            second = second or begin
            if stop.at == len(text):
                break
            place, ahead = _value_behind(text, stop.at)
            if second and text[place : place + 1] not in b"{[,":
                yield _second_value(second)._replace(ends=True)
                return
            if ahead:
                begin, stop = place, ahead
                continue
        scene = Scene(text, stop, last)
        faults = name(scene)
        looked_at += sum(fault.weight for fault in faults)
        resumed = behind(scene, faults) if looked_at < MAX_NAMED else None
        yield from faults[:-1]
        yield faults[-1]._replace(ends=True) if resumed is None else faults[-1]
        stop = scan_on(text, resumed) if resumed else None
    if looked_at >= MAX_NAMED:
        yield _too_many(len(text))
    if second:
        yield _second_value(second)._replace(ends=text[second] not in b"{[")


def _value_behind(text: bytes, at: int) -> tuple[int, Stop | None]:
    """Scan the value behind a value, which a comma may part from it; None if there is none."""
    if text[at : at + 1] == b",":
        at = skip_space(text, at + 1)
    stop = scan_value(text, at)
    return at, stop if stop.opened or stop.expected is Expected.NOTHING else None


def _second_value(start: int) -> Fault:
    message = "a second JSON value begins on this line"
    hint = "put each record on a line of its own"
    return Fault("multiple-values-on-line", "", start, start + 1, message, hint)


def _too_many(end: int) -> Fault:
    message = (
        f"the line has {MAX_NAMED:,} faults or more; what stands behind those is not looked at"
    )
    hint = "write the record again, with a JSON library"
    return Fault("line-too-complex", "", end, end, message, hint)


def _mark() -> Fault:
    message = "a byte order mark stands inside the file"
    return Fault(
        "bom-mid-file", "", 0, _MARK, message, "two files were joined here; delete the mark"
    )


def _unexplained(text: bytes) -> Fault:
    message = "the decoder refuses this line for a reason that is not known"
    return Fault("invalid-json", "unexpected-character", 0, len(text), message, "")
