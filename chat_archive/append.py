"""Appending: sequence numbers, the chain, and resends. Durable when the store's transaction commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chat_archive.entry import Draft, Entry, Head, link
from chat_archive.store import ArchiveStore

Key = tuple[UUID, str, UUID]
"""(conversation, author, message id): what makes a resend recognisable."""


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


@dataclass(frozen=True, slots=True)
class Chained:
    """What drafts become: an outcome for each, the entries to insert, the heads that moved (by id)."""

    outcomes: list[Appended | MessageIdReused]
    fresh: list[Entry]
    heads: list[Head]


def key(item: Draft | Entry) -> Key:
    """Return what makes a resend of this recognisable."""
    return (item.conversation_id, item.author, item.message_id)


def chain(heads: Mapping[UUID, Head], kept: Iterable[Entry], drafts: Sequence[Draft]) -> Chained:
    """Give drafts of any conversations their numbers and links, in their order.

    `heads` are the locked ends of all conversations involved, `kept` the entries that already exist for the
    drafts' keys. A draft whose key is kept, or came earlier in `drafts`, becomes that entry when kind and
    body are the same, and MessageIdReused (a value, so that the others go on) when they differ.
    """
    ends = dict(heads)
    known = {key(entry): entry for entry in kept}
    outcomes: list[Appended | MessageIdReused] = []
    fresh: list[Entry] = []
    moved: set[UUID] = set()
    for draft in drafts:
        earlier = known.get(key(draft))
        if earlier is not None:
            same = earlier.kind == draft.kind and earlier.body == draft.body
            outcomes.append(Appended(earlier, new=False) if same else MessageIdReused(draft, earlier))
            continue
        entry = link(ends[draft.conversation_id], draft)
        ends[draft.conversation_id] = Head(draft.conversation_id, entry.seq, entry.entry_hash)
        moved.add(draft.conversation_id)
        known[key(draft)] = entry
        fresh.append(entry)
        outcomes.append(Appended(entry, new=True))
    return Chained(outcomes, fresh, [ends[conversation] for conversation in sorted(moved)])


async def append(store: ArchiveStore, drafts: Sequence[Draft]) -> list[Appended | MessageIdReused]:
    """Append drafts of any conversations in their order; return one outcome for each.

    Locks the heads of all conversations involved, so that numbers have no gaps and chains no forks. Outcomes
    are those of `chain`.
    """
    if not drafts:
        return []
    heads = await store.lock_heads(sorted({draft.conversation_id for draft in drafts}))
    kept = await store.find([key(draft) for draft in drafts])
    chained = chain(heads, kept, drafts)
    if chained.fresh:
        await store.insert(chained.fresh, chained.heads)
    return chained.outcomes
