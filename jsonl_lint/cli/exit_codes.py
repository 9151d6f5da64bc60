"""Exit codes: part of the interface, the same for every format. The highest one wins."""

from __future__ import annotations

CLEAN = 0
"""All input was read to its end and checked, without a finding that fails."""
FINDINGS = 1
USAGE = 2
INCOMPLETE = 3
"""Something was not read to its end, or not checked, or there was nothing to check."""
UNWRITTEN = 4
"""A report could not be written."""
INTERNAL = 5
"""A bug of jsonl-lint or of a plugin."""
HUNG_UP = 129
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
"""As shells have it: 128 and the number of SIGHUP, SIGINT, SIGPIPE and SIGTERM."""

_RANK = (
    CLEAN,
    FINDINGS,
    INCOMPLETE,
    USAGE,
    UNWRITTEN,
    INTERNAL,
    HUNG_UP,
    TERMINATED,
    BROKEN_PIPE,
    INTERRUPTED,
)


def worst(codes: set[int]) -> int:
    """Give the code that wins over the others; 0 where there is none."""
    return max(codes, key=_RANK.index, default=CLEAN)
