"""The reports of one dataset with many faults, as they were looked at and found good."""

from __future__ import annotations

import pytest
from reporting_runs import BLESSED, REPORTS, blessed

from jsonl_lint.reporting import FORMATS


def test_every_format_has_a_blessed_report() -> None:
    assert set(BLESSED) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_the_report_is_the_blessed_one(form: str) -> None:
    assert blessed()[form] == (REPORTS / BLESSED[form]).read_bytes().decode()
