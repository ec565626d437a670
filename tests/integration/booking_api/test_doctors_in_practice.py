"""Who is not approved, not any more, or disabled is neither found nor opened, booked nor offered instead."""

from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from booking_api.idempotency import HEADER
from domain.accounts import Account, Role
from domain.safety import QUESTIONS_VERSION
from tests.bookable import give_hours, make_bookable
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People
from tests.rows import execute

_SAID = {"red_flags": QUESTIONS_VERSION, "diagnosis": "none"}
_NINE = "2026-11-24T01:00:00Z"
_OF_ROLE = "update practitioner_role set state = %s, reason = 'any' where practitioner_id = %s"


@pytest.fixture(params=["draft", "submitted", "returned", "suspended", "disabled"])
async def outside(work: UnitOfWork, dsn: str, request: pytest.FixtureRequest) -> Account:
    """A doctor with hours, who is not in practice."""
    found = await make_bookable(work, name="张伟")
    if request.param == "disabled":
        execute(dsn, "update account set disabled_at = now() where id = %s", str(found.id))
    else:
        execute(dsn, _OF_ROLE, request.param, str(found.practitioner_id))
    return found


async def _post(browser: Browser, path: str, doctor: Account, **more: str) -> Answer:
    body = {"practitioner_id": str(doctor.practitioner_id), **more}
    return await browser.post(path, body, headers={HEADER: uuid4().hex})


async def test_nobody_finds_opens_or_books_a_doctor_who_is_not_in_practice(
    people: People, browser: Browser, outside: Account
) -> None:
    listed = (await browser.get("/api/doctors")).json["doctors"]
    assert [one["id"] for one in listed] == [str(people.accounts[Role.DOCTOR].practitioner_id)]
    for path in ("", "/slots?from=2026-11-24&to=2026-11-25"):
        opened = await browser.get(f"/api/doctors/{outside.practitioner_id}{path}")
        assert (opened.status, opened.code) == (404, "not_found"), path
    held = await _post(people.patient, "/api/bookings", outside, starts_at=_NINE, **_SAID)
    assert (held.status, held.code) == (404, "not_found")
    joined = await _post(people.patient, "/api/waitlist", outside)
    assert (joined.status, joined.code) == (404, "not_found")


async def test_no_doctor_out_of_practice_is_offered_instead_of_another(
    people: People, work: UnitOfWork, outside: Account
) -> None:
    doctor = people.accounts[Role.DOCTOR]
    await give_hours(work, doctor)
    taken = await _post(people.patient, "/api/bookings", doctor, starts_at="2026-11-24T00:00:00Z", **_SAID)
    assert taken.code == "booking.slot_taken"
    assert {one["practitioner_id"] for one in taken.json["alternatives"]} == {str(doctor.practitioner_id)}
