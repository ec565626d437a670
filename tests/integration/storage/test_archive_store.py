"""The archive's port: what holds in memory and on PostgreSQL alike, and what PostgreSQL adds."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psycopg2
import pytest

from chat_archive.append import MessageIdReused, append, link
from chat_archive.data_keys import DestroyedKey, KekUnknown, KeyDestroyed, KeyRing, open_entry
from chat_archive.entry import GENESIS, Draft, Entry, Head, SealedEntry, addendum_of
from chat_archive.memory import MemoryArchiveStore
from chat_archive.store import ArchiveStore
from chat_archive.verify import verify_conversation
from domain.errors import OwnFault
from storage.archive import PgArchiveStore
from storage.pool import Database
from tests.rows import execute, rows
from tests.unit.chat_archive.drafts import (
    AT,
    CONVERSATION,
    KEY,
    OTHER,
    RING,
    append_all,
    appended,
    chained,
    draft,
)


@pytest.fixture(params=["memory", "postgres"])
def where(request: pytest.FixtureRequest) -> str | None:
    """The address of a database, or None for the twin in memory, which does not make one for nothing."""
    return str(request.getfixturevalue("dsn")) if request.param == "postgres" else None


async def opened(store: ArchiveStore, conversation: UUID = CONVERSATION) -> list[Entry]:
    """Return a conversation's entries as they are read."""
    kept = (await store.keys([conversation])).get(conversation)
    entries = await store.read(conversation, 0, 1000)
    return [open_entry(entry, RING.try_unwrap(kept, conversation)) for entry in entries]


async def intact(store: ArchiveStore, conversation: UUID = CONVERSATION) -> bool:
    key = RING.try_unwrap((await store.keys([conversation])).get(conversation), conversation)
    entries = await store.read(conversation, 0, 1000)
    return verify_conversation(entries, await store.head(conversation), key).intact


def first_after(head: Head, one: Draft) -> SealedEntry:
    return link(head, one, KEY, os.urandom)[1]


@pytest.fixture
async def store(where: str | None) -> AsyncIterator[ArchiveStore]:
    if where is None:
        yield MemoryArchiveStore()
        return
    database = await Database.connect(where, size=1)
    async with database.transaction() as tx:
        yield PgArchiveStore(tx)
    await database.close()


async def test_a_new_conversation_begins_before_its_first_entry(store: ArchiveStore) -> None:
    assert await store.head(CONVERSATION) is None
    assert await store.lock_heads([CONVERSATION]) == {CONVERSATION: Head(CONVERSATION, 0, GENESIS)}
    assert await store.head(CONVERSATION) == Head(CONVERSATION, 0, GENESIS)
    assert await store.read(CONVERSATION, 0, 10) == []


async def test_what_is_appended_is_read_back_exactly(store: ArchiveStore) -> None:
    drafts = [draft(1, '{"text":"您好 👩‍⚕️"}'.encode()), draft(2, bytes(range(256))), draft(3, b"")]
    drafts[1] = replace(drafts[1], kind="media", author="system", recorded_at=AT + timedelta(microseconds=1))
    entries = [appended(outcome).entry for outcome in await append_all(store, drafts)]
    assert await opened(store) == entries
    assert await store.head(CONVERSATION) == Head(CONVERSATION, 3, entries[2].entry_hash)
    assert await intact(store)


async def test_later_appends_go_on_from_the_head(store: ArchiveStore) -> None:
    for number in range(1, 4):
        (outcome,) = await append_all(store, [draft(number)])
        assert appended(outcome).entry.seq == number
    assert [entry.body for entry in await opened(store)] == [draft(number).body for number in range(1, 4)]
    assert await intact(store)


async def test_conversations_do_not_mix(store: ArchiveStore) -> None:
    outcomes = await append_all(store, [draft(1), draft(1, conversation=OTHER), draft(2)])
    assert [appended(outcome).entry.seq for outcome in outcomes] == [1, 1, 2]
    assert [entry.seq for entry in await store.read(CONVERSATION, 0, 10)] == [1, 2]
    assert [entry.seq for entry in await store.read(OTHER, 0, 10)] == [1]


async def test_a_resend_is_the_entry_that_is_kept(store: ArchiveStore) -> None:
    (first,) = await append_all(store, [draft(1)])
    later = replace(draft(1), recorded_at=AT + timedelta(hours=1))
    again, new = await append_all(store, [later, draft(2)])
    assert appended(again).entry == appended(first).entry
    assert (appended(again).new, appended(new).new) == (False, True)
    assert appended(new).entry.seq == 2


@pytest.mark.parametrize(
    "other", [replace(draft(1), body=b"other"), replace(draft(1), kind="media")], ids=["body", "kind"]
)
async def test_an_id_used_again_for_something_else_is_said_so(store: ArchiveStore, other: Draft) -> None:
    await append_all(store, [draft(1)])
    reused, new = await append_all(store, [other, draft(2)])
    assert isinstance(reused, MessageIdReused)
    assert reused.seq == 1
    assert str(CONVERSATION) in str(reused)
    assert appended(new).entry.seq == 2


