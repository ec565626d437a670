"""Rows of follow-ups: what was proposed after which visit, and where in the record it is said why."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.follow_up import FollowUpState
from domain.ids import ConsultationId, PatientId, PractitionerId
from storage.pool import Tx


class Proposed(NamedTuple):
    """An open proposal, and the entry (conversation, seq) that says why."""

    consultation_id: ConsultationId
    conversation_id: UUID
    seq: int
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    due_on: date
    proposed_at: datetime
    patient_id: PatientId
    patient_name: str


class OfPatient(NamedTuple):
    """Whose a proposal is, and its state."""

    patient_id: PatientId
    state: FollowUpState


async def insert(
    tx: Tx, consultation_id: UUID, conversation_id: UUID, seq: int, due_on: date, at: datetime
) -> bool:
    """Insert a proposal; say False, having done nothing, when the visit has one."""
    params = {
        "consultation_id": consultation_id,
        "conversation_id": conversation_id,
        "seq": seq,
        "due_on": due_on,
        "at": at,
    }
    return await tx.run("follow_up_insert", params) == 1


async def open_of(tx: Tx, patient_ids: Sequence[PatientId]) -> list[Proposed]:
    """Return these patients' proposals that are neither let go nor booked since, the next due first."""
    return [
        Proposed(
            row["consultation_id"],
            row["conversation_id"],
            row["seq"],
            row["practitioner_id"],
            row["practitioner_name"],
            row["practitioner_title"],
            row["due_on"],
            row["proposed_at"],
            row["patient_id"],
            row["patient_name"],
        )
        for row in await tx.all("follow_up_open", {"patient_ids": list(patient_ids)})
    ]


async def by_consultation(tx: Tx, consultation_id: UUID) -> OfPatient | None:
    """Return whose proposal the visit's is; None when it has none."""
    row = await tx.one("follow_up_by_consultation", {"consultation_id": consultation_id})
    return None if row is None else OfPatient(row["patient_id"], FollowUpState(row["state"]))


async def move(tx: Tx, consultation_id: UUID, old: FollowUpState, new: FollowUpState, at: datetime) -> bool:
    """Move a proposal from `old` to `new`; say whether it was in `old`."""
    params = {"consultation_id": consultation_id, "old": old.value, "new": new.value, "at": at}
    return await tx.run("follow_up_move", params) == 1
