"""Rows of requests to destroy records: asking, approving, moving, and what was destroyed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.destruction import (
    Approval,
    Destroyed,
    DestructionNote,
    DestructionRequest,
    Ending,
    RequestedRecord,
)
from domain.errors import NotFound
from domain.ids import AccountId
from domain.retention import DestructionState, Due, Hindrance, RetentionRule
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class Person:
    """What is asked of somebody who requests or approves."""

    id: AccountId
    password_hash: str
    created_at: datetime
    disabled_at: datetime | None


async def people(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return these accounts; none of them is disabled before the transaction ends."""
    rows = await tx.all("destruction_person", {"ids": sorted(set(ids))})
    return {row["id"]: Person(**row) for row in rows}


async def insert(
    tx: Tx,
    request_id: UUID,
    *,
    by: AccountId,
    at: datetime,
    expires_at: datetime,
    reason: str,
    due_by: datetime | None,
    records: Mapping[UUID, Due],
) -> None:
    """Keep a new request with the records that it is about."""
    await tx.run(
        "destruction_insert",
        {
            "id": request_id,
            "by": by,
            "at": at,
            "expires_at": expires_at,
            "reason": reason,
            "due_by": due_by,
            "state": DestructionState.REQUESTED.value,
        },
    )
    await tx.run(
        "destruction_records_insert",
        {
            "id": request_id,
            "consultation_id": list(records),
            "due_at": [due.at for due in records.values()],
            "rule": [due.rule.value for due in records.values()],
        },
    )


async def by_id(tx: Tx, request_id: UUID) -> DestructionRequest:
    """Return the request, or raise NotFound."""
    row = await tx.one("destruction_find", {"id": request_id, "limit": 1})
    if row is None:
        raise NotFound("request")
    return _request(row)


async def lock(tx: Tx, request_id: UUID) -> DestructionRequest:
    """Lock the request until the transaction ends and return it as it is then; raise NotFound."""
    if await tx.one("destruction_lock", {"id": request_id}) is None:
        raise NotFound("request")
    return await by_id(tx, request_id)


async def newest(tx: Tx, limit: int) -> list[DestructionRequest]:
    """Return requests, the newest first."""
    return [_request(row) for row in await tx.all("destruction_find", {"id": None, "limit": limit})]


async def records(tx: Tx, request_id: UUID) -> list[RequestedRecord]:
    """Return the records that a request is about, the first due first."""
    return [_record(row) for row in await tx.all("destruction_records", {"id": request_id})]


async def approve(tx: Tx, request: DestructionRequest, number: int, by: AccountId, at: datetime) -> None:
    """Keep an approval. Raise Conflict when it is the requester's, or the other approver's again."""
    with explained():
        await tx.run(
            "destruction_approve",
            {
                "id": request.id,
                "number": number,
                "requested_by": request.requested_by,
                "expires_at": request.expires_at,
                "by": by,
                "at": at,
            },
        )


async def move(tx: Tx, request_id: UUID, old: DestructionState, new: DestructionState) -> bool:
    """Move a request from `old` to `new`; say whether it was in `old`."""
    return await tx.run("destruction_move", {"id": request_id, "old": old.value, "new": new.value}) == 1


async def end(
    tx: Tx,
    request_id: UUID,
    old: DestructionState,
    new: DestructionState,
    *,
    by: AccountId | None,
    at: datetime,
    reason: str | None,
) -> bool:
    """Move a request to a state in which it comes to nothing; say whether it was in `old`."""
    params = {"id": request_id, "old": old.value, "new": new.value, "by": by, "at": at, "reason": reason}
    return await tx.run("destruction_end", params) == 1


async def complete(tx: Tx, request_id: UUID, at: datetime) -> bool:
    """Keep that the last backup with the keys is gone; say whether the keys were destroyed before."""
    params = {
        "id": request_id,
        "old": DestructionState.KEY_DESTROYED.value,
        "new": DestructionState.COMPLETE.value,
        "at": at,
    }
    return await tx.run("destruction_complete", params) == 1


