"""``python -m jsonl_lint``: the same as the command."""

from jsonl_lint.cli import main

main()
