"""An invited guest over HTTP: a link told once, a cookie of its own, and a code for each refusal."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from actions.context import UnitOfWork
from actions.guests import GuestDesk, GuestTold
from domain.guests import GUEST_COOKIE
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser, SignIn
from tests.live import session_token

Client = Callable[..., Awaitable[Any]]
CONSENT = {"consent_version": "2026-11", "consent_digest": "0" * 64}


@pytest.fixture
def told() -> list[GuestTold]:
    return []


@pytest.fixture
async def visit(work: UnitOfWork) -> AsyncIterator[Visit]:
    made = await make_visit(work)
    await made.arrive()
    await made.admit()
    yield made


async def make_link(doctor: Browser, visit: Visit, name: str = "王芳") -> str:
    made = await doctor.post(f"/api/consultations/{visit.id}/guest", {"guest_name": name})
    assert made.status == 201, made.text
    assert made.json["invitation"]["guest_name"] == name
    address, _, token = made.json["link"].partition("#")
    assert address.endswith("/guest") and "?" not in address
    return str(token)


async def test_a_link_is_looked_at_used_once_and_kept_in_a_cookie_of_its_own(
    attached: AttachTo, aiohttp_client: Client, work: UnitOfWork, visit: Visit, told: list[GuestTold]
) -> None:
    app = attached(guests=GuestDesk(relay=True, tell=told.append))
    server = await aiohttp_client(app)
    doctor = Browser(server)
    await doctor.keep(await session_token(work, visit.doctor))
    token = await make_link(doctor, visit)
    assert told[-1].entry is not None
    known = await doctor.get(f"/api/consultations/{visit.id}/guest")
    assert known.json["invitation"]["state"] == "open"

    guest = Browser(await aiohttp_client(server.server))
    look = await guest.post("/api/guest/look", {"token": token})
    assert look.json["practitioner_name"] == visit.doctor.display_name
    assert set(look.json) == {"practitioner_name", "guest_name", "expires_at"}
    entered = await guest.post("/api/guest", {"token": token, **CONSENT})
    assert entered.status == 201
    cookie = entered.cookies[GUEST_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and token not in cookie.value
    assert (await guest.get("/api/guest")).json["guest"] == entered.json
    assert (await doctor.get(f"/api/consultations/{visit.id}/guest")).json["invitation"]["state"] == "used"

    # Once more it is refused, with a code that has words: to look at as well as to use.
    stranger = Browser(await aiohttp_client(server.server))
    for path, body in (("/api/guest/look", {}), ("/api/guest", CONSENT)):
        again = await stranger.post(path, {"token": token, **body})
        assert (again.status, again.code) == (410, "guest.link_used")
    assert (await stranger.get("/api/guest")).json == {"guest": None, "over": None}

    # Nothing else of the hospital is open to a guest.
    for path in (f"/api/consultations/{visit.id}/guest", "/api/session", "/api/appointments"):
        assert (await guest.get(path)).status == 401

    assert (await guest.delete("/api/guest")).status == 204
    assert told[-1].gone is not None and not told[-1].removed
    assert (await guest.get("/api/guest")).json == {"guest": None, "over": None}
    assert (await doctor.delete(f"/api/consultations/{visit.id}/guest")).code == "guest.wrong_state"


async def test_both_sides_send_the_guest_away_and_the_guest_learns_why(
    attached: AttachTo, aiohttp_client: Client, work: UnitOfWork, visit: Visit, told: list[GuestTold]
) -> None:
    server = await aiohttp_client(attached(guests=GuestDesk(relay=True, tell=told.append)))
    doctor, patient = Browser(server), Browser(await aiohttp_client(server.server))
    await doctor.keep(await session_token(work, visit.doctor))
    await patient.keep(await session_token(work, visit.patient))
    path = f"/api/consultations/{visit.id}/guest"
    refused = await patient.post(path, {"guest_name": "王芳"})
    assert (refused.status, refused.code) == (403, "auth.forbidden")
    guest = Browser(await aiohttp_client(server.server))
    await guest.post("/api/guest", {"token": await make_link(doctor, visit), **CONSENT})
    assert (await doctor.post(path, {"guest_name": "李明"})).code == "guest.invited"
    assert (await patient.delete(path)).status == 204
    assert told[-1].removed and told[-1].gone is not None
    assert (await guest.get("/api/guest")).json == {"guest": None, "over": "guest.ended"}
    token = await make_link(doctor, visit)
    assert (await doctor.delete(path)).status == 204
    assert (await guest.post("/api/guest", {"token": token, **CONSENT})).code == "guest.link_withdrawn"


async def test_without_a_relay_and_with_broken_input_nobody_is_invited(
    sign_in: SignIn, new_browser: NewBrowser, visit: Visit
) -> None:
    doctor = await sign_in(visit.doctor)
    path = f"/api/consultations/{visit.id}/guest"
    none = await doctor.post(path, {"guest_name": "王芳"})
    assert (none.status, none.code) == (409, "guest.no_relay")
    broken = await doctor.post(path, {"guest_name": "\u202e"})
    assert (broken.status, broken.fields) == (422, {"guest_name": "bad_format"})
    anyone = await new_browser()
    assert (await anyone.post("/api/guest/look", {"token": "a" * 43})).code == "guest.link_unknown"
    assert (await anyone.post("/api/guest/look", {"token": "short"})).status == 422
    assert (await anyone.post("/api/guest", {"token": "a" * 43, "consent_version": "1"})).status == 422
    assert (await anyone.delete("/api/guest")).code == "auth.required"
    foreign = {"Origin": "https://elsewhere.example"}
    assert (
        await anyone.post("/api/guest", {"token": "a" * 43, **CONSENT}, headers=foreign)
    ).code == "auth.origin"


async def test_links_are_tried_a_few_times_a_minute_from_one_address(new_browser: NewBrowser) -> None:
    anyone = await new_browser()
    codes = [(await anyone.post("/api/guest/look", {"token": "a" * 43})).code for _ in range(41)]
    assert set(codes[:40]) == {"guest.link_unknown"}
    assert codes[40] == "rate.limited"
