"""The README's tables and the texts of the help, from the program: `python -m tests.readme`."""

from pathlib import Path

import click

from pmtui.cli import HELP_WIDTHS, help_file
from pmtui.cli.program import program
from pmtui.formats import FORMATS
from pmtui.formats.templating import bundled, purpose, source_of
from pmtui.tui.commands import markdown_table

README = Path(__file__).parent.parent / "README.md"


def commands_table() -> str:
    """Every command of the command line, with its own help."""
    rows = [
        f"| `pmtui {name}` | {command.get_short_help_str(200)} |"
        for name, command in program.commands.items()
    ]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def forms_table() -> str:
    """Every form that a postmortem is written in."""
    rows = [
        f"| `{known.name}` | `{known.suffixes[0]}` | {known.help} |"
        for known in FORMATS
        if known.writes
    ]
    return "\n".join(["| form | suffix | what it is |", "|---|---|---|", *rows])


def templates_table() -> str:
    """Every bundled template, with what it says of itself."""
    rows = [f"| `{name}` | {purpose(source_of(name))} |" for name in bundled()]
    return "\n".join(["| template | what it is |", "|---|---|", *rows])


def with_tables(text: str) -> str:
    """`text` with each table between its marks as the program has it now."""
    tables = {
        "keys": markdown_table(),
        "commands": commands_table(),
        "forms": forms_table(),
        "templates": templates_table(),
    }
    for name, table in tables.items():
        head, _, rest = text.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- /{name} -->")
        text = f"{head}<!-- {name} -->\n{table}\n<!-- /{name} -->{tail}"
    return text


def help_text(columns: int) -> str:
    """What `pmtui --help` prints on a terminal of so many columns."""
    options = program.context_settings | {"terminal_width": columns - 2}
    with click.Context(program, info_name="pmtui", **options) as context:
        return f"{program.get_help(context)}\n"


if __name__ == "__main__":
    for columns in HELP_WIDTHS:
        Path(help_file(columns)).write_text(help_text(columns), encoding="utf-8")
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
