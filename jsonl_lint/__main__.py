"""Where the command begins, also as ``python -m jsonl_lint``."""

from __future__ import annotations

import gc
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; until it listens to signals itself, Ctrl-C ends the process at once.

    NOTE: Python's own handler raises in whatever module is being loaded, which shows a traceback,
    and extension modules do not survive it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # NOTE: what is loaded stays. To look for garbage among it takes a tenth of a start.
    gc.disable()
    from jsonl_lint.cli import main as run  # noqa: PLC0415 - see above

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
