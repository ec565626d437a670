"""Changing a booked visit: until when a patient may, and what comes back. Nothing here reads a clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Code, Conflict, WrongState
from domain.payment import share_of


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """The hospital's rules for patients who change their minds.

    Until `cancel_free_hours` before the visit all of the fee comes back, later `cancel_late_percent` of it.
    From its beginning on it is not cancelled: what comes back follows from its record. It may be moved until
    `move_hours` before.
    """

    cancel_free_hours: int = 24
    cancel_late_percent: int = 50
    move_hours: int = 2


class CancelStep(StrEnum):
    """How late it is for cancelling: it decides what comes back."""

    FREE = "free"
    LATE = "late"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Terms:
    """What changing a visit costs at one moment, told to the patient before anything is done.

    `back_minor` of `paid_minor` comes back on cancelling now, in minor units of `currency` (None where
    nothing was paid). All of it does until `free_until`, and `late_percent` of it from then on until the
    beginning. It can be moved until `move_until`.
    """

    step: CancelStep
    paid_minor: int
    back_minor: int
    currency: str | None
    free_until: datetime
    late_percent: int
    move_until: datetime
    can_move: bool


class TermsChanged(Conflict):
    """What the patient agreed to is not what holds any more: nothing was done."""

    def __init__(self) -> None:
        super().__init__(Code.BOOKING_TERMS_CHANGED, "What comes back has changed: please look again.")


def terms(
    policy: ChangePolicy,
    starts_at: datetime,
    now: datetime,
    *,
    moved_late: bool,
    paid_minor: int,
    currency: str | None,
) -> Terms:
    """Return what holds at `now` for a visit of which `paid_minor` was paid and not given back.

    `moved_late`: it was moved when cancelling was not free any more, and so it never is again.
    """
    free_until = starts_at - timedelta(hours=policy.cancel_free_hours)
    if now >= starts_at:
        step, percent = CancelStep.BEGUN, 0
    elif moved_late or now >= free_until:
        step, percent = CancelStep.LATE, policy.cancel_late_percent
    else:
        step, percent = CancelStep.FREE, 100
    move_until = starts_at - timedelta(hours=policy.move_hours)
    return Terms(
        step,
        paid_minor,
        share_of(paid_minor, percent),
        currency if paid_minor else None,
        free_until,
        policy.cancel_late_percent,
        move_until,
        now < move_until,
    )


def back_percent(found: Terms) -> int:
    """Return the share that `found` promises on cancelling, in percent."""
    return {CancelStep.FREE: 100, CancelStep.LATE: found.late_percent, CancelStep.BEGUN: 0}[found.step]


def check_cancel(found: Terms) -> None:
    """Raise WrongState (booking.begun) once the visit's time has begun: then its record decides."""
    if found.step is CancelStep.BEGUN:
        raise WrongState(
            Code.BOOKING_BEGUN, "visit", "booked", "cancel", "A visit whose time has begun is not cancelled."
        )


def check_move(found: Terms) -> None:
    """Raise WrongState (booking.too_late) when it is too late for moving the visit."""
    if not found.can_move:
        raise WrongState(
            Code.BOOKING_TOO_LATE, "visit", "booked", "move", "It is too late to move this visit."
        )