async def spare(tx: Tx, request_id: UUID, why: Mapping[UUID, Hindrance], at: datetime) -> None:
    """Take records out of a request."""
    await tx.run(
        "destruction_spare",
        {
            "id": request_id,
            "consultation_id": list(why),
            "why": [hindrance.value for hindrance in why.values()],
            "at": at,
        },
    )


async def lock_live_with(tx: Tx, consultation_ids: Sequence[UUID]) -> list[UUID]:
    """Lock, in one order, the requests under way that are about any of these records; return their ids."""
    rows = await tx.all("destruction_live_with", {"ids": list(consultation_ids)})
    return [row["id"] for row in rows]


async def destroy(
    tx: Tx,
    request_id: UUID,
    register_seqs: Mapping[UUID, int],
    *,
    by: AccountId,
    at: datetime,
    key_backups_expire_at: datetime,
) -> int:
    """Keep the destruction of these records, and destroy their keys; return how many keys there were.

    PostgreSQL refuses it without two approvals. The caller holds the heads of the conversations.
    """
    ids = list(register_seqs)
    await tx.run(
        "destruction_keep",
        {"id": request_id, "by": by, "at": at, "key_backups_expire_at": key_backups_expire_at},
    )
    await tx.run(
        "destruction_keep_records",
        {"id": request_id, "consultation_id": ids, "register_seq": list(register_seqs.values())},
    )
    return await tx.run("destruction_keys", {"ids": ids, "at": at})


async def lock_expired(tx: Tx, now: datetime, limit: int) -> list[UUID]:
    """Lock and return requests under way whose time is over; those that somebody is at are left out."""
    return [row["id"] for row in await tx.all("destruction_expired", {"now": now, "limit": limit})]


async def lock_completed(tx: Tx, now: datetime, limit: int) -> list[UUID]:
    """Lock and return requests whose keys are in no backup any more, and that do not say so yet."""
    return [row["id"] for row in await tx.all("destruction_completed", {"now": now, "limit": limit})]


async def notes(tx: Tx, consultation_ids: Iterable[UUID]) -> dict[UUID, DestructionNote]:
    """Return what is to be said of those of these records that were destroyed."""
    rows = await tx.all("destruction_of_records", {"ids": list(consultation_ids)})
    return {row["consultation_id"]: _note(row) for row in rows}


def _request(row: Row) -> DestructionRequest:
    ending = None
    if row["ended_at"] is not None:
        ending = Ending(row["ended_by"], row["ended_by_name"], row["ended_at"], row["ended_reason"])
    destroyed = None
    if row["destroyed_at"] is not None:
        destroyed = Destroyed(
            row["destroyed_by"],
            row["destroyed_by_name"],
            row["destroyed_at"],
            row["key_backups_expire_at"],
            row["completed_at"],
        )
    return DestructionRequest(
        row["id"],
        DestructionState(row["state"]),
        row["requested_by"],
        row["requested_by_name"],
        row["requested_at"],
        row["expires_at"],
        row["reason"],
        row["due_by"],
        row["records"],
        row["spared"],
        tuple(
            Approval(
                item["number"],
                AccountId(UUID(item["by"])),
                item["name"],
                datetime.fromisoformat(item["at"]),
            )
            for item in row["approvals"]
        ),
        ending,
        destroyed,
    )


def _record(row: Row) -> RequestedRecord:
    return RequestedRecord(
        row["consultation_id"],
        row["patient_id"],
        row["patient_name"],
        row["practitioner_name"],
        row["starts_at"],
        row["ended_at"],
        Due(row["due_at"], RetentionRule(row["rule"])),
        None if row["spared_why"] is None else Hindrance(row["spared_why"]),
        row["spared_at"],
        row["register_seq"],
    )


def _note(row: Row) -> DestructionNote:
    return DestructionNote(
        row["consultation_id"],
        row["request_id"],
        DestructionState(row["state"]),
        row["destroyed_at"],
        row["requested_by_name"],
        (row["first_approver_name"], row["second_approver_name"]),
        RetentionRule(row["rule"]),
        row["due_at"],
        row["reason"],
        row["key_backups_expire_at"],
        row["register_seq"],
    )
