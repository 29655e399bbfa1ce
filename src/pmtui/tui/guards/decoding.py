"""The characters of a terminal's bytes: UTF-8, and where it is none, Windows-1252."""

import codecs

_HANDLER = "pmtui-windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_HANDLER, _as_windows)


def new_decoder() -> codecs.IncrementalDecoder:
    """A decoder that never fails.

    Bytes that are no UTF-8 come from a clipboard in Latin-1 or its superset Windows-1252; the five
    that mean nothing there become U+FFFD.
    """
    return codecs.getincrementaldecoder("utf-8")(_HANDLER)
