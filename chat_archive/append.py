"""Appending: numbers, the chain, sealed bodies, and resends. Durable when the transaction commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chat_archive.data_keys import DataKey, DestroyedKey, KeyDestroyed, KeyRing
from chat_archive.entry import (
    Draft,
    Entry,
    Head,
    Random,
    SealedEntry,
    commitment,
    entry_hash,
    header_bytes,
)
from chat_archive.store import ArchiveStore

Key = tuple[UUID, str, UUID]
"""(conversation, author, message id): what makes a resend recognisable."""


class MessageIdReused(Exception):
    """The same author used the same message id for another body: an error of the author's client."""

    def __init__(self, draft: Draft, seq: int) -> None:
        super().__init__(
            f"message id {draft.message_id} is already entry {seq} of conversation "
            f"{draft.conversation_id}, with another content"
        )
        self.draft = draft
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Appended:
    """One draft's outcome. `new` is False when it was a resend of an entry that is already kept."""

    entry: Entry
    new: bool


@dataclass(frozen=True, slots=True)
class Chained:
    """What drafts become: an outcome for each, the entries to insert, the heads that moved (by id)."""

    outcomes: list[Appended | MessageIdReused]
    fresh: list[SealedEntry]
    heads: list[Head]


def key(item: Draft | Entry | SealedEntry) -> Key:
    """Return what makes a resend of this recognisable."""
    return (item.conversation_id, item.author, item.message_id)


def link(head: Head, draft: Draft, data_key: DataKey, random: Random) -> tuple[Entry, SealedEntry]:
    """Return the entry that comes after `head`, as read and as kept; ValueError for another's head."""
    if head.conversation_id != draft.conversation_id:
        raise ValueError("the head is of another conversation")
    fields = (
        draft.conversation_id,
        head.size + 1,
        draft.message_id,
        draft.author,
        draft.kind,
        draft.recorded_at,
    )
    header = header_bytes(*fields)
    salt = data_key.salt(header)
    committed = commitment(salt, draft.body)
    linked = entry_hash(head.last_hash, header, committed)
    return (
        Entry(*fields, committed, linked, draft.body, salt),
        SealedEntry(*fields, committed, linked, data_key.seal(header, draft.body, random)),
    )


def chain(
    heads: Mapping[UUID, Head],
    keys: Mapping[UUID, DataKey],
    kept: Iterable[SealedEntry],
    drafts: Sequence[Draft],
    random: Random,
) -> Chained:
    """Give drafts of any conversations their numbers, seals and links, in their order.

    `heads` are the locked ends and `keys` the data keys of all conversations involved, `kept` the entries
    that already exist for the drafts' keys. A draft whose key is kept, or came earlier in `drafts`, becomes
    that entry when kind and body are the same, and MessageIdReused (a value, so that the others go on) when
    they differ. What is kept is not decrypted for that: its commitment tells.
    """
    ends = dict(heads)
    known = {key(entry): entry for entry in kept}
    outcomes: list[Appended | MessageIdReused] = []
    fresh: list[SealedEntry] = []
    moved: set[UUID] = set()
    for draft in drafts:
        conversation = draft.conversation_id
        earlier = known.get(key(draft))
        if earlier is not None:
            again = _again(earlier, draft, keys[conversation])
            outcomes.append(
                MessageIdReused(draft, earlier.seq) if again is None else Appended(again, new=False)
            )
            continue
        entry, sealed = link(ends[conversation], draft, keys[conversation], random)
        ends[conversation] = Head(conversation, entry.seq, entry.entry_hash)
        moved.add(conversation)
        known[key(draft)] = sealed
        fresh.append(sealed)
        outcomes.append(Appended(entry, new=True))
    return Chained(outcomes, fresh, [ends[conversation] for conversation in sorted(moved)])


async def append(
    store: ArchiveStore,
    ring: KeyRing,
    drafts: Sequence[Draft],
    now: datetime,
    random: Random,
    addenda: Mapping[UUID, UUID] | None = None,
) -> list[Appended | MessageIdReused]:
    """Append drafts of any conversations in their order; return one outcome for each.

    Locks the heads of all conversations involved, so that numbers have no gaps and chains no forks, and makes
    the data keys of those that have none. `addenda` as for `ArchiveStore.lock_heads`. Outcomes are those of
    `chain`. Raise KeyDestroyed, KekUnknown or KeyDamaged when a conversation cannot be sealed.
    """
    if not drafts:
        return []
    conversations = sorted({draft.conversation_id for draft in drafts})
    heads = await store.lock_heads(conversations, addenda)
    keys = await open_keys(store, ring, conversations, now, random)
    kept = await store.find([key(draft) for draft in drafts])
    chained = chain(heads, keys, kept, drafts, random)
    if chained.fresh:
        await store.insert(chained.fresh, chained.heads)
    return chained.outcomes


async def open_keys(
    store: ArchiveStore, ring: KeyRing, conversations: Sequence[UUID], now: datetime, random: Random
) -> dict[UUID, DataKey]:
    """Return the data keys of conversations whose heads the caller holds; make those that do not exist.

    Raise KeyDestroyed, KekUnknown or KeyDamaged.
    """
    found = await store.keys(conversations)
    keys: dict[UUID, DataKey] = {}
    made = []
    for conversation in conversations:
        kept = found.get(conversation)
        match kept:
            case None:
                keys[conversation], wrapped = ring.new(conversation, random)
                made.append(wrapped)
            case DestroyedKey():
                raise KeyDestroyed(conversation)
            case _:
                keys[conversation] = ring.unwrap(kept)
    if made:
        await store.add_keys(made, now)
    return keys


def _again(kept: SealedEntry, draft: Draft, data_key: DataKey) -> Entry | None:
    """Return what is kept, with the draft's body, when it was committed to that very body; else None."""
    if kept.kind != draft.kind:
        return None
    try:
        salt = data_key.salt(kept.header())
    except ValueError:
        # Damage may be anything; what it was is not known any more.
        return None
    if commitment(salt, draft.body) != kept.commitment:
        return None
    return Entry(*kept[:8], draft.body, salt)
