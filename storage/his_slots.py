"""Rows of slots of the HIS: who owns a doctor's, what of the quota is taken, what the HIS is asked."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from domain.appointment import AppointmentState
from domain.his_slots import Ownership, SlotOwner, SlotRequest, SlotRequestState
from domain.ids import AppointmentId, PractitionerId
from storage.pool import Tx


async def ownerships(tx: Tx, practitioner_ids: Sequence[PractitionerId]) -> dict[PractitionerId, Ownership]:
    """Return who owns the slots of these doctors, as far as anybody has said so: the others' are ours."""
    rows = await tx.all("slot_ownership", {"ids": list(practitioner_ids)})
    return {
        row["practitioner_id"]: Ownership(SlotOwner(row["owner"]), row["quota_a_day"], row["zone"])
        for row in rows
    }


async def write_ownership(tx: Tx, practitioner_id: PractitionerId, new: Ownership, at: datetime) -> None:
    """Keep who owns a doctor's slots."""
    await tx.run(
        "slot_ownership_write",
        {
            "practitioner_id": practitioner_id,
            "owner": new.owner.value,
            "quota_a_day": new.quota_a_day,
            "zone": new.zone,
            "at": at,
        },
    )


async def release_ended(tx: Tx, practitioner_id: PractitionerId, day: date, now: datetime) -> int:
    """End the doctor's holds that are over and have a seat of this day's quota; return how many."""
    return await tx.run(
        "slot_quota_release_ended", {"practitioner_id": practitioner_id, "day": day, "now": now}
    )


async def quota_taken(
    tx: Tx,
    practitioner_ids: Sequence[PractitionerId],
    first: date,
    last: date,
    now: datetime,
    but_for: UUID | None = None,
) -> dict[tuple[PractitionerId, date], list[int]]:
    """Return the taken seats of the doctors' quotas from `first` to `last`, by doctor and day."""
    rows = await tx.all(
        "slot_quota_taken",
        {"ids": list(practitioner_ids), "first": first, "last": last, "now": now, "but_for": but_for},
    )
    found: dict[tuple[PractitionerId, date], list[int]] = {}
    for row in rows:
        found.setdefault((row["practitioner_id"], row["quota_day"]), []).append(row["quota_seat"])
    return found


async def insert_request(tx: Tx, request: SlotRequest, at: datetime) -> None:
    """Insert an open request."""
    await tx.run(
        "slot_request_insert",
        {
            "id": request.id,
            "appointment_id": request.appointment_id,
            "practitioner_id": request.practitioner_id,
            "starts_at": request.starts_at,
            "ends_at": request.ends_at,
            "answer_by": request.answer_by,
            "at": at,
        },
    )


async def request_by_id(tx: Tx, request_id: UUID, *, lock: bool = False) -> SlotRequest | None:
    """Return a request, or None. `lock` keeps others from deciding it."""
    if lock:
        await tx.one("slot_request_lock", {"id": request_id})
    row = await tx.one("slot_request_by_id", {"id": request_id})
    if row is None:
        return None
    return SlotRequest(
        row["id"],
        row["appointment_id"],
        row["patient_id"],
        row["practitioner_id"],
        row["starts_at"],
        row["ends_at"],
        SlotRequestState(row["state"]),
        row["answer_by"],
    )


async def standing_request(tx: Tx, appointment_id: AppointmentId) -> SlotRequest | None:
    """Return the locked request of an appointment that is open or confirmed; None when there is none."""
    row = await tx.one("slot_request_standing", {"appointment_id": appointment_id})
    return None if row is None else await request_by_id(tx, row["id"])


async def decide(tx: Tx, request: SlotRequest, state: SlotRequestState, at: datetime) -> bool:
    """Move a request; say whether it was as it was."""
    params = {"id": request.id, "old": request.state.value, "new": state.value, "at": at}
    return await tx.run("slot_request_decide", params) == 1


async def due(tx: Tx, now: datetime, limit: int) -> list[UUID]:
    """Return open requests whose time for an answer is over."""
    return [row["id"] for row in await tx.all("slot_request_due", {"now": now, "limit": limit})]


async def ask_again(tx: Tx, now: datetime, asked_before: datetime, limit: int) -> list[tuple[UUID, int]]:
    """Mark requests that nobody has answered as asked at `now`; return them with how often they were."""
    rows = await tx.all("slot_request_ask_again", {"now": now, "asked_before": asked_before, "limit": limit})
    return [(row["id"], row["asked_times"]) for row in rows]


async def pend(tx: Tx, appointment_id: AppointmentId, now: datetime) -> bool:
    """Move a hold that is still good to pending; say whether it was one."""
    return await tx.run("slot_pend", {"id": appointment_id, "now": now}) == 1


async def move_pending(tx: Tx, appointment_id: AppointmentId, state: AppointmentState) -> bool:
    """Move a pending appointment; say whether it was one."""
    return await tx.run("slot_pending_move", {"id": appointment_id, "new": state.value}) == 1


async def replan(tx: Tx, appointment_id: AppointmentId) -> bool:
    """Plan the cancelled consultation of an appointment anew; say whether there was one."""
    return await tx.run("slot_replan", {"id": appointment_id}) == 1
