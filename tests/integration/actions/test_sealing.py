"""Sealing against a real PostgreSQL: every entry gets one leaf, whoever commits late, whoever seals too."""

import asyncio
import os
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogDiffers, SealingRefused, begin_log
from actions.sealing import Looked, seal
from chat_archive.append import append
from chat_archive.checkpoint import open_checkpoint
from chat_archive.data_keys import KeyRing
from chat_archive.merkle import EMPTY_ROOT, leaf_hash, root_of
from chat_archive.note import VerifierKey
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from storage import sealing
from storage.archive import PgArchiveStore
from storage.pool import Database
from tests.conftest import Clock
from tests.logs import ORIGIN, begin, drafts, make_key, say, seal_all
from tests.rows import blocked, execute, rows
from tests.waiting import until


def leaves(dsn: str) -> list[tuple[Any, ...]]:
    """Return (index, conversation, seq) of every leaf."""
    return rows(dsn, "select index, conversation_id::text, seq from archive_leaf order by index")


def tree_root(dsn: str, size: int) -> bytes:
    """The root over the entries in the order of their leaves, computed without any stored tile."""
    found = rows(
        dsn,
        "select e.entry_hash from archive_leaf l join archive_entry e using (conversation_id, seq) "
        "where l.index < %s order by l.index",
        size,
    )
    return root_of([leaf_hash(bytes(row[0])) for row in found])


def assert_sound(dsn: str, entries: int) -> None:
    """Every entry has one leaf, in its conversation's order, and every checkpoint is of this tree."""
    found = leaves(dsn)
    assert [row[0] for row in found] == list(range(entries))
    last: dict[str, int] = {}
    for _, conversation, seq in found:
        assert seq == last.get(conversation, 0) + 1
        last[conversation] = seq
    key = VerifierKey.parse(make_key().log_key(ORIGIN))
    checkpoints = rows(dsn, "select size, root, note from archive_checkpoint order by size")
    for size, root, note in checkpoints:
        opened = open_checkpoint(note, [key]).checkpoint
        assert (opened.size, opened.root) == (size, bytes(root))
        assert bytes(root) == tree_root(dsn, size)
    assert checkpoints[-1][0] == entries
    assert rows(dsn, "select size, root from archive_tree") == [checkpoints[-1][:2]]


async def test_a_log_begins_with_the_signed_empty_tree(work: UnitOfWork, dsn: str) -> None:
    await begin(work)
    await begin(work)
    assert rows(dsn, "select number, origin, first_size from archive_epoch") == [(1, ORIGIN, 0)]
    assert_sound(dsn, 0)
    assert [bytes(row[0]) for row in rows(dsn, "select root from archive_tree")] == [EMPTY_ROOT]


async def test_entries_get_leaves_tiles_and_a_checkpoint(work: UnitOfWork, dsn: str) -> None:
    key = await begin(work)
    conversations = [uuid4() for _ in range(3)]
    await say(work, conversations, 100)
    assert await seal_all(work, key) == 300
    assert_sound(dsn, 300)
    assert rows(dsn, "select level, n from archive_tile order by level, n") == [(0, 0)]


@pytest.mark.parametrize("limit", [1, 7, 256, 257])
async def test_whatever_fits_in_a_pass_the_tree_is_the_same(work: UnitOfWork, dsn: str, limit: int) -> None:
    key = await begin(work)
    await say(work, [uuid4(), uuid4()], 20 if limit < 256 else 300)
    await seal_all(work, key, limit=limit)
    assert_sound(dsn, 40 if limit < 256 else 600)


async def test_passes_go_on_where_others_ended(work: UnitOfWork, dsn: str) -> None:
    key, looked = await begin(work), Looked()
    conversation = uuid4()
    for count in (1, 0, 255, 1, 300):
        await say(work, [conversation], count) if count else None
        await seal_all(work, key, looked)
    assert_sound(dsn, 557)
    assert looked.size == 557


