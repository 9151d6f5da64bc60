r"""A rule raised an exception and could not finish.

What it does
    Catches whatever a rule raises, names the rule and the exception's type, and lets all other
    rules go on. The exit code is 5, and no option silences the finding.

Why it matters
    What the rule looks for was not looked for in that record, so silence would be a false clean
    bill. The fault is in the rule, from this package or from a plugin, and not in the data.

Bad
    (a record on which a rule raises an exception)

Good
    {"text": "Paris is in France."}

Source
    A promise of jsonl-lint's own: rules never cost the run.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
