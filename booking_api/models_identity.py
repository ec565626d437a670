"""Bodies of real-name verification."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from booking_api.models import Model
from domain.identity import NUMBER_MAX, REASON_MAX, DocumentKind, IdentityState


class IdentityView(Model):
    """The latest check of a patient. `masked` is all that is shown of the number."""

    id: UUID
    state: IdentityState
    kind: DocumentKind
    masked: str
    submitted_at: datetime
    decided_at: datetime | None
    reason: str | None


class OwnIdentity(Model):
    """GET /api/identity. `check` is null before anything was submitted; `required` is the hospital's rule."""

    required: bool
    check: IdentityView | None


class IdentityQuery(Model):
    """GET /api/identity: whose; null is the own person."""

    patient_id: UUID | None = None


class NewIdentity(Model):
    """POST /api/identity. `patient_id` null is the own person, else a family member."""

    patient_id: UUID | None = None
    kind: DocumentKind
    number: Annotated[str, StringConstraints(min_length=1, max_length=NUMBER_MAX)]


class IdentityToDecide(Model):
    """A check that waits, with the whole number: for the staff who compares."""

    id: UUID
    patient_id: UUID
    patient_name: str
    birth_date: date
    kind: DocumentKind
    number: str
    submitted_at: datetime


class IdentitiesToDecide(Model):
    """GET /api/identity-checks: longest waiting first, at most 100."""

    checks: list[IdentityToDecide]


class IdentityReturn(Model):
    """POST /api/identity-checks/{id}/return. The patient reads the reason."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON_MAX)]
