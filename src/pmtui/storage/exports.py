"""Making an export as it was wished for, and writing it without overwriting what is not ours."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmtui.core.digests import blake2b
from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import ExportError, StorageError
from pmtui.formats import by_name
from pmtui.storage import atomic
from pmtui.storage.filenames import numbered
from pmtui.storage.paths import recovery_dir

if TYPE_CHECKING:
    from pmtui.core.document import Postmortem
    from pmtui.core.timing import Pair


@dataclass(frozen=True, slots=True)
class Wish:
    """What an export should be: a format, and what of a template, zones and a diagram it takes.

    `pairs` are the person's own durations, `template_from` is the file that names the template if
    nobody chose it for this export.
    """

    format: str = "markdown"
    template: str = ""
    timezones: tuple[str, ...] = ()
    diagram: bool = False
    pairs: tuple["Pair", ...] = ()
    template_from: str = ""


def make(document: "Postmortem", wish: Wish, near: Path) -> bytes:
    """`document` as `wish` has it, by the templates for the folder `near`.

    A template and durations are left aside by a format that has none: they may be those of the
    settings.

    Raises:
        FormatError: There is no such format.
        ExportError: There is no such template or zone, or the document cannot be written like that.
        StorageError: The template cannot be read.
    """
    known = by_name(wish.format)
    options: dict[str, Any] = {}
    if "template" in known.options and wish.template:
        from pmtui.storage.templates import find

        try:
            options["template"] = find(wish.template, near)
        except ExportError as error:
            if error.where or not wish.template_from:
                raise
            raise ExportError(
                error.what,
                where=wish.template_from,
                remedy=f"correct `template` there: {error.remedy}",
            ) from None
    if wish.timezones:
        options["timezones"] = wish.timezones
    if wish.diagram:
        options["diagram"] = True
    if "pairs" in known.options and wish.pairs:
        options["pairs"] = wish.pairs
    return known.write(document, **options)


def place_beside(document_path: Path, suffix: str, data: bytes) -> Path:
    """Where `data` goes beside the document: its name with `suffix`, else `NAME-2`, `NAME-3`...

    A file of such a name is replaced only if it is what was exported there last; one that was
    edited since, or that another program made, stays, and the next name is looked at.
    """
    wanted = document_path.with_suffix(suffix)
    return next(
        path
        for path in numbered(wanted.parent, wanted.stem, suffix)
        if not path.exists() or _is_ours(path) or _holds(path, data)
    )


def write_beside(document_path: Path, suffix: str, data: bytes) -> Path:
    """Write `data` to its place beside the document; gives the path written.

    Raises:
        StorageError: It cannot be written.
    """
    place = place_beside(document_path, suffix, data)
    atomic.save(place, data)
    _remember(place, data)
    return place


def _record(path: Path) -> Path:
    name = blake2b(str(path.resolve()).encode("utf-8", "surrogateescape"), digest_size=16)
    return recovery_dir() / f"export-{name.hexdigest()}"


def _is_ours(path: Path) -> bool:
    try:
        return _record(path).read_bytes() == atomic.fingerprint(path.read_bytes())
    except (OSError, StorageError):
        return False


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _remember(path: Path, data: bytes) -> None:
    try:
        atomic.save(_record(path), atomic.fingerprint(data))
    except (OSError, StorageError):
        # Forgetting is harmless: the next export takes a free name.
        return
