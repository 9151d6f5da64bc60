"""Repair one line: try the fixes that rules propose, and keep only what makes it better.

After each step the line is judged again by every rule. A fix that does not remove its problem, or
that brings a new one, is taken back; so is one whose bytes do not say what its changes say. What
is left is a line that no fix makes better, so repairing it once more changes nothing.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.change import Safety
from jsonl_lint.finding import Severity
from jsonl_lint.fixing.proposals import Proposal, draft, proposals
from jsonl_lint.fixing.state import Refusal, State, is_better, why
from jsonl_lint.items import BOM
from jsonl_lint.linting.selection import CAPS
from jsonl_lint.words import SHOWN_LENGTH

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.rules import Rule

ROUNDS = 16
"""Rounds of all proposals at once: one may bring problems that the next mends."""
ALONE = 100
"""Problems of one rule in one record that are tried one by one where all at once do not pass."""

ALONE_BYTES = 8 << 20
"""Bytes that are judged again for that: each try judges the whole line."""

UNJUDGED = "the line is not checked to its end, so nothing tells what a fix brings"


def fixable(rules: Mapping[str, Rule], *, unsafe: bool) -> dict[str, Rule]:
    """Give the rules that have a fix; an unsafe one only where that is allowed."""
    allowed = {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}
    return {name: rule for name, rule in rules.items() if rule.safety in allowed}


class Repaired(NamedTuple):
    """What became of a line.

    ``lines`` is ``None`` where nothing was changed, and empty where the line is left out;
    ``dropped_for`` has, for each record that was left out, the rule for which it was. ``fixed``
    counts the problems that are gone, by rule.
    """

    lines: list[bytes] | None
    fixed: Counter[str]
    refusals: list[Refusal]
    dropped_for: tuple[str, ...] = ()


class Repairer:
    """Repairs lines by the fixes of ``rules``; ``linter`` judges them, with every rule.

    ``drop_invalid`` says that what has an error in the end is left out.
    """

    def __init__(
        self,
        linter: Linter,
        rules: Mapping[str, Rule],
        *,
        drop_invalid: bool = False,
    ) -> None:
        self._linter = linter
        self.rules = rules
        self._drop_invalid = drop_invalid

    @property
    def looks_at_all(self) -> bool:
        """Whether there are rules that no gate speaks for, so that any record may have a fault."""
        return bool(self._linter.explainer.ungated)

    def repair(self, raw: bytes, *, first: bool) -> Repaired:
        """Repair a line; ``first`` says that it begins the file."""
        start = state = self._state(raw, first=first)
        if not CAPS.isdisjoint(start.counts):
            return self._unjudged(start)
        refusals: list[Refusal] = []
        while better := self._boldly(state) or self._carefully(state, refusals):
            state = better
            refusals = []
        # NOTE: a fix may have mended what only another one had brought to light.
        fixed = (start.counts - state.counts) | state.applied
        if len(state.lines) > 1:
            return self._in_pieces(state, fixed)
        dropping = [proposal.rule for proposal in self._proposals(state) if proposal.drops]
        gone = dropping[0] if dropping else self._error(state)
        if gone and _is_blank(state.raw):
            return Repaired([], fixed + Counter([gone]), [])
        if gone:
            return Repaired([], fixed, [], (gone,))
        return Repaired(None if state is start else [state.raw], fixed, refusals)

    def _unjudged(self, state: State) -> Repaired:
        """Fix nothing where it cannot be seen whether that makes the line better."""
        if gone := self._error(state):
            return Repaired([], Counter(), [], (gone,))
        refused = sorted(state.counts.keys() & self.rules.keys())
        return Repaired(None, Counter(), [Refusal(rule, UNJUDGED) for rule in refused])

    def _error(self, state: State) -> str:
        """Name the rule of an error that is left, where records with errors are left out."""
        severity = self._linter.selection.severity
        errors = (
            rule
            for rule, problem in state.named
            if severity(rule, minor=problem.minor) is Severity.ERROR
        )
        return next(errors, "") if self._drop_invalid else ""

    def _in_pieces(self, state: State, fixed: Counter[str]) -> Repaired:
        """Repair each of the lines that a line has become."""
        lines: list[bytes] = []
        refusals: list[Refusal] = []
        dropped_for: tuple[str, ...] = ()
        for number, line in enumerate(state.lines):
            piece = self.repair(line, first=state.first and not number)
            lines += [line] if piece.lines is None else piece.lines
            fixed += piece.fixed
            refusals += piece.refusals
            dropped_for += piece.dropped_for
        return Repaired(lines, fixed, refusals, dropped_for)

    def _state(self, raw: bytes, *, first: bool) -> State:
        return State(self._linter, raw, first=first)

    def _proposals(self, state: State) -> list[Proposal]:
        if state.proposals is None:
            asked = state.named if len(state.lines) == 1 else []
            formats = self._linter.target.formats
            found = proposals(state.raw, asked, self.rules, formats)
            state.proposals = [proposal for proposal in found if not proposal.crash]
            state.crashes = [_crash(proposal) for proposal in found if proposal.crash]
        return state.proposals

    def _boldly(self, start: State) -> State | None:
        """Try all proposals at once, and those that the result calls for."""
        state = self._pursued(start, self.rules)
        return state if is_better(state, start) else None

    def _pursued(self, state: State, rules: Container[str]) -> State:
        """Put all proposals of some rules into effect, round by round, whatever that brings."""
        for _ in range(ROUNDS):
            proposed = [
                one for one in self._proposals(state) if one.rule in rules and not one.drops
            ]
            step = self._step(state, proposed) if proposed else None
            if step is None:
                break
            if step.readable != state.readable:
                return step  # what it shows now is what the next steps are measured by
            state = step
        return state

    def _carefully(self, state: State, refusals: list[Refusal]) -> State | None:
        """Try the proposals rule by rule, then one by one; note why none of them passes."""
        proposed = [proposal for proposal in self._proposals(state) if not proposal.drops]
        for rule, group in groupby(sorted(proposed, key=_rule), key=_rule):
            together = list(group)
            after = self._with_what_it_brings(state, together)
            if after and is_better(after, state):
                return after
            best, passing = state, list[Proposal]()
            several = len(together) > 1 and not self.rules[rule].all_or_none
            tries = min(ALONE, ALONE_BYTES // len(state.raw))
            for one in together[:tries] if several else ():
                after = self._step(state, [*passing, one])
                if after and is_better(after, best):
                    best, passing = after, [*passing, one]
            if passing:
                return best
            refusals.append(Refusal(rule, why(after, state)))
        refusals += state.crashes
        return None

    def _with_what_it_brings(self, state: State, proposed: list[Proposal]) -> State | None:
        """Put proposals into effect, and those of the rules whose problems that brings."""
        after = self._step(state, proposed)
        if after is None or is_better(after, state):
            return after
        pursued = self._pursued(after, after.counts - state.counts)
        return pursued if is_better(pursued, state) else after

    def _step(self, state: State, proposed: list[Proposal]) -> State | None:
        """Put proposals into effect, if that removes the problem of each of them."""
        drafted = draft(state.raw, proposed)
        if drafted is None:
            return None
        after = self._state(drafted.raw, first=state.first)
        after.applied = state.applied + drafted.removes
        gone = all(
            after.counts[rule] <= state.counts[rule] - number
            for rule, number in drafted.removes.items()
        )
        return after if gone or (after.readable and not state.readable) else None


def _rule(proposal: Proposal) -> str:
    return proposal.rule


def _crash(proposal: Proposal) -> Refusal:
    reason = f"the fix crashed with {proposal.crash[:SHOWN_LENGTH]}"
    return Refusal(proposal.rule, reason, crashed=True)


def _is_blank(line: bytes) -> bool:
    return not line.removeprefix(BOM).strip(b" \t\r\n")
