"""The two verdicts on a record: jsonl-lint's, and that of mistral-common for fine-tuning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mistral_common.exceptions import (
    MistralCommonException,
)
from mistral_common.protocol.instruct.messages import (
    FinetuningMessage,
)
from mistral_common.protocol.instruct.request import (
    ChatCompletionRequest,
)
from mistral_common.protocol.instruct.validator import (
    MistralRequestValidatorV3,
    ValidationMode,
)
from pydantic import ValidationError

import jsonl_lint
from jsonl_lint.pointer import shape

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = dict[str, Any]
Path = tuple[str | int, ...]

_REQUEST = ChatCompletionRequest[FinetuningMessage]
_VALIDATOR = MistralRequestValidatorV3(mode=ValidationMode.finetuning)
_UNIONS = (2, 4)
"""Where in a location: after the message's index, and after its content."""
_UNION_MEMBERS = frozenset({"system", "user", "assistant", "tool", "str"})


class Reason(NamedTuple):
    """Why a record is refused, and what in it the refusal is about.

    ``name`` is a rule and the shape of its path, or an exception and its message.
    """

    name: str
    record: Record
    path: Path = ()

    @property
    def value(self) -> Any:
        """What stands at the path, or None where nothing does."""
        return at(self.record, self.path)


class Verdict(NamedTuple):
    """The reasons to refuse a record, if any; ``warned`` tells whether a lesser fault was named."""

    reasons: list[Reason]
    warned: bool = False


def ours(records: Sequence[Record]) -> list[Verdict]:
    """Judge records by the findings that are about the records themselves, not the file."""
    findings: list[list[jsonl_lint.Finding]] = [[] for _ in records]
    for finding in jsonl_lint.lint_records(records).findings:
        if finding.record is not None:
            findings[finding.record].append(finding)
    return [_verdict(*pair) for pair in zip(records, findings, strict=True)]


def theirs(record: Record) -> Verdict:
    """Judge a record as mistral-common does for fine-tuning with the rules of version 3."""
    try:
        _VALIDATOR.validate_request(_REQUEST.model_validate(record))
    except ValidationError as error:
        return Verdict([_reason(record, e["type"], e["loc"]) for e in error.errors()])
    except MistralCommonException as error:
        return Verdict([Reason(f"{type(error).__name__}: {error.message}", record)])
    return Verdict([])


def _verdict(record: Record, findings: list[jsonl_lint.Finding]) -> Verdict:
    reasons = [
        Reason(f"{finding.rule} {shape(finding.problem.path)}", record, finding.problem.path)
        for finding in findings
        if finding.severity is jsonl_lint.Severity.ERROR
    ]
    return Verdict(reasons, warned=bool(findings))


def _reason(record: Record, kind: str, location: Path) -> Reason:
    """Name pydantic's fault, whose location also has the members of unions that were tried."""
    path = tuple(
        step for i, step in enumerate(location) if not (i in _UNIONS and _is_union_member(step))
    )
    return Reason(f"ValidationError {kind} {shape(path)}", record, path)


def _is_union_member(step: str | int) -> bool:
    return step in _UNION_MEMBERS or str(step).startswith("list[")


def at(record: Record, path: Path) -> Any:
    """Give what stands at a path of a record, or None where nothing does."""
    node: Any = record
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node
