"""Who may import whom, and what a quick command does not wait for."""

import ast
import os
import subprocess
import sys
from collections.abc import Container, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1] / "src" / "pmtui"
SAMPLE = ROOT / "samples" / "demo.toml"

ALLOWED = {
    "cli": {"cli", "tui", "storage", "formats", "core"},
    "tui": {"tui", "storage", "formats", "core"},
    "storage": {"storage", "formats", "core"},
    "formats": {"formats", "core"},
    "core": {"core"},
}
SHARED = {"pmtui", "pmtui.errors"}


class Import(NamedTuple):
    """One import of a module; `deferred` if it runs when a function does, or never."""

    target: str
    deferred: bool


@cache
def _modules() -> dict[str, tuple[Import, ...]]:
    """What each module of the program imports."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = ("pmtui", *path.relative_to(ROOT).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return {name: tuple(_imports(tree, found)) for name, tree in found.items()}


def _imports(node: ast.AST, modules: Container[str], deferred: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, deferred) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert not child.level, "imports name the whole path"
            names = (f"{child.module}.{alias.name}" for alias in child.names)
            for name in names:
                yield Import(name if name in modules else str(child.module), deferred)
        else:
            never = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, modules, deferred or never or inside)


def _layer(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def _of(*layers: str) -> Iterator[tuple[str, Import]]:
    """Each import of each module of these layers."""
    for name, imports in _modules().items():
        if _layer(name) in layers:
            yield from ((name, each) for each in imports)


def test_what_is_imported_is_there() -> None:
    unknown = [
        (module, target)
        for module, imports in _modules().items()
        for target, _ in imports
        if target.partition(".")[0] == "pmtui" and target not in {*SHARED, *_modules()}
    ]
    assert not unknown


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_module_imports_only_what_lies_below_it(layer: str) -> None:
    ours = [
        (module, target)
        for module, (target, _) in _of(layer)
        if target.partition(".")[0] == "pmtui" and target not in SHARED
    ]
    assert ours
    above = [each for each in ours if _layer(each[1]) not in ALLOWED[layer]]
    assert not above


def test_every_folder_is_a_layer() -> None:
    assert {_layer(name) for name in _modules()} == {*ALLOWED, "", "__main__", "errors"}


def test_the_core_knows_pydantic_and_the_standard_library_only() -> None:
    known = sys.stdlib_module_names | {"pydantic", "pydantic_core", "pmtui"}
    outside = [
        (module, target)
        for module, (target, _) in _of("core", "errors")
        if target.partition(".")[0] not in known
    ]
    assert not outside


def test_the_command_line_reaches_the_screen_only_inside_functions() -> None:
    reached = [
        (module, deferred) for module, (target, deferred) in _of("cli") if _layer(target) == "tui"
    ]
    assert reached
    at_once = [module for module, deferred in reached if not deferred]
    assert not at_once


def test_nothing_imports_itself_by_any_way() -> None:
    graph = {
        name: {target for target, _ in imports if target in _modules()}
        for name, imports in _modules().items()
    }
    TopologicalSorter(graph).prepare()


def _loaded(*arguments: str, folder: Path) -> set[str]:
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from pmtui.cli import main\n"
        "main()\n"
    )
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    environ = kept | {"HOME": str(folder), "TZ": "UTC", "LANG": "C.UTF-8"}
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environ,
    )
    return {name.partition(".")[0] for name in ended.stderr.split("\n")[-2].split()}


@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_help_and_version_load_nothing(option: str, tmp_path: Path) -> None:
    loaded = _loaded(option, folder=tmp_path)
    assert loaded.isdisjoint({"click", "pydantic", "textual", "rich", "jinja2", "tomllib"})


@pytest.mark.parametrize("name", ["log", "task"])
def test_adding_a_line_loads_no_more_than_it_takes(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(SAMPLE.read_bytes())
    loaded = _loaded(name, "a.toml", "pool full", folder=tmp_path)
    assert "tomllib" in loaded
    assert loaded.isdisjoint({"click", "pydantic", "textual", "rich", "jinja2", "_hashlib"})


def test_the_help_of_a_command_loads_no_document(tmp_path: Path) -> None:
    loaded = _loaded("log", "--help", folder=tmp_path)
    assert "click" in loaded
    assert loaded.isdisjoint({"pydantic", "textual", "rich", "jinja2", "tomllib"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "a.toml"),
        ("export", "a.toml", "-f", "html"),
        ("log", "a.toml", "14:05 x"),
        ("show", "a.toml"),
        ("copy", "a.toml"),
        ("check", "a.toml"),
        ("diff", "a.toml"),
        ("merge", "a.toml", "a.toml", "a.toml"),
    ],
)
def test_a_command_loads_neither_the_screen_nor_for_a_sound_document_pydantic(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_bytes(SAMPLE.read_bytes())
    loaded = _loaded(*arguments, folder=tmp_path)
    assert "tomllib" in loaded
    assert loaded.isdisjoint({"pydantic", "pydantic_core", "textual"})


@pytest.mark.parametrize("form", ["json", "csv", "ics", "mermaid"])
def test_a_form_without_templates_loads_neither_jinja_nor_markdown_it(
    form: str, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_bytes(SAMPLE.read_bytes())
    loaded = _loaded("export", "a.toml", "-f", form, folder=tmp_path)
    assert "tomllib" in loaded
    assert loaded.isdisjoint({"pydantic", "textual", "rich", "jinja2", "markdown_it"})


def test_a_value_that_is_refused_has_the_verdict_of_pydantic(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b'schema = 1\nstatus = "done"\n')
    assert "pydantic" in _loaded("show", "a.toml", folder=tmp_path)


_EDITED = """
import asyncio, sys
from pathlib import Path
from pmtui.storage.keeper import Keeper
from pmtui.storage.settings import Settings
from pmtui.tui.app import PmtuiApp
from pmtui.tui.session import Session

async def edited():
    settings = Settings(autosave=False)
    session = Session(Keeper.open(Path("a.toml")), settings)
    async with PmtuiApp(session, settings).run_test() as pilot:
        await pilot.press("ctrl+t", *"1405", "space", "x", "enter", "ctrl+s")
    assert session.document.timeline

asyncio.run(edited())
print(*sys.modules)
"""


def test_the_editor_takes_and_saves_an_event_without_pydantic(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(SAMPLE.read_bytes())
    loaded = subprocess.run(
        [sys.executable, "-c", _EDITED], capture_output=True, text=True, cwd=tmp_path, check=True
    ).stdout.split()
    assert "textual" in loaded
    assert "pydantic" not in loaded


def test_the_schema_and_the_list_of_templates_need_no_screen(tmp_path: Path) -> None:
    for command in ("schema", "templates"):
        assert "textual" not in _loaded(command, folder=tmp_path)
