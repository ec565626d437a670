"""Notices: what the hospital tells people of their visits, when each may be sent, and how a delivery goes.

Nothing clinical is in a notice. What they say, in which language, is the edge's; how they travel is the
providers'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import Code, FieldFault, InvalidInput, OwnFault
from domain.transitions import TransitionTable


class Notice(StrEnum):
    """Every kind of notice. A kind that was once kept stays understood."""

    APPOINTMENT_MADE = "appointment-made"
    APPOINTMENT_CHANGED = "appointment-changed"
    APPOINTMENT_CANCELLED = "appointment-cancelled"
    REMINDER_DAY = "reminder-day"
    REMINDER_SOON = "reminder-soon"
    VISIT_ENDED = "visit-ended"
    REBOOKING_OFFER = "rebooking-offer"
    WAITLIST_OFFER = "waitlist-offer"
    REFUND_MADE = "refund-made"


class NoticeChannel(StrEnum):
    """How a notice travels."""

    EMAIL = "email"
    SMS = "sms"


class Way(StrEnum):
    """How a person wants to be told. Where the chosen way leads nowhere, the other one is taken."""

    EMAIL = "email"
    SMS = "sms"
    BOTH = "both"


class DeliveryState(StrEnum):
    """waiting for its time, queued, failed (tried, and tried again), then sent, given up, or dropped.

    A dropped one was not sent because nobody needed it any more, or because there was no way to send it.
    """

    WAITING = "waiting"
    QUEUED = "queued"
    FAILED = "failed"
    SENT = "sent"
    GIVEN_UP = "given-up"
    DROPPED = "dropped"


class DeliveryEvent(StrEnum):
    """What can happen to a delivery."""

    QUEUE = "queue"
    PUT_OFF = "put-off"
    SEND = "send"
    FAIL = "fail"
    GIVE_UP = "give-up"
    DROP = "drop"
    SEND_AGAIN = "send-again"


DELIVERY = TransitionTable(
    "notice",
    Code.NOTICE_WRONG_STATE,
    {
        (DeliveryState.WAITING, DeliveryEvent.QUEUE): DeliveryState.QUEUED,
        (DeliveryState.WAITING, DeliveryEvent.DROP): DeliveryState.DROPPED,
        (DeliveryState.QUEUED, DeliveryEvent.PUT_OFF): DeliveryState.WAITING,
        (DeliveryState.QUEUED, DeliveryEvent.SEND): DeliveryState.SENT,
        (DeliveryState.QUEUED, DeliveryEvent.FAIL): DeliveryState.FAILED,
        (DeliveryState.QUEUED, DeliveryEvent.GIVE_UP): DeliveryState.GIVEN_UP,
        (DeliveryState.QUEUED, DeliveryEvent.DROP): DeliveryState.DROPPED,
        (DeliveryState.FAILED, DeliveryEvent.PUT_OFF): DeliveryState.WAITING,
        (DeliveryState.FAILED, DeliveryEvent.SEND): DeliveryState.SENT,
        (DeliveryState.FAILED, DeliveryEvent.FAIL): DeliveryState.FAILED,
        (DeliveryState.FAILED, DeliveryEvent.GIVE_UP): DeliveryState.GIVEN_UP,
        (DeliveryState.FAILED, DeliveryEvent.DROP): DeliveryState.DROPPED,
        (DeliveryState.GIVEN_UP, DeliveryEvent.SEND_AGAIN): DeliveryState.QUEUED,
    },
)


class Reason(StrEnum):
    """Why a notice was dropped or given up, where it is ours to say; a provider's own code is kept as is."""

    SUPERSEDED = "superseded"
    NOT_BOOKED = "not_booked"
    ARRIVED = "arrived"
    TOO_LATE = "too_late"
    REMINDERS_OFF = "reminders_off"
    OTHER_WAY = "other_way"
    NO_ADDRESS = "no_address"
    DISABLED = "disabled"
    NO_SERVER = "no_server"
    PARTNER_DOWN = "partner_down"


UNSENT: Final = (Reason.NO_SERVER, Reason.NO_ADDRESS, Reason.TOO_LATE)
"""Why a notice was dropped that somebody would have needed: there was no way to send it, or not in time."""

REMINDERS: Final = (Notice.REMINDER_DAY, Notice.REMINDER_SOON)
BEFORE: Final[Mapping[Notice, timedelta]] = {
    Notice.REMINDER_DAY: timedelta(hours=24),
    Notice.REMINDER_SOON: timedelta(minutes=15),
}
"""How long before the visit each reminder goes."""
OF_THE_CALENDAR: Final = (
    Notice.APPOINTMENT_MADE,
    Notice.APPOINTMENT_CHANGED,
    Notice.APPOINTMENT_CANCELLED,
    # The visit is called off: it goes from the calendar until another time is chosen.
    Notice.REBOOKING_OFFER,
)
"""What carries a calendar entry, and moves its sequence on."""
OF_A_BOOKED_VISIT: Final = (Notice.APPOINTMENT_MADE, Notice.APPOINTMENT_CHANGED, *REMINDERS)
"""What would be wrong to say of a visit that is not booked any more."""

FACTS: Final[Mapping[Notice, frozenset[str]]] = {
    Notice.APPOINTMENT_MADE: frozenset(),
    Notice.APPOINTMENT_CHANGED: frozenset({"was_starts_at"}),
    Notice.APPOINTMENT_CANCELLED: frozenset({"by"}),
    Notice.REMINDER_DAY: frozenset(),
    Notice.REMINDER_SOON: frozenset(),
    Notice.VISIT_ENDED: frozenset(),
    Notice.REBOOKING_OFFER: frozenset(),
    Notice.WAITLIST_OFFER: frozenset({"offer_ends_at"}),
    Notice.REFUND_MADE: frozenset({"amount_minor", "currency"}),
}
"""What each notice is told beside its appointment: moments, `by` ("patient" or "hospital"), money."""

