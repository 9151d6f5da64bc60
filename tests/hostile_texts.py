"""Texts that want to be more than text: to a terminal, to the log of a CI service, to a reader."""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")

PIECES = (
    *("\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b2J", "\x90q\x9c", "\x07"),
    *("\r", "\n", "\r\n", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\0", "\x7f"),
    *("\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\U000e0041"),
    *("::error::", "::warning file=a,line=1::b", "::set-output name=a::b", "::add-mask::", "::"),
    *("::stop-commands::x", "##[group]", "##[error]", "##[add-path]/x", "##", "#"),
    *("##vso[task.setvariable variable=PATH]/x", "#\ufe0f#v\u034fso[task.complete result=Failed]"),
    *("##VSO[build.uploadlog]/etc/passwd", "##teamcity[buildStop comment='x']"),
    *("##vso", "##teamcity", "[task.logissue type=error]", "[message text='x']"),
    *("vso", "teamcity", "task.x]"),
    *("#\ufe0f#\u034f[debug]", "#\u3164#[section]", "\ufe0f::error::", "\u115f:\u1160:error::"),
    *("%0A", "%0D%0A::error::", "%25", "%3A%3A", "[/x]", "[link=x]", ":smile:", "=cmd|' /C x'!A1"),
    *("</script>", "<!--", "`", "```", "@all", "|", "[", "]", ":", ",", ";", "=", '"', "\\", "'"),
    *(" ", "\t", "\xa0", "a", "file=", "é", "東", "😀", "\ud800", "\udcff", "\ufffe", "~", "-"),
)  # fmt: skip
NUMBER = 10_000


def texts(number: int = NUMBER) -> list[str]:
    """Give so many different texts, the same ones at each call."""
    random = Random("hostile")  # noqa: S311 - no secret
    found: dict[str, None] = dict.fromkeys(PIECES)
    while len(found) < number:
        found["".join(random.choices(PIECES, k=random.randint(2, 5)))] = None
    return list(found)[:number]


def batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield so many items at a time."""
    remaining = iter(items)
    while batch := tuple(islice(remaining, size)):
        yield batch


def encodable(text: str) -> str:
    """Give a text that JSON can hold."""
    return text.encode("utf-8", "replace").decode()
