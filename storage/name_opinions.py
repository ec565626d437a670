"""Rows of what name registers say about documents, and when they were asked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.name_opinion import NameOpinion, Opinion, RegisterName
from storage.pool import Tx


async def insert(tx: Tx, opinion_id: UUID, check_id: UUID, given: NameOpinion) -> None:
    """Keep an opinion about a check's document."""
    await tx.run(
        "name_opinion_insert",
        {
            "id": opinion_id,
            "check_id": check_id,
            "register": given.register.value,
            "opinion": given.opinion.value,
            "reference": given.reference,
            "at": given.given_at,
        },
    )


async def latest(tx: Tx, check_ids: Sequence[UUID]) -> dict[UUID, NameOpinion]:
    """Return the latest opinion about each of these checks; a check without one is left out."""
    rows = await tx.all("name_opinion_latest", {"check_ids": list(check_ids)})
    return {
        row["identity_check_id"]: NameOpinion(
            RegisterName(row["register"]), Opinion(row["opinion"]), row["reference"], row["given_at"]
        )
        for row in rows
    }


async def asked(tx: Tx, check_id: UUID, at: datetime) -> None:
    """Keep that a register is asked about a check's document, which its owner was told."""
    await tx.run("name_opinion_asked", {"check_id": check_id, "at": at})


async def asked_times(tx: Tx, check_id: UUID) -> int:
    """Return how often a register was asked about a check's document; the check is locked."""
    row = await tx.one("name_opinion_asked_times", {"check_id": check_id})
    if row is None:
        raise LookupError("there is such a check")
    return int(row["asked_times"])


async def ask_at(tx: Tx, check_id: UUID, at: datetime | None) -> None:
    """Keep when a register is asked about a check's document again; None: no more."""
    await tx.run("name_opinion_ask_at", {"check_id": check_id, "at": at})


async def ask_again(tx: Tx, now: datetime, limit: int) -> list[tuple[UUID, int]]:
    """Mark waiting checks whose next question is due as asked at `now`; return how often they were."""
    rows = await tx.all("name_opinion_ask_again", {"now": now, "limit": limit})
    return [(row["id"], row["asked_times"]) for row in rows]
