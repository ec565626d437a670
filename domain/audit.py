"""The audit trail as it is read: who did what, when, to whom. How lines are written is elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.accounts import Role

Outcome = Literal["done", "refused"]


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line. `actor_id` is None for the hospital itself; `patient_id` says whose data it was about."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_role: Role | None
    action: str
    outcome: Outcome
    subject_type: str | None
    subject_id: UUID | None
    patient_id: UUID | None
