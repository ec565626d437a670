"""An entry's bytes: every field counts, nothing runs into its neighbour, nothing impossible is hashed."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.entry import GENESIS, REGISTER_ID, addendum_of, commitment, entry_hash, header_bytes
from tests.unit.chat_archive.drafts import AT, CONVERSATION

Fields = tuple[UUID, int, UUID, str, str, datetime]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIELDS: st.SearchStrategy[Fields] = st.tuples(
    st.uuids(),
    st.integers(1, 2**63 - 1),
    st.uuids(),
    TEXT,
    TEXT,
    st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),
)


def unpacked(raw: bytes) -> Fields:
    """Read a header's bytes back by docs/archive-format.md alone: what can be read back is one thing only."""
    assert raw[0] == 1
    place, texts = 49, []
    for _ in range(2):
        size = int.from_bytes(raw[place : place + 4], "big")
        texts.append(raw[place + 4 : place + 4 + size])
        assert len(texts[-1]) == size
        place += 4 + size
    assert place == len(raw)
    return (
        UUID(bytes=raw[1:17]),
        int.from_bytes(raw[17:25], "big"),
        UUID(bytes=raw[33:49]),
        texts[0].decode(),
        texts[1].decode(),
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int.from_bytes(raw[25:33], "big")),
    )


@given(FIELDS)
def test_the_bytes_tell_every_field_so_different_fields_give_different_bytes(fields: Fields) -> None:
    assert unpacked(header_bytes(*fields)) == fields


@given(FIELDS, FIELDS)
def test_bytes_are_equal_exactly_when_the_fields_are(one: Fields, other: Fields) -> None:
    assert (header_bytes(*one) == header_bytes(*other)) == (one == other)


@given(FIELDS, st.integers(0, 5), st.data())
def test_one_other_field_gives_other_bytes(fields: Fields, index: int, data: st.DataObject) -> None:
    changed: list[Any] = list(fields)
    changed[index] = data.draw(FIELDS)[index]
    assert (header_bytes(*changed) == header_bytes(*fields)) == (changed[index] == fields[index])


@given(TEXT, TEXT, TEXT)
def test_text_that_moves_from_one_field_to_the_next_gives_other_bytes(a: str, b: str, c: str) -> None:
    def raw(author: str, kind: str) -> bytes:
        return header_bytes(CONVERSATION, 1, UUID(int=1), author, kind, AT)

    assert (raw(a + b, c) == raw(a, b + c)) == (b == "")


def test_the_same_moment_in_another_zone_is_the_same_bytes() -> None:
    there = AT.astimezone(timezone(timedelta(hours=8)))
    here = header_bytes(CONVERSATION, 1, UUID(int=1), "a", "chat", AT)
    assert header_bytes(CONVERSATION, 1, UUID(int=1), "a", "chat", there) == here


@pytest.mark.parametrize(
    ("seq", "author", "at"),
    [
        (-1, "a", AT),
        (2**64, "a", AT),
        (1, "\ud800", AT),
        (1, "a", AT.replace(tzinfo=None)),
        (1, "a", datetime(1969, 12, 31, tzinfo=UTC)),
    ],
    ids=["negative number", "number too large", "broken text", "naive time", "time before the epoch"],
)
def test_what_cannot_be_written_down_is_refused(seq: int, author: str, at: datetime) -> None:
    with pytest.raises(ValueError):  # the sentence differs by what is wrong
        header_bytes(CONVERSATION, seq, UUID(int=1), author, "chat", at)


def test_a_hash_follows_from_the_one_before_the_header_and_the_commitment() -> None:
    hashes = {
        entry_hash(previous, header, committed)
        for previous in (GENESIS, b"\x01" * 32)
        for header in (b"a", b"b")
        for committed in (b"\x02" * 32, b"\x03" * 32)
    }
    assert len(hashes) == 8
    assert entry_hash(GENESIS, b"a", b"\x02" * 32) in hashes


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_hash_a_salt_or_a_commitment_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        entry_hash(bytes(size), b"a", bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        entry_hash(bytes(32), b"a", bytes(size))
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(bytes(size), b"a")


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_commitment_fixes_the_body_and_its_salt(one: bytes, other: bytes) -> None:
    assert (commitment(bytes(32), one) == commitment(bytes(32), other)) == (one == other)
    assert commitment(bytes(32), one) != commitment(b"\x01" * 32, one)


@given(st.uuids())
def test_an_addendum_has_an_id_of_its_own_that_anybody_can_compute(conversation: UUID) -> None:
    addendum = addendum_of(conversation)
    assert addendum == addendum_of(UUID(str(conversation)))
    assert (addendum.version, addendum.variant) == (8, "specified in RFC 4122")
    assert addendum not in (conversation, addendum_of(addendum), REGISTER_ID)
