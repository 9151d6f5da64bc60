"""A target and a choice of rules, compiled into what the check of each file needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jsonl_lint.linting.explaining import Explainer
from jsonl_lint.linting.file_check import FileCheck
from jsonl_lint.linting.fixes import Fixes
from jsonl_lint.linting.gate import Gate
from jsonl_lint.reading.compressed import MAX_DECOMPRESSED_BYTES
from jsonl_lint.reading.decode import MAX_NESTING
from jsonl_lint.reading.lines import MAX_LINE_BYTES
from jsonl_lint.schema.engine import Late, compile_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonl_lint.linting.selection import Selection
    from jsonl_lint.rules import Rule
    from jsonl_lint.targets import Target


class Linter:
    """A target and a choice of rules, compiled once and used for any number of files.

    ``reference`` judges every record by the target's schema with jsonschema and by every rule,
    without gates: much slower, with the same findings.
    """

    def __init__(  # noqa: PLR0913 - the limits are named, and few give them
        self,
        target: Target,
        rules: Mapping[str, Rule],
        selection: Selection,
        *,
        reference: bool = False,
        max_line_bytes: int = MAX_LINE_BYTES,
        max_depth: int = MAX_NESTING,
        max_decompressed_bytes: int = MAX_DECOMPRESSED_BYTES,
    ) -> None:
        validator = Late(partial(compile_schema, target.schema, reference=reference))
        chosen = [rule for name, rule in rules.items() if name in selection.levels]
        self.target = target
        self.selection = selection
        self.max_line_bytes = max_line_bytes
        self.max_depth = max_depth
        self.max_decompressed_bytes = max_decompressed_bytes
        self.gate = None if reference else Gate(target, validator, max_depth)
        self.explainer = Explainer(target, chosen, validator, max_depth)
        self.fixes = Fixes(chosen, target.formats)
        self.file_rules = [(rule, rule.check_file) for rule in chosen if rule.check_file]

    def check(
        self, name: str, *, is_validation: bool = False, training_bytes: int | None = None
    ) -> FileCheck:
        """Prepare the check of one file; ``name`` is how findings call it.

        ``training_bytes`` (of all training files together) bounds the size of a validation file.
        """
        return FileCheck(self, name, is_validation=is_validation, training_bytes=training_bytes)
