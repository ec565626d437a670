"""The waitlist: who waits for a doctor, and for how long a freed slot is kept for the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.booking import Alternative
from domain.errors import Code, Conflict, FieldFault, InvalidInput
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.notices import quiet_until
from domain.schedule import HORIZON
from domain.transitions import TransitionTable

ENTRIES_MAX: Final = 5
"""For how many doctors a patient may wait at once."""
OFFER_HOLD: Final = timedelta(minutes=30)
"""How long a slot is kept for whom it is offered to; one that is freed at night, after the quiet hours."""
LEAST_BEFORE: Final = timedelta(hours=2)
"""An offer ends at least this long before the visit."""
_LEAST_HOLD: Final = timedelta(minutes=10)


class WaitlistState(StrEnum):
    """waiting; offered while a slot is kept for the patient; booked, left, or over (its last day went by)."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    LEFT = "left"
    OVER = "over"


class WaitlistEvent(StrEnum):
    """What can happen to a place in the list. An offer that is not taken leads to the list's end."""

    OFFER = "offer"
    TAKE = "take"
    MISS = "miss"
    LEAVE = "leave"
    END = "end"


WAITLIST = TransitionTable(
    "place on the waitlist",
    Code.WAITLIST_WRONG_STATE,
    {
        (WaitlistState.WAITING, WaitlistEvent.OFFER): WaitlistState.OFFERED,
        (WaitlistState.WAITING, WaitlistEvent.LEAVE): WaitlistState.LEFT,
        (WaitlistState.WAITING, WaitlistEvent.END): WaitlistState.OVER,
        (WaitlistState.OFFERED, WaitlistEvent.TAKE): WaitlistState.BOOKED,
        (WaitlistState.OFFERED, WaitlistEvent.MISS): WaitlistState.WAITING,
        (WaitlistState.OFFERED, WaitlistEvent.LEAVE): WaitlistState.LEFT,
    },
)


@dataclass(frozen=True, slots=True)
class WaitlistEntry:
    """A place in a doctor's list, for slots that begin in [begins_at, ends_at).

    While one is offered, `appointment_id` is the hold that keeps it, until `held_until`.
    """

    id: UUID
    patient_id: PatientId
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: WaitlistState
    begins_at: datetime
    ends_at: datetime
    appointment_id: AppointmentId | None
    starts_at: datetime | None
    held_until: datetime | None
    fee_minor: int | None
    currency: str | None
    patient_name: str


class TimesFree(Conflict):
    """Nobody has to wait: `alternatives` are free times of the doctor on the wished days, the first of them.

    Who joins a list is therefore offered only what was not free to everybody at that moment.
    """

    def __init__(self, alternatives: Sequence[Alternative]) -> None:
        super().__init__(Code.WAITLIST_TIMES_FREE, "There are free times on these days.")
        self.alternatives = tuple(alternatives)


def check_range(begins_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise InvalidInput unless slots can begin in [begins_at, ends_at)."""
    wrong: dict[str, FieldFault] = {}
    if ends_at <= begins_at:
        wrong["to"] = FieldFault.OUT_OF_ORDER
    elif ends_at <= now:
        wrong["to"] = FieldFault.IN_THE_PAST
    if begins_at > now + HORIZON:
        wrong["from"] = FieldFault.TOO_LARGE
    if wrong:
        raise InvalidInput("The days to wait for are not valid.", wrong)


def kept_until(starts_at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return until when a slot is kept for whom it is offered to at `now`; None when there is no time for it.

    At night it is kept into the morning of the hospital's `zone`, so that nobody is woken for it.
    """
    until = now + OFFER_HOLD
    morning = quiet_until(now, zone)
    if morning is not None:
        until = max(until, morning + OFFER_HOLD)
    until = min(until, starts_at - LEAST_BEFORE)
    return until if until >= now + _LEAST_HOLD else None
