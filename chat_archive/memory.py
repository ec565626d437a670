"""The archive's port in memory: the twin of the one on PostgreSQL, held to the same contract. For tests."""

from collections.abc import Sequence
from uuid import UUID

from chat_archive.entry import GENESIS, Entry, Head
from chat_archive.store import sizes_before
from domain.errors import OwnFault


class MemoryArchiveStore:
    """All conversations of one owner. It has one task and no transactions: what is inserted stays."""

    def __init__(self) -> None:
        self._entries: dict[UUID, list[Entry]] = {}
        self._heads: dict[UUID, Head] = {}

    async def lock_heads(self, conversations: Sequence[UUID]) -> dict[UUID, Head]:
        """Return the heads; there is nobody to lock out."""
        for conversation in conversations:
            self._heads.setdefault(conversation, Head(conversation, 0, GENESIS))
        return {conversation: self._heads[conversation] for conversation in conversations}

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[Entry]:
        """Return the entries that exist for these (conversation, author, message id), each once."""
        wanted = set(keys)
        return [
            entry
            for conversation in sorted({conversation for conversation, _, _ in wanted})
            for entry in self._entries.get(conversation, [])
            if (entry.conversation_id, entry.author, entry.message_id) in wanted
        ]

    async def insert(self, entries: Sequence[Entry], heads: Sequence[Head]) -> None:
        """Insert the entries and move the heads, all or nothing."""
        for head, before in zip(heads, sizes_before(entries, heads), strict=True):
            held = self._heads.get(head.conversation_id)
            if held is None or held.size != before:
                raise OwnFault(f"the head of conversation {head.conversation_id} is not at {before}")
        for entry in entries:
            self._entries.setdefault(entry.conversation_id, []).append(entry)
        for head in heads:
            self._heads[head.conversation_id] = head

    async def read(
        self, conversation: UUID, after_seq: int, limit: int, kinds: Sequence[str] | None = None
    ) -> list[Entry]:
        """Return up to `limit` entries with seq > after_seq in order, of these kinds or of all."""
        return [
            entry
            for entry in self._entries.get(conversation, [])
            if entry.seq > after_seq and (kinds is None or entry.kind in kinds)
        ][:limit]

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head, or None when there is none yet."""
        return self._heads.get(conversation)
