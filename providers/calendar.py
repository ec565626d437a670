"""Calendar objects (RFC 5545) of a visit, as other people's calendars take them: iTIP by RFC 5546.

Times are UTC, which every calendar shows in its owner's own zone. Nothing of the visit's reason is in one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

ALARM_BEFORE = timedelta(minutes=15)
_PRODUCT = "-//Televisit//Visits//EN"


class Method(StrEnum):
    """What a calendar is to do: take an invitation or an entry, or take one away."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a calendar object names: a mail address and a name."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class CalendarVisit:
    """One appointment for calendars. `host` is a name of ours, which makes the UID unique in the world.

    Of two with the same appointment the one with the higher `sequence` is the newer. `attendee` is left out
    of what is published for anybody who may have it.
    """

    appointment_id: UUID
    host: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    summary: str
    description: str
    alarm: str
    link: str
    organizer: Person
    attendee: Person | None = None


def calendar_object(visit: CalendarVisit, method: Method) -> str:
    """Return the calendar object as text, lines ended and folded as RFC 5545 says."""
    # Only whoever writes an invitation pays for the library.
    from icalendar import Alarm, Calendar, Event, vCalAddress

    event = Event()
    event.add("uid", f"{visit.appointment_id}@{visit.host}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at.astimezone(UTC))
    event.add("last-modified", visit.changed_at.astimezone(UTC))
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("summary", visit.summary)
    event.add("description", visit.description)
    event.add("url", visit.link)
    event.add("location", visit.link)
    # Who sees the calendar sees that there is a visit and no more; who made it so can change it.
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if method is Method.CANCEL else "OPAQUE")
    organizer = vCalAddress(f"mailto:{visit.organizer.email}")
    organizer.params["CN"] = visit.organizer.name
    event.add("organizer", organizer)
    if visit.attendee is not None:
        attendee = vCalAddress(f"mailto:{visit.attendee.email}")
        attendee.params["CN"] = visit.attendee.name
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        # The visit is booked already: nobody is asked to answer, and nobody reads an answer.
        attendee.params["PARTSTAT"] = "ACCEPTED"
        attendee.params["RSVP"] = "FALSE"
        event.add("attendee", attendee)
    if method is not Method.CANCEL:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", visit.alarm)
        alarm.add("trigger", -ALARM_BEFORE)
        event.add_component(alarm)
    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", _PRODUCT)
    found.add("calscale", "GREGORIAN")
    found.add("method", method.value)
    found.add_component(event)
    return bytes(found.to_ical()).decode()
