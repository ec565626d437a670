"""Bodies of real-name verification."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from booking_api.models import Model, Name
from booking_api.models_time import Date
from domain.identity import NUMBER_MAX, REASON_MAX, DocumentKind, IdentityState
from domain.name_opinion import Opinion, RegisterName
from domain.patient_index import Certainty, LinkState, MatchKind


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
    """GET /api/identity. `check` is null before anything was submitted; `required` is the hospital's rule.

    A document is compared with `name` and `birth_date`. Name and number of
    `compared_kinds` go to `compared_by`, which the patient is told before submitting; null: to nobody.
    `correctable`: POST /api/own-details still takes others.
    """

    name: str
    birth_date: date
    required: bool
    compared_by: RegisterName | None
    compared_kinds: list[DocumentKind]
    correctable: bool
    check: IdentityView | None


class OwnDetailsEdit(Model):
    """POST /api/own-details: name and birth date, until a document was submitted or a doctor began a visit.

    `patient_id` null is the own person, else a family member.
    """

    patient_id: UUID | None = None
    name: Name
    birth_date: Date


class IdentityQuery(Model):
    """GET /api/identity: whose; null is the own person."""

    patient_id: UUID | None = None


class NewIdentity(Model):
    """POST /api/identity. `patient_id` null is the own person, else a family member."""

    patient_id: UUID | None = None
    kind: DocumentKind
    number: Annotated[str, StringConstraints(min_length=1, max_length=NUMBER_MAX)]


class NameOpinionView(Model):
    """What a name register says about a document. `reference` is its own name for the question."""

    register_name: RegisterName
    opinion: Opinion
    reference: str | None
    given_at: datetime


class IdentityToDecide(Model):
    """A check that waits, with the whole number: for the staff who compares.

    `number_birth_date` is the birth date that the number says, null of a kind that says none. `opinion` is
    null until a name register has said something, and where none is asked; `compared`: one was.
    """

    id: UUID
    patient_id: UUID
    patient_name: str
    birth_date: date
    kind: DocumentKind
    number: str
    number_birth_date: date | None
    submitted_at: datetime
    opinion: NameOpinionView | None
    compared: bool


class IdentitiesToDecide(Model):
    """GET /api/identity-checks: longest waiting first, at most 100."""

    checks: list[IdentityToDecide]


class IdentityReturn(Model):
    """POST /api/identity-checks/{id}/return. The patient reads the reason."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON_MAX)]


class IndexCandidate(Model):
    """A patient of the hospital's own system (HIS). `source` and `number` name it there."""

    source: str
    number: str
    certainty: Certainty
    name: str
    birth_date: date


class IndexCandidates(Model):
    """GET /api/identity-checks/{id}/candidates: who of the HIS's patient index this patient can be."""

    kind: MatchKind
    candidates: list[IndexCandidate]


class NewIndexLink(Model):
    """POST /api/identity-checks/{id}/link: one of the candidates."""

    source: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    number: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class UnlinkedPatientView(Model):
    """A verified patient without a link. `check_id` is the identity check that it is looked for by."""

    patient_id: UUID
    check_id: UUID
    state: LinkState
    patient_name: str
    birth_date: date
    verified_at: datetime


class UnlinkedPatients(Model):
    """GET /api/patient-links: at most 100, those to decide first. `his_connected`: the HIS can be asked."""

    his_connected: bool
    patients: list[UnlinkedPatientView]
