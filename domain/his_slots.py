"""Slots that the hospital's own system (HIS) owns: who owns a slot, the quota ceded to us, and our requests.

A slot of the HIS is booked from a quota that it has ceded, or once it has confirmed our request. Nothing here
reads a clock.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import Code, Conflict, FieldFault, InvalidInput
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.schedule import CAPACITY_MAX, DAY_MINUTES, SLOT_MINUTES_MIN
from domain.transitions import TransitionTable

QUOTA_MAX: Final = CAPACITY_MAX * DAY_MINUTES // SLOT_MINUTES_MIN
"""More seats than a day can have are none that anybody could cede."""
ANSWER_WITHIN: Final = timedelta(hours=12)
"""How long a patient waits for the HIS at most: after that other times are of more use than hope."""
ANSWER_BEFORE: Final = timedelta(minutes=15)
"""How long before its beginning a visit is certain at the latest: both sides get ready in that time."""
ANSWER_LEAST: Final = timedelta(minutes=5)
"""How long the HIS is given all the same when a visit begins soon."""
ASK_AGAIN: Final = timedelta(minutes=40)
"""When a request that is still open is brought to the HIS anew: a job has had all its attempts by then."""


class SlotOwner(StrEnum):
    """Who decides about a doctor's slots: we, or the HIS."""

    OURS = "ours"
    HIS = "his"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a doctor's slots. Of those of the HIS, `quota_a_day` seats of each day of `zone` are ceded."""

    owner: SlotOwner
    quota_a_day: int
    zone: str

    def day_of(self, starts_at: datetime) -> date:
        """Return the day to whose quota a slot counts."""
        return starts_at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Claim:
    """On what ground a seat is taken: it is ours, it is one of the quota of `day`, or the HIS is asked."""

    owner: SlotOwner = SlotOwner.OURS
    day: date | None = None
    seat: int | None = None

    @property
    def needs_confirmation(self) -> bool:
        """Whether the HIS has to confirm it first."""
        return self.owner is SlotOwner.HIS and self.seat is None


OWN_CLAIM: Final = Claim()


class SlotRequestState(StrEnum):
    """open until the HIS answers; then confirmed or refused; withdrawn by us; lapsed when no answer came."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SlotRequestEvent(StrEnum):
    """What can happen to a request. A late conflict refuses what was confirmed."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


SLOT_REQUEST = TransitionTable(
    "slot request",
    Code.HIS_WRONG_STATE,
    {
        (SlotRequestState.OPEN, SlotRequestEvent.CONFIRM): SlotRequestState.CONFIRMED,
        (SlotRequestState.OPEN, SlotRequestEvent.REFUSE): SlotRequestState.REFUSED,
        (SlotRequestState.OPEN, SlotRequestEvent.WITHDRAW): SlotRequestState.WITHDRAWN,
        (SlotRequestState.OPEN, SlotRequestEvent.LAPSE): SlotRequestState.LAPSED,
        (SlotRequestState.CONFIRMED, SlotRequestEvent.REFUSE): SlotRequestState.REFUSED,
        (SlotRequestState.CONFIRMED, SlotRequestEvent.WITHDRAW): SlotRequestState.WITHDRAWN,
    },
)


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """What the HIS is asked for. Its id makes it one request, however often it is brought."""

    id: UUID
    appointment_id: AppointmentId
    patient_id: PatientId
    practitioner_id: PractitionerId
    starts_at: datetime
    ends_at: datetime
    state: SlotRequestState
    answer_by: datetime


class SlotAnswer(StrEnum):
    """What the HIS says to a request."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


class HisConfirms(Conflict):
    """The HIS would have to confirm it, and cannot be asked for this."""

    def __init__(self) -> None:
        super().__init__(Code.HIS_CONFIRMS, "The hospital's own system has to confirm this time first.")


class HisNotConnected(Conflict):
    """Nobody is there who could confirm a slot of the HIS."""

    def __init__(self) -> None:
        super().__init__(Code.HIS_NOT_CONNECTED, "The hospital's own system is not connected.")


def answer_by(starts_at: datetime, now: datetime) -> datetime:
    """Return until when the HIS may answer a request that is made at `now`."""
    before = max(starts_at - ANSWER_BEFORE, now + ANSWER_LEAST)
    return min(now + ANSWER_WITHIN, before, max(starts_at, now + timedelta(seconds=1)))


def check_ownership(owner: SlotOwner, quota_a_day: int) -> None:
    """Raise InvalidInput for a quota that cannot be: of slots of our own none is ceded."""
    fault = None
    if quota_a_day < 0:
        fault = FieldFault.TOO_SMALL
    elif quota_a_day > (QUOTA_MAX if owner is SlotOwner.HIS else 0):
        fault = FieldFault.TOO_LARGE
    if fault is not None:
        raise InvalidInput("The quota is not valid.", {"quota_a_day": fault})
