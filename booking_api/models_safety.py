"""Bodies of safety at a visit: red-flag questions, answers, where the patient is; and of who read what."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from actions.readers import ACCESSES_MAX
from actions.safety import DiagnosisStatement, GuardianConsent
from booking_api.models import Model
from domain.accounts import Role
from domain.diagnosis import DiagnosisBasis
from domain.family import Gender
from domain.safety import LINE_MAX, PLACE_MAX

MessageId = Annotated[UUID, Field(description="The page's own: a resend with the same one adds nothing.")]
_PHONE_MAX = 40


class RedFlag(Model):
    """One red-flag question in both languages, and what to do at once when the answer is yes."""

    id: str
    zh: str
    en: str
    zh_advice: str
    en_advice: str


class RedFlagQuestions(Model):
    """GET /api/red-flags: what is asked before booking, and again before the waiting room."""

    version: str
    questions: list[RedFlag]


class LocationView(Model):
    """Where a patient is, and the number to call back: E.164 or the local form, as it was written."""

    country: Annotated[str, Field(description="ISO 3166-1 alpha-2.")]
    province: str
    city: str
    line: str
    phone: str


class SafetyView(Model):
    """GET /api/consultations/{id}/safety: what is asked, and what the patient said so far."""

    version: str
    questions: list[RedFlag]
    answered_at: datetime | None
    flags: Annotated[
        list[str] | None, Field(description="The ids answered with yes; null before any answer.")
    ]
    located_at: datetime | None
    location: Annotated[
        LocationView | None, Field(description="This visit's once confirmed, before that the last one's.")
    ]
    guardian: Annotated[
        GuardianConsent, Field(description="Whether a child's guardian agreed to take part in this visit.")
    ]
    diagnosis: Annotated[
        DiagnosisStatement,
        Field(description="Whether an earlier diagnosis was stated, where DIAGNOSIS_REQUIRED asks for it."),
    ]


class NewSafetyAnswer(Model):
    """POST /api/consultations/{id}/safety. No flags: none of these."""

    message_id: MessageId
    version: Annotated[str, StringConstraints(max_length=40)]
    flags: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=40)]


class NewLocation(Model):
    """POST /api/consultations/{id}/location."""

    message_id: MessageId
    country: Annotated[str, StringConstraints(max_length=8)]
    province: Annotated[str, StringConstraints(max_length=PLACE_MAX * 2)]
    city: Annotated[str, StringConstraints(max_length=PLACE_MAX * 2)]
    line: Annotated[str, StringConstraints(max_length=LINE_MAX * 2)] = ""
    phone: Annotated[str, StringConstraints(max_length=_PHONE_MAX)]


class NewDiagnosis(Model):
    """POST /api/consultations/{id}/diagnosis: what the patient can show of an earlier diagnosis."""

    message_id: MessageId
    basis: DiagnosisBasis


class DiagnosisView(Model):
    """GET /api/consultations/{id}/diagnosis: what is known of an earlier diagnosis.

    `basis` was said at booking or since, null: nothing yet. `complete`: it needs nothing more; documents that
    were announced were added.
    """

    basis: DiagnosisBasis | None
    documents: int
    earlier_visits: int
    complete: bool


class EarlierVisitView(Model):
    """A visit in which the patient was seen."""

    consultation_id: UUID
    starts_at: datetime
    practitioner_name: str
    practitioner_title: str
    specialty: str


class VisitPatientView(Model):
    """GET /api/consultations/{id}/patient: who the patient is, for the doctor of the visit.

    `gender` null: nobody asked yet. `verified`: the staff has seen a document of the name.
    """

    patient_id: UUID
    name: str
    birth_date: date
    gender: Gender | None
    verified: bool
    earlier: Annotated[list[EarlierVisitView], Field(description="The newest first, at most 20.")]
    diagnosis: DiagnosisView


class SafetyKept(Model):
    """What was said is in the record, durable."""

    seq: int
    recorded_at: datetime


class AccessesQuery(Model):
    """GET /api/accesses. `before` is the `next_before` of the page before."""

    before: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    limit: Annotated[int, Field(ge=1, le=ACCESSES_MAX)] = 20
    by: Literal["people", "system"] | None = Field(
        default=None, description="Only what people did, or only what the hospital's computer did by itself."
    )


class AccessView(Model):
    """What somebody else did with the patient's data; several times in a row is one access."""

    id: int
    first_at: datetime
    last_at: datetime
    times: int
    actor: Annotated[
        str | None,
        Field(description="The same for one account, and another for any other; no id of anything."),
    ]
    actor_name: Annotated[str | None, Field(description="Null for the hospital itself.")]
    actor_role: Role | None
    action: str
    outcome: Literal["done", "refused"]
    visit_at: Annotated[datetime | None, Field(description="When the visit that it was about was planned.")]
    reason: str | None


class AccessesView(Model):
    """GET /api/accesses?before=&limit=: newest first."""

    accesses: list[AccessView]
    next_before: int | None
