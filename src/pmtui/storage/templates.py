"""The templates to choose from: those of the repository, the person's own, and the bundled ones.

The repository's lie in `.pmtui/templates` of the document's folder or of one above it, up to the
root of the repository or the home folder; the person's own in `templates` beside the settings. The
nearest one of a name counts.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import ExportError, StorageError
from pmtui.formats.templating import (
    SUFFIX,
    Template,
    bundled,
    is_bundled,
    purpose,
    source_of,
    unknown,
)
from pmtui.storage import atomic
from pmtui.storage.paths import config_dir
from pmtui.storage.reading import read
from pmtui.storage.refusals import told

FOLDER = Path(".pmtui", "templates")
"""Where a repository keeps its templates, from its root."""

LIMIT = 256 * 1024
"""The largest template, in bytes."""

_MOST_FILES = 100
_BUNDLED = "pmtui"


@dataclass(frozen=True)
class Known:
    """A template to choose: `origin` is its file, or `pmtui`; `purpose` says what it is for."""

    name: str
    origin: str
    purpose: str


def known(near: Path) -> tuple[Known, ...]:
    """The templates for documents in the folder `near`, by name."""
    found: dict[str, Known] = {}
    for folder in _folders(near):
        for path in _files(folder):
            name = path.name.removesuffix(SUFFIX)
            if name not in found:
                found[name] = Known(name, str(path), _purpose_of(path))
    for name in bundled():
        found.setdefault(name, Known(name, _BUNDLED, purpose(source_of(name))))
    return tuple(found[name] for name in sorted(found))


def find(name: str, near: Path) -> str | Template:
    """The template `name` for documents in the folder `near`; a bundled one is given by its name.

    Raises:
        ExportError: There is none, or it is no text.
        StorageError: It cannot be read.
    """
    if os.sep not in name:
        for folder in _folders(near):
            path = folder / f"{name}{SUFFIX}"
            if path.is_file():
                return Template(name, _source(path), _shown(path), _beside(path))
    if name in bundled():
        return name
    raise unknown(name, (each.name for each in known(near)))


def source(name: str, near: Path) -> str:
    """The text of the template `name`, or of the bundled pieces that templates import.

    Raises:
        ExportError: There is none, or it is no text.
        StorageError: It cannot be read.
    """
    if is_bundled(name) and name not in bundled():
        return source_of(name)
    found = find(name, near)
    return source_of(found) if isinstance(found, str) else found.source


def copy_out(name: str, near: Path, wanted: Path | None = None, *, is_folder: bool = False) -> Path:
    """Writes the template `name` to a new file, a starting point of one's own; gives its path.

    `wanted` is a file, or a folder if it is one, or `is_folder`; by default it is the folder of the
    repository's templates. A folder is made if need be.

    Raises:
        ExportError: There is no such template.
        StorageError: There is such a file already, or it cannot be written.
    """
    text = source(name, near)
    path = wanted or _root(near) / FOLDER
    is_folder = is_folder or wanted is None or path.is_dir()
    if is_folder:
        path = path / f"{name}{SUFFIX if name in {k.name for k in known(near)} else '.j2'}"
    if os.path.lexists(path):
        raise StorageError("the file already exists", where=str(path), remedy="name another one")
    if is_folder:
        with told(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
    atomic.save(path, text.encode())
    return path


def _folders(near: Path) -> Iterator[Path]:
    start = near.resolve()
    last = _root(near)
    home = Path(os.path.expanduser("~")).resolve()
    for folder in (start, *start.parents):
        yield folder / FOLDER
        if folder in (last, home):
            break
    yield config_dir() / "templates"


def _root(near: Path) -> Path:
    """The root of the repository that `near` is in, else `near` itself."""
    start = near.resolve()
    inside = (folder for folder in (start, *start.parents) if (folder / ".git").exists())
    return next(inside, start)


def _files(folder: Path, suffix: str = SUFFIX) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    fitting = (name for name in names if name.endswith(suffix) and not name.startswith("."))
    return [folder / name for name in fitting if name.isprintable()][:_MOST_FILES]


def _source(path: Path) -> str:
    data = read(path)[0]
    if len(data) > LIMIT:
        what = f"is larger than {LIMIT >> 10} kB"
        raise ExportError(what, where=_shown(path), remedy="is it a template?")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        remedy = "save the template as UTF-8"
        raise ExportError("not UTF-8 text", where=_shown(path), remedy=remedy) from None


def _purpose_of(path: Path) -> str:
    try:
        return purpose(_source(path))
    except (ExportError, StorageError) as error:
        return f"({error.what})"


def _beside(path: Path) -> dict[str, str]:
    """The other files that the template at `path` may include, by their names."""
    sources = {}
    for other in _files(path.parent, ".j2"):
        with contextlib.suppress(ExportError, StorageError):  # one that is not included may be bad
            if other != path:
                text = _source(other)
                sources[other.name] = text
                sources[other.name.removesuffix(SUFFIX).removesuffix(".j2")] = text
    return sources


def _shown(path: Path) -> str:
    """The path relative to the present folder where it is below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
