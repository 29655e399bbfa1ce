"""The code above a page of MDX: what it imports and exports, which names its title as well."""

import re
from collections.abc import Iterator, Sequence

_STATEMENT = re.compile(
    r"import\s+(?:[\w*{][^\"']*\sfrom\s+)?(?P<quote>[\"'])[^\"']+(?P=quote)\s*;?\s*"
    r"|import\s+(?:\w+\s*,\s*)?\{[^}\"']*"
    r"|export\s+(?:const|let|var)\s+[\w$]+\s*(?::[^=]*)?=.*"
    r"|export\s+default\s+(?:async\s+)?(?:[({].*|(?:function|class)\b.*|[\w$]+\s*;?\s*"
    r"|[\w$]+\s*(?:\(.*|=>.*))"
    r"|export\s+(?:async\s+)?(?:function|class)\s+[\w$]+.*"
    r"|export\s+(?:\*|\{).*"
)
_VALUE = re.compile(
    r"(?:export\s+(?:const|let|var)\s+)?(?P<key>title|date|author)\s*[:=]\s*"
    r"(?P<quote>[\"'`])(?P<value>(?:(?!(?P=quote))[^\\]|\\.)+)(?P=quote)\s*[,;]?\s*"
)
_OPENED, _CLOSED = frozenset("({["), frozenset(")}]")
_LONGEST = 200
"""The lines of a statement; what is not closed by then is no code."""

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`")


def end_of_code(lines: Sequence[str], begin: int) -> int:
    """The line behind the statements that stand there, `begin` where there are none."""
    end = at = begin
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        after = _end_of_statement(lines, at) if _STATEMENT.fullmatch(lines[at]) else None
        if after is None:
            break
        end = at = after
    return end


def _end_of_statement(lines: Sequence[str], begin: int) -> int | None:
    """The line behind the one on which all brackets are closed, None where they never are."""
    depth = 0
    for at in range(begin, min(len(lines), begin + _LONGEST)):
        bare = _QUOTED.sub("", lines[at])
        depth += sum((mark in _OPENED) - (mark in _CLOSED) for mark in bare)
        if depth <= 0:
            return at + 1
    return None


def values_in_code(lines: Sequence[str], begin: int, end: int) -> Iterator[tuple[str, str, int]]:
    """The title, day and author that the statements state first, each with its line."""
    known: set[str] = set()
    for at in range(begin, end):
        found = _VALUE.fullmatch(lines[at].strip())
        if found and found["key"] not in known:
            known.add(found["key"])
            yield found["key"], re.sub(r"\\(.)", r"\1", found["value"]), at
