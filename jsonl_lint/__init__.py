"""jsonl-lint: validate and lint LLM fine-tuning datasets in JSONL.

>>> import jsonl_lint
>>> report = jsonl_lint.lint_bytes(b'{"messages": [{"role": "human", "content": "Hi"}]}')
>>> report.ok()
False
>>> finding = report.findings[0]
>>> finding.rule, finding.line, finding.place.column, finding.hint
('unknown-role', 1, 24, 'did you mean "user"?')
"""

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
