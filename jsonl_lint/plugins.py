"""Rules, targets and reporters that installed packages bring along, by entry points.

Only what is installed in the environment is ever loaded; nothing that lies beside the data is.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonl_lint import reporting, rules, targets

GROUP_PREFIX = b"jsonl_lint."


class PluginError(Exception):
    """A plugin cannot be used; the text says which and why, for the user."""


@lru_cache
def load_rules() -> dict[str, rules.Rule]:
    """Give the shipped rules and those of plugins, which make a family of their package's name."""
    known = dict(rules.load())
    for name, package, module in _objects("jsonl_lint.rules"):
        if name in known:
            message = f"the plugin {package} redefines the rule {name}"
            raise PluginError(message)
        try:
            known[name] = rules.from_module(module, package, name)
        except AttributeError as error:
            message = f"the rule {name} of the plugin {package} cannot be used: {error}"
            raise PluginError(message) from error
    return known


def target_names() -> list[str]:
    """List the shipped targets and those of plugins."""
    return [*targets.names(), *(name for name, _, _ in _objects("jsonl_lint.targets"))]


def load_target(name: str) -> targets.Target:
    """Give a target by its name; raises KeyError for an unknown one."""
    if name in targets.names():
        return targets.load(name)
    found: dict[str, targets.Target] = {own: obj for own, _, obj in _objects("jsonl_lint.targets")}
    return found[name]


def reporter_names() -> list[str]:
    """List the shipped reporters and those of plugins."""
    return [*reporting.FORMATS, *(name for name, _, _ in _objects("jsonl_lint.reporters"))]


def load_reporter(name: str) -> reporting.Reporter:
    """Give a reporter by its name; raises KeyError for an unknown one."""
    if name in reporting.FORMATS:
        return reporting.load(name)
    found: dict[str, reporting.Reporter] = {
        own: obj for own, _, obj in _objects("jsonl_lint.reporters")
    }
    return found[name]


@lru_cache
def _objects(group: str) -> list[tuple[str, str, Any]]:
    if not _any_plugin():
        return []
    from importlib.metadata import entry_points  # noqa: PLC0415 - costs as much as orjson and click

    found = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        package = point.dist.name if point.dist else "plugin"
        try:
            found.append((point.name, package, point.load()))
        except (Exception, SystemExit) as error:  # whatever the plugin raises when imported
            message = f"the plugin {package} cannot be loaded: {type(error).__name__}: {error}"
            raise PluginError(message) from error
    return found


@lru_cache
def _any_plugin() -> bool:
    """Look whether any installed package names our groups, at a fraction of the real thing."""
    for folder in sys.path:
        for pattern in ("*.dist-info/entry_points.txt", "*.egg-info/entry_points.txt"):
            for path in Path(folder).glob(pattern):
                try:
                    if GROUP_PREFIX in path.read_bytes():
                        return True
                except OSError:
                    continue
    return False
