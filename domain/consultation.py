"""The consultation: its states (FHIR R4 Encounter.status, class VR) and who takes part in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Code
from domain.ids import AccountId, AppointmentId, ConsultationId, PatientId, PractitionerId
from domain.transitions import TransitionTable


class ConsultationState(StrEnum):
    """planned: nobody came yet; arrived: the patient waits; then the call; then over."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    IN_PROGRESS = "in-progress"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class ConsultationEvent(StrEnum):
    """What can happen to a consultation. Losing a connection is not among them."""

    ARRIVE = "arrive"
    STEP_OUT = "step-out"
    ADMIT = "admit"
    FINISH = "finish"
    CANCEL = "cancel"


CONSULTATION = TransitionTable(
    "consultation",
    Code.CONSULTATION_WRONG_STATE,
    {
        (ConsultationState.PLANNED, ConsultationEvent.ARRIVE): ConsultationState.ARRIVED,
        (ConsultationState.PLANNED, ConsultationEvent.CANCEL): ConsultationState.CANCELLED,
        (ConsultationState.ARRIVED, ConsultationEvent.STEP_OUT): ConsultationState.PLANNED,
        (ConsultationState.ARRIVED, ConsultationEvent.ADMIT): ConsultationState.IN_PROGRESS,
        (ConsultationState.ARRIVED, ConsultationEvent.CANCEL): ConsultationState.CANCELLED,
        (ConsultationState.IN_PROGRESS, ConsultationEvent.FINISH): ConsultationState.FINISHED,
    },
)

OPEN_STATES = frozenset({ConsultationState.PLANNED, ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS})
CHAT_STATES = frozenset({ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS})
"""States in which the two sides may write to each other."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation and the two accounts that may be in it."""

    id: ConsultationId
    appointment_id: AppointmentId
    patient_id: PatientId
    patient_account_id: AccountId
    patient_name: str
    practitioner_id: PractitionerId
    practitioner_account_id: AccountId
    practitioner_name: str
    state: ConsultationState
    scheduled_start: datetime
    scheduled_end: datetime
    arrived_at: datetime | None
    admitted_at: datetime | None
    ended_at: datetime | None

    def has_participant(self, account_id: AccountId) -> bool:
        """Say whether this account is the patient or the practitioner of this consultation."""
        return account_id in (self.patient_account_id, self.practitioner_account_id)
