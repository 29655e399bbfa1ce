"""Marks that are replaced line by line before anything is read: reference links, wiki headings.

Reference links are written out where they are used, so that no part of a document needs another.
"""

import re
from collections.abc import Sequence

_DEFINITION = re.compile(
    r" {0,3}\[(?P<name>(?!\^)[^\[\]\n]{1,200})\]:\s*(?P<target><[^<>\n]*>"
    r"|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*"
)
_USE = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|\\."
    r"|\[(?P<text>(?:[^\[\]\\`]|\\.|`[^`]*`)+)\]\[(?P<name>[^\[\]]*)\]"
    r"|\[(?P<short>(?:[^\[\]\\`]|\\.|`[^`]*`)+)\](?![\[(:])"
)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


_WIKI_HEADING = re.compile(r"h(?P<level>[1-6])\.\s+(?P<text>\S.*)")
_WIKI_ITEM = re.compile(r"(?P<marks>#{1,3}) +")
_WIKI_HEADER = re.compile(r"\|\|(?P<cells>.+)\|\|\s*")


def from_wiki(lines: Sequence[str]) -> list[str]:
    """Lines in the markup of Jira and Confluence as Markdown; other lines are left as they are."""
    if sum(1 for line in lines if _WIKI_HEADING.fullmatch(line)) < 2:
        return list(lines)
    result: list[str] = []
    for line in lines:
        item = _WIKI_ITEM.match(line)
        heading, header = _WIKI_HEADING.fullmatch(line), _WIKI_HEADER.fullmatch(line)
        if heading:
            result.append(f"{'#' * int(heading['level'])} {heading['text']}")
        elif header:
            cells = header["cells"].split("||")
            result += [f"| {' | '.join(cells)} |", "|---" * len(cells) + "|"]
        elif item:
            result.append(f"{'   ' * (len(item['marks']) - 1)}1. {line[item.end() :]}")
        else:
            result.append(line)
    return result


def written_out(lines: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines with their reference links as inline ones, and the definitions that none uses.

    A definition's own line becomes empty, so that all lines keep their numbers.
    """
    found = {
        at: match
        for at, line in enumerate(lines)
        if "]:" in line and (match := _DEFINITION.fullmatch(line))
    }
    if not found:
        return list(lines), []
    targets: dict[str, str] = {}
    for match in found.values():
        targets.setdefault(_key(match["name"]), match["target"])
    used: set[str] = set()

    def inline(use: re.Match[str]) -> str:
        text = use["text"] or use["short"]
        name = _key(use["name"] or text or "") if text else ""
        if name not in targets:
            return use.group()
        used.add(name)
        return f"[{text}]({targets[name]})"

    result: list[str] = []
    fence = ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or fence == mark[1]):
            fence = "" if fence else mark[1]
        if fence or "[" not in line:
            result.append(line)
        elif at in found:
            result.append("")
        else:
            result.append(_USE.sub(inline, line))
    left = [
        (match["name"], match["target"].strip("<>"))
        for match in found.values()
        if _key(match["name"]) not in used
    ]
    return result, left


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
