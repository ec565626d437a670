"""The patient's calendar file and choice of notices, and the administration's view of deliveries."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from actions.appointments import cancel_appointment
from actions.context import UnitOfWork
from domain.accounts import SYSTEM, Role, actor_of
from domain.appointment import Appointment
from domain.registration import Channel, Destination
from storage import registration
from tests.calendar_text import read_calendar
from tests.conftest import Clock
from tests.integration.booking_api.conftest import People
from tests.notice_desk import Desk
from tests.people import make_appointment, make_doctor, make_patient
from tests.rows import execute, rows, trail
from tests.servers import MailServer
from tests.servers import smtp_server as smtp_server

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
USUAL = {"way": None, "locale": None, "time_zone": None, "reminders": True}


async def booked(people: People, work: UnitOfWork) -> Appointment:
    return await make_appointment(
        work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR], work.now() + 3 * DAY
    )


async def cancel(people: People, work: UnitOfWork, made: Appointment) -> None:
    async with work.begin(actor_of(people.accounts[Role.ADMIN]), "cancel") as ctx:
        await cancel_appointment(ctx, made.id)


async def with_mail(work: UnitOfWork, dsn: str, people: People) -> None:
    execute(dsn, "update account set email = %s where role = 'patient'", "li@example.org")


async def with_phone(work: UnitOfWork, people: People) -> None:
    async with work.begin(SYSTEM, "test") as ctx:
        to = Destination(Channel.PHONE, "+8613800138000")
        await registration.insert_contact(ctx.tx, people.accounts[Role.PATIENT].id, to, ctx.now)


class TestCalendar:
    async def test_the_patient_takes_the_visit_into_the_own_calendar(
        self, people: People, work: UnitOfWork
    ) -> None:
        made = await booked(people, work)
        answer = await people.patient.get(f"/api/appointments/{made.id}/calendar")
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        day = made.starts_at.astimezone(ZoneInfo("Asia/Shanghai")).date()
        assert answer.headers["Content-Disposition"] == f'attachment; filename="visit-{day}.ics"'
        calendar = read_calendar(answer.text.encode())
        [event] = calendar.parts
        assert (calendar.value("METHOD"), event.value("SEQUENCE")) == ("PUBLISH", "0")
        assert event.value("UID") == f"{made.id}@hospital.example"
        assert event.moment("DTSTART") == made.starts_at
        assert event.value("URL") == f"http://hospital.example/visit/{made.id}"
        assert "心内科" not in answer.text

    async def test_a_cancelled_visit_takes_itself_away(self, people: People, work: UnitOfWork) -> None:
        made = await booked(people, work)
        await cancel(people, work, made)
        answer = await people.patient.get(f"/api/appointments/{made.id}/calendar")
        [event] = read_calendar(answer.text.encode()).parts
        assert (event.value("STATUS"), event.value("SEQUENCE")) == ("CANCELLED", "1")

    async def test_an_appointment_of_before_has_its_first_number(
        self, people: People, work: UnitOfWork, dsn: str
    ) -> None:
        made = await booked(people, work)
        execute(dsn, "delete from appointment_calendar")
        answer = await people.patient.get(f"/api/appointments/{made.id}/calendar")
        assert read_calendar(answer.text.encode()).parts[0].value("SEQUENCE") == "0"

    async def test_a_stranger_gets_nothing_and_leaves_a_line(
        self, people: People, work: UnitOfWork, dsn: str
    ) -> None:
        made = await make_appointment(
            work, await make_patient(work), await make_doctor(work), work.now() + 3 * DAY
        )
        answer = await people.patient.get(f"/api/appointments/{made.id}/calendar")
        assert (answer.status, answer.code) == (403, "auth.forbidden")
        assert [line[0] for line in trail(dsn, "appointment.read_own")] == ["refused"]
        answer = await people.patient.get(f"/api/appointments/{uuid4()}/calendar")
        assert (answer.status, answer.code) == (404, "not_found")


class TestPreferences:
    async def test_without_a_wish_it_is_as_the_account_and_the_hospital_say(
        self, people: People, work: UnitOfWork, dsn: str
    ) -> None:
        await with_mail(work, dsn, people)
        assert (await people.patient.get("/api/notice-preferences")).json == {
            "wanted": USUAL,
            "account_locale": "zh-CN",
            "hospital_time_zone": "Asia/Shanghai",
            "email": "li@example.org",
            "phone": None,
            "channels": ["email"],
        }
        [line] = trail(dsn, "notice.preferences_read")
        assert line[3] == str(people.accounts[Role.PATIENT].patient_id)

    async def test_a_wish_is_kept_and_reminders_that_wait_follow_it(
        self, people: People, work: UnitOfWork, dsn: str
    ) -> None:
        await with_mail(work, dsn, people)
        await with_phone(work, people)
        await booked(people, work)
        wish = {"way": "sms", "locale": "en", "time_zone": "Europe/London", "reminders": True}
        answer = await people.patient.post("/api/notice-preferences", wish)
        assert (answer.status, answer.json["wanted"], answer.json["channels"]) == (200, wish, ["sms"])
        assert (await people.patient.get("/api/notice-preferences")).json["wanted"] == wish
        query = "select kind, channel, state from notice where kind like 'reminder-%%' order by kind, channel"
        moved = [
            ("reminder-day", "email", "dropped"),
            ("reminder-day", "sms", "waiting"),
            ("reminder-soon", "email", "dropped"),
            ("reminder-soon", "sms", "waiting"),
        ]
        assert rows(dsn, query) == moved
        assert rows(dsn, "select distinct reason from notice where state = 'dropped'") == [("other_way",)]
        await people.patient.post("/api/notice-preferences", USUAL)
        assert [row[2] for row in rows(dsn, query)] == ["waiting", "dropped", "waiting", "dropped"]

    async def test_without_reminders_what_is_urgent_still_comes(
        self, people: People, work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
    ) -> None:
        await with_mail(work, dsn, people)
        desk = Desk(work, dsn, clock, smtp_server)
        made = await booked(people, work)
        await people.patient.post("/api/notice-preferences", {**USUAL, "reminders": False})
        clock.at = made.starts_at - 15 * MINUTE
        await desk.run()
        assert [state[2:] for state in desk.states()[1:]] == [("dropped", "reminders_off")] * 2
        before = len(smtp_server.messages)
        await cancel(people, work, made)
        await desk.run()
        assert desk.subjects()[before:] == ["海滨医院：就诊已取消"]

    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"way": "pigeon"}, {"way": "not_a_choice"}),
            ({"locale": "fr"}, {"locale": "not_a_choice"}),
            ({"time_zone": "Mars/Olympus"}, {"time_zone": "not_a_choice"}),
            ({"time_zone": "../../etc/passwd"}, {"time_zone": "not_a_choice"}),
            ({"reminders": "maybe"}, {"reminders": "wrong_type"}),
            ({"way": 1, "locale": 2}, {"way": "not_a_choice", "locale": "not_a_choice"}),
            ({"email": "a@b.c"}, {"email": "unknown"}),
        ],
    )
    async def test_every_wrong_field_is_named_and_nothing_kept(
        self, people: People, dsn: str, change: dict[str, object], fields: dict[str, str]
    ) -> None:
        answer = await people.patient.post("/api/notice-preferences", {**USUAL, **change})
        assert (answer.status, answer.fields) == (422, fields)
        assert rows(dsn, "select way from notice_preference") == []


class TestDeliveries:
    async def test_what_failed_is_seen_with_its_reason_and_sent_again(
        self, people: People, work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
    ) -> None:
        await with_mail(work, dsn, people)
        made = await booked(people, work)
        desk = Desk(work, dsn, clock, smtp_server)
        smtp_server.recipient_reply = "550 5.1.1 unknown"
        await desk.run()
        answer = await people.admin.get("/api/notices?state=given-up")
        [notice] = answer.json["notices"]
        assert (notice["kind"], notice["channel"], notice["reason"], notice["tries"]) == (
            "appointment-made",
            "email",
            "550",
            1,
        )
        assert (notice["patient_name"], notice["appointment_id"]) == ("李晓兰", str(made.id))
        assert "li@example.org" not in answer.text
        counts = (await people.admin.get("/api/notice-figures")).json
        assert {"channel": "email", "state": "given-up", "unsent": False, "count": 1} in counts["counts"]
        smtp_server.recipient_reply = "250 OK"
        assert (await people.admin.post(f"/api/notices/{notice['id']}/send-again")).status == 204
        await desk.run()
        assert desk.subjects() == ["海滨医院：预约成功"]
        answer = await people.admin.post(f"/api/notices/{notice['id']}/send-again")
        assert (answer.status, answer.code) == (409, "notice.wrong_state")
        patient = str(people.accounts[Role.PATIENT].patient_id)
        assert [line[3] for line in trail(dsn, "notice.send_again")] == [patient]
        assert patient in [line[3] for line in trail(dsn, "notice.list")]

    async def test_deliveries_are_read_page_by_page(self, people: People, work: UnitOfWork, dsn: str) -> None:
        await with_mail(work, dsn, people)
        await booked(people, work)
        seen: list[str] = []
        query = "?limit=2"
        while True:
            page = (await people.admin.get(f"/api/notices{query}")).json
            seen += [notice["id"] for notice in page["notices"]]
            if page["next_before"] is None:
                break
            query = f"?limit=2&before={page['next_before']}"
        assert seen == sorted(set(seen), reverse=True)
        assert len(seen) == 3

    async def test_an_unknown_notice_is_not_found(self, people: People) -> None:
        answer = await people.admin.post(f"/api/notices/{uuid4()}/send-again")
        assert (answer.status, answer.code) == (404, "not_found")

    async def test_a_page_that_cannot_be_is_refused(self, people: People) -> None:
        answer = await people.admin.get("/api/notices?state=lost&limit=1000&before=me")
        assert answer.status == 422
        assert set(answer.fields) == {"state", "limit", "before"}
