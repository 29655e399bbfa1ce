"""Exports that were looked at once: `python -m tests.formats.golden` writes them anew."""

from collections.abc import Iterator
from pathlib import Path

from pmtui.core.document import Postmortem
from pmtui.formats import FORMATS, toml
from pmtui.formats.markdown import HOUSE, templates
from tests.formats.test_markdown import FULL

DATA = Path(__file__).parent.parent / "data"
SAMPLE = DATA / "samples" / "001.toml"
GOLDEN = DATA / "golden"
SAMPLES = sorted((DATA / "samples").glob("*.toml"))


def documents() -> dict[str, Postmortem]:
    """The documents of which there are golden exports, by name."""
    return {"001": toml.read(SAMPLE.read_bytes()), "full": FULL}


def house_documents() -> dict[str, Postmortem]:
    """Those of which there is a golden export by the house template, by name."""
    return {path.stem: toml.read(path.read_bytes()) for path in SAMPLES} | {"full": FULL}


def template_exports() -> Iterator[tuple[str, str, Path]]:
    """Template, document and golden file, for all but the house template."""
    for template in templates():
        if template != HOUSE:
            for name in documents():
                yield template, name, GOLDEN / template / f"{name}.md"


def format_exports() -> Iterator[tuple[str, str, Path]]:
    """Format, document and golden file, for what has no tests of its own for that."""
    for known in FORMATS:
        if known.name not in ("markdown", "toml"):
            for name in documents() if known.name != "ics" else ("full",):
                yield known.name, name, GOLDEN / known.name / f"{name}{known.suffixes[0]}"


if __name__ == "__main__":
    from pmtui.formats import by_name

    for name, document in house_documents().items():
        (GOLDEN / f"{name}.md").write_bytes(by_name("markdown").write(document))
    for template, name, path in template_exports():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(by_name("markdown").write(documents()[name], template=template))
    for form, name, path in format_exports():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(by_name(form).write(documents()[name]))
