"""Chaining: numbers without gaps, each entry linked to the one before, resends recognised."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chat_archive.append import MessageIdReused, append, chain
from chat_archive.entry import GENESIS, Draft, Entry, Head
from chat_archive.memory import MemoryArchiveStore
from chat_archive.verify import verify_conversation
from tests.unit.chat_archive.drafts import CONVERSATION, OTHER, appended, draft

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
        outcomes = await append(store, batch)
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
        assert entries == sorted(mine, key=lambda entry: entry.seq)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        assert verify_conversation(entries, await store.head(conversation)).intact


def test_only_heads_that_moved_are_returned_in_the_order_of_ids() -> None:
    heads = {item: Head(item, 0, GENESIS) for item in (OTHER, CONVERSATION, UUID(int=9))}
    chained = chain(heads, [], [draft(1, conversation=OTHER), draft(1), draft(2, conversation=OTHER)])
    assert [(head.conversation_id, head.size) for head in chained.heads] == [(CONVERSATION, 1), (OTHER, 2)]
    assert chained.heads[1].last_hash == chained.fresh[2].entry_hash
    assert heads[OTHER].size == 0


def test_resends_alone_move_nothing() -> None:
    first = chain({CONVERSATION: Head(CONVERSATION, 0, GENESIS)}, [], [draft(1)])
    again = chain({CONVERSATION: first.heads[0]}, first.fresh, [draft(1)])
    assert (again.fresh, again.heads) == ([], [])
    assert appended(again.outcomes[0]).entry == first.fresh[0]


async def test_no_drafts_ask_nothing_of_the_store() -> None:
    assert await append(MemoryArchiveStore(), []) == []
