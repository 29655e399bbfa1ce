"""The command line: what is loaded before the command is known costs every command its time."""

import gc
import sys
from typing import NoReturn

import click

import pmtui
from pmtui.cli.check import check
from pmtui.cli.commands import Commands
from pmtui.cli.comparing import diff
from pmtui.cli.completion import completion
from pmtui.cli.edit import demo, edit, new, open_folder
from pmtui.cli.export import copy, export
from pmtui.cli.git_setup import git_setup
from pmtui.cli.importing import import_files
from pmtui.cli.listing import list_files
from pmtui.cli.log import log, task
from pmtui.cli.merging import merge
from pmtui.cli.outcome import end_at_once, exit_code
from pmtui.cli.schema import schema
from pmtui.cli.show import show
from pmtui.cli.templates import templates


@click.group(
    cls=Commands,
    invoke_without_command=True,
    subcommand_metavar="[FILE | COMMAND ...]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A file with the name of a command is reached as ./log. Example: pmtui outage.toml",
)
@click.version_option(pmtui.__version__, prog_name="pmtui", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Write incident postmortems in the terminal.

    With FILE, edit it; it is made by the first edit. Alone, choose one of the postmortems in this
    folder, or start a new one.
    """
    if context.invoked_subcommand is None:
        open_folder()


_FEW_COLLECTIONS = 100_000
"""Objects made between two searches for garbage. What a command loads is none: to look through it
again and again takes a seventh of the time that loading takes."""

COMMANDS = (
    *(new, log, task, list_files, show, import_files, export, copy, templates, schema),
    *(check, diff, merge, git_setup, demo, edit, completion),
)

for command in COMMANDS:
    program.add_command(command)


def main() -> NoReturn:
    """Runs the program on the arguments of the process and ends it with its exit code."""
    gc.set_threshold(_FEW_COLLECTIONS)
    code = exit_code(lambda: program.main(prog_name="pmtui", standalone_mode=False))
    if "textual" in sys.modules:
        end_at_once(code)
    sys.exit(code)
