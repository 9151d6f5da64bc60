"""Reporting: each reporter is one generator function, which is sent findings and then the summary.

A reporter's module has a function ``report(write, options)``. It is advanced to its first ``yield``
when the run begins, receives each :class:`Finding`, file by file, and at last the
:class:`Summary`, upon which it writes what is left and returns. A run that is broken off sends no
summary: then a document stays unfinished, so that nobody takes it for a whole one.

``FORMATS`` names the reporters. Whatever comes from data passes ``safe`` in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.finding import Finding
from jsonl_lint.linting.summary import Summary

if TYPE_CHECKING:
    from jsonl_lint.rules import Rule

Write = Callable[[str], object]
Items = Generator[None, Finding | Summary, None]
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github")


class Options(NamedTuple):
    """What a reporter is told beside the findings.

    ``rules`` are those that ran. ``max_per_rule`` bounds how many findings a rule shows, never how
    many are counted; ``None`` leaves it to the reporter. ``glyphs`` says that the output can show
    more than ASCII, ``quiet`` that only findings and what was not checked are wanted.
    """

    version: str
    rules: Mapping[str, Rule]
    max_per_rule: int | None = None
    color: bool = False
    glyphs: bool = True
    quiet: bool = False


Reporter = Callable[[Write, Options], Items]


@lru_cache
def load(name: str) -> Reporter:
    """Import a reporter that ships with the package; raises KeyError for an unknown name."""
    if name not in FORMATS:
        raise KeyError(name)
    reporter: Reporter = import_module(f"{__name__}.{name}").report
    return reporter
