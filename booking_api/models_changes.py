"""Bodies of the HTTP API about changes of what is booked: cancelling, moving, offers, the waitlist."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from booking_api.models import AlternativeSlot, Model
from booking_api.models_booking import BookingView
from booking_api.models_schedules import Begins, Ends
from booking_api.models_time import Moment
from booking_api.queries import Day
from domain.changes import CancelStep
from domain.ledger import AMOUNT_MAX
from domain.rebooking import OfferReason
from domain.waitlist import WaitlistState


class TermsView(Model):
    """GET /api/bookings/{id}/terms: what changing the visit means at this moment.

    `back_minor` of `paid_minor` comes back on cancelling now; `currency` is null where nothing was paid. All
    of it does until `free_until`, `late_percent` of it from then on, and none from the visit's beginning on.
    """

    step: CancelStep
    paid_minor: int
    back_minor: int
    currency: str | None
    free_until: datetime
    late_percent: int
    move_until: datetime
    can_move: bool


class NewCancellation(Model):
    """POST /api/bookings/{id}/cancel: `back_minor` is what the patient was told comes back."""

    back_minor: Annotated[int, Field(ge=0, le=AMOUNT_MAX)]


class CancellationView(Model):
    """A visit that its patient cancelled, and what comes back of what was paid."""

    booking: BookingView
    back_minor: int


class NewTime(Model):
    """POST /api/bookings/{id}/move: another slot of the same doctor."""

    starts_at: Moment


class NewCallOff(Model):
    """POST /api/appointments/{id}/call-off. Of the reasons only those that a person gives are taken."""

    why: OfferReason


class RebookingOfferView(Model):
    """A visit that the hospital called off. Until `ends_at` its patient chooses another time or the fee.

    `alternatives` are free at this moment and cost nothing more; any free slot of the same doctor may be
    chosen. `fee_minor` of `currency` goes back when nothing is chosen.
    """

    id: UUID
    appointment_id: UUID
    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    specialty: str
    why: OfferReason
    starts_at: datetime
    ends_at: datetime
    fee_minor: int | None
    currency: str | None
    patient_name: str
    alternatives: list[AlternativeSlot]


class RebookingOffers(Model):
    """GET /api/rebooking-offers: those that are open, the earliest visit first."""

    offers: list[RebookingOfferView]


class RebookingChoice(Model):
    """POST /api/rebooking-offers/{id}/accept: the slot to have instead."""

    practitioner_id: UUID
    starts_at: Moment


class NewWaitlistEntry(Model):
    """POST /api/waitlist: the doctor, and the hospital's days of use; without them any day.

    `patient_id` null is the own person, else a family member. For a child `guardian_consents` is true.
    """

    practitioner_id: UUID
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")
    patient_id: UUID | None = None
    guardian_consents: bool = False


class WaitlistEntryView(Model):
    """A place in a doctor's waitlist. While a slot is offered, `appointment_id` is the hold that keeps it.

    It is kept until `held_until`: pay it or book it as any hold, or give it up to decline.
    """

    id: UUID
    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: WaitlistState
    begins_at: datetime
    ends_at: datetime
    appointment_id: UUID | None
    starts_at: datetime | None
    held_until: datetime | None
    fee_minor: int | None
    currency: str | None
    patient_id: UUID
    patient_name: str


class Waitlist(Model):
    """GET /api/waitlist: where the patient waits."""

    entries: list[WaitlistEntryView]


class LeaveDays(Model):
    """Days of the hospital of a leave that is thought of; both ends count."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")


class ClosedHours(Model):
    """Hours of one day of the hospital that are thought of as closed."""

    day: Day
    begins: Begins
    ends: Ends


class VisitsWithin(Model):
    """How many booked visits it would call off, each with an offer to its patient."""

    booked: int
