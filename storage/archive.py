"""The archive's rows: the port `ArchiveStore` on PostgreSQL, and what auditors and the verifier read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.data_keys import DestroyedKey, KeptKey, WrappedKey
from chat_archive.entry import GENESIS, Head, SealedEntry
from chat_archive.store import sizes_before
from domain.accounts import Role
from domain.errors import OwnFault
from domain.facts import EntryKind
from storage.pool import Row, Tx


class Author(NamedTuple):
    """Who wrote entries: an account as it is called now."""

    name: str
    role: Role


class PgArchiveStore:
    """`ArchiveStore` within one transaction: locks last, and entries become durable, with its end."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def lock_heads(
        self, conversations: Sequence[UUID], addenda: Mapping[UUID, UUID] | None = None
    ) -> dict[UUID, Head]:
        """Lock and return the heads, in one order for all callers. A new conversation has size 0.

        `addenda` names, for each addendum among them, the conversation that it belongs to.
        """
        belongs_to = addenda or {}
        rows = await self._tx.all(
            "archive_lock_heads",
            {
                "ids": list(conversations),
                "addendum_to": [belongs_to.get(conversation) for conversation in conversations],
                "genesis": GENESIS,
            },
        )
        return {row["conversation_id"]: _head(row) for row in rows}

    async def keys(self, conversations: Sequence[UUID]) -> dict[UUID, KeptKey]:
        """Return the data keys of these conversations; an addendum's is that of what it belongs to."""
        rows = await self._tx.all("archive_keys", {"ids": list(conversations)})
        found = {row["conversation_id"]: kept_key(row["key_of"], row) for row in rows}
        return {conversation: key for conversation, key in found.items() if key is not None}

    async def add_keys(self, keys: Sequence[WrappedKey], now: datetime) -> None:
        """Keep the keys of conversations that have none yet, whose heads the caller holds."""
        await self._tx.run(
            "archive_add_keys",
            {
                "conversation_id": [key.conversation_id for key in keys],
                "kek": [key.kek for key in keys],
                "wrapped": [key.wrapped for key in keys],
                "now": now,
            },
        )

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[SealedEntry]:
        """Return the entries that exist for these (conversation, author, message id), each once."""
        rows = await self._tx.all(
            "archive_find",
            {
                "conversation_id": [conversation for conversation, _, _ in keys],
                "author": [author for _, author, _ in keys],
                "message_id": [message for _, _, message in keys],
            },
        )
        return [sealed_entry(row) for row in rows]

    async def insert(self, entries: Sequence[SealedEntry], heads: Sequence[Head]) -> None:
        """Insert the entries and move the heads, all or nothing: one statement.

        `heads` are the new ends of exactly the conversations that `entries` belong to. Raise OwnFault when
        a head is not where the entries begin: somebody appended without its lock. The caller's transaction
        has to be rolled back then, as by leaving it with the exception.
        """
        row = await self._tx.one(
            "archive_insert",
            {
                "head_id": [head.conversation_id for head in heads],
                "head_before": sizes_before(entries, heads),
                "head_size": [head.size for head in heads],
                "head_hash": [head.last_hash for head in heads],
                "conversation_id": [entry.conversation_id for entry in entries],
                "seq": [entry.seq for entry in entries],
                "message_id": [entry.message_id for entry in entries],
                "author": [entry.author for entry in entries],
                "kind": [entry.kind for entry in entries],
                "recorded_at": [entry.recorded_at for entry in entries],
                "commitment": [entry.commitment for entry in entries],
                "entry_hash": [entry.entry_hash for entry in entries],
                "sealed": [entry.sealed for entry in entries],
            },
        )
        moved = 0 if row is None else row["heads"]
        if moved != len(heads):
            raise OwnFault(f"{len(heads) - moved} of {len(heads)} heads were not where the entries begin")

    async def read(
        self, conversation: UUID, after_seq: int, limit: int, kinds: Sequence[str] | None = None
    ) -> list[SealedEntry]:
        """Return up to `limit` entries with seq > after_seq in order, of these kinds or of all."""
        rows = await self._tx.all(
            "archive_read",
            {
                "conversation_id": conversation,
                "after_seq": after_seq,
                "limit": limit,
                "kinds": None if kinds is None else list(kinds),
            },
        )
        return [sealed_entry(row) for row in rows]

    async def read_range(self, after: tuple[UUID, int], last: UUID, limit: int) -> list[SealedEntry]:
        """Return up to `limit` entries behind the key `after` of conversations up to `last`, by key."""
        rows = await self._tx.all(
            "archive_read_range",
            {"after_id": after[0], "after_seq": after[1], "last_id": last, "limit": limit},
        )
        return [sealed_entry(row) for row in rows]

    async def heads(self, conversations: Sequence[UUID]) -> dict[UUID, Head]:
        """Return the heads of these conversations without a lock; those without one are left out."""
        rows = await self._tx.all("archive_heads", {"ids": list(conversations)})
        return {row["conversation_id"]: _head(row) for row in rows}

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head without a lock, or None when there is none yet."""
        row = await self._tx.one("archive_head", {"conversation_id": conversation})
        return None if row is None else _head(row)


async def recording_destruction(tx: Tx, addenda: Iterable[UUID]) -> set[UUID]:
    """Return which of these conversations have an entry that records a destruction."""
    rows = await tx.all("archive_destructions", {"ids": list(addenda), "kind": EntryKind.DESTROYED.value})
    return {row["conversation_id"] for row in rows}


async def conversations(tx: Tx, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` ids of conversations with a head, after `after`, in their order."""
    return [row["conversation_id"] for row in await tx.all("archive_conversations", _page(after, limit))]


