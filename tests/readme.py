"""The README's tables, made from the program: `python -m tests.readme` writes them."""

from pathlib import Path

from pmtui.cli import program
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


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
