"""Appending: sequence numbers, the chain, and resends. Durable when the store's transaction commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chat_archive.entry import Draft, Entry, link
from chat_archive.store import ArchiveStore


class MessageIdReused(Exception):
    """The same author used the same message id for another body: an error of the author's client."""

    def __init__(self, draft: Draft, kept: Entry) -> None:
        super().__init__(
            f"message id {draft.message_id} is already entry {kept.seq} of conversation "
            f"{kept.conversation_id}, with another content"
        )
        self.draft = draft
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Appended:
    """One draft's outcome. `new` is False when it was a resend of an entry that is already kept."""

    entry: Entry
    new: bool


async def append(store: ArchiveStore, drafts: Sequence[Draft]) -> list[Appended | MessageIdReused]:
    """Append drafts of any conversations in their order; return one outcome for each.

    Locks the heads of all conversations involved, so that numbers have no gaps and chains no forks. A
    draft whose (conversation, author, message id) is kept already returns that entry when kind and body
    are the same, and MessageIdReused (a value, so that the others go on) when they differ.
    """
    heads = await store.lock_heads(sorted({draft.conversation_id for draft in drafts}))
    known: dict[tuple[UUID, str, UUID], Entry] = {
        (entry.conversation_id, entry.author, entry.message_id): entry
        for entry in await store.find(
            [(draft.conversation_id, draft.author, draft.message_id) for draft in drafts]
        )
    }
    outcomes: list[Appended | MessageIdReused] = []
    fresh: list[Entry] = []
    for draft in drafts:
        key = (draft.conversation_id, draft.author, draft.message_id)
        kept = known.get(key)
        if kept is not None:
            same = kept.kind == draft.kind and kept.body == draft.body
            outcomes.append(Appended(kept, new=False) if same else MessageIdReused(draft, kept))
            continue
        head = heads[draft.conversation_id]
        entry = link(head, draft)
        heads[draft.conversation_id] = type(head)(draft.conversation_id, entry.seq, entry.entry_hash)
        known[key] = entry
        fresh.append(entry)
        outcomes.append(Appended(entry, new=True))
    if fresh:
        moved = {entry.conversation_id for entry in fresh}
        await store.insert(fresh, [heads[conversation] for conversation in sorted(moved)])
    return outcomes
