"""The port of the archive: what it needs from whoever keeps its rows. Implementations live elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chat_archive.data_keys import KeptKey, WrappedKey
from chat_archive.entry import Head, SealedEntry


class ArchiveStore(Protocol):
    """One transaction's view of the kept entries. Nothing is durable before that transaction commits."""

    async def lock_heads(
        self, conversations: Sequence[UUID], addenda: Mapping[UUID, UUID] | None = None
    ) -> dict[UUID, Head]:
        """Lock and return the heads, in one order for all callers. A new conversation has size 0.

        `addenda` names, for each addendum among them, the conversation that it belongs to and whose key it
        shares; that one's key exists already.
        """
        ...

    async def keys(self, conversations: Sequence[UUID]) -> dict[UUID, KeptKey]:
        """Return the data keys of these conversations; an addendum's is that of what it belongs to.

        Read them after the heads are locked: whoever makes or destroys a key holds its head. Those that have
        none yet are left out.
        """
        ...

    async def add_keys(self, keys: Sequence[WrappedKey], now: datetime) -> None:
        """Keep the keys of conversations that have none yet, whose heads the caller holds."""
        ...

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[SealedEntry]:
        """Return the entries that exist for these (conversation, author, message id), each once."""
        ...

    async def insert(self, entries: Sequence[SealedEntry], heads: Sequence[Head]) -> None:
        """Insert the entries and move the heads, all or nothing.

        `heads` are the new ends of exactly the conversations that `entries` belong to. Raise OwnFault when
        a head is not where the entries begin: somebody appended without its lock.
        """
        ...

    async def read(
        self, conversation: UUID, after_seq: int, limit: int, kinds: Sequence[str] | None = None
    ) -> list[SealedEntry]:
        """Return up to `limit` entries with seq > after_seq in order, of these kinds or of all."""
        ...

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head without a lock, or None when there is none yet."""
        ...


def sizes_before(entries: Sequence[SealedEntry], heads: Sequence[Head]) -> list[int]:
    """Return the size that each head has before `entries` are added, in the order of `heads`."""
    added: dict[UUID, int] = {}
    for entry in entries:
        added[entry.conversation_id] = added.get(entry.conversation_id, 0) + 1
    if added.keys() != {head.conversation_id for head in heads}:
        raise ValueError("heads and entries are of the same conversations")
    return [head.size - added[head.conversation_id] for head in heads]
