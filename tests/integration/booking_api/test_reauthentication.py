"""Proving again, from the outside, who one is: what counts, what does not, and what it leaves behind."""

import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer

from actions.attempts import PASSWORDS_PER_ACCOUNT
from actions.context import UnitOfWork
from domain.accounts import Account
from domain.second_factor import STEP_S, code_of_step, step_at
from tests.authenticator import Authenticator
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser, SignIn
from tests.people import PASSWORD, make_doctor, make_patient
from tests.rows import rows, trail

PROOF = "/api/session/proof"
FACTOR = "/api/session/second-factor"
HOUR = timedelta(minutes=50)
"""Less than a session lasts unused."""


@pytest.fixture
async def server(attached: AttachTo, aiohttp_server: Callable[..., Awaitable[TestServer]]) -> TestServer:
    """With a name that passkeys can be bound to."""
    return await aiohttp_server(attached(public_url="http://hospital.localhost"))


@pytest.fixture
async def doctor(work: UnitOfWork) -> Account:
    return await make_doctor(work, login="wang")


@pytest.fixture
async def desk(new_browser: NewBrowser, doctor: Account) -> Browser:
    """Where the doctor is past the password."""
    browser = await new_browser()
    await browser.sign_in("wang", PASSWORD)
    return browser


async def enrol(desk: Browser, clock: Clock) -> Callable[[], str]:
    """Set a second factor up, and come back an hour later; return what its app shows."""
    secret = base64.b32decode((await desk.post(f"{FACTOR}/set-up")).json["secret"])
    done = await desk.post(f"{FACTOR}/confirm", {"code": code_of_step(secret, step_at(clock()))})
    assert done.status == 201, done.text
    desk.csrf = done.json["session"]["csrf_token"]
    clock.forward(HOUR)
    return lambda: code_of_step(secret, step_at(clock()))


def proved(dsn: str) -> list[tuple[object, ...]]:
    return rows(dsn, "select proved_at from session where state = 'open'")


async def prove(browser: Browser, code: str, password: str = PASSWORD) -> Answer:
    return await browser.post(PROOF, {"password": password, "code": code})


async def test_the_second_factor_at_the_door_is_the_first_proof(
    desk: Browser, clock: Clock, dsn: str
) -> None:
    at_the_door = clock()
    await enrol(desk, clock)
    assert proved(dsn) == [(at_the_door,)]


async def test_password_and_code_prove_it_again_and_the_session_stays(
    desk: Browser, doctor: Account, clock: Clock, dsn: str
) -> None:
    code = await enrol(desk, clock)
    token = desk.token()
    answer = await prove(desk, code())
    assert answer.status == 200, answer.text
    assert proved(dsn) == [(clock(),)]
    assert desk.token() == token and (await desk.get("/api/appointments")).status == 200
    assert trail(dsn, "session.prove")[-1][:2] == ("done", str(doctor.id))


async def test_one_of_the_two_alone_proves_nothing(desk: Browser, clock: Clock, dsn: str) -> None:
    code = await enrol(desk, clock)
    before = proved(dsn)
    wrong = await prove(desk, code(), "not the password")
    assert (wrong.status, wrong.code) == (422, "auth.wrong_password")
    wrong = await prove(desk, "000000")
    assert (wrong.status, wrong.code) == (422, "second_factor.wrong")
    assert proved(dsn) == before
    assert [line[0] for line in trail(dsn, "session.prove")] == ["refused", "refused"]
    used = code()
    assert (await prove(desk, used)).status == 200
    clock.forward(timedelta(seconds=STEP_S))
    assert (await prove(desk, used)).code == "second_factor.wrong", "a code is good once"


async def test_guessing_the_password_is_throttled(desk: Browser, clock: Clock) -> None:
    code = await enrol(desk, clock)
    for _ in range(PASSWORDS_PER_ACCOUNT):
        assert (await prove(desk, code(), "not the password")).code == "auth.wrong_password"
    assert (await prove(desk, code())).code == "auth.throttled"


async def test_a_passkey_proves_it_alone(desk: Browser, clock: Clock, dsn: str) -> None:
    await enrol(desk, clock)
    asked = await desk.post(f"{PROOF}/passkey/challenge")
    assert (asked.status, asked.code) == (409, "second_factor.wrong_state"), "there is none yet"
    device = Authenticator("http://hospital.localhost", "hospital.localhost")
    asked = await desk.post("/api/passkeys/challenge", {"password": PASSWORD})
    body = {"challenge_id": asked.json["id"], "credential": device.create(asked.json["options"])}
    assert (await desk.post("/api/passkeys", {**body, "name": "Phone"})).status == 201
    asked = await desk.post(f"{PROOF}/passkey/challenge")
    body = {"challenge_id": asked.json["id"], "credential": device.get(asked.json["options"])}
    assert (await desk.post(f"{PROOF}/passkey", body)).status == 200
    assert proved(dsn) == [(clock(),)]
    again = await desk.post(f"{PROOF}/passkey", body)
    assert (again.status, again.code) == (422, "passkey.refused"), "a challenge is good once"


async def test_a_challenge_to_sign_in_proves_nothing(desk: Browser, clock: Clock, dsn: str) -> None:
    await enrol(desk, clock)
    device = Authenticator("http://hospital.localhost", "hospital.localhost")
    asked = await desk.post("/api/passkeys/challenge", {"password": PASSWORD})
    body = {"challenge_id": asked.json["id"], "credential": device.create(asked.json["options"])}
    await desk.post("/api/passkeys", {**body, "name": "Phone"})
    before = proved(dsn)
    asked = await desk.post("/api/session/passkey/challenge")
    body = {"challenge_id": asked.json["id"], "credential": device.get(asked.json["options"])}
    assert (await desk.post(f"{PROOF}/passkey", body)).code == "passkey.refused"
    assert proved(dsn) == before


async def test_nobody_proves_for_a_session_that_waits_and_patients_need_not(
    desk: Browser, sign_in: SignIn, work: UnitOfWork
) -> None:
    assert (await prove(desk, "000000")).code == "auth.second_factor_pending"
    patient = await sign_in(await make_patient(work))
    assert (await prove(patient, "000000")).code == "auth.forbidden"


async def test_a_challenge_to_add_a_passkey_proves_nothing_in_the_same_session(
    desk: Browser, clock: Clock, dsn: str
) -> None:
    await enrol(desk, clock)
    device = Authenticator("http://hospital.localhost", "hospital.localhost")
    asked = await desk.post("/api/passkeys/challenge", {"password": PASSWORD})
    body = {"challenge_id": asked.json["id"], "credential": device.create(asked.json["options"])}
    assert (await desk.post("/api/passkeys", {**body, "name": "Phone"})).status == 201
    before = proved(dsn)
    asked = await desk.post("/api/passkeys/challenge", {"password": PASSWORD})
    body = {"challenge_id": asked.json["id"], "credential": device.get(asked.json["options"])}
    assert (await desk.post(f"{PROOF}/passkey", body)).code == "passkey.refused"
    assert proved(dsn) == before
