"""Records one after the other in a file that a crash may cut off at any byte.

Each is a line `checksum length payload`, the payload JSON in ASCII, so that what was torn or
damaged is known, and reading ends before it.
"""

import json
from collections.abc import Iterator
from typing import Any
from zlib import crc32

_HEAD = 18
"""Bytes before the payload: eight hexadecimal digits twice, a blank after each."""


def framed(record: Any) -> bytes:
    """`record` as bytes to append."""
    payload = json.dumps(record, separators=(",", ":")).encode()
    return b"%08x %08x %s\n" % (crc32(payload), len(payload), payload)


def unframed(data: bytes) -> Iterator[Any]:
    """The records in `data`, up to the first that is not whole."""
    at = 0
    while len(head := data[at : at + _HEAD]) == _HEAD:
        try:
            checksum, length = int(head[:8], 16), int(head[9:17], 16)
        except ValueError:
            return
        end = at + _HEAD + length
        payload = data[at + _HEAD : end]
        if data[end : end + 1] != b"\n" or crc32(payload) != checksum:
            return
        try:
            yield json.loads(payload)
        except ValueError:
            return
        at = end + 1
