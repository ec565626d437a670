"""The appointment: its states are FHIR R4 Appointment.status."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.consultation import ConsultationState
from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import AppointmentId, ConsultationId, PatientId, PractitionerId
from domain.transitions import TransitionTable


class AppointmentState(StrEnum):
    """held while the patient makes up their mind; booked until the visit begins; then fulfilled.

    pending: the slot belongs to the hospital's own system, which has not confirmed it yet.

    FHIR has no words for a hold (its Slot is busy-tentative) nor for one that ended: held, expired.
    """

    HELD = "held"
    PENDING = "pending"
    BOOKED = "booked"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"
    EXPIRED = "expired"


class AppointmentEvent(StrEnum):
    """What can happen to an appointment."""

    CONFIRM = "confirm"
    REQUEST = "request"
    ACCEPT = "accept"
    EXPIRE = "expire"
    FULFIL = "fulfil"
    CANCEL = "cancel"
    MISS = "miss"
    COME = "come"
    REBOOK = "rebook"


APPOINTMENT = TransitionTable(
    "appointment",
    Code.APPOINTMENT_WRONG_STATE,
    {
        (AppointmentState.HELD, AppointmentEvent.CONFIRM): AppointmentState.BOOKED,
        (AppointmentState.HELD, AppointmentEvent.EXPIRE): AppointmentState.EXPIRED,
        (AppointmentState.HELD, AppointmentEvent.CANCEL): AppointmentState.CANCELLED,
        # Who pays late gets the slot when nobody else took it meanwhile.
        (AppointmentState.EXPIRED, AppointmentEvent.CONFIRM): AppointmentState.BOOKED,
        # A slot of the hospital's own system (HIS) waits for its answer; without one the visit is called off.
        (AppointmentState.HELD, AppointmentEvent.REQUEST): AppointmentState.PENDING,
        (AppointmentState.EXPIRED, AppointmentEvent.REQUEST): AppointmentState.PENDING,
        (AppointmentState.PENDING, AppointmentEvent.ACCEPT): AppointmentState.BOOKED,
        (AppointmentState.PENDING, AppointmentEvent.CANCEL): AppointmentState.CANCELLED,
        (AppointmentState.BOOKED, AppointmentEvent.FULFIL): AppointmentState.FULFILLED,
        (AppointmentState.BOOKED, AppointmentEvent.CANCEL): AppointmentState.CANCELLED,
        (AppointmentState.BOOKED, AppointmentEvent.MISS): AppointmentState.NOSHOW,
        # Who was counted as missing and comes all the same, while the waiting room is open, is seen.
        (AppointmentState.NOSHOW, AppointmentEvent.COME): AppointmentState.BOOKED,
        # The hospital called it off, and the patient chose another time.
        (AppointmentState.CANCELLED, AppointmentEvent.REBOOK): AppointmentState.BOOKED,
        (AppointmentState.CANCELLED, AppointmentEvent.REQUEST): AppointmentState.PENDING,
    },
)


APPOINTMENT_MAX = timedelta(hours=4)
APPOINTMENT_LATE_MAX = timedelta(days=1)
"""How far in the past an appointment may still be entered, for a visit that was agreed by telephone."""


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise InvalidInput unless an appointment may be made for these aware times."""
    fields = {
        name: FieldFault.BAD_FORMAT
        for name, moment in (("starts_at", starts_at), ("ends_at", ends_at))
        if moment.tzinfo is None
    }
    if not fields:
        if starts_at < now - APPOINTMENT_LATE_MAX:
            fields["starts_at"] = FieldFault.IN_THE_PAST
        if ends_at <= starts_at:
            fields["ends_at"] = FieldFault.OUT_OF_ORDER
        elif ends_at - starts_at > APPOINTMENT_MAX:
            fields["ends_at"] = FieldFault.TOO_LARGE
    if fields:
        raise InvalidInput("The times of the appointment are not valid.", fields)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as both sides see it, with the state of its consultation."""

    id: AppointmentId
    consultation_id: ConsultationId
    patient_id: PatientId
    patient_name: str
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: AppointmentState
    consultation_state: ConsultationState
    starts_at: datetime
    ends_at: datetime
