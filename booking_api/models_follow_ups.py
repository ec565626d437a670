"""Bodies of the HTTP API about follow-ups."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model
from booking_api.models_time import Date
from domain.follow_up import WHY_MAX


class NewFollowUp(Model):
    """POST /api/consultations/{id}/follow-up: when the patient should come again, and why in short."""

    due_on: Date
    why: Annotated[str, StringConstraints(max_length=WHY_MAX * 2)]


class FollowUpView(Model):
    """What a doctor proposed after a visit. `why` is null once the record cannot be read any more."""

    consultation_id: UUID
    patient_id: UUID
    patient_name: str
    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    due_on: date
    proposed_at: datetime
    why: Annotated[str | None, Field(description="From the record; null when it was destroyed.")]


class FollowUps(Model):
    """GET /api/follow-ups: what is neither booked nor let go, the next due first."""

    follow_ups: list[FollowUpView]
