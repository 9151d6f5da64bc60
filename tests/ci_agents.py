"""Models of how Azure's agent and TeamCity find commands in what a step prints; they know any."""

from __future__ import annotations

import re

from actions_runner import WEIGHTLESS

_LINE_END = re.compile("\r\n|\r|\n")
_VSO = "##vso["
_SERVICE_MESSAGE = re.compile(r"##teamcity\[\s*(\w+)[^\]\r\n]*\]", re.IGNORECASE)


def agent_commands(log: str) -> list[str]:
    """Give area and event of each ``##vso[area.event key=value;]data``, anywhere in a line."""
    found = (_agent_command(WEIGHTLESS.sub("", line)) for line in _LINE_END.split(log))
    return [name for name in found if name]


def _agent_command(line: str) -> str:
    start = line.lower().find(_VSO)
    end = line.find("]", start)
    if min(start, end) < 0:
        return ""
    name = line[start + len(_VSO) : end].partition(" ")[0]
    area, dot, event = name.partition(".")
    return name if area and dot and event else ""


def service_messages(log: str) -> list[str]:
    """Give the name of each ``##teamcity[name 'value']``, anywhere in a line."""
    return _SERVICE_MESSAGE.findall(WEIGHTLESS.sub("", log))
