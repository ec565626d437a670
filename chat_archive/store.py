"""The port of the archive: what it needs from whoever keeps its rows. Implementations live elsewhere."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from chat_archive.entry import Entry, Head


class ArchiveStore(Protocol):
    """One transaction's view of the kept entries. Nothing is durable before that transaction commits."""

    async def lock_heads(self, conversations: Sequence[UUID]) -> dict[UUID, Head]:
        """Lock and return the heads, in one order for all callers. A new conversation has size 0."""
        ...

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[Entry]:
        """Return the entries that exist for these (conversation, author, message id)."""
        ...

    async def insert(self, entries: Sequence[Entry], heads: Sequence[Head]) -> None:
        """Insert the entries and move the heads, all or nothing."""
        ...

    async def read(
        self, conversation: UUID, after_seq: int, limit: int, kinds: Sequence[str] | None = None
    ) -> list[Entry]:
        """Return up to `limit` entries with seq > after_seq, in order."""
        ...

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head without a lock, or None when nothing was ever said."""
        ...
