"""The appointment: its states are FHIR R4 Appointment.status."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.consultation import ConsultationState
from domain.errors import Code
from domain.ids import AppointmentId, ConsultationId, PatientId, PractitionerId
from domain.transitions import TransitionTable


class AppointmentState(StrEnum):
    """booked until the visit begins; then fulfilled, or cancelled before."""

    BOOKED = "booked"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


class AppointmentEvent(StrEnum):
    """What can happen to an appointment."""

    FULFIL = "fulfil"
    CANCEL = "cancel"


APPOINTMENT = TransitionTable(
    "appointment",
    Code.APPOINTMENT_WRONG_STATE,
    {
        (AppointmentState.BOOKED, AppointmentEvent.FULFIL): AppointmentState.FULFILLED,
        (AppointmentState.BOOKED, AppointmentEvent.CANCEL): AppointmentState.CANCELLED,
    },
)


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
