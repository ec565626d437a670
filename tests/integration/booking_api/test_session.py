from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from actions.context import UnitOfWork
from actions.sessions import SIGN_IN_WINDOW_S, SIGN_INS_PER_LOGIN_AND_ADDRESS
from domain.accounts import SESSION_ABSOLUTE, SESSION_COOKIE, SESSION_IDLE, Account
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser, SignIn
from tests.people import PASSWORD, make_doctor, make_patient


@pytest.fixture
async def patient(work: UnitOfWork) -> Account:
    return await make_patient(work, "李晓兰", login="lan")


async def test_signing_in_answers_who_it_is_and_sets_the_cookie(browser: Browser, patient: Account) -> None:
    answer = await browser.sign_in("  LAN ", PASSWORD)
    assert answer.status == 201
    assert answer.json["account"]["id"] == str(patient.id)
    assert answer.json["account"]["display_name"] == "李晓兰"
    assert "password" not in answer.text
    cookie = answer.cookies[SESSION_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert not cookie["secure"], "the public address is http"
    assert cookie.value not in answer.text, "no script may read the token"


async def test_over_https_the_cookie_is_for_https_alone(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]], patient: Account
) -> None:
    browser = Browser(await aiohttp_client(attached(public_url="https://hospital.example")))
    answer = await browser.sign_in("lan", PASSWORD)
    assert answer.cookies[SESSION_COOKIE]["secure"]


@pytest.mark.parametrize(
    ("login", "password"), [("lan", "not the password"), ("nobody", PASSWORD), ("!", "x")]
)
async def test_wrong_credentials_are_refused_all_alike(
    browser: Browser, patient: Account, login: str, password: str
) -> None:
    answer = await browser.sign_in(login, password)
    assert (answer.status, answer.code) == (401, "auth.invalid_credentials")
    assert answer.json["detail"] == "The login or the password is wrong."
    assert SESSION_COOKIE not in answer.cookies


async def test_credentials_that_cannot_be_are_named_field_by_field(browser: Browser) -> None:
    answer = await browser.post("/api/session", {"login": "", "password": "x" * 201, "remember": True})
    assert (answer.status, answer.code) == (422, "input.invalid")
    assert answer.fields == {"login": "too_short", "password": "too_long", "remember": "unknown"}


async def test_too_many_attempts_are_throttled_and_told_when_to_come_back(
    browser: Browser, patient: Account, clock: Clock
) -> None:
    for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS):
        assert (await browser.sign_in("lan", "not the password")).status == 401
    answer = await browser.sign_in("lan", PASSWORD)
    assert (answer.status, answer.code) == (429, "auth.throttled")
    assert answer.json["retry_after_s"] == SIGN_IN_WINDOW_S
    assert answer.headers["Retry-After"] == str(SIGN_IN_WINDOW_S)
    clock.forward(timedelta(seconds=SIGN_IN_WINDOW_S))
    assert (await browser.sign_in("lan", PASSWORD)).status == 201


async def test_a_page_reads_who_is_signed_in(patient: Account, sign_in: SignIn) -> None:
    browser = await sign_in(patient)
    answer = await browser.get("/api/session")
    assert answer.status == 200
    assert answer.json["account"]["login"] == "lan"
    assert answer.json["csrf_token"] == browser.csrf


async def test_without_a_session_nobody_is_signed_in(browser: Browser) -> None:
    answer = await browser.get("/api/session")
    assert (answer.status, answer.code) == (401, "auth.required")


@pytest.mark.parametrize("token", ["x", "\u00e9", '"', "a" * 5000])
async def test_a_token_that_is_none_is_no_session(browser: Browser, token: str) -> None:
    answer = await browser.get("/api/session", headers={"Cookie": f"{SESSION_COOKIE}={token}"})
    assert (answer.status, answer.code) == (401, "auth.required")


