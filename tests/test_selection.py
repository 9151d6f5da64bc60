"""Which rules run, and how severe they are: rules, target and user, in that order."""

from __future__ import annotations

import pytest

from jsonl_lint import Severity, targets
from jsonl_lint.linting.selection import NOT_SUPPRESSIBLE, Choice, Selection, choose, resolve
from jsonl_lint.rules import load

RULES = load()
TARGET = targets.load("mistral")
INFO_RULES = {name for name, rule in RULES.items() if rule.severity is Severity.INFO}
ROLES = {name for name, rule in RULES.items() if rule.family == "roles"}


def chosen(**choice: object) -> Selection:
    return choose(RULES, TARGET, Choice(**choice))  # type: ignore[arg-type] # fields by name


def test_by_default_every_rule_from_warning_on_runs() -> None:
    levels = chosen().levels
    assert INFO_RULES
    assert levels.keys() == RULES.keys() - INFO_RULES
    assert all(level is RULES[name].severity for name, level in levels.items())


def test_all_selects_info_rules_too() -> None:
    assert chosen(select=("ALL",)).levels.keys() == RULES.keys()


def test_a_family_selects_its_rules_and_no_others() -> None:
    assert chosen(select=("roles",)).levels.keys() == ROLES | NOT_SUPPRESSIBLE


def test_a_rule_of_severity_info_runs_when_it_is_selected() -> None:
    name = min(INFO_RULES)
    assert chosen(select=(name,)).levels[name] is Severity.INFO


def test_min_severity_info_runs_info_rules() -> None:
    assert chosen(min_severity=Severity.INFO).levels.keys() == RULES.keys()


def test_min_severity_error_leaves_warnings_out_even_if_selected() -> None:
    levels = chosen(select=("ALL",), min_severity=Severity.ERROR).levels
    assert set(levels.values()) == {Severity.ERROR}


def test_ignore_wins_over_select() -> None:
    levels = chosen(select=("roles", "crlf"), ignore=("no-assistant",)).levels
    assert levels.keys() == (ROLES - {"no-assistant"}) | {"crlf"} | NOT_SUPPRESSIBLE


def test_ignore_all_leaves_what_cannot_be_silenced() -> None:
    assert chosen(ignore=("ALL",)).levels.keys() == NOT_SUPPRESSIBLE


@pytest.mark.parametrize("name", sorted(NOT_SUPPRESSIBLE))
def test_what_was_not_checked_cannot_be_silenced(name: str) -> None:
    levels = chosen(select=("crlf",), ignore=(name,), severity={name: None}).levels
    assert levels[name] is Severity.ERROR


def test_severity_changes_a_rule() -> None:
    assert (
        chosen(severity={"no-assistant": Severity.WARNING}).levels["no-assistant"]
        is Severity.WARNING
    )


def test_severity_off_stops_a_rule() -> None:
    assert "no-assistant" not in chosen(severity={"no-assistant": None}).levels


def test_severity_changes_a_family_and_a_later_entry_one_of_its_rules() -> None:
    levels = chosen(severity={"roles": Severity.WARNING, "no-assistant": Severity.ERROR}).levels
    assert {name for name in ROLES if levels[name] is Severity.ERROR} == {"no-assistant"}


def test_a_rule_that_is_lowered_to_info_no_longer_runs() -> None:
    assert "no-assistant" not in chosen(severity={"no-assistant": Severity.INFO}).levels


def test_a_rule_that_is_raised_from_info_runs() -> None:
    name = min(INFO_RULES)
    assert chosen(severity={name: Severity.WARNING}).levels[name] is Severity.WARNING


def test_the_severity_of_the_target_stands_between_rule_and_user() -> None:
    target = TARGET._replace(severity={"no-assistant": Severity.WARNING, "crlf": Severity.ERROR})
    levels = choose(RULES, target, Choice(severity={"crlf": Severity.WARNING})).levels
    assert levels["no-assistant"] is Severity.WARNING
    assert levels["crlf"] is Severity.WARNING


@pytest.mark.parametrize("name", targets.names())
def test_targets_speak_of_rules_that_exist(name: str) -> None:
    assert targets.load(name).severity.keys() <= RULES.keys()


@pytest.mark.parametrize("field", ["select", "ignore"])
def test_an_unknown_name_is_refused_with_the_nearest(field: str) -> None:
    with pytest.raises(ValueError, match=r'"no-asistant"; did you mean "no-assistant"\?'):
        chosen(**{field: ("no-asistant",)})


def test_an_unknown_name_of_a_severity_is_refused() -> None:
    with pytest.raises(ValueError, match=r'"rols"; did you mean "roles"\?'):
        chosen(severity={"rols": None})


def test_a_name_that_resembles_nothing_is_refused_without_a_guess() -> None:
    with pytest.raises(ValueError, match=r'^unknown rule or family "xyzzy"$'):
        resolve(["xyzzy"], RULES)


def test_names_resolve_to_rules() -> None:
    assert resolve(["crlf", "roles"], RULES) == ROLES | {"crlf"}
    assert resolve(["ALL"], RULES) == RULES.keys()
    assert resolve([], RULES) == set()


def test_a_minor_problem_is_a_warning_at_most() -> None:
    selection = chosen()
    assert selection.severity("no-assistant", minor=False) is Severity.ERROR
    assert selection.severity("no-assistant", minor=True) is Severity.WARNING


def test_a_minor_problem_does_not_raise_an_info_rule() -> None:
    name = min(INFO_RULES)
    assert chosen(select=("ALL",)).severity(name, minor=True) is Severity.INFO


def test_a_minor_problem_below_the_threshold_is_not_reported() -> None:
    assert chosen(min_severity=Severity.ERROR).severity("no-assistant", minor=True) is None


def test_a_rule_that_does_not_run_has_no_severity() -> None:
    assert chosen(ignore=("no-assistant",)).severity("no-assistant", minor=False) is None
