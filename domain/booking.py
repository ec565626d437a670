"""Booking: a slot is held for a short time, then booked. What a hold is, its limits, and its refusals.

The states are those of the appointment (domain/appointment.py). Nothing here reads a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.appointment import AppointmentState
from domain.diagnosis import DiagnosisBasis
from domain.errors import Code, Conflict
from domain.his_slots import OWN_CLAIM, Claim
from domain.ids import AppointmentId, ConsultationId, PatientId, PractitionerId

HOLD = timedelta(minutes=5)
"""How long a slot is kept for a patient who has not booked it yet."""
HOLDS_MAX = 3
"""How many slots a patient may hold at once."""
HOLDS_A_DAY_MAX = 30
"""How many slots a patient may take hold of in a day, booked or not: holding again and again costs others."""
HOLDS_WINDOW = timedelta(days=1)
ALTERNATIVES = 3
"""How many slots of the same doctor, and of the same specialty, are offered instead of one that is gone."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a patient says before a time is booked.

    `red_flags` is the version of the questions that were answered, `diagnosis` what there is of an earlier
    one (FU-1): documents are added once the visit is booked.
    """

    red_flags: str
    diagnosis: DiagnosisBasis


@dataclass(frozen=True, slots=True)
class Booking:
    """One appointment as its patient books it. Without a consultation while it is held, or when it ended so.

    `fee_minor` counts minor units of `currency`; None of a visit that the staff entered. `claim` is the
    ground on which its seat is taken, `answer_by` until when the hospital's own system may answer while it
    is pending. `answers` are None of a visit that the staff entered, and of a seat offered from the waitlist
    until its patient gives them.
    """

    id: AppointmentId
    consultation_id: ConsultationId | None
    patient_id: PatientId
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: AppointmentState
    starts_at: datetime
    ends_at: datetime
    seat: int
    held_until: datetime | None
    fee_minor: int | None
    currency: str | None
    patient_name: str
    claim: Claim = OWN_CLAIM
    answer_by: datetime | None = None
    answers: Answers | None = None

    @property
    def answers_needed(self) -> bool:
        """Whether its patient has to answer before it is booked: a hold that ended can be booked, too."""
        return self.answers is None and self.state in (AppointmentState.HELD, AppointmentState.EXPIRED)

    @property
    def diagnosis(self) -> DiagnosisBasis | None:
        """What there is of an earlier diagnosis, as it was said at booking."""
        return None if self.answers is None else self.answers.diagnosis

    @property
    def needs_confirmation(self) -> bool:
        """Whether the hospital's own system has to confirm it, or had to."""
        return self.claim.needs_confirmation

    def is_good_hold(self, now: datetime) -> bool:
        """Say whether the slot is kept for the patient at `now`."""
        return self.held_until is not None and now < self.held_until


@dataclass(frozen=True, slots=True)
class Alternative:
    """A free slot that is offered instead of one that is gone."""

    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    starts_at: datetime
    ends_at: datetime
    fee_minor: int
    currency: str


class SlotTaken(Conflict):
    """The slot is gone, or was none. `alternatives` are filled in by who answers the patient."""

    def __init__(
        self,
        practitioner_id: PractitionerId,
        starts_at: datetime,
        alternatives: Sequence[Alternative] = (),
    ) -> None:
        super().__init__(Code.BOOKING_SLOT_TAKEN, "This time is not free any more.")
        self.practitioner_id = practitioner_id
        self.starts_at = starts_at
        self.alternatives = tuple(alternatives)


class PaymentDue(Conflict):
    """The hold is good, but its fee comes first."""

    def __init__(self) -> None:
        super().__init__(Code.PAYMENT_REQUIRED, "This visit is booked once it is paid.")


class AnswersNeeded(Conflict):
    """The hold is good, but its patient was not asked yet what everyone is asked who books."""

    def __init__(self) -> None:
        super().__init__(Code.BOOKING_ANSWERS_NEEDED, "Answer first what is asked before a visit is booked.")


def free_seat(capacity: int, taken: Sequence[int]) -> int | None:
    """Return the lowest seat of a slot that is not among the taken ones; None when there is none."""
    return next((seat for seat in range(1, capacity + 1) if seat not in taken), None)
