"""Registering and forgotten passwords over HTTP, with the letters really sent."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from actions.accounts import disable_account
from actions.context import UnitOfWork
from domain.accounts import SESSION_COOKIE, Account, actor_of
from domain.jobs import send_code
from domain.privacy_notice import NOTICES
from domain.registration import CODE_RESEND_AFTER_S
from providers.sms import SmsKind
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import HOSPITAL, AttachTo, NewBrowser
from tests.integration.booking_api.letterbox import (
    MAIL,
    NEW_PASSWORD,
    PHONE,
    Post,
    ask,
    give,
    newcomer,
    registered,
    ticket_for,
)
from tests.integration.booking_api.letterbox import post as post
from tests.people import PASSWORD, make_admin, make_patient
from tests.rows import execute, rows, trail
from tests.servers import smtp_server as smtp_server


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
    for refused, why in (("1234567890", "too_common"), (MAIL.upper(), "as_login"), (PASSWORD, "as_before")):
        answer = await stranger.post(path, {"ticket": ticket, "password": refused})
        assert (answer.status, answer.fields) == (422, {"password": why})
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


@pytest.mark.parametrize(("password", "why"), [("1234567890", "too_common"), (MAIL, "as_login")])
async def test_nobody_registers_with_a_password_that_is_tried_first_and_the_ticket_stays_good(
    browser: Browser, post: Post, password: str, why: str
) -> None:
    code_id, ticket = await ticket_for(browser, post)
    path = f"/api/registrations/{code_id}/account"
    answer = await browser.post(path, newcomer(ticket, password=password))
    assert (answer.status, answer.fields) == (422, {"password": why})
    assert (await browser.post(path, newcomer(ticket))).status == 201
