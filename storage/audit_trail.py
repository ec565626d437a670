"""The audit trail's rows: inserted and read, never changed. Who may read them is not decided here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.accounts import Actor, Role
from domain.audit import AuditEvent, Outcome
from domain.ids import PatientId
from domain.permissions import Action
from storage.pool import Tx


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be kept."""

    at: datetime
    actor_id: UUID | None
    actor_role: str | None
    session_id: UUID | None
    action: str
    outcome: Outcome
    subject_type: str | None
    subject_id: UUID | None
    patient_id: UUID | None
    request_id: str
    detail: str


def line(
    actor: Actor,
    action: Action,
    at: datetime,
    request_id: str,
    subject: tuple[str, UUID] | None,
    patient_id: UUID | None,
    outcome: Outcome,
    detail: Mapping[str, Any],
) -> Line:
    """Make a line. `subject` is (type, id) of what was acted upon.

    Of what a patient's account did for another patient it says so: the line names who acted and for whom.
    """
    if outcome == "done" and actor.patient_id is not None and patient_id not in (None, actor.patient_id):
        detail = {**detail, "acted_for": str(patient_id)}
    subject_type, subject_id = subject or (None, None)
    return Line(
        at,
        actor.account_id,
        None if actor.role is None else actor.role.value,
        actor.session_id,
        action.value,
        outcome,
        subject_type,
        subject_id,
        patient_id,
        request_id,
        json.dumps(detail),
    )


async def insert(tx: Tx, lines: Sequence[Line]) -> None:
    """Insert lines in one statement."""
    await tx.run(
        "audit_insert",
        {
            "at": [item.at for item in lines],
            "actor_id": [item.actor_id for item in lines],
            "actor_role": [item.actor_role for item in lines],
            "session_id": [item.session_id for item in lines],
            "action": [item.action for item in lines],
            "outcome": [item.outcome for item in lines],
            "subject_type": [item.subject_type for item in lines],
            "subject_id": [item.subject_id for item in lines],
            "patient_id": [item.patient_id for item in lines],
            "request_id": [item.request_id for item in lines],
            "detail": [item.detail for item in lines],
        },
    )


async def newest(tx: Tx, before_id: int, limit: int, patient_id: PatientId | None) -> list[AuditEvent]:
    """Return up to `limit` lines with an id below `before_id`, newest first; of one patient when given."""
    params = {"before_id": before_id, "limit": limit}
    if patient_id is None:
        rows = await tx.all("audit_newest", params)
    else:
        rows = await tx.all("audit_newest_of_patient", {**params, "patient_id": patient_id})
    return [
        AuditEvent(
            row["id"],
            row["at"],
            row["actor_id"],
            row["actor_name"],
            None if row["actor_role"] is None else Role(row["actor_role"]),
            row["action"],
            row["outcome"],
            row["subject_type"],
            row["subject_id"],
            row["patient_id"],
        )
        for row in rows
    ]