async def test_entries_are_found_by_their_keys_each_once(store: ArchiveStore) -> None:
    await append_all(store, [draft(1), draft(2), draft(1, conversation=OTHER)])
    one = (CONVERSATION, draft(1).author, UUID(int=1))
    found = await store.find([one, one, (CONVERSATION, "someone else", UUID(int=2)), (OTHER, one[1], one[2])])
    assert sorted((entry.conversation_id, entry.seq) for entry in found) == [(CONVERSATION, 1), (OTHER, 1)]


async def test_reading_takes_a_place_a_limit_and_kinds(store: ArchiveStore) -> None:
    drafts = [replace(draft(number), kind="chat" if number % 2 else "media") for number in range(1, 7)]
    await append_all(store, drafts)

    async def seqs(after: int, limit: int, kinds: list[str] | None = None) -> list[int]:
        return [entry.seq for entry in await store.read(CONVERSATION, after, limit, kinds)]

    assert await seqs(0, 2) == [1, 2]
    assert await seqs(4, 10) == [5, 6]
    assert await seqs(6, 10) == []
    assert await seqs(1, 2, ["chat"]) == [3, 5]
    assert await seqs(0, 10, []) == []


async def test_a_head_that_is_elsewhere_refuses(store: ArchiveStore) -> None:
    await append_all(store, [draft(1)])
    before = await store.head(CONVERSATION)
    beyond = first_after(Head(CONVERSATION, 5, GENESIS), draft(3))
    with pytest.raises(OwnFault):
        await store.insert([beyond], [Head(CONVERSATION, 6, beyond.entry_hash)])
    assert await store.head(CONVERSATION) == before


async def test_a_conversations_first_entry_makes_its_key_and_later_ones_use_it(store: ArchiveStore) -> None:
    assert await store.keys([CONVERSATION, OTHER]) == {}
    await append_all(store, [draft(1)])
    made = await store.keys([CONVERSATION, OTHER])
    assert made.keys() == {CONVERSATION}
    await append_all(store, [draft(2), draft(1, conversation=OTHER)])
    both = await store.keys([CONVERSATION, OTHER])
    assert both[CONVERSATION] == made[CONVERSATION]
    assert both[OTHER] != made[CONVERSATION]


async def test_an_addendum_has_the_key_of_what_it_belongs_to(store: ArchiveStore) -> None:
    await append_all(store, [draft(1)])
    addendum = addendum_of(CONVERSATION)
    one = draft(2, conversation=addendum)
    await append(store, RING, [one], AT, os.urandom, {addendum: CONVERSATION})
    kept = await store.keys([addendum, CONVERSATION])
    assert kept[addendum] == kept[CONVERSATION]
    assert await intact(store, addendum)
    assert [entry.body for entry in await opened(store, addendum)] == [one.body]


async def test_a_ring_without_the_key_appends_nothing(store: ArchiveStore) -> None:
    await append_all(store, [draft(1)])
    with pytest.raises(KekUnknown, match="'first'"):
        await append(store, KeyRing({"x": bytes(32)}, "x"), [draft(2)], AT, os.urandom)
    assert len(await store.read(CONVERSATION, 0, 10)) == 1


async def test_heads_and_entries_of_different_conversations_are_a_mistake(store: ArchiveStore) -> None:
    entry = first_after(Head(CONVERSATION, 0, GENESIS), draft(1))
    with pytest.raises(ValueError, match="same conversations"):
        await store.insert([entry], [Head(OTHER, 1, entry.entry_hash)])


# --- what PostgreSQL adds ----------------------------------------------------------------------------------


async def keep(database: Database, count: int) -> list[Entry]:
    async with database.transaction() as tx:
        outcomes = await append_all(PgArchiveStore(tx), [draft(number) for number in range(1, count + 1)])
    return [appended(outcome).entry for outcome in outcomes]


async def test_a_head_that_is_ahead_refuses_and_keeps_nothing(database: Database, dsn: str) -> None:
    entry = first_after(Head(CONVERSATION, 5, GENESIS), draft(1))
    with pytest.raises(OwnFault, match="1 of 1 heads"):
        async with database.transaction() as tx:
            store = PgArchiveStore(tx)
            await store.lock_heads([CONVERSATION])
            await store.insert([entry], [Head(CONVERSATION, 6, entry.entry_hash)])
    assert rows(dsn, "select count(*) from archive_entry") == [(0,)]


async def test_a_head_that_does_not_exist_refuses_and_keeps_nothing(database: Database, dsn: str) -> None:
    entries, head = chained(1)
    with pytest.raises(OwnFault):
        async with database.transaction() as tx:
            await PgArchiveStore(tx).insert(entries, [head])
    assert rows(dsn, "select count(*) from archive_entry") == [(0,)]


