"""The second factor from the outside: nothing passes without it, each code once, its loss."""

import asyncio
import base64
from datetime import timedelta

import pytest

from actions.context import UnitOfWork
from actions.key_rotation import rewrap_all
from actions.second_factor import TRIES_PER_ACCOUNT, TRIES_WINDOW_S, reset
from booking_api.routes import ROUTES
from domain.accounts import SESSION_COOKIE, SESSION_IDLE, SYSTEM, Account
from domain.second_factor import PENDING_LIFE, STEP_S, code_of_step, step_at
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import NewBrowser, SignIn
from tests.people import PASSWORD, make_admin, make_auditor, make_doctor
from tests.rows import rows, trail

FACTOR = "/api/session/second-factor"


@pytest.fixture
async def doctor(work: UnitOfWork) -> Account:
    return await make_doctor(work, login="wang")


def code_at(clock: Clock, secret: str) -> str:
    return code_of_step(base64.b32decode(secret), step_at(clock()))


def adopt(browser: Browser, session: dict[str, str]) -> None:
    assert session["csrf_token"] != browser.csrf, "the token before the factor is worth nothing"
    browser.csrf = session["csrf_token"]


async def enrol(browser: Browser, clock: Clock) -> tuple[str, list[str]]:
    """Sign wang in and set a second factor up; return its secret and the recovery codes."""
    assert (await browser.sign_in("wang", PASSWORD)).json["state"] == "second-factor-pending"
    secret = (await browser.post(f"{FACTOR}/set-up")).json["secret"]
    answer = await browser.post(f"{FACTOR}/confirm", {"code": code_at(clock, secret)})
    assert answer.status == 201, answer.text
    adopt(browser, answer.json["session"])
    return secret, answer.json["recovery_codes"]


async def give(browser: Browser, code: str) -> Answer:
    if browser.csrf is None or (await browser.get("/api/session")).status != 200:
        assert (await browser.sign_in("wang", PASSWORD)).status == 201
    return await browser.post(FACTOR, {"code": code})


async def test_the_staff_sets_one_up_before_anything_else(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock, dsn: str
) -> None:
    answer = await browser.sign_in("wang", PASSWORD)
    assert (answer.status, answer.json["state"]) == (201, "second-factor-pending")
    before = browser.token()
    refused = await browser.get("/api/appointments")
    assert (refused.status, refused.code) == (403, "auth.second_factor_pending")
    assert (await browser.get(FACTOR)).json["confirmed"] is False
    offered = (await browser.post(f"{FACTOR}/set-up")).json
    assert f"secret={offered['secret']}" in offered["uri"]
    assert {len(row) for row in offered["qr"]} == {len(offered["qr"])}
    wrong = await browser.post(f"{FACTOR}/confirm", {"code": "000000"})
    assert (wrong.status, wrong.code) == (422, "second_factor.wrong")
    done = await browser.post(f"{FACTOR}/confirm", {"code": code_at(clock, offered["secret"])})
    assert (done.status, done.json["session"]["state"]) == (201, "open")
    assert len(set(done.json["recovery_codes"])) == 10
    adopt(browser, done.json["session"])
    assert browser.token() != before
    assert (await browser.get("/api/appointments")).status == 200
    stranger = await new_browser()
    old = await stranger.get("/api/session", headers={"Cookie": f"{SESSION_COOKIE}={before}"})
    assert old.status == 401, "who saw the token before the factor has nothing"
    tables = "second_factor f, recovery_code r, audit_event e"
    everything = str(rows(dsn, f"select f::text, r::text, e::text from {tables}"))  # noqa: S608  # our words
    for kept_out in (offered["secret"], *done.json["recovery_codes"]):
        assert kept_out not in everything
    assert [line[0] for line in trail(dsn, "second_factor.confirm")] == ["refused", "done"]


async def test_no_address_passes_a_session_whose_factor_is_pending(browser: Browser, doctor: Account) -> None:
    await browser.sign_in("wang", PASSWORD)
    finishing = {route.path for route in ROUTES if route.while_pending}
    assert finishing == {
        "/api/session",
        *(FACTOR + more for more in ("", "/set-up", "/confirm", "/passkey", "/passkey/challenge")),
    }
    for route in ROUTES:
        if route.who is None or route.while_pending:
            continue
        path = route.path.replace("{id}", "01920000-0000-7000-8000-000000000000").replace("{seq}", "1")
        answer = await browser.send(route.method, path, json={} if route.body else None)
        assert (answer.status, answer.code) == (403, "auth.second_factor_pending"), route.path


