"""Lines that are remembered in little memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.reading.seen import Seen

lines = st.lists(st.sampled_from([b"%d" % number for number in range(200)]), max_size=400)


@given(lines, st.integers(0, 150))
def test_what_was_remembered_is_known_again(drawn: list[bytes], limit: int) -> None:
    seen = Seen(limit)
    known: dict[bytes, int] = {}
    for number, line in enumerate(drawn, 1):
        assert seen.first(b" " + line + b"\r\n") == known.get(line)
        remembered = line in known or len(known) < limit
        assert seen.add(line, number) is remembered
        if remembered:
            known.setdefault(line, number)


def test_it_grows() -> None:
    seen = Seen()
    numbers = range(1, 20_001)
    assert all(seen.add(b"line %d" % number, number) for number in numbers)
    assert all(seen.first(b"line %d" % number) == number for number in numbers)
    assert seen.first(b"line 0") is None
