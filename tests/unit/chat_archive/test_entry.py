"""An entry's bytes: every field counts, nothing runs into its neighbour, nothing impossible is hashed."""

from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.entry import GENESIS, Draft, Head, canonical_bytes, entry_hash, link
from tests.unit.chat_archive.drafts import AT, CONVERSATION, OTHER, draft

Fields = tuple[UUID, int, UUID, str, str, datetime, bytes]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIELDS: st.SearchStrategy[Fields] = st.tuples(
    st.uuids(),
    st.integers(1, 2**63 - 1),
    st.uuids(),
    TEXT,
    TEXT,
    st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),
    st.binary(max_size=40),
)


def unpacked(raw: bytes) -> Fields:
    """Read canonical bytes back by docs/archive-format.md alone: what can be read back is one thing only."""
    assert raw[0] == 1
    place, texts = 49, []
    for _ in range(3):
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
        texts[2],
    )


@given(FIELDS)
def test_the_bytes_tell_every_field_so_different_fields_give_different_bytes(fields: Fields) -> None:
    assert unpacked(canonical_bytes(*fields)) == fields


@given(FIELDS, FIELDS)
def test_bytes_are_equal_exactly_when_the_fields_are(one: Fields, other: Fields) -> None:
    assert (canonical_bytes(*one) == canonical_bytes(*other)) == (one == other)


@given(FIELDS, st.integers(0, 6), st.data())
def test_one_other_field_gives_other_bytes(fields: Fields, index: int, data: st.DataObject) -> None:
    changed: list[Any] = list(fields)
    changed[index] = data.draw(FIELDS)[index]
    assert (canonical_bytes(*changed) == canonical_bytes(*fields)) == (changed[index] == fields[index])


@given(TEXT, TEXT, TEXT)
def test_text_that_moves_from_one_field_to_the_next_gives_other_bytes(a: str, b: str, c: str) -> None:
    def raw(author: str, kind: str) -> bytes:
        return canonical_bytes(CONVERSATION, 1, UUID(int=1), author, kind, AT, b"")

    assert (raw(a + b, c) == raw(a, b + c)) == (b == "")


def test_the_same_moment_in_another_zone_is_the_same_bytes() -> None:
    there = AT.astimezone(timezone(timedelta(hours=8)))
    here = canonical_bytes(CONVERSATION, 1, UUID(int=1), "a", "chat", AT, b"")
    assert canonical_bytes(CONVERSATION, 1, UUID(int=1), "a", "chat", there, b"") == here


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
        canonical_bytes(CONVERSATION, seq, UUID(int=1), author, "chat", at, b"")


def test_a_hash_follows_from_the_one_before_and_the_content() -> None:
    assert entry_hash(GENESIS, b"a") == entry_hash(GENESIS, b"a")
    assert entry_hash(GENESIS, b"a") != entry_hash(GENESIS, b"b")
    assert entry_hash(b"\x01" * 32, b"a") != entry_hash(GENESIS, b"a")


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_hash_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        entry_hash(bytes(size), b"a")


def test_an_entry_takes_over_its_draft_and_comes_after_the_head() -> None:
    first = draft(7)
    entry = link(Head(CONVERSATION, 41, GENESIS), first)
    assert entry.seq == 42
    assert (
        Draft(
            entry.conversation_id, entry.message_id, entry.author, entry.kind, entry.recorded_at, entry.body
        )
        == first
    )
    conversation, seq, message_id, author, kind, at, body, kept_hash = astuple(entry)
    canonical = canonical_bytes(conversation, seq, message_id, author, kind, at, body)
    assert kept_hash == entry_hash(GENESIS, canonical)


def test_an_entry_does_not_go_into_another_conversation() -> None:
    with pytest.raises(ValueError, match="another conversation"):
        link(Head(OTHER, 0, GENESIS), draft(1))
    assert link(Head(OTHER, 0, GENESIS), replace(draft(1), conversation_id=OTHER)).seq == 1
