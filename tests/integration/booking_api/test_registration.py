"""Registering and forgotten passwords over HTTP, with the letters really sent."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import structlog

from actions.accounts import disable_account
from actions.context import UnitOfWork
from actions.one_time_codes import CODES_PER_ADDRESS, CODES_PER_DESTINATION, TRIES_PER_ADDRESS
from booking_api.code_letters import handlers
from domain.accounts import SESSION_COOKIE, Account, actor_of
from domain.jobs import JobCall, JobName, send_code
from domain.privacy_notice import NOTICES
from domain.registration import CODE_LIFE, CODE_RESEND_AFTER_S, CODE_TRIES, TICKET_LIFE
from providers.mail import SmtpMailer
from providers.sms import Sms, SmsKind
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import HOSPITAL, AttachTo, NewBrowser
from tests.people import PASSWORD, make_admin, make_patient
from tests.rows import execute, rows, trail
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

    async def send(self, message: Sms) -> bool:
        self.taken.append(message)
        return True


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


async def test_a_patient_registers_by_mail_and_is_signed_in(browser: Browser, post: Post, dsn: str) -> None:
    answer = await registered(browser, post)
    assert SESSION_COOKIE in answer.cookies
    account = answer.json["account"]
    assert (account["role"], account["display_name"], account["email"]) == ("patient", "李晓兰", MAIL)
    assert account["login"] == MAIL
    assert (await browser.get("/api/session")).json["account"]["id"] == account["id"]
    assert post.server.recipients == [[MAIL]]
    assert rows(dsn, "select name, birth_date::text from patient") == [("李晓兰", "1988-05-17")]
    notice = NOTICES["zh-CN"]
    ((version, digest, given),) = rows(dsn, "select version, digest, given_at from account_consent")
    assert (version, bytes(digest)) == (notice.version, notice.digest)
    assert given == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    ((outcome, _, subject, patient),) = trail(dsn, "account.register")
    assert (outcome, subject) == ("done", account["id"])
    assert rows(dsn, "select id::text from patient") == [(patient,)]


async def test_who_registered_signs_in_by_the_address_however_it_is_spelled(
    new_browser: NewBrowser, post: Post
) -> None:
    await registered(await new_browser(), post)
    for login in (MAIL, " LI@Example.org "):
        assert (await (await new_browser()).sign_in(login, PASSWORD)).status == 201
    wrong = await (await new_browser()).sign_in(MAIL, "not the password")
    assert (wrong.status, wrong.code) == (401, "auth.invalid_credentials")


async def test_a_patient_registers_and_signs_in_by_mobile_phone(
    new_browser: NewBrowser, post: Post, dsn: str
) -> None:
    browser = await new_browser()
    asked = (await ask(browser, PHONE)).json
    assert asked["channel"] == "phone"
    await post.deliver()
    (message,) = post.messages.taken
    assert (message.kind, message.to) == (SmsKind.CODE, "+8613800138000")
    ticket = (await give(browser, asked["id"], message.values["code"])).json["ticket"]
    made = await browser.post(f"/api/registrations/{asked['id']}/account", newcomer(ticket))
    assert (made.status, made.json["account"]["email"]) == (201, None)
    assert made.json["account"]["login"] == "8613800138000"
    for login in (PHONE, "+8613800138000", "１３８００１３８０００"):
        assert (await (await new_browser()).sign_in(login, PASSWORD)).status == 201, login
    assert post.server.messages == []


async def test_the_answer_is_the_same_whether_or_not_there_is_an_account(
    new_browser: NewBrowser, post: Post, dsn: str, clock: Clock
) -> None:
    await registered(await new_browser(), post)
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    stranger = await new_browser()
    for what in ("registrations", "password-resets"):
        known = await ask(stranger, MAIL, what)
        unknown = await ask(stranger, "nobody@example.org", what)
        assert known.status == unknown.status == 201
        assert {**known.json, "id": ""} == {**unknown.json, "id": ""}
        # What was done meanwhile is the same too: nobody looked for an account before the answer.
        asked = "select action, detail from audit_event where subject_id = %s"
        assert rows(dsn, asked, known.json["id"]) == rows(dsn, asked, unknown.json["id"])


async def test_whoever_registers_an_address_with_an_account_is_told_by_the_letter_alone(
    new_browser: NewBrowser, post: Post, clock: Clock
) -> None:
    await registered(await new_browser(), post)
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    answer = await ask(await new_browser())
    assert (answer.status, answer.json["demo_code"]) == (201, None)
    await post.deliver()
    assert post.letter["Subject"] == "海滨医院：您已经有账号了"
    text = post.letter.get_content()
    assert "https://visit.example.org/sign-in" in text
    assert re.findall(r"\d{6}", text) == []


async def test_whoever_resets_an_address_without_an_account_is_told_by_the_letter_alone(
    browser: Browser, post: Post
) -> None:
    assert (await ask(browser, "nobody@example.org", "password-resets")).status == 201
    await post.deliver()
    assert post.letter["Subject"] == "海滨医院：这个邮箱还没有账号"
    assert re.findall(r"\d{6}", post.letter.get_content()) == []


async def test_an_administrators_login_that_is_an_address_counts_as_an_account(
    browser: Browser, post: Post, work: UnitOfWork
) -> None:
    await make_patient(work, login=MAIL)
    await ask(browser)
    await post.deliver()
    assert post.letter["Subject"] == "海滨医院：您已经有账号了"


async def test_an_address_that_cannot_be_a_login_gets_one_of_its_own(
    new_browser: NewBrowser, post: Post
) -> None:
    odd = "o'brien@example.org"
    answer = await registered(await new_browser(), post, odd)
    assert "brien" not in answer.json["account"]["login"]
    assert (await (await new_browser()).sign_in(odd, PASSWORD)).status == 201


async def test_a_proved_address_cannot_become_somebody_elses_login(
    browser: Browser, post: Post, work: UnitOfWork, sign_in: Callable[[Account], Any]
) -> None:
    await registered(browser, post)
    admin = await sign_in(await make_admin(work))
    body = {"login": MAIL, "password": PASSWORD, "role": "admin", "display_name": "别人"}
    answer = await admin.post("/api/accounts", body)
    assert (answer.status, answer.code) == (409, "account.login_taken")


async def test_a_guessed_code_ends_after_five_tries_and_the_right_one_with_it(
    browser: Browser, post: Post
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    wrong = other_than(post.code)
    for number in range(1, CODE_TRIES + 1):
        answer = await give(browser, code_id, wrong)
        if number < CODE_TRIES:
            assert (answer.status, answer.code, answer.fields) == (422, "code.wrong", {"code": "invalid"})
        else:
            assert (answer.status, answer.code) == (409, "code.void")
    answer = await give(browser, code_id, post.code)
    assert (answer.status, answer.code) == (409, "code.void")


async def test_many_guesses_at_the_same_moment_are_five_at_most(
    browser: Browser, post: Post, dsn: str
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    wrong = other_than(post.code)
    answers = await asyncio.gather(*(give(browser, code_id, wrong) for _ in range(12)))
    assert sum(answer.code == "code.wrong" for answer in answers) == CODE_TRIES - 1
    assert rows(dsn, "select tries from one_time_code") == [(CODE_TRIES,)]


async def test_a_code_is_good_once_even_at_the_same_moment(browser: Browser, post: Post) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    answers = await asyncio.gather(*(give(browser, code_id, post.code) for _ in range(2)))
    assert sorted(answer.status for answer in answers) in ([200, 409], [200, 422])
    answer = await give(browser, code_id, post.code)
    assert (answer.status, answer.code) == (409, "code.void")


async def test_an_expired_code_is_void_and_is_not_sent_any_more(
    browser: Browser, post: Post, clock: Clock
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    code = post.code
    clock.forward(CODE_LIFE)
    answer = await give(browser, code_id, code)
    assert (answer.status, answer.code) == (409, "code.void")
    sent = len(post.server.messages)
    await ask(browser)
    clock.forward(CODE_LIFE)
    await post.deliver()
    assert len(post.server.messages) == sent


async def test_a_code_for_another_destination_or_purpose_is_wrong(
    new_browser: NewBrowser, post: Post
) -> None:
    browser = await new_browser()
    own = (await ask(browser, "thief@example.org")).json["id"]
    await post.deliver()
    own_code = post.code
    others = (await ask(browser, MAIL)).json["id"]
    await post.deliver()
    if own_code != post.code:
        assert (await give(browser, others, own_code)).code == "code.wrong"
    assert (await give(browser, others, post.code, "password-resets")).code == "code.void"
    assert (await give(browser, SOMEBODY, post.code)).code == "code.void"
    assert (await give(browser, own, own_code)).status == 200


async def test_two_tabs_each_go_on_with_their_own_code(browser: Browser, post: Post, clock: Clock) -> None:
    first = (await ask(browser)).json["id"]
    await post.deliver()
    first_code = post.code
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    second = (await ask(browser)).json["id"]
    await post.deliver()
    second_code = post.code
    one = (await give(browser, first, first_code)).json["ticket"]
    two = (await give(browser, second, second_code)).json["ticket"]
    made = await browser.post(f"/api/registrations/{first}/account", newcomer(one))
    assert made.status == 201
    late = await browser.post(f"/api/registrations/{second}/account", newcomer(two))
    assert (late.status, late.code) == (409, "registration.taken")


async def test_a_ticket_is_good_once_for_half_an_hour_and_for_its_own_code(
    browser: Browser, post: Post, clock: Clock, dsn: str
) -> None:
    code_id, ticket = await ticket_for(browser, post)
    for path, given in (
        (f"/api/registrations/{code_id}/account", newcomer("guessed")),
        (f"/api/registrations/{SOMEBODY}/account", newcomer(ticket)),
        (f"/api/password-resets/{code_id}/password", {"ticket": ticket, "password": NEW_PASSWORD}),
    ):
        answer = await browser.post(path, given)
        assert (answer.status, answer.code) == (409, "code.void"), path
    made = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert made.status == 201
    again = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert (again.status, again.code) == (409, "code.void")
    clock.forward(timedelta(hours=1))
    code_id, ticket = await ticket_for(browser, post, "wang@example.org")
    clock.forward(TICKET_LIFE)
    late = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert (late.status, late.code) == (409, "code.void")
    assert rows(dsn, "select count(*) from account") == [(1,)]


async def test_every_wrong_field_is_named_at_once_and_the_ticket_stays_good(
    browser: Browser, post: Post
) -> None:
    code_id, ticket = await ticket_for(browser, post)
    path = f"/api/registrations/{code_id}/account"
    wrong = newcomer(ticket, display_name="", birth_date="1988-13-01", password="short", locale="fr")
    answer = await browser.post(path, wrong)
    assert answer.status == 422
    assert set(answer.fields) == {"display_name", "birth_date", "password", "locale"}
    wrong = newcomer(ticket, display_name="a\x07b", birth_date="2020-01-01", notice_digest="0" * 64)
    answer = await browser.post(path, wrong)
    assert answer.fields == {
        "display_name": "bad_format",
        "birth_date": "too_young",
        "notice_digest": "not_a_choice",
    }
    for born, fault in (("2008-11-24", "too_young"), ("2026-11-24", "in_the_future"), ("1800-01-01", None)):
        answer = await browser.post(path, newcomer(ticket, birth_date=born))
        assert answer.fields == {"birth_date": fault or "in_the_past"}
    assert (await browser.post(path, newcomer(ticket, birth_date="2008-11-23"))).status == 201


async def test_codes_are_asked_for_once_a_minute_and_a_few_times_an_hour(
    new_browser: NewBrowser, clock: Clock
) -> None:
    browser = await new_browser()
    assert (await ask(browser)).json["resend_after_s"] == CODE_RESEND_AFTER_S
    again = await ask(browser, f" {MAIL.upper()}")
    assert (again.status, again.code) == (429, "rate.limited")
    assert again.json["retry_after_s"] == CODE_RESEND_AFTER_S
    for _ in range(CODES_PER_DESTINATION - 1):
        clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
        assert (await ask(browser)).status == 201
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    assert (await ask(browser)).status == 429
    assert (await ask(browser, "wang@example.org")).status == 201, "another destination is free"


async def test_one_address_asks_and_tries_so_often_and_no_more(browser: Browser) -> None:
    for number in range(CODES_PER_ADDRESS):
        assert (await ask(browser, f"u{number}@example.org")).status == 201
    assert (await ask(browser, "one.more@example.org")).status == 429
    for _ in range(TRIES_PER_ADDRESS):
        assert (await give(browser, SOMEBODY, "000000")).status == 409
    assert (await give(browser, SOMEBODY, "000000")).status == 429


@pytest.mark.parametrize("destination", ["li", "12345", "li@example.org\r\nBcc: x@example.org"])
async def test_what_is_no_destination_is_named(browser: Browser, destination: str) -> None:
    answer = await ask(browser, destination)
    assert (answer.status, answer.fields) == (422, {"destination": "bad_format"})


async def test_a_new_password_ends_every_session_and_the_old_password(
    new_browser: NewBrowser, post: Post, clock: Clock, dsn: str
) -> None:
    browser = await new_browser()
    await registered(browser, post)
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    stranger = await new_browser()
    code_id, ticket = await ticket_for(stranger, post, MAIL, "password-resets")
    path = f"/api/password-resets/{code_id}/password"
    short = await stranger.post(path, {"ticket": ticket, "password": "short"})
    assert short.fields == {"password": "too_short"}
    assert (await stranger.post(path, {"ticket": ticket, "password": NEW_PASSWORD})).status == 204
    assert (await browser.get("/api/session")).status == 401
    assert (await stranger.sign_in(MAIL, PASSWORD)).status == 401
    assert (await stranger.sign_in(MAIL, NEW_PASSWORD)).status == 201
    again = await stranger.post(path, {"ticket": ticket, "password": "one more password"})
    assert (again.status, again.code) == (409, "code.void")
    assert [outcome for outcome, *_ in trail(dsn, "account.password_reset")] == ["done"]


async def test_a_disabled_account_gets_no_code_and_no_new_password(
    new_browser: NewBrowser, post: Post, work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    await registered(await new_browser(), post)
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    stranger = await new_browser()
    code_id, ticket = await ticket_for(stranger, post, MAIL, "password-resets")
    ((account_id,),) = rows(dsn, "select id from account")
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "test") as ctx:
        await disable_account(ctx, account_id)
    given = {"ticket": ticket, "password": NEW_PASSWORD}
    answer = await stranger.post(f"/api/password-resets/{code_id}/password", given)
    assert (answer.status, answer.code) == (409, "code.void")
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    await ask(stranger, MAIL, "password-resets")
    await post.deliver()
    assert "还没有账号" in post.letter["Subject"]


async def test_in_demo_the_code_is_on_the_page_and_demo_accounts_keep_their_password(
    attached: AttachTo, aiohttp_client: Callable[..., Any], post: Post, dsn: str, clock: Clock
) -> None:
    browser = Browser(await aiohttp_client(attached(hospital=replace(HOSPITAL, demo=True))))
    asked = (await ask(browser)).json
    ticket = (await give(browser, asked["id"], asked["demo_code"])).json["ticket"]
    path = f"/api/registrations/{asked['id']}/account"
    assert (await browser.post(path, newcomer(ticket))).status == 201
    execute(dsn, "update account set demo = true")
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    asked = (await ask(browser, MAIL, "password-resets")).json
    ticket = (await give(browser, asked["id"], asked["demo_code"], "password-resets")).json["ticket"]
    given = {"ticket": ticket, "password": NEW_PASSWORD}
    answer = await browser.post(f"/api/password-resets/{asked['id']}/password", given)
    assert (answer.status, answer.code) == (409, "code.void")


async def test_the_database_holds_neither_the_code_nor_the_ticket_and_the_log_no_address(
    browser: Browser, post: Post, dsn: str
) -> None:
    with structlog.testing.capture_logs() as lines:
        code_id, ticket = await ticket_for(browser, post)
        await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    kept = str(rows(dsn, "select t.*, encode(t.wrapped, 'hex') from one_time_code t"))
    kept += str(rows(dsn, "select * from audit_event")) + str(
        rows(dsn, "select args from procrastinate_jobs")
    )
    assert post.code not in re.findall(r"(?<!\d)\d{6}(?!\d)", kept)
    assert ticket not in kept
    trails = str(rows(dsn, "select detail from audit_event")) + str(lines)
    assert MAIL not in trails and "李晓兰" not in trails


async def test_a_letter_goes_once_however_often_its_job_runs(browser: Browser, post: Post, dsn: str) -> None:
    await ask(browser)
    await post.deliver()
    await post.deliver()
    assert len(post.server.messages) == 1
    ((code_id,),) = rows(dsn, "select id from one_time_code")
    assert rows(dsn, "select key from job_effect") == [(send_code(code_id).key,)]


async def test_the_notice_in_force_is_for_anyone(browser: Browser) -> None:
    answer = await browser.get("/api/privacy-notice?locale=zh-CN")
    assert answer.json["paragraphs"][0] == "隐私告知与同意"
    assert answer.json["digest"] == NOTICES["zh-CN"].digest.hex()
    assert (await browser.get("/api/privacy-notice?locale=fr")).fields == {"locale": "not_a_choice"}