async def keks(tx: Tx) -> dict[str, int]:
    """Return the names of the key-encryption keys in use, and how many data keys each wraps."""
    return {row["kek"]: row["data_keys"] for row in await tx.all("archive_keks")}


async def keys_under_others(tx: Tx, kek: str, limit: int) -> list[WrappedKey]:
    """Lock and return up to `limit` data keys that another key than `kek` wraps."""
    rows = await tx.all("archive_keys_under_others", {"kek": kek, "limit": limit})
    found = [kept_key(row["key_of"], row) for row in rows]
    return [key for key in found if isinstance(key, WrappedKey)]


async def rewrap(tx: Tx, before: Sequence[WrappedKey], after: Sequence[WrappedKey]) -> int:
    """Replace wrapped keys, in the same order, where `before` still stands; return how many."""
    return await tx.run(
        "archive_rewrap_keys",
        {
            "conversation_id": [key.conversation_id for key in after],
            "kek_before": [key.kek for key in before],
            "kek": [key.kek for key in after],
            "wrapped": [key.wrapped for key in after],
        },
    )


async def headless(tx: Tx, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` ids of conversations whose head is gone, after `after`, in their order."""
    return [row["conversation_id"] for row in await tx.all("archive_headless", _page(after, limit))]


async def authors(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Author]:
    """Return the accounts behind these ids; those that do not exist are left out."""
    rows = await tx.all("archive_authors", {"ids": list(ids)})
    return {row["id"]: Author(row["display_name"], Role(row["role"])) for row in rows}


def _page(after: UUID | None, limit: int) -> dict[str, UUID | int | None]:
    return {"after": after, "limit": limit}


def _head(row: Row) -> Head:
    return Head(row["conversation_id"], row["size"], bytes(row["last_hash"]))


def kept_key(conversation_id: UUID, row: Row) -> KeptKey | None:
    """Return the data key of a row with kek, wrapped and destroyed_at; None when there is none yet."""
    if row["destroyed_at"] is not None:
        return DestroyedKey(conversation_id, row["destroyed_at"])
    return None if row["wrapped"] is None else WrappedKey(conversation_id, row["kek"], bytes(row["wrapped"]))


def sealed_entry(row: Row) -> SealedEntry:
    """Return the entry of a row with all columns of one."""
    return SealedEntry(
        row["conversation_id"],
        row["seq"],
        row["message_id"],
        row["author"],
        row["kind"],
        row["recorded_at"],
        bytes(row["commitment"]),
        bytes(row["entry_hash"]),
        bytes(row["sealed"]),
    )
