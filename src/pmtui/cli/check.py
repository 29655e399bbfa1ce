"""The review on the command line, for people, editors and CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from pmtui.cli.arguments import offer_files
from pmtui.cli.documents import load_with_bytes, settings
from pmtui.cli.outcome import REFUSED
from pmtui.cli.streams import STANDARD, complain, is_terminal, write_text
from pmtui.errors import NotPostmortem, PmtuiError

if TYPE_CHECKING:
    from pmtui.cli.reports import Located
    from pmtui.core.checks.options import Options

_FORMATS = ("text", "json", "github", "sarif")
_LEVELS = ("error", "warning", "hint")

_MANY = 25
"""From this many files on there is a bar to watch."""


def _offer_rules(
    _context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from pmtui.core.checks.registry import BY_ID, FAMILIES

    return [CompletionItem(name) for name in (*FAMILIES, *BY_ID) if name.startswith(incomplete)]


@click.command(epilog="Example: pmtui check *.toml --ignore tasks.no-due --fail-on error")
@click.argument("files", nargs=-1, metavar="FILE...", shell_complete=offer_files)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(_FORMATS),
    default="text",
    help="How to print what is found: text is file:line:column: level id message.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="ID",
    shell_complete=_offer_rules,
    help="Only these rules or families, also those that are off.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="ID",
    shell_complete=_offer_rules,
    help="Not these rules or families.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default="warning",
    help="The level from which on the exit code is 1; by default, warning.",
)
@click.option(
    "--explain",
    metavar="ID",
    shell_complete=_offer_rules,
    help="Say what a rule is about, and why.",
)
def check(
    files: tuple[str, ...],
    name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    explain: str | None,
) -> None:
    """Look for what is missing, contradictory or vague in each FILE.

    - is standard input; a folder stands for the postmortems in it and below. Several IDs are
    separated by commas. Exit codes: 0 nothing from --fail-on on, 1 something, or a file that cannot
    be read, 2 usage.
    """
    if explain is not None:
        write_text(_explained(explain))
        return
    if not files:
        raise click.UsageError("name a FILE, or a rule with --explain")
    options = _chosen(settings()[0].checks, _known("--select", select), _known("--ignore", ignore))
    found, reviewed, failed = _reviewed(_expanded(files), options)
    _print(found, name, reviewed)
    severe = _LEVELS[: _LEVELS.index(fail_on) + 1]
    if failed or any(each.finding.level in severe for each in found):
        raise click.exceptions.Exit(REFUSED)


def _known(option: str, given: Iterable[str]) -> tuple[str, ...]:
    """The rules and families that an option names, separated by commas.

    Raises:
        UsageError: There is no such rule.
    """
    from pmtui.core.checks.registry import is_known

    names = tuple(name for text in given for name in text.replace(",", " ").split())
    for name in names:
        if not is_known(name):
            raise click.UsageError(f"{option}: {_no_such(name)}")
    return names


def _no_such(name: str) -> str:

    from pmtui.core.checks.registry import BY_ID, FAMILIES

    within = [known for known in FAMILIES if known.startswith(name)]
    within = within or [known for known in BY_ID if known.startswith(name)]
    close = within or get_close_matches(name, (*FAMILIES, *BY_ID), n=1)
    if close:
        *others, last = close
        hint = f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
    elif (family := name.partition(".")[0]) in FAMILIES:
        names = (rule.id for rule in BY_ID.values() if rule.family == family)
        hint = f"the rules of {family} are {', '.join(names)}"
    else:
        hint = f"the families are {', '.join(FAMILIES)}"
    return f"there is no rule {name}; {hint}"


def _chosen(options: Options, select: tuple[str, ...], ignore: tuple[str, ...]) -> Options:
    """The person's options with what the command line adds to them."""
    from pmtui.core.checks.registry import RULES

    if select:
        wanted = tuple(r.id for r in RULES if {r.id, r.family} & set(select))
        others = tuple(rule.id for rule in RULES if rule.id not in wanted)
        options = replace(options, on=wanted, off=others)
    if ignore:
        gone = tuple(rule.id for rule in RULES if {rule.id, rule.family} & set(ignore))
        kept = tuple(name for name in options.on if name not in gone)
        options = replace(options, off=(*options.off, *gone), on=kept)
    return options


def _expanded(files: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The files, with those of the folders, and whether each was named itself."""
    expanded: list[tuple[str, bool]] = []
    for file in files:
        if file == STANDARD or not Path(file).is_dir():
            expanded.append((file, True))
            continue
        for folder, below, names in os.walk(file):
            below[:] = sorted(name for name in below if not name.startswith("."))
            inside = sorted(name for name in names if name.endswith(".toml"))
            expanded += ((os.path.join(folder, name), False) for name in inside)
    return tuple(expanded)


def _reviewed(
    files: tuple[tuple[str, bool], ...], options: Options
) -> tuple[list[Located], int, bool]:
    """What is found in the files, in their order, how many were read, whether one could not be.

    TOML in a folder that is no postmortem is somebody else's.
    """
    from pmtui.cli.reports import located
    from pmtui.core.checks.registry import review

    now = datetime.now().astimezone()
    found: list[Located] = []
    failed, count = False, 0
    for file, named in _watched(files):
        try:
            document, data = load_with_bytes(file)
            count += 1
        except NotPostmortem as error:
            if named:
                complain(str(error))
                failed = True
            continue
        except PmtuiError as error:
            complain(str(error))
            failed = True
            continue
        found += located(file, data, review(document, now, options))
    return found, count, failed


def _watched(files: tuple[tuple[str, bool], ...]) -> Iterator[tuple[str, bool]]:
    """The files, with a bar on a terminal where there are many."""
    if len(files) < _MANY or not is_terminal(sys.stderr):
        yield from files
        return
    with click.progressbar(files, label="pmtui check", file=sys.stderr) as bar:
        yield from bar


def _print(found: list[Located], name: str, files: int) -> None:
    from pmtui.cli.reports import REPORTS, summary

    write_text(REPORTS[name](found, files))
    if name == "text" and is_terminal(sys.stderr):
        complain(summary(found, files))


def _explained(name: str) -> str:
    """What a rule, or each of a family, is about.

    Raises:
        UsageError: There is no such rule.
    """
    from pmtui.core.checks.registry import RULES

    rules = [rule for rule in RULES if name in (rule.id, rule.family)]
    if not rules:
        raise click.UsageError(_no_such(name))
    blocks = []
    for rule in rules:
        when = "when the incident is over" if rule.waits else "always"
        off = "" if rule.default else "; off unless the settings or --select name it"
        blocks.append(f"{rule.id} ({rule.level}, {when}{off})\n  {rule.what}\n  {rule.why}\n")
    return "\n".join(blocks)
