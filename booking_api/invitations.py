"""A visit for people's calendars: in letters, and as a file that the patient takes."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from actions.appointments import calendar_entry
from booking_api.edge import Call
from booking_api.notice_words import CALENDAR
from domain.appointment import AppointmentState
from domain.ids import AppointmentId
from providers.calendar import CalendarVisit, Method, Person, calendar_object


@dataclass(frozen=True, slots=True)
class House:
    """What notices say of the hospital itself. `public_url` is the site's address, without a path.

    `organizer` is the mail address that invitations come from.
    """

    name: str
    public_url: str
    zone: ZoneInfo
    organizer: str

    @property
    def host(self) -> str:
        """The name that makes our identifiers unique in the world."""
        return urlsplit(self.public_url).hostname or "localhost"

    def link(self, path: str) -> str:
        """Return the address of one of our pages."""
        return self.public_url.rstrip("/") + path

    def visit(self, appointment_id: UUID) -> str:
        """Return the address of the page where a visit takes place."""
        return self.link(f"/visit/{appointment_id}")


def organizer_of(public_url: str) -> str:
    """Return the address that invitations come from where no mail server is set: nobody writes to it."""
    return f"no-reply@{urlsplit(public_url).hostname or 'localhost'}"


def calendar_visit(
    house: House,
    locale: str,
    *,
    appointment_id: UUID,
    doctor: str,
    starts_at: datetime,
    ends_at: datetime,
    sequence: int,
    changed_at: datetime,
    attendee: Person | None = None,
) -> CalendarVisit:
    """Return an appointment as calendars are told of it, in the reader's language."""
    words = CALENDAR.get(locale, CALENDAR["en"])
    values = {"hospital": house.name, "doctor": doctor, "visit": house.visit(appointment_id)}
    return CalendarVisit(
        appointment_id,
        house.host,
        sequence,
        starts_at,
        ends_at,
        changed_at,
        words.summary.format_map(values),
        words.description.format_map(values),
        words.alarm,
        values["visit"],
        Person(house.organizer, house.name),
        attendee,
    )


async def read_calendar(call: Call) -> web.Response:
    """GET /api/appointments/{id}/calendar: an iCalendar file; of a cancelled one what takes it away."""
    hospital = call.edge.hospital
    async with call.begin() as ctx:
        found = await calendar_entry(ctx, AppointmentId(call.uuid()))
    one = found.appointment
    house = House(
        hospital.name,
        call.edge.public_url,
        call.edge.zone,
        hospital.organizer or organizer_of(call.edge.public_url),
    )
    visit = calendar_visit(
        house,
        call.signed_in.account.locale,
        appointment_id=one.id,
        doctor=one.practitioner_name,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        sequence=found.sequence,
        changed_at=found.changed_at,
    )
    day = one.starts_at.astimezone(call.edge.zone).date()
    method = Method.CANCEL if one.state is AppointmentState.CANCELLED else Method.PUBLISH
    return web.Response(
        body=calendar_object(visit, method).encode(),
        headers={
            "Content-Type": f"text/calendar; charset=utf-8; method={method.value}",
            "Content-Disposition": f'attachment; filename="visit-{day}.ics"',
        },
    )
