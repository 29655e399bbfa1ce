"""The registry of formats is complete, and costs nothing until a format is used."""

import importlib.util
import subprocess
import sys

import pytest

from pmtui.core.document import Postmortem
from pmtui.errors import FormatError
from pmtui.formats import FORMATS, Format, by_name, for_suffix


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_found_by_its_name_and_suffixes_and_has_a_module(known: Format) -> None:
    assert by_name(known.name) is known
    assert all(for_suffix(suffix.upper()) is known for suffix in known.suffixes)
    assert importlib.util.find_spec(known.module)
    assert known.reads or known.writes


def test_a_format_that_does_not_exist_is_refused_with_the_ones_that_do() -> None:
    with pytest.raises(FormatError, match="no format “docx”") as refused:
        by_name("docx")
    assert "markdown" in refused.value.remedy
    assert for_suffix(".docx") is None


def test_the_toml_format_reads_what_it_writes() -> None:
    document = Postmortem(title="Outage")
    known = by_name("toml")
    assert known.read(known.write(document), "pm.toml") == document


def test_looking_at_the_registry_loads_neither_pydantic_nor_jinja() -> None:
    code = "import sys, pmtui.formats; print({'pydantic', 'jinja2'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"
