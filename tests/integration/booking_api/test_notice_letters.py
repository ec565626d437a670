"""Notices on their way: written when they are sent, taken by a real mail server, kept with what came."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
import structlog

from actions.accounts import disable_account
from actions.appointments import cancel_appointment
from actions.context import UnitOfWork
from actions.notices import tell
from booking_api.notice_letters import handlers
from domain.accounts import SYSTEM, actor_of
from domain.appointment import Appointment
from domain.errors import OwnFault, PartnerDown
from domain.jobs import JobCall, JobName, mail_visit_ended
from domain.notices import Notice
from domain.registration import Channel, Destination
from storage import registration
from storage.job_runner import JobRunner, Pace
from tests.conftest import Clock
from tests.ended_visits import ended_visit
from tests.notice_desk import HOUSE, URL, Desk, invite_of, move, silent, smtp, text_of
from tests.people import make_admin, make_appointment, make_doctor, make_patient
from tests.rows import execute, rows
from tests.servers import MailServer
from tests.servers import smtp_server as smtp_server
from tests.waiting import until

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
QUICK = Pace(retry_waits_s=(0.01, 0.01), poll_s=0.05)
PHONE = "+8613800138000"


@pytest.fixture
def desk(work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer) -> Desk:
    return Desk(work, dsn, clock, smtp_server)


async def booked(
    desk: Desk, ahead: timedelta = 3 * DAY, *, email: str | None = "li@example.org"
) -> Appointment:
    patient = await make_patient(desk.work, email=email)
    return await make_appointment(desk.work, patient, await make_doctor(desk.work), desk.clock.at + ahead)


async def give_phone(desk: Desk, account_id: UUID) -> None:
    async with desk.work.begin(SYSTEM, "test") as ctx:
        await registration.insert_contact(ctx.tx, account_id, Destination(Channel.PHONE, PHONE), ctx.now)  # type: ignore[arg-type]


async def cancel(desk: Desk, made: Appointment) -> None:
    admin = await make_admin(desk.work)
    async with desk.work.begin(actor_of(admin), "cancel") as ctx:
        await cancel_appointment(ctx, made.id)


async def test_a_booked_visit_brings_a_letter_with_its_calendar_entry(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    [letter] = desk.mail.messages
    assert desk.mail.recipients == [["li@example.org"]]
    assert letter["Subject"] == "海滨医院：预约成功"
    text = text_of(letter)
    assert "李晓兰，您好" in text
    assert "2026年11月26日（星期四）17:00（北京时间，UTC+08:00）" in text
    assert f"{URL}/visit/{made.id}" in text.splitlines()
    method, event = invite_of(letter)
    assert (method, event.value("SEQUENCE")) == ("REQUEST", "0")
    assert event.value("UID") == f"{made.id}@visit.example.org"
    assert event.moment("DTSTART") == made.starts_at
    assert event.value("ATTENDEE") == "mailto:li@example.org"
    assert desk.states()[0] == ("appointment-made", "email", "sent", None)
    assert rows(desk.dsn, "select provider_id, tries from notice where state = 'sent'") == [
        (letter["Message-ID"], 1)
    ]


async def test_no_notice_says_anything_of_health(desk: Desk) -> None:
    made = await booked(desk)
    async with desk.work.begin(SYSTEM, "all") as ctx:
        await tell(ctx, Notice.VISIT_ENDED, made.id)
        await tell(ctx, Notice.WAITLIST_OFFER, made.id, occasion="1", offer_ends_at=ctx.now + DAY)
        await tell(ctx, Notice.REFUND_MADE, made.id, occasion="2", amount_minor=5000, currency="CNY")
    await desk.run()
    desk.clock.at = made.starts_at - 24 * HOUR
    await desk.run()
    desk.clock.at = made.starts_at - 15 * MINUTE
    await desk.run()
    async with desk.work.begin(SYSTEM, "all") as ctx:
        await tell(ctx, Notice.REBOOKING_OFFER, made.id)
    await desk.run()
    assert invite_of(desk.mail.messages[-1])[0] == "CANCEL", "it goes from the calendar"
    await cancel(desk, made)
    await desk.run()
    assert len(desk.mail.messages) == 8
    for letter in desk.mail.messages:
        said = f"{letter['Subject']}{text_of(letter)}"
        for word in ("心内科", "主任医师", "1988", "{", str(made.patient_id)):
            assert word not in said
    assert [text_of(letter).count("CNY 50.00") for letter in desk.mail.messages].count(1) == 1


async def test_each_reminder_comes_once_at_its_time(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    desk.clock.at = made.starts_at - 24 * HOUR - MINUTE
    await desk.run()
    assert len(desk.mail.messages) == 1
    desk.clock.forward(MINUTE)
    await desk.run()
    await desk.run()
    desk.clock.at = made.starts_at - 15 * MINUTE
    await desk.run()
    await desk.run()
    assert desk.subjects() == ["海滨医院：预约成功", "海滨医院：就诊提醒", "海滨医院：您的就诊即将开始"]
    assert desk.states()[1:] == [
        ("reminder-day", "email", "sent", None),
        ("reminder-soon", "email", "sent", None),
    ]


async def test_a_moved_visit_sends_none_of_the_old_and_moves_its_calendar_entry(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    later = made.starts_at + 2 * DAY
    await move(desk, made, later)
    await desk.run()
    [_, letter] = desk.mail.messages
    assert letter["Subject"] == "海滨医院：就诊时间已变更"
    assert "原来的时间：2026年11月26日（星期四）17:00" in text_of(letter)
    method, event = invite_of(letter)
    assert (method, event.value("SEQUENCE"), event.moment("DTSTART")) == ("REQUEST", "1", later)
    desk.clock.at = made.starts_at
    await desk.run()
    assert len(desk.mail.messages) == 2, "nothing of the old time"
    desk.clock.at = later - 15 * MINUTE
    await desk.run()
    assert desk.states()[1:3] == [
        ("reminder-day", "email", "dropped", "superseded"),
        ("reminder-soon", "email", "dropped", "superseded"),
    ]
    assert desk.subjects()[2:] == ["海滨医院：您的就诊即将开始"]


async def test_a_cancelled_visit_leaves_the_calendar_and_reminds_nobody(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    await cancel(desk, made)
    await desk.run()
    desk.clock.at = made.starts_at
    await desk.run()
    [_, letter] = desk.mail.messages
    assert "医院取消了与王建国医生的这次视频就诊" in text_of(letter)
    method, event = invite_of(letter)
    assert (method, event.value("STATUS"), event.value("SEQUENCE")) == ("CANCEL", "CANCELLED", "1")
    assert event.value("UID") == f"{made.id}@visit.example.org"


async def test_what_was_not_sent_before_the_visit_was_cancelled_is_not_sent_after(desk: Desk) -> None:
    made = await booked(desk)
    await cancel(desk, made)
    await desk.run()
    assert desk.subjects() == ["海滨医院：就诊已取消"]
    assert desk.states()[0] == ("appointment-made", "email", "dropped", "superseded")


@pytest.mark.parametrize(
    ("back_before", "reminded"), [(2 * HOUR, True), (30 * MINUTE, False)], ids=["late", "far too late"]
)
async def test_a_server_that_was_down_reminds_late_but_not_absurdly_late(
    desk: Desk, back_before: timedelta, reminded: bool
) -> None:
    made = await booked(desk)
    await desk.run()
    desk.clock.at = made.starts_at - back_before
    await desk.run()
    day = desk.states()[1]
    assert day == ("reminder-day", "email", *(("sent", None) if reminded else ("dropped", "too_late")))
    assert len(desk.mail.messages) == (2 if reminded else 1)


async def test_a_reminder_of_a_visit_that_is_over_is_not_sent(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    desk.clock.at = made.starts_at + 11 * MINUTE
    await desk.run()
    assert [state[2:] for state in desk.states()[1:]] == [("dropped", "too_late")] * 2


async def test_who_waits_already_is_not_reminded(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    execute(
        desk.dsn,
        "update consultation set state = 'arrived', arrived_at = created_at where id = %s",
        str(made.consultation_id),
    )
    desk.clock.at = made.starts_at - 10 * MINUTE
    await desk.run()
    assert desk.states()[2] == ("reminder-soon", "email", "dropped", "arrived")


async def test_messages_wait_for_the_morning_of_the_recipient(desk: Desk) -> None:
    desk.clock.at = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # half past ten in the evening in Shanghai
    made = await booked(desk, email=None)
    [(account_id,)] = rows(desk.dsn, "select account_id::text from patient")
    await give_phone(desk, UUID(account_id))
    async with desk.work.begin(SYSTEM, "end") as ctx:
        await tell(ctx, Notice.APPOINTMENT_MADE, made.id)
    await desk.run()
    assert desk.sms.taken == []
    assert desk.states()[0] == ("appointment-made", "sms", "waiting", None)
    desk.clock.at = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    await desk.run()
    assert desk.sms.taken == []
    desk.clock.forward(MINUTE)
    await desk.run()
    [message] = desk.sms.taken
    assert (message.to, message.values) == (PHONE, {"time": "11月26日 22:30 UTC+08:00"})
    assert rows(desk.dsn, "select provider_id from notice where state = 'sent'") == [("receipt-1",)]


async def test_one_who_wants_english_and_another_clock_gets_both(desk: Desk) -> None:
    made = await booked(desk)
    execute(
        desk.dsn,
        "insert into notice_preference "
        "select account_id, null, 'en', 'America/New_York', true, now() from patient",
    )
    await desk.run()
    [letter] = desk.mail.messages
    assert letter["Subject"] == "海滨医院: your visit is booked"
    assert "Thursday, 26 November 2026, 04:00 (New York time, UTC-05:00)" in text_of(letter)
    assert invite_of(letter)[1].moment("DTSTART") == made.starts_at


async def test_without_an_address_nothing_is_made(desk: Desk) -> None:
    await booked(desk, email=None)
    assert desk.states() == []


async def test_a_disabled_account_is_not_written_to(desk: Desk) -> None:
    made = await booked(desk)
    admin = await make_admin(desk.work)
    [(account_id,)] = rows(desk.dsn, "select account_id from patient")
    async with desk.work.begin(actor_of(admin), "disable") as ctx:
        await disable_account(ctx, UUID(str(account_id)))  # type: ignore[arg-type]
    await desk.run()
    assert desk.states()[0] == ("appointment-made", "email", "dropped", "disabled")
    assert desk.mail.attempts == 0
    async with desk.work.begin(SYSTEM, "end") as ctx:
        await tell(ctx, Notice.VISIT_ENDED, made.id)
    assert len(desk.states()) == 3


async def test_a_notice_goes_once_however_often_it_is_told_and_its_job_runs(desk: Desk) -> None:
    made = await booked(desk)
    for _ in range(3):
        async with desk.work.begin(SYSTEM, "again") as ctx:
            await tell(ctx, Notice.VISIT_ENDED, made.id)
            await tell(ctx, Notice.REFUND_MADE, made.id, occasion="r1", amount_minor=1, currency="JPY")
    async with desk.work.begin(SYSTEM, "again") as ctx:
        await tell(ctx, Notice.REFUND_MADE, made.id, occasion="r2", amount_minor=2, currency="JPY")
    found = rows(desk.dsn, "select id::text from notice where state = 'queued' order by id")
    assert len(found) == 4
    for (notice_id,) in found * 3:
        await desk.run_one(notice_id)
    assert len(desk.mail.messages) == 4
    assert rows(desk.dsn, "select distinct tries from notice where state = 'sent'") == [(1,)]


async def test_a_letter_repeated_after_a_lost_row_is_known_by_its_id(desk: Desk) -> None:
    await booked(desk)
    await desk.run()
    execute(desk.dsn, "update notice set state = 'queued', provider_id = null where state = 'sent'")
    await desk.run()
    first, second = desk.mail.messages
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_mail_server_that_is_down_is_tried_again_and_given_up_at_last(desk: Desk) -> None:
    await booked(desk)
    await desk.mail.stop()
    for attempt in (1, 2):
        with pytest.raises(PartnerDown):
            await desk.run(attempt=attempt)
        assert desk.states()[0] == ("appointment-made", "email", "failed", "partner_down")
    await desk.run(attempt=3)
    assert desk.states()[0] == ("appointment-made", "email", "given-up", "partner_down")
    assert rows(desk.dsn, "select tries from notice where state = 'given-up'") == [(3,)]
    await desk.mail.start()
    await desk.run()
    assert desk.mail.messages == []


async def test_what_is_refused_for_good_is_given_up_at_once_with_the_servers_code(desk: Desk) -> None:
    desk.mail.recipient_reply = "550 5.1.1 li@example.org is unknown"
    await booked(desk)
    await desk.run()
    assert desk.states()[0] == ("appointment-made", "email", "given-up", "550")


async def test_without_a_mail_server_nothing_is_said_to_be_sent(desk: Desk) -> None:
    desk.mailer = silent()
    await booked(desk)
    await desk.run()
    assert desk.states()[0] == ("appointment-made", "email", "dropped", "no_server")


async def test_neither_logs_nor_rows_hold_an_address_or_a_name(desk: Desk) -> None:
    await booked(desk)
    with structlog.testing.capture_logs() as lines:
        await desk.run()
    kept = rows(desk.dsn, "select notice::text from notice") + rows(
        desk.dsn, "select detail from audit_event"
    )
    for word in ("li@example.org", "李晓兰", "王建国"):
        assert word not in str(lines)
        assert word not in str(kept)


async def test_every_delivery_leaves_its_lines(desk: Desk) -> None:
    made = await booked(desk)
    await desk.run()
    lines = rows(
        desk.dsn,
        "select detail ->> 'step', patient_id::text from audit_event "
        "where action = 'notice.send' order by id",
    )
    assert lines == [("prepared", str(made.patient_id)), ("send", str(made.patient_id))]


async def test_the_queue_itself_retries_what_was_put_off(
    desk: Desk, work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    async def busy_once(_message: EmailMessage, _to: list[str]) -> str:
        return "451 4.3.0 Later" if smtp_server.attempts == 0 else "250 OK"

    smtp_server.reply = busy_once
    await ended_visit(work)
    async with running(desk):
        await until(lambda: _there(dsn, "select state, tries from notice", ("sent", 2)))
    [letter] = smtp_server.messages
    assert letter["Subject"] == "海滨医院：您的就诊已结束"
    assert f"{URL}/records" in text_of(letter).splitlines()
    assert "王建国医生" in text_of(letter)


async def test_a_job_of_an_earlier_version_becomes_a_notice(desk: Desk, dsn: str) -> None:
    visit = await ended_visit(desk.work)
    execute(dsn, "delete from notice")
    execute(dsn, "delete from procrastinate_jobs")
    job = mail_visit_ended(visit.id)
    for attempt in (1, 2):
        await desk.handlers[JobName.MAIL_VISIT_ENDED](JobCall(job.key, job.args, attempt))
    await desk.run()
    assert desk.subjects() == ["海滨医院：您的就诊已结束"]


async def test_a_notice_that_is_told_wrongly_is_our_own_fault(desk: Desk) -> None:
    made = await booked(desk)
    nowhere = UUID("018f0000-0000-7000-8000-000000000404")
    for kind, appointment_id in (
        (Notice.REMINDER_DAY, made.id),
        (Notice.REFUND_MADE, made.id),
        (Notice.VISIT_ENDED, nowhere),
    ):
        with pytest.raises(OwnFault):
            async with desk.work.begin(SYSTEM, "wrong") as ctx:
                await tell(ctx, kind, appointment_id)


@asynccontextmanager
async def running(desk: Desk) -> AsyncIterator[None]:
    made = handlers(desk.work, smtp(desk.mail, desk.clock), desk.sms, HOUSE)
    runner = JobRunner(desk.dsn, made, clock=lambda: datetime.now(UTC), pace=QUICK)
    await runner.start()
    try:
        yield
    finally:
        await runner.stop()


async def _there(dsn: str, query: str, row: tuple[object, ...]) -> bool:
    return rows(dsn, query) == [row]
