"""The command that prints a postmortem for people to read."""

import shutil
from typing import Any

import click

from pmtui.cli.arguments import FILE_ARGUMENT
from pmtui.cli.documents import load, settings
from pmtui.cli.streams import has_colour, write_text

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"bold": True, "fg": "cyan"},
    "muted": {"dim": True},
    "milestone": {"fg": "yellow"},
}


@click.command(epilog="Example: pmtui show outage.toml --width 100 | less")
@FILE_ARGUMENT
@click.option("--width", type=click.IntRange(min=40), metavar="N", help="Columns to write in.")
def show(file: str, width: int | None) -> None:
    """Print FILE as plain text; - is standard input.

    As wide as the terminal by default, 80 columns where there is none.
    """
    from pmtui.cli.plain import render

    def styled(text: str, look: str) -> str:
        return click.style(text, **_STYLES[look])

    paint = styled if has_colour() else _plain
    document, pairs = load(file), settings()[0].durations
    lines = render(document, width or shutil.get_terminal_size().columns, paint, pairs)
    write_text("".join(f"{line}\n" for line in lines))


def _plain(text: str, look: str) -> str:
    return text