async def test_a_session_that_is_not_used_ends(patient: Account, sign_in: SignIn, clock: Clock) -> None:
    browser = await sign_in(patient)
    clock.forward(SESSION_IDLE - timedelta(seconds=1))
    assert (await browser.get("/api/session")).status == 200
    clock.forward(SESSION_IDLE - timedelta(seconds=1))
    assert (await browser.get("/api/session")).status == 200, "being used keeps it open"
    clock.forward(SESSION_IDLE)
    answer = await browser.get("/api/session")
    assert (answer.status, answer.code) == (401, "auth.required")


async def test_a_session_ends_at_last_however_much_it_is_used(
    patient: Account, sign_in: SignIn, clock: Clock
) -> None:
    browser = await sign_in(patient)
    began = clock.at
    step = SESSION_IDLE / 2
    while clock.at + step < began + SESSION_ABSOLUTE:
        clock.forward(step)
        assert (await browser.get("/api/session")).status == 200
    clock.at = began + SESSION_ABSOLUTE
    assert (await browser.get("/api/session")).status == 401


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(
    patient: Account, sign_in: SignIn
) -> None:
    browser = await sign_in(patient)
    token = browser.token()
    answer = await browser.delete("/api/session")
    assert answer.status == 204
    assert answer.cookies[SESSION_COOKIE]["max-age"] == "0"
    # A copy of the token is worth nothing either.
    again = await browser.get("/api/session", headers={"Cookie": f"{SESSION_COOKIE}={token}"})
    assert again.status == 401


async def test_nobody_signs_out_who_is_not_in(browser: Browser) -> None:
    assert (await browser.delete("/api/session")).code == "auth.required"


async def test_the_own_sessions_are_listed_with_the_present_one_marked(
    patient: Account, sign_in: SignIn, new_browser: NewBrowser, clock: Clock
) -> None:
    await sign_in(patient)
    clock.forward(timedelta(seconds=1))
    phone = await new_browser()
    credentials = {"login": "lan", "password": PASSWORD}
    agent = "Phone/1 \u00e9\t" + "x" * 400
    answer = await phone.post("/api/session", credentials, headers={"User-Agent": agent})
    assert answer.status == 201
    answer = await phone.get("/api/sessions")
    assert [item["current"] for item in answer.json["sessions"]] == [True, False]
    shown = answer.json["sessions"][0]["user_agent"]
    assert shown.startswith("Phone/1") and len(shown) <= 300


async def test_sessions_are_for_those_who_are_signed_in(browser: Browser) -> None:
    assert (await browser.get("/api/sessions")).code == "auth.required"


async def test_a_lost_phone_is_signed_out_from_elsewhere(patient: Account, sign_in: SignIn) -> None:
    phone, desk = await sign_in(patient), await sign_in(patient)
    listed = (await desk.get("/api/sessions")).json["sessions"]
    (phones,) = [item["id"] for item in listed if not item["current"]]
    assert (await desk.delete(f"/api/sessions/{phones}")).status == 204
    assert (await phone.get("/api/session")).status == 401
    assert (await desk.get("/api/session")).status == 200
    assert (await desk.delete(f"/api/sessions/{phones}")).status == 404, "it is gone already"


@pytest.mark.parametrize(
    "session_id",
    ["01920000-0000-7000-8000-000000000000", "7", "{}", "00000000000000000000000000000000", "%00", "é"],
)
async def test_an_unknown_session_is_not_found(patient: Account, sign_in: SignIn, session_id: str) -> None:
    browser = await sign_in(patient)
    answer = await browser.delete(f"/api/sessions/{session_id}")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_somebody_elses_session_is_not_found(
    patient: Account, work: UnitOfWork, sign_in: SignIn
) -> None:
    doctor = await sign_in(await make_doctor(work))
    (theirs,) = (await doctor.get("/api/sessions")).json["sessions"]
    browser = await sign_in(patient)
    assert (await browser.delete(f"/api/sessions/{theirs['id']}")).status == 404
    assert (await doctor.get("/api/session")).status == 200