Fact = str | int | datetime

QUIET_BEGINS: Final = time(22)
QUIET_ENDS: Final = time(8)
_LEAST_BEFORE: Final[Mapping[Notice, timedelta]] = {
    Notice.APPOINTMENT_MADE: timedelta(hours=2),
    Notice.APPOINTMENT_CHANGED: timedelta(hours=2),
    Notice.APPOINTMENT_CANCELLED: timedelta(hours=2),
    Notice.REMINDER_DAY: timedelta(hours=1),
    Notice.REMINDER_SOON: timedelta(minutes=5),
    Notice.REBOOKING_OFFER: timedelta(hours=2),
}
"""What would come later than this before the visit is urgent, and does not wait for the morning."""
_OFFER_LEAST: Final = timedelta(hours=1)
_USEFUL_BEFORE: Final[Mapping[Notice, timedelta]] = {
    Notice.APPOINTMENT_MADE: timedelta(0),
    Notice.APPOINTMENT_CHANGED: timedelta(0),
    # The other reminder, and the way into the waiting room, are near by then.
    Notice.REMINDER_DAY: timedelta(hours=1),
    # Late, a patient can still come: the waiting room stays open.
    Notice.REMINDER_SOON: timedelta(minutes=-10),
    Notice.APPOINTMENT_CANCELLED: timedelta(hours=-2),
}
"""Until how long before the visit a notice is worth sending; below zero it is after its beginning."""
_USEFUL_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person wants to be told. None is: as the account says (locale), as the hospital says (zone)."""

    way: Way | None = None
    locale: str | None = None
    time_zone: str | None = None
    reminders: bool = True


def check_facts(notice: Notice, facts: Mapping[str, Fact]) -> None:
    """Raise OwnFault unless these are the facts that the notice needs: a caller of ours is wrong."""
    if set(facts) != FACTS[notice]:
        raise OwnFault(f"the notice {notice} is told {sorted(facts)}, not {sorted(FACTS[notice])}")
    if any(isinstance(fact, datetime) and fact.tzinfo is None for fact in facts.values()):
        raise OwnFault(f"a moment of the notice {notice} has no zone")


def check_time_zone(name: str) -> None:
    """Raise InvalidInput unless this is a name of the IANA time zone database."""
    if name not in available_timezones():
        raise InvalidInput("There is no such time zone.", {"time_zone": FieldFault.NOT_A_CHOICE})


def channels(way: Way | None, *, email: bool, phone: bool) -> tuple[NoticeChannel, ...]:
    """Return how somebody is told who has these addresses; nothing where there is none.

    Without a wish it is by mail, which costs nothing, and by message only where there is no mail address.
    """
    there = tuple(
        channel for channel, has in ((NoticeChannel.EMAIL, email), (NoticeChannel.SMS, phone)) if has
    )
    match way:
        case Way.BOTH:
            return there
        case Way.SMS:
            return (NoticeChannel.SMS,) if phone else there
        case Way.EMAIL | None:
            return (NoticeChannel.EMAIL,) if email else there


def reminders(starts_at: datetime, now: datetime) -> list[tuple[Notice, datetime]]:
    """Return the reminders of a visit and when they are due; those whose moment is over are left out."""
    return [(notice, starts_at - BEFORE[notice]) for notice in REMINDERS if starts_at - BEFORE[notice] > now]


def useful_until(
    notice: Notice, starts_at: datetime, now: datetime, offer_ends_at: datetime | None = None
) -> datetime:
    """Return the moment after which sending it would help nobody: late is better than never, up to there."""
    if offer_ends_at is not None:
        return offer_ends_at
    if notice in _USEFUL_BEFORE:
        return starts_at - _USEFUL_BEFORE[notice]
    return now + _USEFUL_FOR


def quiet_until(now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that `now` lies in, in the recipient's zone; None outside them."""
    local = now.astimezone(zone)
    # Walls' clocks decide, so that a night in which they are moved is an hour shorter or longer.
    wall = local.time().replace(tzinfo=None)
    if wall >= QUIET_BEGINS:
        return datetime.combine(local.date() + timedelta(days=1), QUIET_ENDS, zone).astimezone(now.tzinfo)
    if wall < QUIET_ENDS:
        return datetime.combine(local.date(), QUIET_ENDS, zone).astimezone(now.tzinfo)
    return None


def put_off_until(
    notice: Notice,
    channel: NoticeChannel,
    now: datetime,
    zone: ZoneInfo,
    *,
    starts_at: datetime,
    offer_ends_at: datetime | None = None,
) -> datetime | None:
    """Return until when a notice waits because people sleep, or None when it may go now.

    Messages and reminders wait from 22 to 8 o'clock in the recipient's zone; other mail wakes nobody. What
    is urgent goes: when waiting would leave too little time before the visit, or before an offer ends.
    """
    if channel is NoticeChannel.EMAIL and notice not in REMINDERS:
        return None
    morning = quiet_until(now, zone)
    if morning is None:
        return None
    if offer_ends_at is not None:
        return None if offer_ends_at - morning < _OFFER_LEAST else morning
    least = _LEAST_BEFORE.get(notice)
    if least is not None and now < starts_at + least and starts_at - morning < least:
        return None
    return morning
