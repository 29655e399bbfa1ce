"""The reader of Markdown, plain text and HTML in the form that every format has."""

from pmtui.core.document import Postmortem
from pmtui.formats.reading import read as read_with_report


def read(data: bytes, name: str = "") -> Postmortem:
    """The postmortem in `data`, whose form the suffix of `name` and the text itself tell."""
    return read_with_report(data, name).document
