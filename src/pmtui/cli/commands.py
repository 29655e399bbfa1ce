"""How a file and the commands live side by side on one command line."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from pmtui.cli.arguments import complete_files


class Commands(click.Group):
    """A group in which any word that is no command is a file to edit."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` name, else the one that edits a file.

        Raises:
            UsageError: It looks like a command that was mistyped.
        """
        name = args[0]
        if name in self.commands:
            return super().resolve_command(ctx, args)
        is_file = bool(Path(name).suffix) or "/" in name or Path(name).exists()
        if not is_file and not ctx.resilient_parsing:
            from difflib import get_close_matches

            if meant := get_close_matches(name, self.commands, n=1):
                ctx.fail(f"no such command: {name}; did you mean {meant[0]}, or the file ./{name}")
        # A name with a minus arrives here behind "--", which the command has to see again.
        return "edit", self.commands["edit"], ["--", *args] if name.startswith("-") else args

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added."""
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and files that begin with `incomplete`."""
        offered = [*super().shell_complete(ctx, incomplete), *complete_files(incomplete)]
        # Bash forgets what is offered before its folders.
        return sorted(offered, key=lambda item: item.type != "dir")


class LineCommand(click.Command):
    """A command whose last argument is a line of text, which may hold words like `-5m`.

    Its options have no values and are recognised when written in full, anywhere before a `--`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Moves the options to the front and closes them off behind the first argument."""
        params = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        names = {name for param in params for name in param.opts}
        end = args.index("--") if "--" in args else len(args)
        options = [word for word in args[:end] if word in names]
        words = [word for word in args[:end] if word not in names]
        return super().parse_args(ctx, [*options, *words[:1], "--", *words[1:], *args[end + 1 :]])