@pytest.mark.parametrize(
    "command",
    [
        "update archive_entry set sealed = 'x'",
        "update archive_entry set sealed = sealed where false",
        "delete from archive_entry",
        "delete from archive_entry where false",
        "truncate archive_entry cascade",
        "insert into archive_entry select * from archive_entry where seq = 1 "
        "on conflict (conversation_id, seq) do update set sealed = 'x'",
        "delete from archive_head",
        "truncate archive_head cascade",
        "delete from archive_key",
        "truncate archive_key cascade",
    ],
)
async def test_the_database_refuses_to_change_what_is_kept(
    database: Database, dsn: str, command: str
) -> None:
    entries = await keep(database, 2)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="insert-only"):
        execute(dsn, command)
    async with database.transaction() as tx:
        assert await opened(PgArchiveStore(tx)) == entries


async def test_the_database_refuses_a_number_twice_and_a_message_id_twice(
    database: Database, dsn: str
) -> None:
    await keep(database, 1)
    for seq, message_id in ((1, 9), (2, 1)):
        with pytest.raises(psycopg2.IntegrityError):
            execute(
                dsn,
                "insert into archive_entry select conversation_id, %s, %s, author, kind, recorded_at, sealed,"
                " commitment, entry_hash from archive_entry",
                seq,
                str(UUID(int=message_id)),
            )


async def test_fifty_appends_at_once_get_numbers_without_gaps_and_one_key(
    database: Database, dsn: str
) -> None:
    async def one(number: int) -> int:
        async with database.transaction() as tx:
            (outcome,) = await append_all(PgArchiveStore(tx), [draft(number)])
        return appended(outcome).entry.seq

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number)) for number in range(1, 51)]
    assert sorted(task.result() for task in tasks) == list(range(1, 51))
    async with database.transaction() as tx:
        assert await intact(PgArchiveStore(tx))
    assert rows(dsn, "select count(*) from archive_key") == [(1,)]


async def test_the_same_message_sent_twice_at_once_is_kept_once(database: Database, dsn: str) -> None:
    async def send() -> bool:
        async with database.transaction() as tx:
            (outcome,) = await append_all(PgArchiveStore(tx), [draft(1)])
        return appended(outcome).new

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(send()) for _ in range(8)]
    assert sorted(task.result() for task in tasks) == [False] * 7 + [True]
    assert rows(dsn, "select count(*) from archive_entry") == [(1,)]


async def test_new_conversations_that_cross_do_not_wait_in_a_circle(database: Database) -> None:
    conversations = [UUID(int=number) for number in range(1, 7)]

    async def send(turn: int) -> None:
        order = conversations if turn % 2 else conversations[::-1]
        async with database.transaction() as tx:
            await append_all(
                PgArchiveStore(tx), [draft(turn + 1, conversation=item) for item in order[turn % 3 :]]
            )

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        for turn in range(16):
            group.create_task(send(turn))
    async with database.transaction() as tx:
        store = PgArchiveStore(tx)
        for item in conversations:
            assert await intact(store, item)


@pytest.mark.parametrize("time", ["infinity", "-infinity", "0044-03-15 BC", "20000-01-01"])
async def test_a_time_that_no_program_can_hold_is_read_and_gives_itself_away(
    database: Database, dsn: str, time: str
) -> None:
    entries = await keep(database, 3)
    execute(
        dsn,
        "set session_replication_role = replica; update archive_entry set recorded_at = %s where seq = 2",
        time,
    )
    async with database.transaction() as tx:
        store = PgArchiveStore(tx)
        verdict = verify_conversation(await store.read(CONVERSATION, 0, 10), await store.head(CONVERSATION))
        assert [finding.seq for finding in verdict.findings] == [2]
        # A resend of the damaged entry cannot be recognised, and does not fail the batch that it is in.
        again, new = await append_all(store, [draft(2), draft(4)])
        assert isinstance(again, MessageIdReused)
        assert appended(new).entry.seq == 4
    assert entries[1].seq == 2


async def test_nothing_is_appended_once_the_key_is_destroyed(database: Database, dsn: str) -> None:
    entries = await keep(database, 2)
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_key set wrapped = null, destroyed_at = created_at",
    )
    with pytest.raises(KeyDestroyed, match=str(CONVERSATION)):
        await keep(database, 3)
    async with database.transaction() as tx:
        store = PgArchiveStore(tx)
        assert await store.keys([CONVERSATION]) == {CONVERSATION: DestroyedKey(CONVERSATION, AT)}
        read = await opened(store)
        assert [entry.entry_hash for entry in read] == [entry.entry_hash for entry in entries]
        assert all(entry.destroyed for entry in read)


@pytest.mark.parametrize(
    "change",
    [
        "wrapped = null",
        "destroyed_at = created_at",
        "wrapped = 'short'",
        "kek = ''",
        "wrapped = null, kek = 'x'",
    ],
)
async def test_a_key_is_whole_or_destroyed_and_said_so(database: Database, dsn: str, change: str) -> None:
    await keep(database, 1)
    with pytest.raises(psycopg2.errors.CheckViolation):
        execute(dsn, f"set session_replication_role = replica; update archive_key set {change}")  # noqa: S608
