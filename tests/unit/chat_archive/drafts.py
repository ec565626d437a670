"""Drafts and chains for tests of the archive."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chat_archive.append import Appended, MessageIdReused, append, chain
from chat_archive.data_keys import DataKey, KeyRing
from chat_archive.entry import GENESIS, Draft, Head, SealedEntry
from chat_archive.store import ArchiveStore

CONVERSATION = UUID("01936c5e-0000-7000-8000-000000000001")
OTHER = UUID("01936c5e-0000-7000-8000-000000000002")
AUTHOR = "01936c5e-0000-7000-8000-0000000000a1"
KEY = DataKey(CONVERSATION, bytes(range(32)))
OTHER_KEY = DataKey(OTHER, bytes(range(32, 64)))
KEYS = {CONVERSATION: KEY, OTHER: OTHER_KEY}
RING = KeyRing({"first": b"\x01" * 32}, "first")
AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def draft(number: int, body: bytes | None = None, *, conversation: UUID = CONVERSATION) -> Draft:
    return Draft(
        conversation,
        UUID(int=number),
        AUTHOR,
        "chat",
        AT + timedelta(seconds=number),
        f'{{"text":"{number}"}}'.encode() if body is None else body,
    )


def chained(count: int, *, conversation: UUID = CONVERSATION) -> tuple[list[SealedEntry], Head]:
    """Return a sound conversation of `count` entries, and its head."""
    head = Head(conversation, 0, GENESIS)
    drafts = [draft(number, conversation=conversation) for number in range(1, count + 1)]
    made = chain({conversation: head}, KEYS, [], drafts, os.urandom)
    return made.fresh, made.heads[0] if made.heads else head


def appended(outcome: object) -> Appended:
    assert isinstance(outcome, Appended), outcome
    return outcome


async def append_all(store: ArchiveStore, drafts: Sequence[Draft]) -> list[Appended | MessageIdReused]:
    """Append under the tests' ring, as actions do."""
    return await append(store, RING, drafts, AT, os.urandom)
