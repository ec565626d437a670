"""The rows of files: what was begun, which entry names which object, what was removed. All inserted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from storage.pool import Tx


class StoredObject(NamedTuple):
    """What lies in the object store under `object_id`: encrypted bytes, their SHA-256 and their number."""

    object_id: UUID
    sealed_digest: bytes
    sealed_size: int


class KeptObject(NamedTuple):
    """An object that an entry names. `removed`: its bytes were taken out of the store, as was decided."""

    stored: StoredObject
    removed: bool


class Counts(NamedTuple):
    """How many files of a conversation entries name, and how many uploads came to nothing so far."""

    kept: int
    unfinished: int


async def begin(
    tx: Tx, object_id: UUID, conversation_id: UUID, message_id: UUID, account_id: UUID, at: datetime
) -> None:
    """Note that somebody begins to put an object: without it nobody would know what to remove."""
    await tx.run(
        "file_begin",
        {
            "id": object_id,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "account_id": account_id,
            "at": at,
        },
    )


async def counts(tx: Tx, conversation_id: UUID) -> Counts:
    """Return how many files a conversation has."""
    row = await tx.one("file_counts", {"conversation_id": conversation_id})
    return Counts(0, 0) if row is None else Counts(row["kept"], row["unfinished"])


async def keep(tx: Tx, named: Sequence[tuple[UUID, int, StoredObject]]) -> None:
    """Note which entries, by (conversation, sequence number), name which objects."""
    await tx.run(
        "file_keep",
        {
            "conversation_id": [conversation for conversation, _, _ in named],
            "seq": [seq for _, seq, _ in named],
            "object_id": [stored.object_id for _, _, stored in named],
            "sealed_digest": [stored.sealed_digest for _, _, stored in named],
            "sealed_size": [stored.sealed_size for _, _, stored in named],
        },
    )


async def at(tx: Tx, conversation_id: UUID, seq: int) -> KeptObject | None:
    """Return the object that an entry names; None when there is none, which only damage makes."""
    row = await tx.one("file_at", {"conversation_id": conversation_id, "seq": seq})
    if row is None:
        return None
    stored = StoredObject(row["object_id"], bytes(row["sealed_digest"]), row["sealed_size"])
    return KeptObject(stored, row["removed"])


async def orphans(tx: Tx, before: datetime, limit: int) -> list[UUID]:
    """Return up to `limit` objects begun before then that no entry names and that are not removed."""
    return [row["id"] for row in await tx.all("file_orphans", {"before": before, "limit": limit})]


async def left(tx: Tx, conversation_id: UUID) -> list[UUID]:
    """Return the objects of a conversation whose key was destroyed that are still to be removed."""
    return [row["id"] for row in await tx.all("file_left", {"conversation_id": conversation_id})]


async def remove(tx: Tx, ids: Sequence[UUID], why: Literal["orphan", "destroyed"], at: datetime) -> None:
    """Note that these objects are no longer in the store."""
    await tx.run("file_remove", {"ids": list(ids), "why": why, "at": at})


async def entries(tx: Tx, after: tuple[UUID, int] | None, limit: int) -> list[tuple[UUID, int]]:
    """Return the keys of up to `limit` entries of files after a key, in their order."""
    after_id, after_seq = after or (None, None)
    rows = await tx.all("file_entries", {"after_id": after_id, "after_seq": after_seq, "limit": limit})
    return [(row["conversation_id"], row["seq"]) for row in rows]
