"""Records come back as they went in, and a torn or damaged end only ends the reading."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmtui.formats.records import framed, unframed

RECORDS = st.lists(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)


@given(RECORDS, st.data())
def test_what_is_cut_off_anywhere_gives_the_whole_records_before_it(
    records: list[Any], data: st.DataObject
) -> None:
    frames = [framed(record) for record in records]
    whole = b"".join(frames)
    assert list(unframed(whole)) == records
    cut = data.draw(st.integers(0, len(whole)))
    fitting = 0
    while fitting < len(frames) and len(b"".join(frames[: fitting + 1])) <= cut:
        fitting += 1
    assert list(unframed(whole[:cut])) == records[:fitting]


@given(RECORDS.filter(bool), st.data())
def test_a_changed_byte_ends_the_reading_before_it(records: list[Any], data: st.DataObject) -> None:
    frames = [framed(record) for record in records]
    whole = bytearray(b"".join(frames))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.sampled_from((1, 2, 4, 8, 16, 64, 128)))
    read = list(unframed(bytes(whole)))
    assert read == records[: len(read)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    list(unframed(data))
