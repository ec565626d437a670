"""Registering over HTTP, with the letters really sent and read: what its tests do again and again."""

import re
from email.message import EmailMessage
from typing import Any

import pytest

from actions.context import UnitOfWork
from booking_api.code_letters import handlers
from domain.jobs import JobCall, JobName
from domain.privacy_notice import NOTICES
from providers.mail import SmtpMailer
from providers.sms import Sms
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.people import PASSWORD
from tests.rows import rows
from tests.servers import MailServer
from tests.servers import smtp_server as smtp_server

MAIL = "li@example.org"
PHONE = "138 0013 8000"
NEW_PASSWORD = "a new password of mine"
SOMEBODY = "01920000-0000-7000-8000-000000000000"


class Messages:
    """Text messages that were handed over."""

    def __init__(self) -> None:
        self.taken: list[Sms] = []

    async def send(self, message: Sms) -> str | None:
        self.taken.append(message)
        return f"receipt-{len(self.taken)}"


class Post:
    """Does the queued jobs now, and reads what arrived."""

    def __init__(self, dsn: str, work: UnitOfWork, clock: Clock, server: MailServer) -> None:
        self._dsn = dsn
        self.server = server
        self.messages = Messages()
        mailer = SmtpMailer(
            server.host, server.port, clock=clock, sender="海滨医院 <no-reply@example.org>", tls="off"
        )
        self.handle = handlers(work, mailer, self.messages, "https://visit.example.org", "海滨医院")[
            JobName.SEND_CODE
        ]

    async def deliver(self) -> None:
        queued = rows(self._dsn, "select args from procrastinate_jobs where status = 'todo' order by id")
        for (args,) in queued:
            given = dict(args)
            await self.handle(JobCall(given.pop("key"), given, 1))

    @property
    def letter(self) -> EmailMessage:
        return self.server.messages[-1]

    @property
    def code(self) -> str:
        (found,) = re.findall(r"^(\d{6})\r?$", self.letter.get_content(), re.MULTILINE)
        return str(found)


@pytest.fixture
def post(dsn: str, work: UnitOfWork, clock: Clock, smtp_server: MailServer) -> Post:
    return Post(dsn, work, clock, smtp_server)


def newcomer(ticket: str, **different: Any) -> dict[str, Any]:
    notice = NOTICES["zh-CN"]
    return {
        "ticket": ticket,
        "display_name": "李晓兰",
        "birth_date": "1988-05-17",
        "password": PASSWORD,
        "locale": "zh-CN",
        "notice_version": notice.version,
        "notice_digest": notice.digest.hex(),
        **different,
    }


async def ask(browser: Browser, destination: str = MAIL, what: str = "registrations") -> Answer:
    return await browser.post(f"/api/{what}", {"destination": destination, "locale": "zh-CN"})


async def give(browser: Browser, code_id: str, code: str, what: str = "registrations") -> Answer:
    return await browser.post(f"/api/{what}/{code_id}/code", {"code": code})


async def ticket_for(
    browser: Browser, post: Post, destination: str = MAIL, what: str = "registrations"
) -> tuple[str, str]:
    """Return the id and the ticket of a destination that was proved by mail."""
    code_id = (await ask(browser, destination, what)).json["id"]
    await post.deliver()
    answer = await give(browser, code_id, post.code, what)
    assert answer.status == 200, answer.text
    return code_id, answer.json["ticket"]


async def registered(browser: Browser, post: Post, destination: str = MAIL) -> Answer:
    code_id, ticket = await ticket_for(browser, post, destination)
    answer = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert answer.status == 201, answer.text
    return answer


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"
