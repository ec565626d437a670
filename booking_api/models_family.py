"""Bodies of the HTTP API about family members and a guardian's consent."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model
from booking_api.models_time import Date
from domain.family import NAME_MAX, PROOF_MAX, FamilyState, Gender, Relationship

_Told = Annotated[str, StringConstraints(max_length=PROOF_MAX * 2)]


class FamilyMemberView(Model):
    """A patient for whom the account acts once `state` is active. `reason` says why it was returned."""

    patient_id: UUID
    name: str
    birth_date: date
    gender: Gender
    relationship: Annotated[Relationship, Field(description="What the account's holder is to the patient.")]
    state: FamilyState
    is_child: Annotated[bool, Field(description="A guardian consents to each visit and takes part in it.")]
    ends_at: Annotated[datetime | None, Field(description="When a child comes of age, which ends the right.")]
    added_at: datetime
    reason: str | None


class FamilyMembers(Model):
    """GET /api/family: those added first come first."""

    members: list[FamilyMemberView]


class NewFamilyMember(Model):
    """POST /api/family. `declared`: the words of this version were agreed to."""

    name: Annotated[str, StringConstraints(max_length=NAME_MAX * 2)]
    birth_date: Date
    gender: Gender
    relationship: Relationship
    declared: bool


class FamilyProposalView(Model):
    """An adult who waits for the staff: who is meant, and whose account wants to act."""

    patient_id: UUID
    name: str
    birth_date: date
    gender: Gender
    relationship: Relationship
    holder_name: str
    added_at: datetime


class FamilyProposals(Model):
    """GET /api/family-proposals: longest waiting first, at most 100."""

    proposals: list[FamilyProposalView]


class FamilyApproval(Model):
    """POST /api/family-proposals/{id}/approve: what was seen, such as a signed mandate."""

    proof: _Told


class FamilyReturn(Model):
    """POST /api/family-proposals/{id}/return. The account reads the reason."""

    reason: _Told
