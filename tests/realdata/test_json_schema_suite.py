"""The JSON Schema test suite: both engines give its verdicts, or say why they give none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.parameters import parameters
from jsonl_lint.schema.reasons import EXTERNAL_REF

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = Path(__file__).parents[2].parent / "shared" / "data" / "suites" / "JSON-Schema-Test-Suite"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="JSON-Schema-Test-Suite is not here")

UNMET = {"vocabulary": 1}
"""Tests that neither engine meets: a dialect may leave keywords out."""
UNMET_BY_REFERENCE = {"vocabulary": 1, "pattern": 1}
FETCHING = {"refRemote", "dynamicRef"}
"""Files with schemas that lead to others, which are never fetched."""
UNCOMPILED_BY_REFERENCE = FETCHING | {"patternProperties"}
"""And some whose patterns Python does not know; no schema of ours has such a one."""


def cases(draft: str) -> Iterator[tuple[str, Any, Any, bool]]:
    """Give file, schema, value and verdict of each test that every validator has to meet."""
    for path in sorted((SUITE / "tests" / draft).glob("*.json")):
        for group in json.loads(path.read_bytes()):
            for test in group["tests"]:
                yield path.stem, group["schema"], test["data"], test["valid"]


@pytest.mark.usefixtures("engine_name")
def test_parameters_are_compared_by_draft_7() -> None:
    right = refused = 0
    for file, schema, value, valid in cases("draft7"):
        if not isinstance(schema, dict):
            continue  # parameters are objects
        compiled = parameters(schema)
        if compiled.is_comparable:
            assert compiled.not_compared(value) is None
            assert compiled.fits(value) is valid
            right += 1
        else:
            assert file in {"ref", "refRemote"}
            assert {reason.rule for reason in compiled.reasons} == {EXTERNAL_REF}
            refused += 1
    assert (right, refused) == (870, 39)


@pytest.mark.parametrize("reference", [False, True])
def test_schemas_of_targets_are_of_draft_2020_12(*, reference: bool) -> None:
    right = 0
    unmet: dict[str, int] = {}
    for file, schema, value, valid in cases("draft2020-12"):
        try:
            found = compile_schema(schema, reference=reference).is_valid(value)
        except Exception:  # noqa: BLE001 - each engine has exceptions of its own
            assert file in (UNCOMPILED_BY_REFERENCE if reference else FETCHING)
            continue
        if found is valid:
            right += 1
        else:
            unmet[file] = unmet.get(file, 0) + 1
    assert unmet == (UNMET_BY_REFERENCE if reference else UNMET)
    assert right == (1251 if reference else 1254)
