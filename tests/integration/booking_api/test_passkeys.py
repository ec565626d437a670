"""Passkeys from the outside: what opens, and every way in which an answer does not hold."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from aiohttp.test_utils import TestServer

from actions.context import UnitOfWork
from actions.passkeys import WINDOW_S
from actions.second_factor import reset
from domain.accounts import SYSTEM, Account
from domain.passkeys import CHALLENGE_LIFE, PASSKEYS_MAX
from storage.housekeeping import tick
from storage.pool import Database
from tests.authenticator import Authenticator, Json, text
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser, SignIn
from tests.people import PASSWORD, make_admin, make_doctor, make_patient
from tests.rows import execute, rows, trail

SIGN_IN = "/api/session/passkey"
FACTOR = "/api/session/second-factor/passkey"


@pytest.fixture
async def server(attached: AttachTo, aiohttp_server: Callable[..., Awaitable[TestServer]]) -> TestServer:
    """With a name that passkeys can be bound to; its cookies do not ask for https."""
    return await aiohttp_server(attached(public_url="http://hospital.localhost"))


@pytest.fixture
def device() -> Authenticator:
    return Authenticator("http://hospital.localhost", "hospital.localhost")


def like(device: Authenticator, **different: Any) -> Authenticator:
    """Return an authenticator with the same key that lies in one point."""
    same = {name: getattr(device, name) for name in device.__dataclass_fields__}
    return Authenticator(**{**same, **different})


async def add(browser: Browser, device: Authenticator, name: str = "Phone") -> Answer:
    asked = await browser.post("/api/passkeys/challenge", {"password": PASSWORD})
    assert asked.status == 201, asked.text
    return await answer(browser, "/api/passkeys", asked, device.create(asked.json["options"]), name=name)


async def answer(browser: Browser, path: str, asked: Answer, credential: Json, **more: str) -> Answer:
    return await browser.post(path, {"challenge_id": asked.json["id"], "credential": credential, **more})


async def enter(browser: Browser, device: Authenticator) -> Answer:
    asked = await browser.post(f"{SIGN_IN}/challenge")
    assert asked.status == 201, asked.text
    return await answer(browser, SIGN_IN, asked, device.get(asked.json["options"]))


@pytest.fixture
async def doctor(work: UnitOfWork) -> Account:
    return await make_doctor(work, login="wang")


@pytest.fixture
async def owner(sign_in: SignIn, doctor: Account, device: Authenticator) -> Browser:
    """Where the doctor is signed in, who has added the device."""
    browser = await sign_in(doctor)
    added = await add(browser, device)
    assert added.status == 201, added.text
    return browser


async def test_a_passkey_opens_a_session_of_the_staff_by_itself(
    owner: Browser, new_browser: NewBrowser, doctor: Account, device: Authenticator, dsn: str
) -> None:
    browser = await new_browser()
    opened = await enter(browser, device)
    assert (opened.status, opened.json["state"]) == (201, "open")
    assert opened.json["account"]["id"] == str(doctor.id)
    (listed,) = (await browser.get("/api/passkeys")).json["passkeys"]
    assert listed["name"] == "Phone" and listed["last_used_at"] is not None
    assert trail(dsn, "session.sign_in")[-1][:2] == ("done", str(doctor.id))
    assert (await enter(await new_browser(), device)).status == 201, "again, with a counter that went on"


async def test_a_patient_signs_in_by_a_passkey_too(
    sign_in: SignIn, new_browser: NewBrowser, work: UnitOfWork, device: Authenticator
) -> None:
    assert (await add(await sign_in(await make_patient(work)), device)).status == 201
    assert (await enter(await new_browser(), device)).json["account"]["role"] == "patient"


async def test_a_passkey_is_the_second_factor_after_the_password(
    owner: Browser, new_browser: NewBrowser, device: Authenticator
) -> None:
    browser = await new_browser()
    await browser.sign_in("wang", PASSWORD)
    asked = await browser.post(f"{FACTOR}/challenge")
    assert [one["id"] for one in asked.json["options"]["allowCredentials"]] == [text(device.credential_id)]
    opened = await answer(browser, FACTOR, asked, device.get(asked.json["options"]))
    assert (opened.status, opened.json["state"]) == (201, "open")


async def test_the_password_alone_makes_no_room_for_another_factor_beside_a_passkey(
    owner: Browser, new_browser: NewBrowser
) -> None:
    thief = await new_browser()
    await thief.sign_in("wang", PASSWORD)
    refused = await thief.post("/api/session/second-factor/set-up")
    assert (refused.status, refused.code) == (409, "second_factor.wrong_state")


async def test_a_challenge_is_good_once_right_or_wrong(
    owner: Browser, new_browser: NewBrowser, device: Authenticator
) -> None:
    browser = await new_browser()
    asked = await browser.post(f"{SIGN_IN}/challenge")
    signed = device.get(asked.json["options"])
    assert (await answer(browser, SIGN_IN, asked, signed)).status == 201
    assert (await answer(await new_browser(), SIGN_IN, asked, signed)).code == "passkey.refused"
    asked = await browser.post(f"{SIGN_IN}/challenge")
    elsewhere = like(device, origin="https://evil.example").get(asked.json["options"])
    assert (await answer(browser, SIGN_IN, asked, elsewhere)).code == "passkey.refused"
    honest = device.get(asked.json["options"])
    assert (await answer(browser, SIGN_IN, asked, honest)).code == "passkey.refused", "it was spent on a lie"


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://hospital.localhost:8080"},
        {"rp_id": "evil.example"},
        {"verifies": False},
        {"count": -1},
        {"user_id": b"somebody else...."},
        {"credential_id": b"a credential that nobody has"},
    ],
    ids=lambda lie: "-".join(lie),
)
async def test_an_answer_that_lies_opens_nothing(
    owner: Browser, new_browser: NewBrowser, device: Authenticator, dsn: str, lie: dict[str, Any]
) -> None:
    if "count" in lie:
        # Its counter stood higher before: this one is a copy.
        assert (await enter(await new_browser(), like(device, count=6))).status == 201
        lie = {"count": 6}
    before = len(trail(dsn, "session.sign_in"))
    refused = await enter(await new_browser(), like(device, **lie))
    assert (refused.status, refused.code) == (422, "passkey.refused")
    assert len(trail(dsn, "session.sign_in")) == before
    assert trail(dsn, "session.sign_in_refused")[-1][0] == "refused"


async def test_another_key_does_not_sign_for_a_known_credential(
    owner: Browser, new_browser: NewBrowser, device: Authenticator
) -> None:
    forged = Authenticator(
        device.origin, device.rp_id, credential_id=device.credential_id, user_id=device.user_id
    )
    assert (await enter(await new_browser(), forged)).code == "passkey.refused"


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"rawId": 7},
        {"rawId": "AAAA", "id": "AAAA", "type": "public-key", "response": None},
        {"rawId": "\u00e9", "response": {"userHandle": []}},
        {"rawId": "AAAA", "id": "AAAA", "type": "x", "response": {"clientDataJSON": "e30"}},
    ],
)
async def test_what_is_no_answer_of_a_browser_is_refused(
    owner: Browser, new_browser: NewBrowser, device: Authenticator, credential: Json
) -> None:
    browser = await new_browser()
    asked = await browser.post(f"{SIGN_IN}/challenge")
    if credential.get("rawId") == "AAAA":
        known = text(device.credential_id)
        credential = {**credential, "rawId": known, "id": known}
    assert (await answer(browser, SIGN_IN, asked, credential)).code == "passkey.refused"
    asked = await owner.post("/api/passkeys/challenge", {"password": PASSWORD})
    assert (await answer(owner, "/api/passkeys", asked, credential, name="x")).code == "passkey.refused"


async def test_a_challenge_is_for_one_purpose_and_one_session(
    owner: Browser, new_browser: NewBrowser, sign_in: SignIn, work: UnitOfWork, device: Authenticator
) -> None:
    browser = await new_browser()
    adding = await owner.post("/api/passkeys/challenge", {"password": PASSWORD})
    signed = device.get(adding.json["options"])
    assert (await answer(browser, SIGN_IN, adding, signed)).code == "passkey.refused"
    patient = await sign_in(await make_patient(work))
    other = Authenticator(device.origin, device.rp_id)
    created = other.create(adding.json["options"])
    assert (await answer(patient, "/api/passkeys", adding, created, name="x")).code == "passkey.refused"
    assert (await answer(owner, "/api/passkeys", adding, created, name="x")).status == 201


async def test_a_challenge_does_not_last(
    owner: Browser, new_browser: NewBrowser, device: Authenticator, clock: Clock, database: Database, dsn: str
) -> None:
    browser = await new_browser()
    asked = await browser.post(f"{SIGN_IN}/challenge")
    clock.forward(CHALLENGE_LIFE)
    signed = device.get(asked.json["options"])
    assert (await answer(browser, SIGN_IN, asked, signed)).code == "passkey.refused"
    await browser.post(f"{SIGN_IN}/challenge")
    clock.forward(timedelta(days=2))
    await tick(database, clock())
    assert rows(dsn, "select count(*) from passkey_challenge") == [(0,)]


async def test_a_removed_passkey_opens_nothing(
    owner: Browser, new_browser: NewBrowser, device: Authenticator
) -> None:
    (listed,) = (await owner.get("/api/passkeys")).json["passkeys"]
    assert (await owner.delete(f"/api/passkeys/{listed['id']}")).status == 204
    assert (await owner.delete(f"/api/passkeys/{listed['id']}")).status == 404
    assert (await enter(await new_browser(), device)).code == "passkey.refused"


async def test_nobody_uses_or_removes_somebody_elses(
    owner: Browser,
    new_browser: NewBrowser,
    sign_in: SignIn,
    work: UnitOfWork,
    device: Authenticator,
) -> None:
    other = await make_doctor(work, login="zhao")
    theirs = Authenticator(device.origin, device.rp_id)
    at_desk = await sign_in(other)
    assert (await add(at_desk, theirs)).status == 201
    browser = await new_browser()
    await browser.sign_in("zhao", PASSWORD)
    asked = await browser.post(f"{FACTOR}/challenge")
    wrong = await answer(browser, FACTOR, asked, device.get(asked.json["options"]))
    assert (wrong.status, wrong.code) == (422, "passkey.refused")
    assert (await browser.get("/api/passkeys")).code == "auth.second_factor_pending"
    (listed,) = (await owner.get("/api/passkeys")).json["passkeys"]
    assert (await at_desk.delete(f"/api/passkeys/{listed['id']}")).status == 404
    known = await add(at_desk, like(device))
    assert (known.status, known.code) == (409, "passkey.known")


async def test_adding_one_takes_the_password_and_a_user_who_was_verified(
    owner: Browser, device: Authenticator
) -> None:
    wrong = await owner.post("/api/passkeys/challenge", {"password": "not the password"})
    assert wrong.code == "auth.wrong_password"
    careless = Authenticator(device.origin, device.rp_id, verifies=False)
    assert (await add(owner, careless)).code == "passkey.refused"
    assert (await add(owner, Authenticator(device.origin, device.rp_id), "  ")).fields == {"name": "missing"}


async def test_an_account_has_so_many_and_no_more(owner: Browser, device: Authenticator, dsn: str) -> None:
    asked = await owner.post("/api/passkeys/challenge", {"password": PASSWORD})
    execute(
        dsn,
        "insert into passkey (id, account_id, credential_id, public_key, sign_count, name, created_at) "
        "select gen_random_uuid(), account_id, int4send(n), public_key, 0, 'x', created_at "
        "from passkey, generate_series(2, %s) n",
        PASSKEYS_MAX,
    )
    last = Authenticator(device.origin, device.rp_id).create(asked.json["options"])
    assert (await answer(owner, "/api/passkeys", asked, last, name="x")).code == "passkey.too_many"


async def test_a_disabled_account_and_a_forgotten_factor_take_their_passkeys_along(
    owner: Browser,
    new_browser: NewBrowser,
    sign_in: SignIn,
    work: UnitOfWork,
    doctor: Account,
    device: Authenticator,
) -> None:
    admin = await sign_in(await make_admin(work))
    await admin.post(f"/api/accounts/{doctor.id}/disable")
    assert (await enter(await new_browser(), device)).code == "passkey.refused"
    await admin.post(f"/api/accounts/{doctor.id}/enable")
    assert (await enter(await new_browser(), device)).status == 201
    async with work.begin(SYSTEM, "test") as ctx:
        await reset(ctx, "wang")
    assert (await enter(await new_browser(), device)).code == "passkey.refused"


async def test_at_an_address_without_a_name_there_are_none(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]]
) -> None:
    browser = Browser(await aiohttp_client(attached(public_url="https://192.0.2.7")))
    asked = await browser.post(f"{SIGN_IN}/challenge")
    assert (asked.status, asked.code) == (409, "passkey.unavailable")
    assert (await browser.get("/api/hospital")).json["passkeys"] is False


async def test_an_address_that_makes_up_answers_is_stopped_before_it_fills_the_audit_trail(
    new_browser: NewBrowser, monkeypatch: pytest.MonkeyPatch, clock: Clock, dsn: str
) -> None:
    monkeypatch.setattr("actions.passkeys.ANSWERED_PER_ADDRESS", 2, raising=False)
    browser = await new_browser()
    made_up = {"challenge_id": str(uuid4()), "credential": {"id": "x"}}
    assert [(await browser.post(SIGN_IN, made_up)).status for _ in range(4)] == [422, 422, 429, 429]
    assert len(trail(dsn, "session.sign_in_refused")) == 2
    clock.forward(timedelta(seconds=WINDOW_S))
    assert (await browser.post(SIGN_IN, made_up)).status == 422, "until the window is over"
