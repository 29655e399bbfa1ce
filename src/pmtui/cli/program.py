"""The command line: what is loaded before the command is known costs every command its time."""

import click

import pmtui
from pmtui.cli.check import check
from pmtui.cli.commands import Commands
from pmtui.cli.comparing import diff
from pmtui.cli.completion import completion
from pmtui.cli.edit import demo, edit, new
from pmtui.cli.editing import open_folder
from pmtui.cli.export import copy, export
from pmtui.cli.git_setup import git_setup
from pmtui.cli.importing import import_files
from pmtui.cli.listing import list_files
from pmtui.cli.log import log, task
from pmtui.cli.merging import merge
from pmtui.cli.outcome import INTERRUPTED, USAGE
from pmtui.cli.schema import schema
from pmtui.cli.show import show
from pmtui.cli.streams import complain
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


COMMANDS = (
    *(new, log, task, list_files, show, import_files, export, copy, templates, schema),
    *(check, diff, merge, git_setup, demo, edit, completion),
)

for command in COMMANDS:
    program.add_command(command)


def run() -> int | None:
    """Carries out what the arguments of the process say, and gives the exit code."""
    try:
        code: int | None = program.main(prog_name="pmtui", standalone_mode=False)
        return code
    except click.ClickException as error:
        complain(f"{error.format_message().rstrip('.')}{_hint(error)}")
        return USAGE
    except click.Abort:
        return INTERRUPTED


def _hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    joint = " See" if error.format_message().endswith("?") else "; see"
    return f"{joint} {context.command_path} --help"
