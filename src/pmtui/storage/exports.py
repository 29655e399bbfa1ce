"""Writing an export beside its document without ever overwriting what somebody else wrote."""

import hashlib
from pathlib import Path

from pmtui.errors import StorageError
from pmtui.storage import atomic
from pmtui.storage.filenames import free_name
from pmtui.storage.paths import recovery_dir


def write_beside(document_path: Path, suffix: str, data: bytes) -> Path:
    """Write `data` to the document's name with `suffix`; gives the path written.

    A file of that name is replaced only if it is what was exported there last; one that was edited
    since, or that another program made, stays, and the export goes to the next free name.

    Raises:
        StorageError: It cannot be written.
    """
    wanted = document_path.with_suffix(suffix)
    if wanted.exists() and not _is_ours(wanted) and not _holds(wanted, data):
        wanted = free_name(wanted.parent, wanted.stem, suffix)
    atomic.save(wanted, data)
    _remember(wanted, data)
    return wanted


def _record(path: Path) -> Path:
    name = hashlib.blake2b(str(path.resolve()).encode("utf-8", "surrogateescape"), digest_size=16)
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
