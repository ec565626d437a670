"""The consultation: its states (FHIR R4 Encounter.status, class VR) and who takes part in it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from domain.errors import Code, WrongState
from domain.family import OWN_RIGHT, ActingRight
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
    TURN_AWAY = "turn-away"
    CANCEL = "cancel"
    REPLAN = "replan"


CONSULTATION = TransitionTable(
    "consultation",
    Code.CONSULTATION_WRONG_STATE,
    {
        (ConsultationState.PLANNED, ConsultationEvent.ARRIVE): ConsultationState.ARRIVED,
        (ConsultationState.PLANNED, ConsultationEvent.CANCEL): ConsultationState.CANCELLED,
        (ConsultationState.ARRIVED, ConsultationEvent.STEP_OUT): ConsultationState.PLANNED,
        (ConsultationState.ARRIVED, ConsultationEvent.ADMIT): ConsultationState.IN_PROGRESS,
        (ConsultationState.ARRIVED, ConsultationEvent.TURN_AWAY): ConsultationState.FINISHED,
        (ConsultationState.ARRIVED, ConsultationEvent.CANCEL): ConsultationState.CANCELLED,
        (ConsultationState.CANCELLED, ConsultationEvent.REPLAN): ConsultationState.PLANNED,
        (ConsultationState.IN_PROGRESS, ConsultationEvent.FINISH): ConsultationState.FINISHED,
        (ConsultationState.IN_PROGRESS, ConsultationEvent.TURN_AWAY): ConsultationState.FINISHED,
    },
)

OPEN_STATES = frozenset({ConsultationState.PLANNED, ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS})
CHAT_STATES = frozenset({ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS})
"""States in which the two sides may write to each other."""

ARRIVE_BEFORE = timedelta(minutes=60)
"""How long before its planned start a patient may arrive."""
ARRIVE_AFTER = timedelta(hours=12)
"""How long after its planned end a patient may still arrive: doctors run late, but not into the next day."""
MISSED_AFTER = timedelta(minutes=60)
"""How long after its planned end a visit to which nobody came counts as missed, until the patient comes."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation and the two accounts that may be in it.

    The patient's is the own one or, of a family member, the one that acts; `right` says whether it may.
    """

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
    right: ActingRight = OWN_RIGHT

    def has_participant(self, account_id: AccountId, now: datetime) -> bool:
        """Say whether this account takes a side of this consultation at `now`."""
        return account_id == self.practitioner_account_id or self.is_patient_side(account_id, now)

    def is_patient_side(self, account_id: AccountId, now: datetime) -> bool:
        """Say whether this account is the patient's, or acts for the patient, at `now`."""
        return account_id == self.patient_account_id and self.right.holds(now)


@dataclass(frozen=True, slots=True)
class RecordMarks:
    """What an auditor sees of a record before opening it.

    `closed`: its closing entry is kept; `sealed`: all of it is in the log; `destroyed`: its texts are gone;
    `on_hold`: a legal hold keeps it, or all of the patient's.
    """

    closed: bool
    sealed: bool
    destroyed: bool
    on_hold: bool


@dataclass(frozen=True, slots=True)
class FoundConsultation:
    """A consultation with the size of its record, as an auditor finds it; without marks where one is read."""

    consultation: Consultation
    entries: int
    marks: RecordMarks | None = None


def door_opens(starts_at: datetime) -> datetime:
    """Return from when on the waiting room lets the patient of a visit that begins then in."""
    return starts_at - ARRIVE_BEFORE


def door_closes(ends_at: datetime) -> datetime:
    """Return the last moment at which the patient of a visit that ends then is let in."""
    return ends_at + ARRIVE_AFTER


def check_arrival(consultation: Consultation, now: datetime) -> None:
    """Raise WrongState unless the waiting room is open for this consultation at `now`, ends included."""
    state, event = consultation.state.value, ConsultationEvent.ARRIVE.value
    if now < door_opens(consultation.scheduled_start):
        minutes = ARRIVE_BEFORE // timedelta(minutes=1)
        raise WrongState(
            Code.CONSULTATION_TOO_EARLY,
            "consultation",
            state,
            event,
            f"The waiting room opens {minutes} minutes before the visit.",
        )
    if now > door_closes(consultation.scheduled_end):
        raise WrongState(
            Code.CONSULTATION_TOO_LATE, "consultation", state, event, "The time of this visit has passed."
        )


def moved(consultation: Consultation, event: ConsultationEvent, now: datetime) -> Consultation:
    """Return the consultation after `event`, with the times that it sets.

    Raise WrongState when the event cannot happen now. Who may cause it is not decided here.
    """
    state = CONSULTATION.next(consultation.state, event)
    match event:
        case ConsultationEvent.ARRIVE:
            check_arrival(consultation, now)
            return replace(consultation, state=state, arrived_at=now)
        case ConsultationEvent.STEP_OUT:
            return replace(consultation, state=state, arrived_at=None)
        case ConsultationEvent.ADMIT:
            return replace(consultation, state=state, admitted_at=now)
        case ConsultationEvent.FINISH | ConsultationEvent.TURN_AWAY | ConsultationEvent.CANCEL:
            return replace(consultation, state=state, ended_at=now)
        case ConsultationEvent.REPLAN:
            return replace(consultation, state=state, ended_at=None)
        case _:
            assert_never(event)
