"""The command that prints what a shell needs to complete the others."""

import click
from click.shell_completion import get_completion_class

from pmtui.cli.streams import write_text


@click.command(epilog='Example: eval "$(pmtui completion bash)"')
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    Install it by a line in your shell's start file:
      ~/.bashrc                   eval "$(pmtui completion bash)"
      ~/.zshrc                    eval "$(pmtui completion zsh)"
      ~/.config/fish/config.fish  pmtui completion fish | source
    """
    kind = get_completion_class(shell)
    assert kind is not None, "the shells offered are those that click knows"
    script = kind(context.find_root().command, {}, "pmtui", "_PMTUI_COMPLETE").source()
    # Only the first comma parts; those in the words about a command belong to them.
    write_text(script.replace('string split ","', 'string split --max 1 ","') + "\n")