async def test_the_second_sign_in_asks_for_a_code_and_takes_each_once(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    secret, _ = await enrol(browser, clock)
    elsewhere = await new_browser()
    same_step = await give(elsewhere, code_at(clock, secret))
    assert (same_step.status, same_step.code) == (422, "second_factor.wrong"), "it confirmed the secret"
    clock.forward(timedelta(seconds=STEP_S))
    code = code_at(clock, secret)
    opened = await give(elsewhere, code)
    assert (opened.status, opened.json["state"]) == (201, "open")
    adopt(elsewhere, opened.json)
    again = await elsewhere.post(FACTOR, {"code": code})
    assert (again.status, again.code) == (409, "second_factor.wrong_state"), "it is open already"
    third = await new_browser()
    assert (await give(third, code)).code == "second_factor.wrong", "a code overheard is worth nothing"


async def test_of_two_who_give_the_same_code_at_once_one_gets_in(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    secret, recovery = await enrol(browser, clock)
    clock.forward(timedelta(seconds=STEP_S))
    for code in (code_at(clock, secret), recovery[0]):
        pair = [await new_browser() for _ in range(2)]
        for one in pair:
            await one.sign_in("wang", PASSWORD)
        answers = await asyncio.gather(*(one.post(FACTOR, {"code": code}) for one in pair))
        assert sorted(answer.status for answer in answers) == [201, 422]


async def test_a_recovery_code_opens_once_and_is_counted_down(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    _, recovery = await enrol(browser, clock)
    elsewhere = await new_browser()
    opened = await give(elsewhere, recovery[3].upper().replace("-", " "))
    assert opened.status == 201
    assert (await elsewhere.get(FACTOR)).json["recovery_codes_left"] == 9
    assert (await give(await new_browser(), recovery[3])).code == "second_factor.wrong"


async def test_new_recovery_codes_take_a_code_and_void_the_old_ones(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    secret, old = await enrol(browser, clock)
    clock.forward(timedelta(seconds=STEP_S))
    refused = await browser.post(f"{FACTOR}/recovery-codes", {"code": "000000"})
    assert refused.code == "second_factor.wrong"
    answer = await browser.post(f"{FACTOR}/recovery-codes", {"code": code_at(clock, secret)})
    assert answer.status == 200 and not set(answer.json["recovery_codes"]) & set(old)
    assert (await give(await new_browser(), old[0])).code == "second_factor.wrong"
    assert (await give(await new_browser(), answer.json["recovery_codes"][0])).status == 201


async def test_one_that_is_set_up_is_not_replaced_with_a_password_alone(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    await enrol(browser, clock)
    thief = await new_browser()
    await thief.sign_in("wang", PASSWORD)
    for path in ("set-up", "confirm"):
        body = {"code": "000000"} if path == "confirm" else None
        answer = await thief.post(f"{FACTOR}/{path}", body)
        assert (answer.status, answer.code) == (409, "second_factor.wrong_state")


async def test_guessing_is_throttled_wherever_it_comes_from(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock
) -> None:
    secret, _ = await enrol(browser, clock)
    clock.forward(timedelta(seconds=TRIES_WINDOW_S))
    elsewhere = await new_browser()
    for _ in range(TRIES_PER_ACCOUNT):
        assert (await give(elsewhere, "000000")).code == "second_factor.wrong"
    answer = await give(await new_browser(), code_at(clock, secret))
    assert (answer.status, answer.code) == (429, "auth.throttled")
    clock.forward(timedelta(seconds=TRIES_WINDOW_S))
    assert (await give(await new_browser(), code_at(clock, secret))).status == 201


async def test_a_session_does_not_wait_for_its_factor_for_long(
    browser: Browser, doctor: Account, clock: Clock
) -> None:
    secret, _ = await enrol(browser, clock)
    await browser.delete("/api/session")
    await browser.sign_in("wang", PASSWORD)
    clock.forward(PENDING_LIFE - timedelta(seconds=1))
    assert (await browser.get("/api/session")).status == 200
    clock.forward(timedelta(seconds=1))
    assert (await browser.post(FACTOR, {"code": code_at(clock, secret)})).status == 401


async def test_an_open_session_lasts_as_long_as_any(browser: Browser, doctor: Account, clock: Clock) -> None:
    await enrol(browser, clock)
    clock.forward(SESSION_IDLE - timedelta(seconds=1))
    assert (await browser.get("/api/session")).status == 200


async def test_the_operator_forgets_a_lost_one_and_everybody_is_signed_out(
    browser: Browser, doctor: Account, clock: Clock, work: UnitOfWork, dsn: str
) -> None:
    _, recovery = await enrol(browser, clock)
    async with work.begin(SYSTEM, "test") as ctx:
        await reset(ctx, " Wang ")
    assert (await browser.get("/api/session")).status == 401
    assert (await give(browser, recovery[0])).code == "second_factor.wrong_state"
    assert (await browser.get(FACTOR)).json == {
        "confirmed": False,
        "recovery_codes_left": 0,
        "passkeys": 0,
        "demo_code": None,
    }
    assert trail(dsn, "second_factor.reset") == [("done", None, str(doctor.id), None)]


async def test_the_secret_opens_after_the_hospitals_keys_are_rotated(
    browser: Browser, new_browser: NewBrowser, doctor: Account, clock: Clock, work: UnitOfWork, dsn: str
) -> None:
    secret, _ = await enrol(browser, clock)
    work.keys.follow(work.keys.with_new("next", lambda size: bytes(size)))
    async for _ in rewrap_all(work, "test"):
        pass
    assert rows(dsn, "select kek from second_factor") == [("next",)]
    clock.forward(timedelta(seconds=STEP_S))
    assert (await give(await new_browser(), code_at(clock, secret))).status == 201


async def test_somebody_disabled_meanwhile_does_not_get_in(
    browser: Browser,
    new_browser: NewBrowser,
    doctor: Account,
    clock: Clock,
    sign_in: SignIn,
    work: UnitOfWork,
) -> None:
    _, recovery = await enrol(browser, clock)
    waiting = await new_browser()
    await waiting.sign_in("wang", PASSWORD)
    admin = await sign_in(await make_admin(work))
    assert (await admin.post(f"/api/accounts/{doctor.id}/disable")).status == 204
    assert (await waiting.post(FACTOR, {"code": recovery[0]})).status == 401


async def test_outside_the_demo_no_code_is_told(sign_in: SignIn, work: UnitOfWork) -> None:
    auditor = await sign_in(await make_auditor(work))
    assert (await auditor.get(FACTOR)).json["demo_code"] is None
