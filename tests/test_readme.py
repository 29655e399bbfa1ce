"""The README's tables come from the program itself."""

from pathlib import Path

from pmtui.tui.commands import markdown_table

README = Path(__file__).parent.parent / "README.md"


def _between(text: str, name: str) -> str:
    return text.split(f"<!-- {name} -->\n")[1].split(f"<!-- /{name} -->")[0].strip()


def test_the_table_of_keys_is_the_registry() -> None:
    """If this fails: put what `pmtui.tui.commands.markdown_table()` gives between the marks."""
    assert _between(README.read_text(encoding="utf-8"), "keys") == markdown_table()


def test_the_table_of_commands_is_the_command_line() -> None:
    """Every command of the program, with its own help."""
    from pmtui.cli import program

    rows = [
        f"| `pmtui {name}` | {command.get_short_help_str(200)} |"
        for name, command in program.commands.items()
    ]
    assert _between(README.read_text(encoding="utf-8"), "commands") == "\n".join(
        ["| command | what it does |", "|---|---|", *rows]
    )
