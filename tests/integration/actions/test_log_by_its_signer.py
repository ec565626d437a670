"""What only the log's own signer can do wrong, and what only a large log has: both are found."""

from uuid import UUID

import pytest

from actions import log_verification
from actions.context import UnitOfWork
from actions.log_finding import LogFinding, LogFindingKind
from actions.log_identity import present_tree
from actions.log_signatures import Signatures
from actions.log_verification import verify_log
from actions.tree_walk import TreeWalk
from domain.accounts import SYSTEM
from storage import sealing
from storage.pool import Tx
from storage.sealing import EntryKey, Unsealed
from tests.logs import begin, say, seal_all
from tests.rows import execute, rows

CONVERSATION = UUID(int=1)


async def found(work: UnitOfWork) -> list[LogFinding]:
    return [one async for one in verify_log(work, patience_s=0)]


async def along_the_leaves(work: UnitOfWork) -> list[LogFinding]:
    async with work.begin(SYSTEM, "test") as ctx:
        tree, epochs = await present_tree(ctx.tx), await sealing.epochs(ctx.tx)
    walk = TreeWalk(work, "test", tree, Signatures(tree, epochs, []), [], lambda _: None)
    return [one async for one in walk.leaves()]


def behind(dsn: str, command: str) -> None:
    execute(dsn, "set session_replication_role = replica; " + command)


async def test_entries_that_were_sealed_in_another_order_are_named(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tree is sound and truly signed, and says that the third was there before the second."""
    key, between = await begin(work), sealing.unsealed_between

    async def shuffled(tx: Tx, after: EntryKey | None, end: EntryKey, limit: int) -> list[Unsealed]:
        first, second, third, fourth = await between(tx, after, end, limit)
        return [first, third, second, fourth]

    await say(work, [CONVERSATION], 4)
    monkeypatch.setattr(sealing, "unsealed_between", shuffled)
    await seal_all(work, key)
    monkeypatch.undo()
    (finding,) = await found(work)
    assert (finding.kind, finding.conversation_id, finding.seq, finding.broken) == (
        LogFindingKind.OUT_OF_ORDER,
        CONVERSATION,
        3,
        True,
    )


async def test_an_entry_that_was_sealed_twice_is_told(
    work: UnitOfWork, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The conversation is sound, and the tree counts one entry more than there are."""
    key, between = await begin(work), sealing.unsealed_between

    async def doubled(tx: Tx, after: EntryKey | None, end: EntryKey, limit: int) -> list[Unsealed]:
        entries = await between(tx, after, end, limit)
        return [*entries, entries[-1]]

    await say(work, [CONVERSATION], 4)
    execute(dsn, "alter table archive_leaf drop constraint archive_leaf_conversation_id_seq_key")
    monkeypatch.setattr(sealing, "unsealed_between", doubled)
    await seal_all(work, key)
    monkeypatch.undo()
    assert rows(dsn, "select count(*) from archive_leaf") == [(5,)]
    (finding,) = await found(work)
    assert (finding.kind, finding.conversation_id, finding.seq, finding.broken) == (
        LogFindingKind.OUT_OF_ORDER,
        CONVERSATION,
        4,
        True,
    )
    monkeypatch.setattr(log_verification, "ENTRIES_AT_ONCE", 4)
    assert [one.kind for one in await found(work)] == [LogFindingKind.ENTRY_MISSING]


async def test_full_tiles_of_higher_levels_are_compared(work: UnitOfWork, dsn: str) -> None:
    """A tile of level 1 stands over 65,536 entries; what their chains say does not matter here."""
    key = await begin(work)
    execute(
        dsn,
        "insert into archive_entry (conversation_id, seq, message_id, author, kind, recorded_at, sealed, "
        "commitment, entry_hash) select %s::uuid, n, gen_random_uuid(), 'somebody', 'chat', "
        "'2026-11-23 09:00+00', repeat('x', 28)::bytea, sha256('x'), sha256(n::text::bytea) "
        "from generate_series(1, 65536) as n",
        str(CONVERSATION),
    )
    await seal_all(work, key, limit=20_000)
    assert rows(dsn, "select count(*) from archive_tile where level = 1") == [(1,)]
    assert await along_the_leaves(work) == []
    behind(dsn, "update archive_tile set hashes = set_byte(hashes, 7, 1) where level = 1")
    (differs,) = await along_the_leaves(work)
    assert (differs.kind, differs.leaves) == (LogFindingKind.TILE_DIFFERS, (0, 65_536))
    behind(dsn, "delete from archive_tile where level = 1")
    (missing,) = await along_the_leaves(work)
    assert (missing.kind, missing.leaves) == (LogFindingKind.TILE_MISSING, (0, 65_536))
