"""The archive's rows: the port `ArchiveStore` on PostgreSQL, and what auditors and the verifier read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from chat_archive.entry import GENESIS, Entry, Head
from chat_archive.store import sizes_before
from domain.accounts import Role
from domain.errors import OwnFault
from storage.pool import Row, Tx


class Author(NamedTuple):
    """Who wrote entries: an account as it is called now."""

    name: str
    role: Role


class PgArchiveStore:
    """`ArchiveStore` within one transaction: locks last, and entries become durable, with its end."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def lock_heads(self, conversations: Sequence[UUID]) -> dict[UUID, Head]:
        """Lock and return the heads, in one order for all callers. A new conversation has size 0."""
        rows = await self._tx.all("archive_lock_heads", {"ids": list(conversations), "genesis": GENESIS})
        return {row["conversation_id"]: _head(row) for row in rows}

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[Entry]:
        """Return the entries that exist for these (conversation, author, message id), each once."""
        rows = await self._tx.all(
            "archive_find",
            {
                "conversation_id": [conversation for conversation, _, _ in keys],
                "author": [author for _, author, _ in keys],
                "message_id": [message for _, _, message in keys],
            },
        )
        return [_entry(row) for row in rows]

    async def insert(self, entries: Sequence[Entry], heads: Sequence[Head]) -> None:
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
                "body": [entry.body for entry in entries],
                "entry_hash": [entry.entry_hash for entry in entries],
            },
        )
        moved = 0 if row is None else row["heads"]
        if moved != len(heads):
            raise OwnFault(f"{len(heads) - moved} of {len(heads)} heads were not where the entries begin")

    async def read(
        self, conversation: UUID, after_seq: int, limit: int, kinds: Sequence[str] | None = None
    ) -> list[Entry]:
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
        return [_entry(row) for row in rows]

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head without a lock, or None when there is none yet."""
        row = await self._tx.one("archive_head", {"conversation_id": conversation})
        return None if row is None else _head(row)


async def conversations(tx: Tx, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` ids of conversations with a head, after `after`, in their order."""
    return [row["conversation_id"] for row in await tx.all("archive_conversations", _page(after, limit))]


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


def _entry(row: Row) -> Entry:
    return Entry(
        row["conversation_id"],
        row["seq"],
        row["message_id"],
        row["author"],
        row["kind"],
        row["recorded_at"],
        bytes(row["body"]),
        bytes(row["entry_hash"]),
    )
