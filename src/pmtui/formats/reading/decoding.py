"""Bytes of an unknown encoding as text: what can be read is read, what was replaced is told."""

import codecs
import re

from pmtui.core.text import replace_controls
from pmtui.formats.reading.report import Report

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_BEGINNING = 4000
"""The bytes at the beginning that tell what the others are."""

_NULS_OF_UTF16 = 0.3
"""The share of NUL bytes at odd or even places above which Latin text is UTF-16 without a mark."""


def decode(data: bytes, report: Report) -> str:
    """The text of `data` with LF line ends and U+FFFD for what no document may hold."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _cleaned(_decoded(data, encoding, report), report)
    head = data[:_BEGINNING]
    for start, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        nuls = head[start::2].count(0)
        if len(head) > 3 and nuls > _NULS_OF_UTF16 * len(head) / 2:
            report.add(0, f"read as {encoding.upper()}, which it does not say")
            return _cleaned(_decoded(data, encoding, report), report)
    try:
        return _cleaned(data.decode("utf-8"), report)
    except UnicodeDecodeError:
        pass
    encoding = _declared(data) or "cp1252"
    report.add(0, f"read as {encoding}, because it is not UTF-8")
    return _cleaned(_decoded(data, encoding, report), report)


def is_text(data: bytes) -> bool:
    """Whether `data` may be text: it has no NUL bytes but those that UTF-16 or UTF-32 has."""
    head = data[:_BEGINNING]
    if b"\0" not in head or any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    return any(head[start::2].count(0) > _NULS_OF_UTF16 * len(head) / 2 for start in (0, 1))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:2000])
    name = found[1].decode("ascii") if found else ""
    try:
        known = codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
    return known if known != "utf-8" else ""


def _decoded(data: bytes, encoding: str, report: Report) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        text = data.decode(encoding, "replace")
        for number, line in enumerate(text.split("\n"), 1):
            if "\ufffd" in line:
                count = line.count("\ufffd")
                report.add(number, f"{count} characters could not be read and were replaced")
        return text


def _cleaned(text: str, report: Report) -> str:
    text = text.removeprefix("\ufeff")
    cleaned = replace_controls(text)
    lost = cleaned.count("\ufffd") - text.count("\ufffd")
    if lost:
        report.add(0, f"{lost} control characters were replaced")
    return cleaned
