"""Files of other forms as documents: what people wrote elsewhere, and what was exported as JSON."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pmtui.errors import StorageError

if TYPE_CHECKING:
    from datetime import date

    from pmtui.formats.reading import Imported

_BEGINNING = 4000
"""The bytes within which an export as JSON names the version of its schema."""


def imported(
    data: bytes, name: str, where: str, *, day: date | None = None, timezone: str = ""
) -> Imported:
    """The document in `data`, whose form the suffix of `name` tells, or the bytes themselves.

    `where` is what errors call it; `day` and `timezone` are those of a text that says neither.

    Raises:
        StorageError: It is no text.
        FormatError: It is JSON, but damaged or no postmortem.
    """
    from pmtui.formats import reading
    from pmtui.formats.reading.decoding import is_text

    if _is_json(data, name):
        from pmtui.formats import json

        return reading.Imported(json.read(data, where), reading.Report())
    if not is_text(data):
        raise StorageError("is no text", where=where, remedy="name Markdown, text or HTML")
    return reading.read(data, name, day=day, timezone=timezone)


def _is_json(data: bytes, name: str) -> bool:
    """Whether it is called JSON, or has no name and begins like an export."""
    suffix = PurePath(name).suffix.lower()
    head = data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    return suffix == ".json" or (not suffix and head.startswith(b"{") and b'"schema"' in head)
