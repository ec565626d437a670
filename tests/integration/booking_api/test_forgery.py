"""Writes that a page of somebody else sends with a browser's own cookie."""

import pytest

from booking_api.route import Route
from booking_api.routes import ROUTES
from domain.accounts import Role
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import People
from tests.people import PASSWORD

_WRITES = [route for route in ROUTES if route.writes]
_GUARDED_WRITES = [route for route in _WRITES if route.who is not None]
_ID = "01920000-0000-7000-8000-000000000000"


def _path(route: Route) -> str:
    return route.path.replace("{id}", _ID if route.id_kind == "uuid" else "1")


async def test_a_write_without_the_pages_token_is_refused(people: People) -> None:
    people.admin.csrf = None
    for route in _GUARDED_WRITES:
        answer = await people.admin.send(route.method, _path(route))
        assert (answer.status, answer.code) == (403, "auth.csrf"), route.name
    assert (await people.admin.get("/api/session")).status == 200, "reading needs no token"


@pytest.mark.parametrize("token", ["", "x", "\u00e9", "A" * 43])
async def test_a_write_with_another_token_is_refused(people: People, token: str) -> None:
    answer = await people.patient.delete("/api/session", headers={"X-CSRF-Token": token})
    assert (answer.status, answer.code) == (403, "auth.csrf")


async def test_a_token_of_another_session_is_refused(people: People) -> None:
    assert people.doctor.csrf is not None
    answer = await people.patient.delete("/api/session", headers={"X-CSRF-Token": people.doctor.csrf})
    assert answer.code == "auth.csrf"


async def test_a_write_from_another_sites_page_is_refused(people: People) -> None:
    for route in _WRITES:
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://hospital.example.evil.example"},
            {"Origin": "http://hospital.example:8081"},
            {"Origin": "null"},
            {"Origin": "http://[broken"},
            {"Origin": "http://hospital.example:port"},
            {"Origin": "file://hospital.example"},
            {"Origin": ""},
        ):
            answer = await people.admin.send(route.method, _path(route), headers=headers)
            assert (answer.status, answer.code) == (403, "auth.origin"), (route.name, headers)


async def test_nobody_is_signed_in_by_another_sites_page(browser: Browser, people: People) -> None:
    credentials = {"login": people.accounts[Role.PATIENT].login, "password": PASSWORD}
    answer = await browser.post("/api/session", credentials, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.code == "auth.origin"


@pytest.mark.parametrize("where", ["fetch", "public", "direct"])
async def test_a_write_from_our_own_page_passes(people: People, where: str) -> None:
    host = f"{people.patient.client.host}:{people.patient.client.port}"
    headers = {
        "fetch": {"Sec-Fetch-Site": "same-origin", "Origin": "http://renamed.by.a.proxy"},
        "public": {"Origin": "http://hospital.example"},
        "direct": {"Origin": f"http://{host}"},
    }[where]
    assert (await people.patient.delete("/api/session", headers=headers)).status == 204
