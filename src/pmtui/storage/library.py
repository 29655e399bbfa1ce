"""The postmortems of a folder, as a list to choose from."""

from datetime import UTC, datetime
from pathlib import Path

from pmtui.core.document import Postmortem, Task
from pmtui.core.lazy_dataclass import dataclass
from pmtui.core.order import instant
from pmtui.core.timing import origin
from pmtui.errors import FormatError, NewerSchema, NotPostmortem, StorageError
from pmtui.formats import toml
from pmtui.storage.atomic import is_writable
from pmtui.storage.reading import read
from pmtui.storage.refusals import told


@dataclass(frozen=True)
class Item:
    """What a list shows of one file. `started` is the incident's beginning where it is known.

    `modified` is when the file was last written, in UTC. `error` says why a broken one cannot be
    opened, `read_only` why one can only be looked at; both are empty otherwise. `unsaved` says that
    something can be brought back into it.
    """

    path: Path
    modified: datetime
    title: str = ""
    reference: str = ""
    severity: str = ""
    status: str = ""
    timezone: str = ""
    undated: bool = False
    started: datetime | None = None
    timeline: int = 0
    open_tasks: tuple[Task, ...] = ()
    tasks: int = 0
    error: str = ""
    read_only: str = ""
    unsaved: bool = False

    @property
    def newness(self) -> datetime:
        """The moment to sort by: when the incident began, or when the file was written."""
        if self.started is None or self.undated:
            return self.modified
        return instant(self.started, self.timezone)


def list_postmortems(folder: Path) -> tuple[Item, ...]:
    """The postmortems among the `*.toml` files of `folder`, not below it, newest first.

    Other TOML is left out. One that cannot be read is listed with its error.

    Raises:
        StorageError: The folder cannot be listed.
    """
    with told(folder):
        paths = sorted(
            path
            for path in folder.iterdir()
            if path.suffix == ".toml" and not path.name.startswith(".") and path.is_file()
        )
    items = (item for path in paths if (item := _item(path)) is not None)
    return tuple(sorted(items, key=lambda item: item.newness, reverse=True))


def _item(path: Path) -> Item | None:
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        modified = datetime.fromtimestamp(0, UTC)
    try:
        content, state = read(path)
        reason = "" if is_writable(path, state) else "it may be read, not written"
        try:
            document = toml.read(content, str(path))
        except NewerSchema:
            document = toml.read_newer(content, str(path))
            reason = "written by a newer version of pmtui"
        return _head(path, modified, document, reason)
    except NotPostmortem:
        return None
    except (FormatError, StorageError) as error:
        return Item(path, modified, error=str(error))


def _head(path: Path, modified: datetime, document: Postmortem, read_only: str) -> Item:
    began = origin(document)
    return Item(
        path,
        modified,
        title=document.title,
        reference=document.reference,
        severity=document.severity,
        status=document.status,
        timezone=document.timezone,
        undated=document.undated,
        started=began.at if began else None,
        timeline=len(document.timeline),
        open_tasks=tuple(task for task in document.tasks if task.state == "open"),
        tasks=len(document.tasks),
        read_only=read_only,
    )
