"""What a forked process does to be the program that a shell has just started."""

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NoReturn


def be_program(arguments: Sequence[str], folder: str, environ: Mapping[str, str]) -> NoReturn:
    """Run the program on these arguments and end with its exit code."""
    from pmtui.cli import main

    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    sys.argv = ["pmtui", *arguments]
    code = 1
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
