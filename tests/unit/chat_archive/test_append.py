"""Chaining: numbers without gaps, each entry sealed and linked to the one before, resends recognised."""

import os
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.append import MessageIdReused, append, chain, link
from chat_archive.data_keys import BodyDamaged, DataKey, open_entry
from chat_archive.entry import GENESIS, Draft, Entry, Head, addendum_of
from chat_archive.memory import MemoryArchiveStore
from chat_archive.verify import verify_conversation
from tests.unit.chat_archive.drafts import (
    AT,
    CONVERSATION,
    KEY,
    KEYS,
    OTHER,
    RING,
    append_all,
    appended,
    draft,
)

DRAFTS = st.lists(
    st.builds(
        draft,
        st.integers(1, 12),
        st.sampled_from([b"a", b"b"]),
        conversation=st.sampled_from([CONVERSATION, OTHER]),
    ),
    max_size=30,
)


@given(st.lists(DRAFTS, max_size=6))
async def test_however_drafts_come_in_batches_the_chain_is_sound_and_nothing_is_kept_twice(
    batches: list[list[Draft]],
) -> None:
    store = MemoryArchiveStore()
    kept: dict[tuple[UUID, UUID], Entry] = {}
    for batch in batches:
        outcomes = await append_all(store, batch)
        assert len(outcomes) == len(batch)
        for wanted, outcome in zip(batch, outcomes, strict=True):
            earlier = kept.get((wanted.conversation_id, wanted.message_id))
            if isinstance(outcome, MessageIdReused):
                assert earlier is not None
                assert earlier.body != wanted.body
            elif outcome.new:
                assert earlier is None
                kept[wanted.conversation_id, wanted.message_id] = outcome.entry
            else:
                assert outcome.entry == earlier
                assert outcome.entry.body == wanted.body
    for conversation in (CONVERSATION, OTHER):
        entries = await store.read(conversation, 0, 1000)
        mine = [entry for entry in kept.values() if entry.conversation_id == conversation]
        if not mine:
            assert entries == []
            continue
        data_key = RING.unwrap((await store.keys([conversation]))[conversation])  # type: ignore[arg-type]
        opened = [open_entry(entry, data_key) for entry in entries]
        assert opened == sorted(mine, key=lambda entry: entry.seq)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        verdict = verify_conversation(entries, await store.head(conversation), data_key)
        assert (verdict.intact, verdict.bodies) == (True, len(entries))


def test_only_heads_that_moved_are_returned_in_the_order_of_ids() -> None:
    heads = {item: Head(item, 0, GENESIS) for item in (OTHER, CONVERSATION, UUID(int=9))}
    drafts = [draft(1, conversation=OTHER), draft(1), draft(2, conversation=OTHER)]
    chained = chain(heads, KEYS, [], drafts, os.urandom)
    assert [(head.conversation_id, head.size) for head in chained.heads] == [(CONVERSATION, 1), (OTHER, 2)]
    assert chained.heads[1].last_hash == chained.fresh[2].entry_hash
    assert heads[OTHER].size == 0


def test_resends_alone_move_nothing() -> None:
    first = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, KEYS, [], [draft(1)], os.urandom)
    again = chain({CONVERSATION: first.heads[0]}, KEYS, first.fresh, [draft(1)], os.urandom)
    assert (again.fresh, again.heads) == ([], [])
    assert appended(again.outcomes[0]).entry == appended(first.outcomes[0]).entry


class _Blind(DataKey):
    """A key that seals and commits, and opens nothing."""

    __slots__ = ()

    def open(self, header: bytes, sealed: bytes) -> bytes:
        raise AssertionError("a resend is recognised without reading what is kept")


def test_a_resend_is_recognised_without_decrypting() -> None:
    blind = {CONVERSATION: _Blind(CONVERSATION, KEY.secret)}
    first = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, blind, [], [draft(1)], os.urandom)
    later = replace(draft(1), recorded_at=AT + timedelta(days=1))
    other = replace(draft(1), body=b"other")
    again = chain({CONVERSATION: first.heads[0]}, blind, first.fresh, [later, other], os.urandom)
    assert appended(again.outcomes[0]).entry == appended(first.outcomes[0]).entry
    assert isinstance(again.outcomes[1], MessageIdReused)
    assert again.fresh == []


def test_a_resend_in_the_same_batch_is_the_entry_itself() -> None:
    made = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, KEYS, [], [draft(1), draft(1)], os.urandom)
    first, again = map(appended, made.outcomes)
    assert (again.entry, again.new, len(made.fresh)) == (first.entry, False, 1)


def test_a_damaged_time_of_what_is_kept_stops_nobody() -> None:
    first = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, KEYS, [], [draft(1)], os.urandom)
    damaged = first.fresh[0]._replace(recorded_at=AT.replace(year=1))
    again = chain({CONVERSATION: first.heads[0]}, KEYS, [damaged], [draft(1), draft(2)], os.urandom)
    assert isinstance(again.outcomes[0], MessageIdReused)
    assert appended(again.outcomes[1]).new


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=40))
def test_no_nonce_of_a_key_is_used_twice_and_each_is_fresh_randomness(bodies: list[bytes]) -> None:
    given_out: list[bytes] = []

    def random(size: int) -> bytes:
        given_out.append(os.urandom(size))
        return given_out[-1]

    drafts = [draft(number, body) for number, body in enumerate(bodies, 1)]
    made = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, KEYS, [], drafts, random)
    nonces = [entry.sealed[:12] for entry in made.fresh]
    assert nonces == given_out
    assert len(set(nonces)) == len(bodies)
    assert {len(nonce) for nonce in nonces} == {12}


async def test_an_addendum_is_sealed_with_the_key_of_what_it_belongs_to() -> None:
    store = MemoryArchiveStore()
    await append_all(store, [draft(1)])
    addendum = addendum_of(CONVERSATION)
    later = draft(2, conversation=addendum)
    (outcome,) = await append(store, RING, [later], AT, os.urandom, {addendum: CONVERSATION})
    assert appended(outcome).entry.seq == 1
    kept = await store.keys([CONVERSATION, addendum])
    assert kept[addendum] == kept[CONVERSATION]
    data_key = RING.unwrap(kept[addendum])  # type: ignore[arg-type]
    assert verify_conversation(await store.read(addendum, 0, 9), await store.head(addendum), data_key).intact
    # The same words in both are not the same bytes, nor may one stand for the other.
    (first,), (second,) = await store.read(CONVERSATION, 0, 9), await store.read(addendum, 0, 9)
    with pytest.raises(BodyDamaged):
        data_key.open(first.header(), second.sealed)


def test_an_entry_does_not_go_into_another_conversation() -> None:
    with pytest.raises(ValueError, match="another conversation"):
        link(Head(OTHER, 0, GENESIS), draft(1), KEY, os.urandom)


async def test_no_drafts_ask_nothing_of_the_store() -> None:
    assert await append_all(MemoryArchiveStore(), []) == []
