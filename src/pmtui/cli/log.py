"""The commands that add events and tasks from a shell, without the editor."""

import click

from pmtui.cli.arguments import FILE_ARGUMENT
from pmtui.cli.commands import LineCommand
from pmtui.cli.streams import STANDARD

_CREATE = click.option("--create", is_flag=True, help="Start FILE if there is no such file yet.")


@click.command(
    cls=LineCommand,
    epilog='Example: pmtui log outage.toml "14:05 #detected 5xx alert fired @ana"',
)
@_CREATE
@FILE_ARGUMENT
@click.argument("words", nargs=-1, required=True, metavar="EVENT")
def log(create: bool, file: str, words: tuple[str, ...]) -> None:
    """Add EVENT to FILE and print how it was understood.

    EVENT is [time] text [#kind] [@who] [link]; without a time it is now. With - as EVENT each line
    of standard input is one. If one of them is refused, FILE stays as it was.
    """
    from pmtui.cli.events import add_events

    add_events(_no_stream(file), words, create)


@click.command(
    cls=LineCommand,
    epilog='Example: pmtui task outage.toml "Alert on disk usage @ana due:fri !P1 #detect OPS-12"',
)
@_CREATE
@FILE_ARGUMENT
@click.argument("words", nargs=-1, required=True, metavar="TASK")
def task(create: bool, file: str, words: tuple[str, ...]) -> None:
    """Add TASK to FILE and print how it was understood.

    TASK is text [@owner] [due:day] [!P0-!P3] [#kind] [ticket]. With - as TASK each line of standard
    input is one, a list with check boxes too. If one of them is refused, FILE stays as it was.
    """
    from pmtui.cli.tasks import add_tasks

    add_tasks(_no_stream(file), words, create)


def _no_stream(file: str) -> str:
    if file == STANDARD:
        raise click.UsageError("lines are added to a file, not to a stream; name one")
    return file
