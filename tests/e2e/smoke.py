"""Opens the installed program in a real terminal, away from the checkout: `smoke.py PMTUI`."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from terminal import Terminal


def main(program: str) -> None:
    """Version, export of a new postmortem, and the demo on the screen."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = os.environ | {"HOME": name, "TERM": "xterm-256color"}
        environ.pop("PYTHONPATH", None)

        def run(*words: str) -> str:
            done = subprocess.run(
                [program, *words],
                cwd=folder,
                env=environ,
                check=True,
                capture_output=True,
                text=True,
            )
            return done.stdout

        print(run("--version").strip())
        run("new", "Smoke in the server room", "--no-edit", "--timezone", "UTC")
        document = next(folder.glob("*.toml")).name
        print(run("log", document, "14:05 #detected alarm").strip())
        assert "alarm" in run("export", document, "-o", "-")
        terminal = Terminal([program, "demo"], cwd=folder, environ=environ)
        terminal.wait_for("Timeline", 30)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0, terminal.text
        terminal.close()
        print("the installed program opens, edits and exports")


if __name__ == "__main__":
    main(sys.argv[1])
