"""Drafts and chains for tests of the archive."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chat_archive.append import Appended, chain
from chat_archive.entry import GENESIS, Draft, Entry, Head

CONVERSATION = UUID("01936c5e-0000-7000-8000-000000000001")
OTHER = UUID("01936c5e-0000-7000-8000-000000000002")
AUTHOR = "01936c5e-0000-7000-8000-0000000000a1"
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


def chained(count: int, *, conversation: UUID = CONVERSATION) -> tuple[list[Entry], Head]:
    """Return a sound conversation of `count` entries, and its head."""
    head = Head(conversation, 0, GENESIS)
    made = chain(
        {conversation: head}, [], [draft(number, conversation=conversation) for number in range(1, count + 1)]
    )
    return made.fresh, made.heads[0] if made.heads else head


def appended(outcome: object) -> Appended:
    assert isinstance(outcome, Appended), outcome
    return outcome
