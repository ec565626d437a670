"""Rebooking: the hospital calls a booked visit off, and the patient chooses another time or the fee."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import Code
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.transitions import TransitionTable

OFFER_LIFE: Final = timedelta(days=7)
"""How long the patient may choose. After that the whole fee goes back by itself."""
SAME_DOCTOR: Final = 3
"""How many times of the same doctor are offered at once."""


class OfferReason(StrEnum):
    """Why the hospital calls a visit off."""

    DOCTOR_UNAVAILABLE = "doctor-unavailable"
    DOCTOR_LEAVE = "doctor-leave"
    TECHNICAL = "technical"
    HIS_CONFLICT = "his-conflict"


SAID_BY_STAFF: Final = (OfferReason.DOCTOR_UNAVAILABLE, OfferReason.TECHNICAL)
"""The reasons that a person may give; the others follow from what happened."""


class OfferState(StrEnum):
    """open until the patient chose or did not; then rebooked, or refunded."""

    OPEN = "open"
    REBOOKED = "rebooked"
    REFUNDED = "refunded"


class OfferEvent(StrEnum):
    """What can happen to an offer. Nobody's answer counts as declining."""

    ACCEPT = "accept"
    DECLINE = "decline"


OFFER = TransitionTable(
    "rebooking offer",
    Code.REBOOKING_WRONG_STATE,
    {
        (OfferState.OPEN, OfferEvent.ACCEPT): OfferState.REBOOKED,
        (OfferState.OPEN, OfferEvent.DECLINE): OfferState.REFUNDED,
    },
)


@dataclass(frozen=True, slots=True)
class RebookingOffer:
    """An offer. `starts_at` and the doctor are those of the visit that was called off."""

    id: UUID
    appointment_id: AppointmentId
    patient_id: PatientId
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    specialty: str
    why: OfferReason
    state: OfferState
    starts_at: datetime
    ends_at: datetime
    fee_minor: int | None
    currency: str | None
    patient_name: str