async def test_nothing_new_changes_nothing(work: UnitOfWork, dsn: str) -> None:
    key, looked = await begin(work), Looked()
    await say(work, [uuid4()])
    await seal_all(work, key, looked)
    before = rows(dsn, "select count(*) from archive_checkpoint")
    assert await seal_all(work, key, looked) == 0
    assert await seal_all(work, key) == 0
    assert rows(dsn, "select count(*) from archive_checkpoint") == before


async def test_an_entry_that_commits_late_is_sealed_later(work: UnitOfWork, dsn: str) -> None:
    """Its transaction began before the passes and ends after them: no number it has says that."""
    key, looked = await begin(work), Looked()
    late, others = uuid4(), uuid4()
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with work.begin(SYSTEM, "late") as ctx:
            await append(PgArchiveStore(ctx.tx), work.keys, drafts(work, late, 2), ctx.now, os.urandom)
            begun.set()
            await finish.wait()

    async with asyncio.TaskGroup() as group:
        group.create_task(slow())
        await begun.wait()
        for _ in range(5):
            await say(work, [others])
            await seal_all(work, key, looked)
        assert {row[1] for row in leaves(dsn)} == {str(others)}
        finish.set()
    await say(work, [others])
    assert await seal_all(work, key, looked) == 3
    assert_sound(dsn, 8)


async def test_entries_of_another_clusters_transactions_are_found_by_the_next_sealer(
    work: UnitOfWork, dsn: str
) -> None:
    """A dump was restored: what it brought names transactions that have not been here yet."""
    key, looked = await begin(work), Looked()
    await seal_all(work, key, looked)
    await say(work, [uuid4()], 5)
    execute(
        dsn, "set session_replication_role = replica; update archive_entry set tx = '9000000000000'::xid8"
    )
    assert await seal_all(work, key, looked) == 0
    assert await seal_all(work, key) == 5
    await say(work, [uuid4()], 2)
    assert await seal_all(work, key, looked) == 2
    assert_sound(dsn, 7)


async def test_a_burst_larger_than_a_pass_waits_for_the_next(work: UnitOfWork, dsn: str) -> None:
    key, looked = await begin(work), Looked()
    await seal_all(work, key, looked)
    await say(work, [uuid4()], 25)
    done = await seal(work, key, looked, limit=10)
    assert (done.sealed, done.more) == (10, True)
    assert await seal_all(work, key, looked, limit=10) == 15
    assert_sound(dsn, 25)


async def test_two_sealers_at_once_give_every_entry_one_leaf(
    work: UnitOfWork, dsn: str, clock: Clock, keys: KeyRing
) -> None:
    key = await begin(work)
    databases = [await Database.connect(dsn, size=2) for _ in range(2)]
    works = [UnitOfWork(database, clock, os.urandom, keys) for database in databases]

    async def sealer(own: UnitOfWork) -> None:
        looked = Looked()
        while rows(dsn, "select count(*) from archive_leaf") != [(400,)]:
            await seal(own, key, looked, limit=16)

    async with asyncio.TaskGroup() as group:
        for own in works:
            group.create_task(sealer(own))
        for _ in range(20):
            await say(work, [uuid4() for _ in range(4)], 5)
    for database in databases:
        await database.close()
    assert_sound(dsn, 400)


