"""The roles gate against the roles rules: the target's grammar, and what the rules report.

The rules of the family are silent on exactly the letter sequences that IN_ORDER matches. Of these
the grammar refuses those with TOOL_FAULT in them, and no others: a call that is neither answered
nor last (``c`` before ``u``, ``a`` or ``c``) and a result after an assistant message that calls
nothing (``at``). Both are faults of calls and results, which the tool-calls family reports.
"""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint import targets
from jsonl_lint.finding import Severity
from jsonl_lint.records import view
from jsonl_lint.rules import load, roles

LETTERS = "suact"
TARGET = targets.load("mistral")
IS_CLEAN = roles.gate(TARGET)
IN_ORDER = re.compile(r"s?(?!.*(?:s|uu|aa|ac|ut|tu))u[uact]*[ac]")
TOOL_FAULT = re.compile(r"c[uac]|at")
RULES = [
    rule.check
    for rule in load().values()
    if rule.family == "roles" and rule.severity > Severity.INFO and rule.check
]
MESSAGES = {
    "s": {"role": "system", "content": "Be brief"},
    "u": {"role": "user", "content": "Hi"},
    "a": {"role": "assistant", "content": "Hello"},
    "c": {"role": "assistant", "tool_calls": [{}]},
    "t": {"role": "tool", "content": "pong"},
    "?": {"role": "human", "content": "Hi"},
}
SEQUENCES = st.text(LETTERS, min_size=1, max_size=30)
CALLS = st.lists(st.integers(1, 3).map(lambda results: "c" + "t" * results), max_size=2).map(
    "".join
)
TURNS = st.lists(CALLS.map(lambda calls: f"u{calls}a"), max_size=4).map("".join)
ORDERED = st.builds(
    "{}{}u{}{}".format, st.sampled_from(["", "s"]), TURNS, CALLS, st.sampled_from("ac")
)
"""Sequences that the grammar matches; drawing them from its own pattern is very slow."""


def is_silent(letters: str) -> bool:
    record = view({"messages": [MESSAGES[letter] for letter in letters]}, TARGET.formats)
    assert record.roles == letters
    return all(next(iter(check(record)), None) is None for check in RULES)


def agree(letters: str) -> bool:
    in_order = bool(IN_ORDER.fullmatch(letters))
    passes = in_order and not TOOL_FAULT.search(letters)
    return is_silent(letters) == in_order and IS_CLEAN(letters) == passes


def test_every_short_sequence() -> None:
    sequences = ("".join(letters) for n in range(1, 8) for letters in product(LETTERS, repeat=n))
    assert [letters for letters in sequences if not agree(letters)] == []


@given(SEQUENCES)
def test_longer_sequences(letters: str) -> None:
    assert agree(letters)


@given(ORDERED, st.data())
def test_sequences_that_are_nearly_in_order(letters: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(letters)))
    end = data.draw(st.integers(start, min(start + 2, len(letters))))
    changed = letters[:start] + data.draw(st.text(LETTERS, max_size=2)) + letters[end:]
    assert agree(changed or letters)


@given(ORDERED, st.data())
def test_an_unknown_role_is_no_fault_of_order(letters: str, data: st.DataObject) -> None:
    unknown = data.draw(st.sets(st.sampled_from(range(len(letters)))))
    assert IS_CLEAN(letters)
    roles_seen = "".join("?" if at in unknown else letter for at, letter in enumerate(letters))
    assert is_silent(roles_seen)
