"""Findings as text for people and editors, and as JSON, GitHub's annotations and SARIF 2.1.0."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import pmtui
from pmtui.cli.streams import STANDARD, visible
from pmtui.core.checks.finding import Finding
from pmtui.core.checks.options import LEVELS
from pmtui.core.checks.registry import RULES, counts
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.text import one_line, plural
from pmtui.formats.toml.locations import Locator, Region

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, its file, and where in that it stands."""

    file: str
    region: Region
    finding: Finding


Report = Callable[[Sequence[Located], int], str]
"""Makes a text of the findings in so many files."""


def located(file: str, data: bytes, findings: Sequence[Finding]) -> list[Located]:
    """The findings in the TOML file `data` by line and column."""
    if not findings:
        return []
    locator = Locator(data)
    name = "standard input" if file == STANDARD else file
    found = [
        Located(name, locator.region(each.place, each.begin, each.words), each) for each in findings
    ]
    return sorted(found, key=lambda each: (each.region.line, each.region.column))


def summary(found: Sequence[Located], files: int) -> str:
    """How much was found: "2 errors, 1 hint in 3 files"."""
    said = [
        plural(count, level)
        for level, count in counts(tuple(each.finding for each in found)).items()
    ]
    return f"{', '.join(said) or 'nothing found'} in {plural(files, 'file')}"


def _text(found: Sequence[Located], _files: int) -> str:
    lines = []
    for each in found:
        at = f"{each.file}:{each.region.line}:{each.region.column}"
        message = one_line(each.finding.message)
        lines.append(visible(f"{at}: {each.finding.level} {each.finding.check} {message}") + "\n")
    return "".join(lines)


def _json(found: Sequence[Located], files: int) -> str:
    findings = [
        {
            "file": each.file,
            "line": each.region.line,
            "column": each.region.column,
            "endLine": each.region.end_line,
            "endColumn": each.region.end_column,
            "level": each.finding.level,
            "check": each.finding.check,
            "place": each.finding.place,
            "words": each.finding.words,
            "message": each.finding.message,
            "fix": each.finding.fix.label if each.finding.fix else None,
        }
        for each in found
    ]
    numbers = dict.fromkeys(LEVELS, 0) | counts(tuple(each.finding for each in found))
    return _dumped({"version": 1, "files": files, "counts": numbers, "findings": findings})


def _github(found: Sequence[Located], _files: int) -> str:
    lines = []
    for each in found:
        region = each.region
        values = {"file": each.file, "line": region.line, "endLine": region.end_line}
        if region.line == region.end_line:
            values |= {"col": region.column, "endColumn": region.end_column}
        values |= {"title": each.finding.check}
        told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in values.items())
        level = _GITHUB_LEVELS[each.finding.level]
        lines.append(visible(f"::{level} {told}::{_escaped(each.finding.message)}") + "\n")
    return "".join(lines)


def _escaped(text: str, more: str = "") -> str:
    """Text for a workflow command, in which these characters would end a value."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)


def _sarif(found: Sequence[Located], _files: int) -> str:
    index = {rule.id: at for at, rule in enumerate(RULES)}
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.what},
            "fullDescription": {"text": rule.why},
            "help": {"text": rule.why},
            "defaultConfiguration": {
                "level": _SARIF_LEVELS[rule.level],
                "enabled": rule.default,
            },
        }
        for rule in RULES
    ]
    results = [_result(each, index) for each in found]
    driver = {"name": "pmtui", "version": pmtui.__version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _result(each: Located, index: dict[str, int]) -> dict[str, Any]:
    region, finding = each.region, each.finding
    identity = "\0".join((finding.check, finding.place, finding.words))
    return {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": _SARIF_LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(PurePath(each.file).as_posix())},
                    "region": {
                        "startLine": region.line,
                        "startColumn": region.column,
                        "endLine": region.end_line,
                        "endColumn": region.end_column,
                    },
                },
                "logicalLocations": [{"fullyQualifiedName": finding.place}],
            }
        ],
        "partialFingerprints": {"finding/v1": sha256(identity.encode()).hexdigest()},
    }


def _dumped(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


REPORTS: dict[str, Report] = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
