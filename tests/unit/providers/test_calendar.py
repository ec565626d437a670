"""Calendar objects, read by a reader that knows nothing of the writer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from providers.calendar import CalendarVisit, Method, Person, calendar_object
from tests.calendar_text import Component, read_calendar

VISIT = CalendarVisit(
    UUID("018f0000-0000-7000-8000-000000000001"),
    "visit.example.org",
    3,
    datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
    datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    "视频就诊（海滨医院）",
    "与王建国医生的视频就诊。\n从这里进入：https://visit.example.org/visit/018f; 请勿迟到, 谢谢",
    "视频就诊即将开始",
    "https://visit.example.org/visit/018f",
    Person("no-reply@example.org", "海滨医院, 门诊"),
    Person("li@example.org", "李晓兰"),
)


def read(visit: CalendarVisit, method: Method) -> tuple[Component, Component]:
    calendar = read_calendar(calendar_object(visit, method).encode())
    assert calendar.name == "VCALENDAR"
    [event] = calendar.parts
    assert event.name == "VEVENT"
    return calendar, event


def test_an_invitation_says_who_when_and_where() -> None:
    calendar, event = read(VISIT, Method.REQUEST)
    assert (calendar.value("VERSION"), calendar.value("METHOD")) == ("2.0", "REQUEST")
    assert calendar.value("PRODID")
    assert event.value("UID") == "018f0000-0000-7000-8000-000000000001@visit.example.org"
    assert event.value("SEQUENCE") == "3"
    assert event.moment("DTSTART") == VISIT.starts_at
    assert event.moment("DTEND") == VISIT.ends_at
    assert event.moment("DTSTAMP") == VISIT.changed_at
    assert event.text("SUMMARY") == VISIT.summary
    assert event.text("DESCRIPTION") == VISIT.description
    assert event.value("URL") == event.text("LOCATION") == VISIT.link
    assert event.value("STATUS") == "CONFIRMED"
    assert event.value("CLASS") == "PRIVATE"
    assert event.value("ORGANIZER") == "mailto:no-reply@example.org"
    assert event.params("ORGANIZER")["CN"] == "海滨医院, 门诊"
    assert event.value("ATTENDEE") == "mailto:li@example.org"
    attendee = event.params("ATTENDEE")
    assert (attendee["CN"], attendee["PARTSTAT"], attendee["RSVP"]) == ("李晓兰", "ACCEPTED", "FALSE")
    [alarm] = event.parts
    assert (alarm.name, alarm.value("ACTION"), alarm.value("TRIGGER")) == ("VALARM", "DISPLAY", "-PT15M")
    assert alarm.text("DESCRIPTION") == VISIT.alarm


def test_a_cancellation_names_the_same_entry_and_rings_no_alarm() -> None:
    calendar, event = read(replace(VISIT, sequence=4), Method.CANCEL)
    assert calendar.value("METHOD") == "CANCEL"
    assert (event.value("STATUS"), event.value("SEQUENCE")) == ("CANCELLED", "4")
    assert event.value("UID") == read(VISIT, Method.REQUEST)[1].value("UID")
    assert event.parts == []


def test_what_is_published_names_no_attendee() -> None:
    calendar, event = read(replace(VISIT, attendee=None), Method.PUBLISH)
    assert calendar.value("METHOD") == "PUBLISH"
    assert "ATTENDEE" not in event.lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_no_name_breaks_out_of_its_line(name: str) -> None:
    visit = replace(
        VISIT, summary=name, organizer=Person("a@example.org", name), attendee=Person("b@example.org", name)
    )
    _, event = read(visit, Method.REQUEST)
    assert event.text("SUMMARY") == name
    assert set(event.lines) == set(read(VISIT, Method.REQUEST)[1].lines)
    assert event.value("DTEND") == f"{VISIT.starts_at + timedelta(minutes=30):%Y%m%dT%H%M%SZ}"
