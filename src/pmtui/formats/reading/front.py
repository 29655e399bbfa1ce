"""Front matter: the lines between `---` or `+++` before a Markdown document, or the bare keys."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.reading.page_code import end_of_code, values_in_code

_KEY = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,60}):(?:\s+(?P<value>.*))?$")


@dataclass(slots=True)
class Front:
    """What front matter says: values and lists by name in small letters, with their lines.

    From `code` on up to `end` it is the code of a page.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    end: int = 0
    code: int = 0


_MAIL = re.compile(r"(?P<key>From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID): ?(?P<value>.*)")


def _mail(lines: Sequence[str], first: int) -> Front | None:
    """The headers of a mail; its subject is the title."""
    front = Front()
    for at in range(first, len(lines)):
        found = _MAIL.fullmatch(lines[at].rstrip())
        if found is None:
            front.end = at
            break
        key = {"subject": "title", "date": "sent"}.get(found["key"].lower(), found["key"].lower())
        front.values[key] = found["value"].strip()
        front.lines[key] = (at, at + 1)
    return front if len(front.values) > 2 and "title" in front.values else None


_BARE_KEYS = frozenset(
    """
    title slug date author authors category categories tags layout permalink status version lang
    summary description published updated template modified
    """.split()
)
"""The keys of a page that stand above it without marks, as some generators of sites want them."""

_FEWEST_BARE = 3


def _bare(lines: Sequence[str], first: int) -> Front | None:
    """The keys above the first empty line, where one is the title and all are those of a page."""
    end = next((at for at in range(first, len(lines)) if not lines[at].strip()), len(lines))
    if not _FEWEST_BARE <= end - first <= len(_BARE_KEYS) or end == len(lines):
        return None
    keys = [line.partition(":")[0] for line in lines[first:end]]
    if not _BARE_KEYS.issuperset(keys) or "title" not in keys or len(set(keys)) < len(keys):
        return None
    front = _yaml(lines[first:end], first)
    if front is not None:
        front.end = end
    return front


def read_front(lines: Sequence[str]) -> Front:
    """The front matter that `lines` begin with, and the code; `end` is 0 where there is neither."""
    front = _marked(lines)
    front.code = front.end
    front.end = end_of_code(lines, front.code)
    for key, value, at in values_in_code(lines, front.code, front.end):
        if key not in front.values:
            front.values[key], front.lines[key] = value, (at, at)
    return front


def _marked(lines: Sequence[str]) -> Front:
    """The front matter between marks, as the headers of a mail, or of bare keys."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is not None and (mail := _mail(lines, first)):
        return mail
    if first is not None and (bare := _bare(lines, first)):
        return bare
    if first is None or lines[first].rstrip() not in ("---", "+++"):
        return Front()
    mark = lines[first].rstrip()
    closing = {mark, "..."} if mark == "---" else {mark}
    end = next(
        (
            at
            for at in range(first + 1, min(len(lines), first + 200))
            if lines[at].rstrip() in closing
        ),
        None,
    )
    if end is None:
        return Front()
    body = lines[first + 1 : end]
    front = _toml(body, first + 1) if mark == "+++" else _yaml(body, first + 1)
    if front is None:
        return Front()
    front.end = end + 1
    return front


def _toml(body: Sequence[str], offset: int) -> Front | None:
    try:
        table = tomllib.loads("\n".join(body))
    except (ValueError, RecursionError):
        return None
    front = Front()
    for at, line in enumerate(body):
        key = line.partition("=")[0].strip().strip('"')
        if key in table and not isinstance(table[key], dict):
            front.values[key.lower()] = table[key]
            front.lines[key.lower()] = (offset + at, offset + at + 1)
    return front


def _yaml(body: Sequence[str], offset: int) -> Front | None:
    """The keys of a flat YAML mapping; anything deeper is kept as lines and not understood."""
    front = Front()
    key = ""
    for at, line in enumerate(body):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _KEY.match(line)
        if found:
            key = found["key"].strip().lower()
            value = _scalar(found["value"] or "")
            front.values[key] = value
            front.lines[key] = (offset + at, offset + at + 1)
        elif key and line[:1] in (" ", "\t", "-"):
            begin, _ = front.lines[key]
            front.lines[key] = (begin, offset + at + 1)
            item = line.strip()
            if item.startswith("- "):
                known = front.values[key]
                front.values[key] = [*(known if isinstance(known, list) else []), _scalar(item[2:])]
            elif isinstance(front.values[key], str):
                front.values[key] = f"{front.values[key].strip('>|-')} {item}".strip()
        else:
            # A rule, prose, another rule: that is no front matter.
            return None
    return front if front.values else None


def _scalar(text: str) -> Any:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        return [_scalar(part) for part in text[1:-1].split(",") if part.strip()]
    return text
