"""The archive's port in memory: the twin of the one on PostgreSQL, held to the same contract. For tests."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from chat_archive.data_keys import KeptKey, WrappedKey
from chat_archive.entry import GENESIS, Head, SealedEntry
from chat_archive.store import sizes_before
from domain.errors import OwnFault


class MemoryArchiveStore:
    """All conversations of one owner. It has one task and no transactions: what is inserted stays."""

    def __init__(self) -> None:
        self._entries: dict[UUID, list[SealedEntry]] = {}
        self._heads: dict[UUID, Head] = {}
        self._keys: dict[UUID, WrappedKey] = {}
        self._belongs_to: dict[UUID, UUID] = {}

    async def lock_heads(
        self, conversations: Sequence[UUID], addenda: Mapping[UUID, UUID] | None = None
    ) -> dict[UUID, Head]:
        """Return the heads; there is nobody to lock out."""
        self._belongs_to.update(addenda or {})
        for conversation in conversations:
            self._heads.setdefault(conversation, Head(conversation, 0, GENESIS))
        return {conversation: self._heads[conversation] for conversation in conversations}

    async def keys(self, conversations: Sequence[UUID]) -> dict[UUID, KeptKey]:
        """Return the data keys of these conversations; an addendum's is that of what it belongs to."""
        owners = {
            conversation: self._belongs_to.get(conversation, conversation) for conversation in conversations
        }
        return {
            conversation: self._keys[owner] for conversation, owner in owners.items() if owner in self._keys
        }

    async def add_keys(self, keys: Sequence[WrappedKey], now: datetime) -> None:
        """Keep the keys of conversations that have none yet."""
        for key in keys:
            if key.conversation_id in self._keys:
                raise OwnFault(f"conversation {key.conversation_id} has a key already")
            self._keys[key.conversation_id] = key

    async def find(self, keys: Sequence[tuple[UUID, str, UUID]]) -> list[SealedEntry]:
        """Return the entries that exist for these (conversation, author, message id), each once."""
        wanted = set(keys)
        return [
            entry
            for conversation in sorted({conversation for conversation, _, _ in wanted})
            for entry in self._entries.get(conversation, [])
            if (entry.conversation_id, entry.author, entry.message_id) in wanted
        ]

    async def insert(self, entries: Sequence[SealedEntry], heads: Sequence[Head]) -> None:
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
    ) -> list[SealedEntry]:
        """Return up to `limit` entries with seq > after_seq in order, of these kinds or of all."""
        return [
            entry
            for entry in self._entries.get(conversation, [])
            if entry.seq > after_seq and (kinds is None or entry.kind in kinds)
        ][:limit]

    async def head(self, conversation: UUID) -> Head | None:
        """Return the head, or None when there is none yet."""
        return self._heads.get(conversation)
