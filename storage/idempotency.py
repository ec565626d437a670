"""Rows of idempotency keys: what was answered to a request that may come again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from storage.pool import Tx

KEYS_KEPT: Final = timedelta(hours=24)
"""How long a key and its answer are kept; housekeeping removes them after."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What stands under a key: the digest of the request, and what was answered."""

    digest: bytes
    status: int
    answer: str


async def claim(tx: Tx, account_id: UUID, key: str, digest: bytes, at: datetime) -> KeptAnswer | None:
    """Take the key for this transaction; return what was answered under it before, None for the first time.

    Waits for another transaction that took the same key and is not over.
    """
    params = {
        "account_id": account_id,
        "key": key,
        "digest": digest,
        "at": at,
        "oldest": at - KEYS_KEPT,
    }
    if await tx.one("idempotency_claim", params) is not None:
        return None
    row = await tx.one("idempotency_kept", {"account_id": account_id, "key": key})
    if row is None:
        # Housekeeping took it between the two statements: as if it had been gone before.
        return await claim(tx, account_id, key, digest, at)
    return KeptAnswer(bytes(row["digest"]), row["status"], row["answer"])


async def keep_answer(tx: Tx, account_id: UUID, key: str, status: int, answer: str) -> None:
    """Keep what is answered under a key that this transaction claimed."""
    await tx.run(
        "idempotency_answer", {"account_id": account_id, "key": key, "status": status, "answer": answer}
    )
