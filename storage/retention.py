"""Rows that retention looks at: how records stand, and legal holds. The rules are in domain."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.consultation import ConsultationState
from domain.destruction import HeldRecord, LegalHold, Lift
from domain.errors import NotFound
from domain.ids import AccountId, PatientId
from domain.retention import RecordStanding, RetentionPolicy, TermStart
from storage.pool import Row, Tx


async def lock(tx: Tx, ids: Iterable[UUID]) -> list[UUID]:
    """Lock these consultations until the transaction ends, in one order; return those that exist."""
    return [row["id"] for row in await tx.all("retention_lock", {"ids": sorted(set(ids))})]


async def of_patient(tx: Tx, patient_id: PatientId) -> list[UUID]:
    """Return the ids of all consultations of a patient."""
    return [row["id"] for row in await tx.all("retention_of_patient", {"patient_id": patient_id})]


async def standings(tx: Tx, ids: Iterable[UUID], now: datetime) -> dict[UUID, HeldRecord]:
    """Return how these records stand at `now`; those that do not exist are left out."""
    rows = await tx.all("retention_standing", {"ids": sorted(set(ids)), "now": now})
    return {row["id"]: _record(row) for row in rows}


async def ids_by_due(
    tx: Tx,
    policy: RetentionPolicy,
    now: datetime,
    *,
    limit: int,
    due_by: datetime | None = None,
    patient_text: str | None = None,
    hindered: bool | None = None,
) -> list[UUID]:
    """Return ids of ended records whose key exists, the first due first.

    On leap days PostgreSQL's years end a day before ours, so that some may be due a day later than asked.
    `hindered`: only those under a hold or in a live request, or only the others.
    """
    rows = await tx.all(
        "retention_by_due",
        {
            "now": now,
            "visit_years": policy.longest(TermStart.LAST_VISIT),
            "end_years": policy.longest(TermStart.CONSULTATION_END),
            "due_by": due_by,
            "patient_text": patient_text,
            "hindered": hindered,
            "limit": limit,
        },
    )
    return [row["id"] for row in rows]


async def patient_exists(tx: Tx, patient_id: PatientId) -> bool:
    """Say whether there is such a patient."""
    return await tx.one("hold_patient", {"id": patient_id}) is not None


async def insert_hold(
    tx: Tx,
    hold_id: UUID,
    *,
    consultation_id: UUID | None,
    patient_id: UUID | None,
    reason: str,
    by: AccountId,
    at: datetime,
) -> None:
    """Keep a hold on one record or on one patient's."""
    await tx.run(
        "hold_insert",
        {
            "id": hold_id,
            "consultation_id": consultation_id,
            "patient_id": patient_id,
            "reason": reason,
            "by": by,
            "at": at,
        },
    )


async def hold(tx: Tx, hold_id: UUID) -> LegalHold:
    """Return the hold, or raise NotFound."""
    row = await tx.one("hold_find", {"id": hold_id, "limit": 1})
    if row is None:
        raise NotFound("hold")
    return _hold(row)


async def holds(tx: Tx, limit: int) -> list[LegalHold]:
    """Return holds, those that stand first, then the newest first."""
    return [_hold(row) for row in await tx.all("hold_find", {"id": None, "limit": limit})]


async def lift_hold(tx: Tx, hold_id: UUID, reason: str, by: AccountId, at: datetime) -> bool:
    """Keep that a hold was lifted; say whether it stood until now."""
    return await tx.run("hold_lift", {"id": hold_id, "reason": reason, "by": by, "at": at}) == 1


def _record(row: Row) -> HeldRecord:
    return HeldRecord(
        row["id"],
        row["patient_id"],
        row["patient_name"],
        row["practitioner_name"],
        row["starts_at"],
        RecordStanding(
            state=ConsultationState(row["state"]),
            last_visit_at=row["last_visit_at"],
            ended_at=row["ended_at"],
            has_key=row["has_key"],
            key_destroyed=row["key_destroyed"],
            held=row["held"],
            requested=row["request_id"] is not None,
        ),
        row["request_id"],
    )


def _hold(row: Row) -> LegalHold:
    lift = None
    if row["lifted_at"] is not None:
        lift = Lift(row["lift_reason"], row["lifted_by"], row["lifted_by_name"], row["lifted_at"])
    return LegalHold(
        row["id"],
        row["consultation_id"],
        row["about_patient_id"],
        row["patient_name"],
        row["starts_at"],
        row["reason"],
        row["placed_by"],
        row["placed_by_name"],
        row["placed_at"],
        lift,
    )
