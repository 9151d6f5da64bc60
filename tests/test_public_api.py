"""The public interface is ``jsonl_lint.__all__``: complete, sorted, documented, and no more."""

from __future__ import annotations

import ast
import inspect
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import jsonl_lint

NAMES = [name for name in jsonl_lint.__all__ if name != "__version__"]
OURS = "jsonl_lint."


def public_members(name: str) -> list[tuple[str, Any]]:
    """List what a class of the interface defines itself, under names that are not private."""
    found = getattr(jsonl_lint, name)
    if not inspect.isclass(found):
        return []
    return [(own, member) for own, member in vars(found).items() if not own.startswith("_")]


def test_all_is_sorted_and_names_each_thing_once() -> None:
    assert jsonl_lint.__all__ == sorted(set(jsonl_lint.__all__))


def test_type_checkers_see_the_same_names() -> None:
    source = ast.parse(Path(jsonl_lint.__file__).read_bytes())
    imports = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if node.module and node.module.startswith(OURS)]
    seen = {alias.name for node in ours for alias in node.names}
    assert seen == set(NAMES)


def test_nothing_else_is_offered() -> None:
    assert dir(jsonl_lint) == sorted(jsonl_lint.__all__)
    with pytest.raises(AttributeError, match=r"^module 'jsonl_lint' has no attribute 'Linter'$"):
        getattr(jsonl_lint, "Linter")  # noqa: B009 - mypy knows that it is not there


def test_a_name_is_looked_for_once() -> None:
    assert vars(jsonl_lint)["Config"] is jsonl_lint.Config


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_documented(name: str) -> None:
    doc = inspect.getdoc(getattr(jsonl_lint, name)) or ""
    assert re.match(r"[A-Z].*[.:]$", doc.splitlines()[0])
    for own, member in public_members(name):
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if inspect.isfunction(function):
            assert function.__doc__, f"{name}.{own}"


@pytest.mark.parametrize("name", NAMES)
def test_everything_comes_from_a_module_of_ours(name: str) -> None:
    assert getattr(jsonl_lint, name).__module__.startswith(OURS)


@pytest.mark.parametrize("name", [n for n in NAMES if inspect.isfunction(getattr(jsonl_lint, n))])
def test_functions_take_their_options_by_name(name: str) -> None:
    signature = inspect.signature(getattr(jsonl_lint, name))
    first, *options = signature.parameters.values()
    assert first.kind is first.POSITIONAL_OR_KEYWORD
    assert first.default is first.empty
    for option in options:
        assert option.kind is option.KEYWORD_ONLY
        assert option.default is not option.empty
    assert "config" in signature.parameters


def test_records_of_a_report_are_typed() -> None:
    assert get_type_hints(jsonl_lint.Finding)["severity"] is jsonl_lint.Severity
    assert get_type_hints(jsonl_lint.Place) == dict.fromkeys(jsonl_lint.Place._fields, int)


def test_what_is_shared_is_frozen() -> None:
    finding = jsonl_lint.lint_bytes(b"").findings[0]
    for thing, field in ((finding, "rule"), (jsonl_lint.Config(), "target")):
        with pytest.raises(AttributeError):
            setattr(thing, field, "other")


def test_exceptions_are_told_apart() -> None:
    assert issubclass(jsonl_lint.ConfigError, ValueError)
    for error in (jsonl_lint.FindingsError, jsonl_lint.PluginError):
        assert issubclass(error, Exception)
        assert not issubclass(error, ValueError | OSError)


def test_the_version_is_that_of_the_package() -> None:
    assert jsonl_lint.__version__ == version("jsonl-lint")
    assert re.fullmatch(r"\d+\.\d+\.\d+", jsonl_lint.__version__)


def test_the_package_says_that_it_is_typed() -> None:
    from importlib.resources import files

    assert (files("jsonl_lint") / "py.typed").is_file()
