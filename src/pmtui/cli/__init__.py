"""The way in: what asks for a fixed text is answered before anything else is loaded."""

import gc
import os
import sys
from typing import NoReturn

import pmtui

_FEW_COLLECTIONS = 100_000
"""Objects made between two searches for garbage. What a command loads is none: to look through it
again and again takes a seventh of the time that loading takes."""

HELP_WIDTHS = (80, 100)
"""The columns of a terminal for which the help is kept as a text: the usual, and the widest."""


def main() -> NoReturn:
    """Runs the program on the arguments of the process and ends it with its exit code."""
    if _is_answered(sys.argv[1:]):
        sys.exit(0)
    gc.set_threshold(_FEW_COLLECTIONS)
    from pmtui.cli.at_once import understood
    from pmtui.cli.outcome import end_at_once, exit_code

    code = exit_code(understood(sys.argv[1:]) or _parsed)
    if "textual" in sys.modules:
        end_at_once(code)
    sys.exit(code)


def _parsed() -> int | None:
    from pmtui.cli.program import run

    return run()


def help_file(columns: int) -> str:
    """The name of the file with the help for a terminal of so many columns."""
    return os.path.join(os.path.dirname(__file__), f"help-{columns}.txt")


def _is_answered(arguments: list[str]) -> bool:
    """Whether that was `--version` or `--help` and could be answered as click does, to the byte."""
    try:
        if arguments == ["--version"]:
            answer = f"pmtui {pmtui.__version__}\n".encode()
        elif arguments in (["--help"], ["-h"]) and (columns := _columns()) in HELP_WIDTHS:
            with open(help_file(columns), "rb") as file:
                answer = file.read()
        else:
            return False
        return _is_plain() and os.write(1, answer) == len(answer)
    except OSError:
        # Click meets the same, and what it says of it is told as every error is.
        return False


def _columns() -> int:
    """The columns that click lays its help out for, of those that matter to it; 0 if unsure."""
    if "COLUMNS" in os.environ:
        return 0
    try:
        columns = os.get_terminal_size(1).columns or HELP_WIDTHS[0]
    except OSError:
        return HELP_WIDTHS[0]
    return min(columns, HELP_WIDTHS[-1])


def _is_plain() -> bool:
    """Whether standard output is what it is at the start of a process, in UTF-8."""
    out = sys.stdout
    return out is sys.__stdout__ and out is not None and out.encoding.lower() == "utf-8"
