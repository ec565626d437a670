"""What may stand after the question mark of each address, as models. Days are the hospital's days."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from booking_api.models import Model
from booking_api.models_time import Date
from domain.errors import FieldFault

FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)


def _within_reach(day: date) -> date:
    """Days at the ends of the calendar have no moments in every time zone."""
    if day < FIRST_DAY:
        raise PydanticCustomError(FieldFault.TOO_SMALL.value, "too early")
    if day > LAST_DAY:
        raise PydanticCustomError(FieldFault.TOO_LARGE.value, "too late")
    return day


def _printable(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError(FieldFault.BAD_FORMAT.value, "not printable")
    return text


Day = Annotated[
    Date,
    AfterValidator(_within_reach),
    Field(description="A calendar day in the hospital's time zone; both ends count."),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_printable)]
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=800, pattern=r"^[A-Za-z0-9_=-]+$")]
"""The `next_cursor` of the page before (actions/page_cursor.py): letters that stay in an address."""


class AccountsQuery(Model):
    """GET /api/accounts. `cursor` is the `next_cursor` of the page before."""

    name: Annotated[Text, Field(max_length=120)] | None = Field(
        default=None, description="A part of the name or the login."
    )
    role: Literal["patient", "doctor", "pharmacist", "auditor", "admin"] | None = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class PatientsQuery(Model):
    """GET /api/patients. `cursor` is the `next_cursor` of the page before."""

    name: Annotated[Text, Field(max_length=120)] | None = Field(
        default=None, description="A part of the patient's name."
    )
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class AppointmentsQuery(Model):
    """GET /api/appointments. Without days: today in the hospital's time zone."""

    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")


class PastAppointmentsQuery(Model):
    """GET /api/past-appointments. `cursor` is the `next_cursor` of the page before."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class ArchiveQuery(Model):
    """GET /api/archive/consultations. `cursor` is the `next_cursor` of the page before."""

    patient: Annotated[Text, Field(max_length=120)] | None = Field(
        default=None, description="A part of the patient's name."
    )
    practitioner_id: UUID | None = None
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class AuditQuery(Model):
    """GET /api/audit. `before` is the `next_before` of the page before."""

    before: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    patient_id: UUID | None = None


class JobsQuery(Model):
    """GET /api/jobs. Only dead jobs are of interest so far."""

    state: Literal["dead"] = "dead"


class PackQuery(Model):
    """GET /api/archive/consultations/{id}/pack."""

    reason: Annotated[Text, Field(max_length=500)] | None = Field(
        default=None, description="Why it is taken; it must be given, and stays in the audit trail."
    )
    files: bool = Field(default=False, description="Whether the files of the visit come along.")
