"""Decide how a line goes on behind a fault: where that is certain, the scan goes on there.

One function for each way to go on; what has none is where the diagnosis ends. A missing comma or
colon, a bracket that closes nothing, text or a key without quotes, a second value: what was meant
there is anybody's guess, and faults that follow from a wrong guess are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.reading.encoding import stray_end
from jsonl_lint.reading.mistakes import COMMAS
from jsonl_lint.reading.scan import (
    KEY_MAY_COME,
    Expected,
    Stop,
    after_value,
    closes,
    skip_space,
    string_end,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.reading.fault import Fault, Scene

    Resume = Callable[[Scene, Fault], Stop | None]


def behind(scene: Scene, faults: list[Fault]) -> Stop | None:
    """Give the state behind the faults of a scene; None where one of them leaves it uncertain."""
    stop = None
    for fault in faults:
        resume = _HOW.get(fault.name)
        stop = resume(scene, fault) if resume else None
        if stop is None:
            return None
    return stop


def _string(scene: Scene, _fault: Fault) -> Stop | None:
    """Go on behind the string, which ends at its quote."""
    if scene.stop.expected is Expected.NOTHING:
        return None
    end = string_end(scene.text, scene.at + 1)
    return _taken(scene, end) if end else None


def _lost(scene: Scene, fault: Fault) -> Stop | None:
    """Go on behind a string with NUL bytes, if it ends well: a quote may be among what was lost."""
    stop = _string(scene, fault) if scene.byte == b'"' else None
    return stop if stop and stop.at < len(scene.text) and _fits(scene.text, stop) else None


def _single(scene: Scene, fault: Fault) -> Stop | None:
    """Go on behind a string in single quotes, if it ends, and does so well."""
    return _word(scene, fault) if string_end(scene.text, scene.at + 1, b"'") else None


def _word(scene: Scene, fault: Fault) -> Stop | None:
    """Go on behind what is to be a value or key, if it ends well."""
    stop = _taken(scene, fault.end)
    return stop if _fits(scene.text, stop) else None


def _fits(text: bytes, stop: Stop) -> bool:
    """Tell whether what is expected follows, or nothing at all."""
    follows = text[stop.at : stop.at + 1]
    if not follows or text.startswith(b"/*", stop.at):
        return True
    if stop.expected is not Expected.COMMA_OR_END:
        return stop.expected is Expected.COLON and follows == b":"
    return follows == b"," or closes(text, stop.opened, stop.at)


def _taken(scene: Scene, end: int) -> Stop:
    """Take what ends there for the value or key that is expected."""
    stop = scene.stop
    is_key = stop.expected in KEY_MAY_COME
    expected = Expected.COLON if is_key else after_value(stop.opened)
    return Stop(skip_space(scene.text, end), expected, stop.opened, (scene.at, end))


def _no_value(scene: Scene, _fault: Fault) -> Stop:
    """Go on as if the value stood in front of what stands here."""
    return scene.stop._replace(expected=after_value(scene.stop.opened))


def _commas(scene: Scene, fault: Fault) -> Stop | None:
    """Pass over commas, or take the bracket that has one in front of it."""
    if fault.start != scene.at:
        return _no_value(scene, fault)
    commas = COMMAS.match(scene.text, scene.at)
    return _passed(scene, commas.end()) if commas else None


def _comment(scene: Scene, fault: Fault) -> Stop | None:
    """Pass over a comment that has an end of its own: one to the end of the line hides its rest."""
    is_closed = scene.text.startswith(b"/*", fault.start) and fault.end - fault.start >= len("/**/")
    if not (is_closed and scene.text.endswith(b"*/", fault.start, fault.end)):
        return None
    return _passed(scene, fault.end)


def _bytes(scene: Scene, fault: Fault) -> Stop | None:
    """Pass over bytes that are not UTF-8."""
    end = stray_end(scene.text, fault.start) if fault.start == scene.at else 0
    return _passed(scene, end) if end else None


def _passed(scene: Scene, end: int) -> Stop | None:
    """Go on as if nothing stood there; outside of all brackets only to a record or the end."""
    at = skip_space(scene.text, end)
    stop = scene.stop._replace(at=at)
    follows = scene.text[at : at + 1]
    if stop.opened or (follows and follows in b"{["):
        return stop
    return stop if not follows and stop.expected is Expected.NOTHING else None


_HOW: dict[str, Resume] = {
    "unescaped-control": _string,
    "invalid-escape": _string,
    "lone-surrogate": _string,
    "nul-bytes": _lost,
    "single-quotes": _single,
    "python-literal": _word,
    "non-finite-number": _word,
    "number-out-of-range": _word,
    "number-format": _word,
    "hex-number": _word,
    "missing-value": _no_value,
    "trailing-comma": _commas,
    "extra-comma": _commas,
    "comment": _comment,
    "invalid-utf8": _bytes,
}
"""By the names of faults."""
