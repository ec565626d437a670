"""Notices for tests: a hospital whose letters go to a real mail server and whose messages to a list."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.context import UnitOfWork
from actions.notices import tell
from actions.reminders import tick
from booking_api.invitations import House
from booking_api.notice_letters import handlers
from domain.accounts import SYSTEM
from domain.appointment import Appointment
from domain.errors import PartnerDown
from domain.jobs import Handler, JobCall, JobName, send_notice
from domain.notices import Notice
from providers.mail import ConsoleMailer, Mailer, SmtpMailer
from providers.sms import Sms, SmsRefused
from tests.calendar_text import Component, read_calendar
from tests.conftest import Clock
from tests.rows import execute, rows
from tests.servers import MailServer

_KINDS = [kind.value for kind in Notice]
_IN_HAND = """
    select id::text from notice where state in ('queued', 'failed')
    order by sequence, array_position(%s, kind), occasion, channel
"""
_ALL = """
    select kind, channel, state, reason from notice
    order by sequence, array_position(%s, kind), occasion, channel
"""
URL = "https://visit.example.org"
HOSPITAL = "海滨医院"
HOUSE = House(HOSPITAL, URL, ZoneInfo("Asia/Shanghai"), "no-reply@example.org")


@dataclass
class Messages:
    """A sender of text messages that keeps them, or refuses them with `refuse`, or is down."""

    taken: list[Sms] = field(default_factory=list)
    refuse: str | None = None
    down: bool = False

    async def send(self, message: Sms) -> str | None:
        if self.down:
            raise PartnerDown("sms", "The SMS provider does not answer.")
        if self.refuse is not None:
            raise SmsRefused(self.refuse)
        self.taken.append(message)
        return f"receipt-{len(self.taken)}"


@dataclass
class Desk:
    """Runs what is queued, as the job runner would, at the test's own time."""

    work: UnitOfWork
    dsn: str
    clock: Clock
    mail: MailServer
    sms: Messages = field(default_factory=Messages)
    mailer: Mailer | None = None

    @property
    def handlers(self) -> dict[JobName, Handler]:
        mailer = self.mailer or smtp(self.mail, self.clock)
        return dict(handlers(self.work, mailer, self.sms, HOUSE, tries_max=3))

    async def run(self, *, attempt: int = 1) -> None:
        """Queue what is due, and run every notice that is queued or failed once."""
        await tick(self.work, "tick")
        found = rows(self.dsn, _IN_HAND, _KINDS)
        for (notice_id,) in found:
            await self.run_one(notice_id, attempt=attempt)

    async def run_one(self, notice_id: str, *, attempt: int = 1) -> None:
        job = send_notice(UUID(notice_id))
        await self.handlers[job.name](JobCall(job.key, job.args, attempt))

    def states(self) -> list[tuple[Any, ...]]:
        """Return (kind, channel, state, reason) of all notices, by number and kind."""
        return rows(self.dsn, _ALL, _KINDS)

    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.mail.messages]


async def move(desk: Desk, made: Appointment, starts_at: datetime) -> None:
    """Move an appointment as a booking action does: the row first, then the notice."""
    execute(
        desk.dsn,
        "update appointment set starts_at = %s, ends_at = %s where id = %s",
        starts_at,
        starts_at + timedelta(minutes=30),
        str(made.id),
    )
    async with desk.work.begin(SYSTEM, "move") as ctx:
        await tell(ctx, Notice.APPOINTMENT_CHANGED, made.id, was_starts_at=made.starts_at)


def smtp(server: MailServer, clock: Clock) -> SmtpMailer:
    return SmtpMailer(
        server.host, server.port, clock=clock, sender=f"{HOSPITAL} <no-reply@example.org>", tls="off"
    )


def silent() -> ConsoleMailer:
    return ConsoleMailer()


def text_of(letter: EmailMessage) -> str:
    """Return a letter's plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def invite_of(letter: EmailMessage) -> tuple[str, Component]:
    """Return the method in the type of a letter's calendar object, and its one event."""
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    method = part.get_param("method")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    calendar = read_calendar(payload)
    assert calendar.value("METHOD") == method
    [event] = calendar.parts
    return str(method), event
