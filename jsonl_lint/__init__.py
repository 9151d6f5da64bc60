"""jsonl-lint: validate and lint LLM fine-tuning datasets in JSONL.

>>> import jsonl_lint
>>> report = jsonl_lint.lint_bytes(b'{"messages": [{"role": "human", "content": "Hi"}]}')
>>> report.ok()
False
>>> finding = report.findings[0]
>>> finding.rule, finding.line, finding.place.column, finding.hint
('unknown-role', 1, 24, 'did you mean "user"?')

The names below are loaded when they are first asked for: the command begins here too, and has to
listen to signals before anything large is loaded.
"""

from importlib import import_module

TYPE_CHECKING = False  # which type checkers know by its name; typing takes its time to load
if TYPE_CHECKING:
    from jsonl_lint.api import (
        FindingsError,
        Report,
        iter_findings,
        lint_bytes,
        lint_file,
        lint_records,
    )
    from jsonl_lint.config import Config, ConfigError
    from jsonl_lint.finding import Finding, Place, Problem, Severity
    from jsonl_lint.fixes import Fixed, fix_bytes, fix_file
    from jsonl_lint.plugins import PluginError

__version__ = "0.1.0"

__all__ = [
    "Config",
    "ConfigError",
    "Finding",
    "FindingsError",
    "Fixed",
    "Place",
    "PluginError",
    "Problem",
    "Report",
    "Severity",
    "__version__",
    "fix_bytes",
    "fix_file",
    "iter_findings",
    "lint_bytes",
    "lint_file",
    "lint_records",
]

_MODULES = ("finding", "config", "plugins", "api", "fixes")
"""Where the public names are, in the order in which each module imports those before it."""


if not TYPE_CHECKING:  # or they would take every name for one that is there

    def __getattr__(name: str) -> object:
        """Load the module that has a public name."""
        if name in __all__:
            for module in _MODULES:
                found = getattr(import_module(f"{__name__}.{module}"), name, None)
                if found is not None:
                    globals()[name] = found
                    return found
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
