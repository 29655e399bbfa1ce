"""The command that prints the schema of the JSON format."""

import click

from pmtui.cli.streams import write_text


@click.command(epilog="Example: pmtui schema > postmortem.schema.json")
def schema() -> None:
    """Print the JSON Schema of what `export -f json` writes."""
    from pmtui.formats.json import schema as published

    write_text(published())
