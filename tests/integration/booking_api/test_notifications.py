"""The letter after a visit: queued by the doctor's last click, taken by a real server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import EmailMessage

from actions.context import UnitOfWork
from actions.jobs import list_dead, retry_dead
from booking_api.notifications import handlers
from domain.accounts import actor_of
from domain.jobs import JobCall, JobName, mail_visit_ended
from providers.mail import ConsoleMailer, Mailer, SmtpMailer, message_id
from storage.job_runner import JobRunner, Pace
from tests.conftest import Clock
from tests.ended_visits import ended_visit
from tests.people import make_admin
from tests.rows import execute, rows
from tests.servers import MailServer
from tests.servers import smtp_server as smtp_server
from tests.waiting import until

URL = "https://visit.example.org"
HOSPITAL = "海滨医院"
QUICK = Pace(retry_waits_s=(0.01, 0.01), poll_s=0.05)


def mailer(server: MailServer, clock: Clock) -> SmtpMailer:
    return SmtpMailer(
        server.host, server.port, clock=clock, sender=f"{HOSPITAL} <no-reply@example.org>", tls="off"
    )


@asynccontextmanager
async def running(dsn: str, work: UnitOfWork, by: Mailer) -> AsyncIterator[None]:
    runner = JobRunner(dsn, handlers(work, by, URL, HOSPITAL), clock=lambda: datetime.now(UTC), pace=QUICK)
    await runner.start()
    try:
        yield
    finally:
        await runner.stop()


async def reached(dsn: str, state: str, attempts: int) -> None:
    async def there() -> bool:
        return rows(dsn, "select status, attempts from procrastinate_jobs") == [(state, attempts)]

    await until(there)


def steps(dsn: str) -> list[object]:
    found = rows(dsn, "select detail ->> 'step' from audit_event where action = 'mail.send' order by id")
    return [step for (step,) in found]


async def test_the_patient_is_told_where_the_record_is(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "succeeded", 1)
    [letter] = smtp_server.messages
    assert smtp_server.recipients == [["li@example.org"]]
    assert letter["Subject"] == "海滨医院：您的就诊已结束"
    assert letter["Message-ID"] == message_id(mail_visit_ended(visit.id).key, "visit.example.org")
    text = letter.get_content()
    assert "李晓兰，您好" in text
    assert "王建国医生" in text
    assert f"{URL}/records" in text.splitlines()
    assert rows(dsn, "select key from job_effect") == [(mail_visit_ended(visit.id).key,)]
    assert steps(dsn) == ["prepared", "sent"]


async def test_the_letter_says_nothing_about_health(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "succeeded", 1)
    [letter] = smtp_server.messages
    said = f"{letter['Subject']}{letter.get_content()}"
    for word in ("心内科", "主任医师", "1988", str(visit.id), str(visit.patient.patient_id)):
        assert word not in said


async def test_a_patient_who_reads_english_gets_english(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    execute(dsn, "update account set locale = 'en' where id = %s", str(visit.patient.id))
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "succeeded", 1)
    [letter] = smtp_server.messages
    assert letter["Subject"] == "海滨医院: your visit has ended"
    assert "Hello 李晓兰," in letter.get_content()


async def test_a_patient_without_an_address_is_left_in_peace(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    await ended_visit(work, email=None)
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "succeeded", 1)
    assert smtp_server.attempts == 0
    assert rows(dsn, "select key from job_effect") == []


async def test_a_letter_that_went_is_not_sent_again(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    job = mail_visit_ended(visit.id)
    handler = handlers(work, mailer(smtp_server, clock), URL, HOSPITAL)[JobName.MAIL_VISIT_ENDED]
    for attempt in (1, 2, 3):
        await handler(JobCall(job.key, job.args, attempt))
    assert len(smtp_server.messages) == 1
    assert steps(dsn) == ["prepared", "sent"]


async def test_a_letter_repeated_after_a_lost_effect_is_known_by_its_id(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    job = mail_visit_ended(visit.id)
    handler = handlers(work, mailer(smtp_server, clock), URL, HOSPITAL)[JobName.MAIL_VISIT_ENDED]
    await handler(JobCall(job.key, job.args, 1))
    execute(dsn, "delete from job_effect")
    await handler(JobCall(job.key, job.args, 2))
    first, second = smtp_server.messages
    assert first["Message-ID"] == second["Message-ID"]


async def test_while_the_mail_server_is_down_the_job_waits_dies_and_is_brought_back(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    admin = await make_admin(work)
    await ended_visit(work)
    by = mailer(smtp_server, clock)
    await smtp_server.stop()
    async with running(dsn, work, by):
        await reached(dsn, "failed", 3)
        async with work.begin(actor_of(admin), "request-1") as ctx:
            [dead] = await list_dead(ctx)
        assert dead.last_error == "PartnerDown: partner.down (mail)"
        assert dead.attempts == 3
        await smtp_server.start()
        async with work.begin(actor_of(admin), "request-2") as ctx:
            await retry_dead(ctx, dead.id)
        await smtp_server.wait_for(messages=1)
        await reached(dsn, "succeeded", 1)
    assert len(smtp_server.messages) == 1


async def test_a_letter_put_off_is_sent_when_it_is_taken(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    async def busy_once(_message: EmailMessage, _to: list[str]) -> str:
        return "451 4.3.0 Later" if smtp_server.attempts == 0 else "250 OK"

    smtp_server.reply = busy_once
    await ended_visit(work)
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "succeeded", 2)
    assert (smtp_server.attempts, len(smtp_server.messages)) == (2, 1)


async def test_a_letter_refused_for_good_is_not_tried_again(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    smtp_server.recipient_reply = "550 5.1.1 li@example.org is unknown"
    await ended_visit(work)
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "failed", 1)
    assert rows(dsn, "select error from job_failure") == [("mail.refused (550)",)]
    assert rows(dsn, "select key from job_effect") == []
    assert steps(dsn) == ["prepared"]


async def test_an_address_that_is_none_is_refused_before_any_server(
    work: UnitOfWork, dsn: str, clock: Clock, smtp_server: MailServer
) -> None:
    visit = await ended_visit(work)
    both = "li@example.org,all@example.org"
    execute(dsn, "update account set email = %s where id = %s", both, str(visit.patient.id))
    async with running(dsn, work, mailer(smtp_server, clock)):
        await reached(dsn, "failed", 1)
    assert rows(dsn, "select error from job_failure") == [("mail.refused (address)",)]
    assert smtp_server.attempts == 0


async def test_without_a_mail_server_the_trail_does_not_say_sent(work: UnitOfWork, dsn: str) -> None:
    await ended_visit(work)
    async with running(dsn, work, ConsoleMailer()):
        await reached(dsn, "succeeded", 1)
    assert steps(dsn) == ["prepared", "no_mail_server"]
    assert rows(dsn, "select key from job_effect") == []
