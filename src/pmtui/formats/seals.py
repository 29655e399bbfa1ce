"""Prose in the house Markdown, so that nothing in it is taken for a part of the document.

Bold words that are leads of ours get a backslash before their colon, comments that part what is
ours get a blank. Neither shows, and both are undone when the Markdown is read.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SEPARATOR = "<!-- -->"
"""What parts prose from a list of ours, and stands before kept sections of deeper levels."""

UNTITLED = "<!-- # -->"
"""What stands before a kept section without a heading whose text begins like one."""

SUMMARY_FACTS = {
    "Duration": "duration",
    "Started": "started",
    "Detected": "detected",
    "Acknowledged": "acknowledged",
    "Mitigated": "mitigated",
    "Resolved": "resolved",
    "Closed": "closed",
    "Public": "public",
    "Impact": "impact",
    "Share of users": "percent",
    "Users": "users",
    "Requests": "requests",
    "Revenue": "revenue",
    "Root Cause": "cause",
    "Timings": "timings",
}
"""The leads of the items of the summary, and the parts that they begin."""

CAUSE_LEADS = {
    "Trigger": "trigger",
    "Root Cause": "cause",
    "Contributing factors": "factors",
    "Five whys": "whys",
    "Detection": "detection",
    "Resolution": "resolution",
}
"""The leads of the paragraphs on causes, and the parts that they begin."""

_NAMES = "|".join(dict.fromkeys((*SUMMARY_FACTS, *CAUSE_LEADS)))
_LEAD = re.compile(rf"([ \t]*(?:[-*+][ \t]+)?\*\*(?:{_NAMES})\*\*):(?=\s|$)")
_SEALED_LEAD = re.compile(rf"([ \t]*(?:[-*+][ \t]+)?\*\*(?:{_NAMES})\*\*)\\:(?=\s|$)")
_COMMENT = re.compile(r"([ \t]*<!-- (?:# )? *)(-->[ \t]*)")
_SEALED_COMMENT = re.compile(r"([ \t]*<!-- (?:# )? *) (-->[ \t]*)")
_SEALABLE = re.compile(rf"<!-- |\*\*(?:{_NAMES})\*\*\\?:")


def sealed(markdown: str) -> str:
    """Prose with what looks like a part of ours made to differ from it."""
    return _with_lines(
        markdown,
        lambda line: _LEAD.sub(r"\1\\:", line, count=1),
        lambda line: _COMMENT.sub(r"\1 \2", line) if _COMMENT.fullmatch(line) else line,
    )


def unsealed(markdown: str) -> str:
    """The prose that `sealed` made this of."""
    return _with_lines(
        markdown,
        lambda line: _SEALED_LEAD.sub(r"\1:", line, count=1),
        lambda line: (
            _SEALED_COMMENT.sub(r"\1\2", line) if _SEALED_COMMENT.fullmatch(line) else line
        ),
    )


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only some prose needs it, and it takes long to load

    return MarkdownIt("commonmark").disable("inline")


def _with_lines(markdown: str, lead: Callable[[str], str], comment: Callable[[str], str]) -> str:
    """The text with the lines rewritten with which paragraphs begin, and those of comments."""
    if not _SEALABLE.search(markdown):
        return markdown
    lines = markdown.split("\n")
    for token in _parser().parse(markdown):
        if token.type == "paragraph_open" and token.map:
            lines[token.map[0]] = lead(lines[token.map[0]])
        elif token.type == "html_block" and token.map and token.map[1] - token.map[0] == 1:
            lines[token.map[0]] = comment(lines[token.map[0]])
    return "\n".join(lines)
