from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from jsonl_lint.reading import first
from jsonl_lint.reading.diagnose import diagnose, each_fault
from jsonl_lint.reading.first import AMONG, first_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.reading.fault import Fault

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "text",
    [
        b"[None,1,]",
        b"[1,,]",
        b"[1,/**//**/]",
        b"{} [1,]",
        b"[1] [2",
        BOM + b"[1,]",
        b'["\xff", None]',
        b'[None, "\xff"]',
        b"\xff",
        b"[",
        b"",
    ],
)
def test_it_is_the_first_of_a_diagnosis(text: bytes) -> None:
    one = diagnose(text, last=False)[0]
    assert first_fault(text)._replace(times=one.times) == one


@pytest.mark.parametrize("unit", [b"None,", b"[1,],", b"1,,", b"'x',", b'"\\x",', b"0x1,"])
def test_the_others_are_not_looked_for(unit: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    named = count()

    def counted(raw: bytes) -> Iterator[Fault]:
        for fault in each_fault(raw):
            next(named)
            yield fault

    monkeypatch.setattr(first, "each_fault", counted)
    text = b"[" + unit * (2 * AMONG) + b"1]"
    assert first_fault(text).start == diagnose(text, last=False)[0].start
    assert next(named) == AMONG
