"""Changing what is booked over HTTP: terms before deeds, requests that come again, broken input."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from booking_api.idempotency import HEADER, REPLAYED_HEADER
from domain.accounts import Account, Role
from domain.safety import QUESTIONS_VERSION
from tests.bookable import give_hours, make_free
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_doctor, make_patient

_NINE = "2026-11-25T01:00:00Z"
_HALF_PAST = "2026-11-25T01:30:00Z"
_NOBODY = "01920000-0000-7000-8000-000000000000"


def _key() -> dict[str, str]:
    return {HEADER: uuid4().hex}


@pytest.fixture
async def doctor(people: People, work: UnitOfWork) -> Account:
    """The doctor of these people, with hours, who costs nothing."""
    found = people.accounts[Role.DOCTOR]
    await give_hours(work, found)
    await make_free(work, found)
    return found


async def _book(browser: Browser, doctor: Account, at: str = _NINE) -> dict[str, Any]:
    body = {
        "practitioner_id": str(doctor.practitioner_id),
        "starts_at": at,
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }
    held = await browser.post("/api/bookings", body, headers=_key())
    booked = await browser.post(f"/api/bookings/{held.json['id']}/confirm")
    assert booked.status == 200
    found: dict[str, Any] = booked.json
    return found


async def _post(browser: Browser, path: str, body: Any, headers: dict[str, str] | None = None) -> Answer:
    return await browser.post(path, body, headers=headers or _key())


async def test_a_patient_reads_the_terms_and_cancels(people: People, doctor: Account) -> None:
    visit = await _book(people.patient, doctor)
    path = f"/api/bookings/{visit['id']}"
    terms = await people.patient.get(f"{path}/terms")
    assert terms.json == {
        "step": "free",
        "paid_minor": 0,
        "back_minor": 0,
        "currency": None,
        "free_until": "2026-11-24T01:00:00Z",
        "late_percent": 50,
        "move_until": "2026-11-24T23:00:00Z",
        "can_move": True,
    }
    changed = await _post(people.patient, f"{path}/cancel", {"back_minor": 100})
    assert (changed.status, changed.code) == (409, "booking.terms_changed")
    key = _key()
    done = await _post(people.patient, f"{path}/cancel", {"back_minor": 0}, key)
    assert (done.status, done.json["booking"]["state"], done.json["back_minor"]) == (200, "cancelled", 0)
    again = await _post(people.patient, f"{path}/cancel", {"back_minor": 0}, key)
    assert (again.json, again.headers[REPLAYED_HEADER]) == (done.json, "true")
    other = await _post(people.patient, f"{path}/cancel", {"back_minor": 0})
    assert (other.status, other.code) == (409, "appointment.wrong_state")
    assert (await people.patient.get(f"{path}/terms")).code == "appointment.wrong_state"


async def test_a_patient_moves_a_visit_and_is_shown_what_is_free_instead(
    people: People, doctor: Account, work: UnitOfWork, sign_in: SignIn
) -> None:
    visit = await _book(people.patient, doctor)
    other = await sign_in(await make_patient(work))
    await _book(other, doctor, _HALF_PAST)
    path = f"/api/bookings/{visit['id']}/move"
    taken = await _post(people.patient, path, {"starts_at": _HALF_PAST})
    assert (taken.status, taken.code) == (409, "booking.slot_taken")
    assert taken.json["alternatives"][0]["starts_at"] == "2026-11-25T02:00:00Z"
    moved = await _post(people.patient, path, {"starts_at": "2026-11-25T02:00:00Z"})
    assert (moved.status, moved.json["id"]) == (200, visit["id"])
    assert moved.json["starts_at"] == "2026-11-25T02:00:00Z"
    assert (await _post(other, path, {"starts_at": _NINE})).status == 403
    assert (await _book(other, doctor))["starts_at"] == _NINE


@pytest.mark.parametrize("body", [{}, {"starts_at": "soon"}, {"starts_at": "2026-11-25T09:00:00"}])
async def test_broken_times_are_refused(people: People, doctor: Account, body: dict[str, str]) -> None:
    answer = await _post(people.patient, f"/api/bookings/{_NOBODY}/move", body)
    assert (answer.status, answer.code) == (422, "input.invalid")
    assert list(answer.json["fields"]) == ["starts_at"]


async def test_it_is_too_late_to_move_shortly_before(
    people: People, doctor: Account, clock: Clock, sign_in: SignIn
) -> None:
    visit = await _book(people.patient, doctor)
    clock.at = clock.at.replace(day=24, hour=23, minute=30)
    later = await sign_in(people.accounts[Role.PATIENT])
    answer = await _post(later, f"/api/bookings/{visit['id']}/move", {"starts_at": _HALF_PAST})
    assert (answer.status, answer.code) == (409, "booking.too_late")


async def test_a_doctor_calls_off_and_the_patient_chooses(
    people: People, doctor: Account, work: UnitOfWork, sign_in: SignIn
) -> None:
    visit = await _book(people.patient, doctor)
    path = f"/api/appointments/{visit['id']}/call-off"
    stranger = await sign_in(await make_doctor(work))
    assert (await stranger.post(path, {"why": "technical"})).status == 403
    assert (await people.doctor.post(path, {"why": "tired"})).json["fields"] == {"why": "not_a_choice"}
    assert (await people.doctor.post(path, {"why": "doctor-leave"})).json["fields"] == {"why": "not_a_choice"}
    assert (await people.doctor.post(path, {"why": "doctor-unavailable"})).status == 204
    # Its time is closed, and is no leave of the doctor's: only the administration sees it and opens it again.
    assert (await people.doctor.get("/api/leave")).json["leaves"] == []
    schedule = await people.admin.get(f"/api/doctor-profiles/{doctor.practitioner_id}/schedule")
    (closed,) = schedule.json["leaves"]
    assert (await people.doctor.delete(f"/api/leave/{closed['id']}")).status == 404
    assert (await people.admin.delete(f"/api/doctor-leave/{closed['id']}")).status == 204
    (offer,) = (await people.patient.get("/api/rebooking-offers")).json["offers"]
    assert (offer["appointment_id"], offer["starts_at"]) == (visit["id"], _NINE)
    instead = offer["alternatives"][0]
    choice = {"practitioner_id": instead["practitioner_id"], "starts_at": instead["starts_at"]}
    booked = await _post(people.patient, f"/api/rebooking-offers/{offer['id']}/accept", choice)
    assert (booked.status, booked.json["state"], booked.json["id"]) == (200, "booked", visit["id"])
    assert (await people.patient.get("/api/rebooking-offers")).json["offers"] == []
    late = await people.patient.post(f"/api/rebooking-offers/{offer['id']}/decline")
    assert (late.status, late.code) == (409, "rebooking.wrong_state")


async def test_entering_leave_says_before_how_many_visits_it_calls_off(
    people: People, doctor: Account
) -> None:
    await _book(people.patient, doctor)
    days = "from=2026-11-25&to=2026-11-25"
    admin = f"/api/doctor-profiles/{doctor.practitioner_id}/leave-visits?{days}"
    for browser, path in ((people.doctor, f"/api/leave/visits?{days}"), (people.admin, admin)):
        assert (await browser.get(path)).json == {"booked": 1}
    made = await people.doctor.post("/api/leave", {"from": "2026-11-25", "to": "2026-11-27"})
    assert made.json["booked"] == 1
    assert len((await people.patient.get("/api/rebooking-offers")).json["offers"]) == 1
    wrong = await people.doctor.get("/api/leave/visits?from=2026-11-25&to=2026-11-24")
    assert wrong.json["fields"] == {"to": "out_of_order"}


async def test_closing_hours_says_before_how_many_visits_it_calls_off(
    people: People, doctor: Account, clock: Clock
) -> None:
    await _book(people.patient, doctor)
    path = f"/api/doctor-profiles/{doctor.practitioner_id}/exception-visits"
    closed = {"day": "2026-11-25", "begins": "09:00", "ends": "09:30"}
    for change, booked in (({}, 1), ({"begins": "09:30", "ends": "24:00"}, 0), ({"day": "2026-11-26"}, 0)):
        assert (await people.admin.get(f"{path}?{urlencode(closed | change)}")).json == {"booked": booked}
    made = await people.admin.post(
        f"/api/doctor-profiles/{doctor.practitioner_id}/exceptions",
        {"kind": "capacity", "capacity": 0} | closed,
    )
    assert made.status == 201
    assert len((await people.patient.get("/api/rebooking-offers")).json["offers"]) == 1
    assert (await people.admin.get(f"{path}?{urlencode(closed)}")).json == {"booked": 0}
    wrong = await people.admin.get(f"{path}?{urlencode(closed | {'begins': '10:00'})}")
    assert wrong.json["fields"] == {"ends": "out_of_order"}
    nobody = await people.admin.get(f"/api/doctor-profiles/{_NOBODY}/exception-visits?{urlencode(closed)}")
    assert (nobody.status, nobody.code) == (404, "not_found")


async def test_a_patient_waits_sees_it_and_leaves(people: People, doctor: Account, sign_in: SignIn) -> None:
    key, body = (
        _key(),
        {"practitioner_id": str(doctor.practitioner_id), "from": "2026-11-25", "to": "2026-11-27"},
    )
    free = await _post(people.patient, "/api/waitlist", body)
    assert (free.status, free.code) == (409, "waitlist.times_free")
    assert [one["starts_at"] for one in free.json["alternatives"]] == [
        _NINE,
        _HALF_PAST,
        "2026-11-25T02:00:00Z",
    ]
    await people.doctor.post("/api/leave", {"from": "2026-11-25", "to": "2026-11-27"})
    joined = await _post(people.patient, "/api/waitlist", body, key)
    assert (joined.status, joined.json["state"]) == (201, "waiting")
    assert joined.json["begins_at"] == "2026-11-24T16:00:00Z"
    assert (await _post(people.patient, "/api/waitlist", body, key)).json == joined.json
    assert (await _post(people.patient, "/api/waitlist", body)).json["id"] == joined.json["id"]
    assert (await people.patient.get("/api/waitlist")).json["entries"] == [joined.json]
    unknown = await _post(people.patient, "/api/waitlist", {"practitioner_id": _NOBODY})
    assert (unknown.status, unknown.code) == (404, "not_found")
    wrong = {**body, "to": "2026-11-24"}
    assert (await _post(people.patient, "/api/waitlist", wrong)).json["fields"] == {"to": "out_of_order"}
    path = f"/api/waitlist/{joined.json['id']}/leave"
    for _ in range(2):
        assert (await people.patient.post(path)).status == 204
    assert (await people.patient.get("/api/waitlist")).json["entries"] == []


async def test_a_key_that_cancelled_one_visit_is_not_taken_for_another(
    people: People, doctor: Account
) -> None:
    first, second = [await _book(people.patient, doctor, at) for at in (_NINE, _HALF_PAST)]
    key = _key()
    done = await _post(people.patient, f"/api/bookings/{first['id']}/cancel", {"back_minor": 0}, key)
    assert done.status == 200
    other = await _post(people.patient, f"/api/bookings/{second['id']}/cancel", {"back_minor": 0}, key)
    assert (other.status, other.code) == (422, "idempotency.reused")
    assert (await people.patient.get(f"/api/bookings/{second['id']}")).json["state"] == "booked"