async def test_without_the_lock_the_tree_before_keeps_two_sealers_apart(
    work: UnitOfWork, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the same tree and the same entries; the second finds that the tree has moved."""
    key = await begin(work)
    await say(work, [uuid4()], 10)

    async def always(_tx: object) -> bool:
        return True

    monkeypatch.setattr(sealing, "lock", always)
    both = asyncio.Barrier(2)
    moved = sealing.move_tree

    async def together(*args: object) -> bool:
        async with asyncio.timeout(10):
            await both.wait()
        return await moved(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing, "move_tree", together)
    done = await asyncio.gather(*(seal(work, key, Looked()) for _ in range(2)))
    assert sorted(one.sealed for one in done) == [0, 10]
    assert_sound(dsn, 10)


async def test_a_clock_that_goes_backwards_does_no_harm(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    key, looked = await begin(work), Looked()
    conversation = uuid4()
    for _ in range(3):
        await say(work, [conversation], 2)
        await seal_all(work, key, looked)
        clock.forward(timedelta(days=-400))
    assert_sound(dsn, 6)


async def test_another_key_is_refused_at_start_and_while_sealing(work: UnitOfWork) -> None:
    await begin(work)
    await say(work, [uuid4()])
    with pytest.raises(LogDiffers, match="another key"):
        await begin(work, make_key(2))
    with pytest.raises(LogDiffers, match="another key"):
        await seal_all(work, make_key(2))


async def test_another_origin_is_refused_when_somebody_set_it(work: UnitOfWork) -> None:
    key = await begin(work)
    async with work.begin(SYSTEM, "test") as ctx:
        found = await begin_log(ctx, key, "elsewhere.example/log", certain=False)
        assert found.origin == ORIGIN
        with pytest.raises(LogDiffers, match="ARCHIVE_ORIGIN says elsewhere"):
            await begin_log(ctx, key, "elsewhere.example/log")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update archive_tree set root = sha256('x')", "edge does not lead"),
        ("update archive_tree set size = 4", "edge is damaged"),
        ("truncate archive_leaf", "Leaves 0 to 4"),
        ("delete from archive_leaf where index = 4", "Leaves 4 to 4"),
        ("truncate archive_checkpoint cascade", "No checkpoint was signed"),
        ("update archive_checkpoint set note = replace(note, 'hospital', 'hotel')", "not what was signed"),
        ("delete from archive_tree", "row was taken away"),
        (
            "insert into archive_leaf select 5, conversation_id, seq from archive_entry where seq = 6",
            "index 5, where the tree has only 5",
        ),
    ],
)
async def test_nothing_is_sealed_on_a_tree_that_was_not_signed(
    work: UnitOfWork, dsn: str, damage: str, said: str
) -> None:
    key = await begin(work)
    conversation = uuid4()
    await say(work, [conversation], 5)
    await seal_all(work, key)
    await say(work, [conversation], 2)
    execute(dsn, f"set session_replication_role = replica; {damage}")
    with pytest.raises(SealingRefused, match=said):
        await seal_all(work, key)


async def test_a_tree_that_shrank_is_refused_with_what_is_missing(work: UnitOfWork, dsn: str) -> None:
    key, looked = await begin(work), Looked()
    await say(work, [uuid4()], 5)
    await seal_all(work, key, looked)
    looked.size = 9
    await say(work, [uuid4()])
    with pytest.raises(SealingRefused, match="had 9") as refused:
        await seal_all(work, key, looked)
    assert refused.value.missing == (5, 9)


async def test_a_lost_database_is_told_and_nothing_half_is_kept(work: UnitOfWork, dsn: str) -> None:
    key, looked = await begin(work), Looked()
    await say(work, [uuid4()], 3)
    with closing(psycopg2.connect(dsn)) as holder, holder.cursor() as cursor:
        cursor.execute("lock table archive_leaf in exclusive mode")
        task = asyncio.create_task(seal(work, key, looked))

        async def waiting() -> bool:
            return blocked(dsn)

        await until(waiting)
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where wait_event_type = 'Lock' and datname = current_database()"
        )
        with pytest.raises(PartnerDown):
            await task
    assert leaves(dsn) == []
    assert looked == Looked()
    assert await seal_all(work, key) == 3
    assert_sound(dsn, 3)


async def test_conversations_are_sealed_in_their_own_order(work: UnitOfWork, dsn: str) -> None:
    key = await begin(work)
    first = [UUID(int=number + 1) for number in range(8)]
    for _ in range(4):
        await say(work, first[::-1])
        await seal_all(work, key, limit=3)
    assert_sound(dsn, 32)
