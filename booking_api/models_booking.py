"""Bodies of the HTTP API about booking."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model
from booking_api.models_time import Moment
from domain.appointment import AppointmentState
from domain.diagnosis import DiagnosisBasis


class BookingAnswers(Model):
    """POST /api/bookings/{id}/answers: what is said before a seat offered from the waitlist is booked."""

    red_flags: Annotated[
        str,
        StringConstraints(max_length=40),
        Field(description="The version of the red-flag questions that the patient answered first."),
    ]
    diagnosis: Annotated[
        DiagnosisBasis,
        Field(
            description="What there is of an earlier diagnosis. An earlier visit is looked up at once;"
            " documents are added once the visit is booked."
        ),
    ]


class NewBooking(BookingAnswers):
    """POST /api/bookings: the slot to hold, as the doctor's page lists it, for whom, and what is said before.

    `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
    """

    practitioner_id: UUID
    starts_at: Moment
    patient_id: UUID | None = None
    guardian_consents: bool = False


class BookingView(Model):
    """A slot that is held, a request for one, or a visit. While it is held, `held_until` says for how long.

    `needs_confirmation`: the hospital's own system owns the slot, and confirms it after booking; until then
    the visit is pending, at the latest until `answer_by`.

    `answers_needed`: it is kept from the waitlist, and its patient answers before it is booked. `diagnosis`
    is what was said then of an earlier one.

    `consultation_id` is there once it is booked. `fee_minor` counts minor units of `currency`; null of a
    visit that the staff entered.
    """

    id: UUID
    consultation_id: UUID | None
    patient_id: UUID
    patient_name: str
    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: AppointmentState
    starts_at: datetime
    ends_at: datetime
    held_until: datetime | None
    needs_confirmation: bool
    answer_by: datetime | None
    answers_needed: bool
    diagnosis: DiagnosisBasis | None
    fee_minor: int | None
    currency: str | None


class Bookings(Model):
    """GET /api/bookings: good holds and visits, the family's too, the latest first; at most 100."""

    bookings: list[BookingView]
