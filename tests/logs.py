"""A log for tests: entries appended without the ceremony of visits, and a key to sign with."""

import os
from collections.abc import Sequence
from uuid import UUID, uuid4

from actions.context import UnitOfWork
from actions.log_identity import LogKey, begin_log
from actions.sealing import Looked, Pass, seal
from chat_archive.append import Appended, append
from chat_archive.entry import Draft, Entry
from chat_archive.note import KeyKind, Signer
from domain.accounts import SYSTEM
from storage.archive import PgArchiveStore

ORIGIN = "hospital.example/log"


def make_key(seed: int = 1) -> LogKey:
    """Return a log's key, the same for the same seed."""
    return LogKey(Signer(ORIGIN, KeyKind.ED25519, bytes([seed]) * 32))


async def begin(work: UnitOfWork, key: LogKey | None = None) -> LogKey:
    """Begin the log, or find it begun."""
    used = key or make_key()
    async with work.begin(SYSTEM, "test") as ctx:
        await begin_log(ctx, used, ORIGIN)
    return used


def drafts(work: UnitOfWork, conversation: UUID, count: int, kind: str = "chat") -> list[Draft]:
    """Return what somebody wants to say in a conversation."""
    return [
        Draft(conversation, uuid4(), "somebody", kind, work.now(), b'{"text":"%d"}' % number)
        for number in range(count)
    ]


async def say(
    work: UnitOfWork, conversations: Sequence[UUID], count: int = 1, kind: str = "chat"
) -> list[Entry]:
    """Append `count` entries to each conversation, in one transaction; they are not sealed."""
    async with work.begin(SYSTEM, "test") as ctx:
        wanted = [draft for one in conversations for draft in drafts(work, one, count, kind)]
        outcomes = await append(PgArchiveStore(ctx.tx), work.keys, wanted, ctx.now, os.urandom)
    kept = [outcome.entry for outcome in outcomes if isinstance(outcome, Appended)]
    assert len(kept) == len(wanted)
    return kept


async def seal_all(work: UnitOfWork, key: LogKey, looked: Looked | None = None, limit: int = 2_048) -> int:
    """Seal until there is nothing left; return how many entries that were."""
    position, sealed = looked or Looked(), 0
    while True:
        done: Pass = await seal(work, key, position, limit=limit)
        sealed += done.sealed
        if not done.more:
            return sealed
