"""Where the values of a document stand in its TOML file, for findings that name line and column."""

import re
import tomllib
from functools import cached_property

from pmtui.core.document import Postmortem
from pmtui.core.lazy_dataclass import dataclass
from pmtui.formats.toml.parts import in_file_order
from pmtui.formats.toml.places import Path, find_places, nearest, place_at

_BOM = b"\xef\xbb\xbf"
_ID = re.compile(r"""id[ \t]*=[ \t]*["']([A-Za-z0-9_-]+)["']""")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1, in characters; the end is behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Locator:
    """Finds values of one file; the file is well-formed, since a document was read from it."""

    def __init__(self, data: bytes) -> None:
        self._text = data.removeprefix(_BOM).decode("utf-8", "replace").replace("\r\n", "\n")
        self._places = find_places(self._text)
        self._numbers: dict[tuple[str | int, str], int] = {}
        for path, at in self._places.items():
            if len(path) == 3 and path[2] == "id" and (found := _ID.match(self._text, at)):
                self._numbers.setdefault((path[0], found[1]), int(path[1]))

    @cached_property
    def _document(self) -> Postmortem:
        """The document in the order of the file, for parts to which the file gives no id."""
        table = tomllib.loads(self._text)
        table.pop("schema", None)
        return in_file_order(table)

    def region(self, place: str, begin: int = 0, words: str = "") -> Region:
        """Where `words` stand, which begin at that character of the value at `place`.

        Without words, or where escapes hide them, the key of the value; where the file does not
        mention it, the innermost table around it.
        """
        path = self._path(place)
        key = nearest(self._places, path)
        first = words.partition("\n")[0].strip()
        at = -1
        if first and self._is_mentioned(path):
            at = self._text.find(first, self._text.find("=", key) + begin)
        if at < 0:
            at, end = key, self._line_end(key)
        else:
            end = at + len(first)
        return Region(*place_at(self._text, at), *place_at(self._text, end))

    def _path(self, place: str) -> Path:
        """The path in the file: ids and positions of a place become positions in their list."""
        name, *steps = place.split(".")
        if steps and (name, 0) in self._places:
            steps[0] = str(self._number(name, steps[0]))
        return (name, *(int(step) if step.isdecimal() else step for step in steps))

    def _number(self, name: str, step: str) -> int:
        """Which table of the list `name` is meant by an id, or by its position."""
        if (name, step) in self._numbers:
            return self._numbers[name, step]
        items = getattr(self._document, name, ())
        ids = [getattr(item, "id", str(at)) for at, item in enumerate(items)]
        return ids.index(step) if step in ids else 0

    def _is_mentioned(self, path: Path) -> bool:
        """Whether the file has the value, or the list of plain values that it is in."""
        return path in self._places or (isinstance(path[-1], int) and path[:-1] in self._places)

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end
