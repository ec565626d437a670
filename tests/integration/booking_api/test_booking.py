"""Booking over HTTP: one seat, many who want it; requests that come again; what a refusal offers instead."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest

from actions.accounts import NewAccount, create_account
from actions.context import UnitOfWork
from actions.sessions import SignedIn, open_session
from booking_api.idempotency import HEADER, REPLAYED_HEADER
from domain.accounts import SESSION_COOKIE, SYSTEM, Account, Role, actor_of
from domain.safety import QUESTIONS_VERSION
from storage import bookings
from storage.accounts import Credentials
from storage.pool import Database
from tests.bookable import give_hours, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import PASSWORD, PASSWORD_HASH, make_patient
from tests.rows import rows

_NINE = "2026-11-24T01:00:00Z"
_ASKED = {"red_flags": QUESTIONS_VERSION, "diagnosis": "none"}


def _key() -> dict[str, str]:
    return {HEADER: uuid4().hex}


async def _hold(
    browser: Browser, doctor: Account, at: str = _NINE, headers: dict[str, str] | None = None
) -> Answer:
    body = {
        "practitioner_id": str(doctor.practitioner_id),
        "starts_at": at,
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }
    return await browser.post("/api/bookings", body, headers=headers or _key())


@pytest.fixture
async def doctor(people: People, work: UnitOfWork) -> Account:
    """The doctor of these people, with hours."""
    await give_hours(work, people.accounts[Role.DOCTOR])
    return people.accounts[Role.DOCTOR]


async def test_a_patient_holds_books_and_sees_the_visit(
    people: People, doctor: Account, work: UnitOfWork
) -> None:
    await make_free(work, doctor)
    held = await _hold(people.patient, doctor)
    assert (held.status, held.json["state"], held.json["held_until"]) == (201, "held", "2026-11-23T09:05:00Z")
    slots = await people.patient.get(
        f"/api/doctors/{doctor.practitioner_id}/slots?from=2026-11-24&to=2026-11-24"
    )
    assert [slot["free"] for slot in slots.json["slots"]] == [0, 1, 1, 1, 1, 1]
    assert (await people.patient.get("/api/appointments?from=2026-11-24")).json["appointments"] == []

    path = f"/api/bookings/{held.json['id']}"
    booked = await people.patient.post(f"{path}/confirm")
    assert (booked.status, booked.json["state"], booked.json["held_until"]) == (200, "booked", None)
    assert (await people.patient.get(path)).json == booked.json
    assert (await people.patient.get("/api/bookings")).json["bookings"] == [booked.json]
    for browser in (people.patient, people.doctor):
        (visit,) = (await browser.get("/api/appointments?from=2026-11-24")).json["appointments"]
        assert (visit["id"], visit["consultation_state"]) == (held.json["id"], "planned")
    assert (await people.patient.post(f"{path}/release")).code == "appointment.wrong_state"


async def test_a_fee_comes_before_the_booking(people: People, doctor: Account) -> None:
    held = await _hold(people.patient, doctor)
    answer = await people.patient.post(f"/api/bookings/{held.json['id']}/confirm")
    assert (answer.status, answer.code) == (402, "payment.required")


async def test_a_hold_that_ended_is_not_booked_when_the_slot_went_to_another(
    people: People, doctor: Account, work: UnitOfWork, clock: Clock, sign_in: SignIn
) -> None:
    await make_free(work, doctor)
    held = await _hold(people.patient, doctor)
    clock.forward(timedelta(minutes=5))
    assert (await _hold(await sign_in(await make_patient(work)), doctor)).status == 201
    answer = await people.patient.post(f"/api/bookings/{held.json['id']}/confirm")
    assert (answer.status, answer.code) == (409, "booking.hold_ended")


async def test_a_slot_that_is_gone_is_answered_with_others(
    people: People, doctor: Account, work: UnitOfWork, sign_in: SignIn
) -> None:
    colleague = await make_bookable(work, name="张伟")
    await _hold(await sign_in(await make_patient(work)), doctor)
    answer = await _hold(people.patient, doctor)
    assert (answer.status, answer.code) == (409, "booking.slot_taken")
    found = [(one["practitioner_name"], one["starts_at"]) for one in answer.json["alternatives"]]
    assert found == [
        (doctor.display_name, "2026-11-24T01:30:00Z"),
        (doctor.display_name, "2026-11-24T02:00:00Z"),
        (doctor.display_name, "2026-11-24T02:30:00Z"),
        (colleague.display_name, _NINE),
    ]
    # Each of them can be held.
    for starts_at in ("2026-11-24T01:30:00Z",):
        assert (await _hold(people.patient, doctor, starts_at)).status == 201


async def test_a_request_that_comes_again_is_answered_as_the_first_time(
    people: People, doctor: Account, clock: Clock, database: Database
) -> None:
    headers = _key()
    first = await _hold(people.patient, doctor, headers=headers)
    clock.forward(timedelta(hours=23))
    await people.patient.sign_in(people.accounts[Role.PATIENT].login, PASSWORD)
    again = await _hold(people.patient, doctor, headers=headers)
    assert (again.status, again.json) == (201, first.json)
    assert (REPLAYED_HEADER in first.headers, again.headers[REPLAYED_HEADER]) == (False, "true")
    async with database.transaction() as tx:
        lines = await tx.all("audit_newest", {"before_id": 2**63 - 1, "limit": 1000})
    assert [line["action"] for line in lines].count("booking.hold") == 1

    other = await _hold(people.patient, doctor, "2026-11-24T02:00:00Z", headers)
    assert (other.status, other.code) == (422, "idempotency.reused")
    clock.forward(timedelta(hours=1, seconds=1))
    await people.patient.sign_in(people.accounts[Role.PATIENT].login, PASSWORD)
    anew = await _hold(people.patient, doctor, "2026-11-25T01:00:00Z", headers)
    assert (anew.status, anew.json["starts_at"]) == (201, "2026-11-25T01:00:00Z")


async def test_a_key_is_its_accounts_own_and_one_that_failed_is_free(
    people: People, doctor: Account, work: UnitOfWork, sign_in: SignIn
) -> None:
    headers = _key()
    held = await _hold(people.patient, doctor, headers=headers)
    other = await sign_in(await make_patient(work))
    assert (await _hold(other, doctor, headers=headers)).code == "booking.slot_taken"
    await people.patient.post(f"/api/bookings/{held.json['id']}/release")
    assert (await _hold(other, doctor, headers=headers)).status == 201


async def test_the_same_request_twice_at_once_does_one_thing(people: People, doctor: Account) -> None:
    headers = _key()
    answers = await asyncio.gather(*(_hold(people.patient, doctor, headers=headers) for _ in range(5)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum(REPLAYED_HEADER in answer.headers for answer in answers) == 4


@pytest.mark.parametrize(
    ("headers", "fault"),
    [({}, "missing"), ({HEADER: "short"}, "bad_format"), ({HEADER: "with a space"}, "bad_format")],
)
async def test_a_hold_needs_a_key_of_its_attempt(
    people: People, doctor: Account, headers: dict[str, str], fault: str
) -> None:
    body = {
        "practitioner_id": str(doctor.practitioner_id),
        "starts_at": _NINE,
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }
    answer = await people.patient.post("/api/bookings", body, headers=headers)
    assert (answer.status, answer.fields) == (422, {HEADER: fault})


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({}, dict.fromkeys(("practitioner_id", "starts_at", "red_flags", "diagnosis"), "missing")),
        (
            {"practitioner_id": "x", "starts_at": "2026-11-24T01:00:00", "red_flags": None, "diagnosis": "?"},
            {
                "practitioner_id": "bad_format",
                "starts_at": "bad_format",
                "red_flags": "wrong_type",
                "diagnosis": "not_a_choice",
            },
        ),
    ],
)
async def test_every_wrong_field_of_a_hold_is_named_at_once(
    people: People, wrong: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = await people.patient.post("/api/bookings", wrong, headers=_key())
    assert (answer.status, answer.fields) == (422, fields)


async def test_without_the_red_flag_answers_nothing_is_held(
    people: People, doctor: Account, dsn: str
) -> None:
    new = {"practitioner_id": str(doctor.practitioner_id), "starts_at": _NINE, "diagnosis": "none"}
    unasked = await people.patient.post("/api/bookings", new, headers=_key())
    assert (unasked.status, unasked.fields) == (422, {"red_flags": "missing"})
    older = await people.patient.post("/api/bookings", {**new, "red_flags": "2019-1"}, headers=_key())
    assert (older.status, older.fields) == (422, {"red_flags": "not_a_choice"})
    unseen = await people.patient.post(
        "/api/bookings", {**new, **_ASKED, "diagnosis": "earlier_visit"}, headers=_key()
    )
    assert (unseen.status, unseen.fields) == (422, {"diagnosis": "invalid"}), "there was no visit before"
    assert (await people.patient.get("/api/bookings")).json == {"bookings": []}
    held = await _hold(people.patient, doctor)
    assert held.status == 201
    assert rows(dsn, "select detail from audit_event where action = 'booking.hold' and outcome = 'done'") == [
        (
            {
                "practitioner_id": str(doctor.practitioner_id),
                "red_flags": QUESTIONS_VERSION,
                "diagnosis": "none",
            },
        )
    ]


async def test_of_three_hundred_who_want_one_slot_one_gets_it(
    work: UnitOfWork, browser: Browser, database: Database
) -> None:
    doctor = await make_bookable(work)
    sessions = []
    async with work.begin(SYSTEM, "test") as ctx:
        for number in range(300):
            new = NewAccount(
                f"patient.{number}", PASSWORD_HASH, Role.PATIENT, "李晓兰", birth_date=date(1988, 5, 17)
            )
            patient = await create_account(ctx, new)
            own = replace(ctx, actor=actor_of(patient))
            sessions.append(await open_session(own, Credentials(patient, PASSWORD_HASH), "test"))
    body = {
        "practitioner_id": str(doctor.practitioner_id),
        "starts_at": _NINE,
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }

    async def book(session: SignedIn) -> tuple[int, dict[str, Any]]:
        headers = {
            **_key(),
            "X-CSRF-Token": session.active.csrf_token,
            "Cookie": f"{SESSION_COOKIE}={session.token}",
        }
        while True:
            async with browser.client.post("/api/bookings", json=body, headers=headers) as answer:
                if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                    return answer.status, await answer.json()
            # A machine with more to do says so in time, and the same key may come again, as clients do.

    async with asyncio.timeout(60):
        answers = await asyncio.gather(*(book(session) for session in sessions))
    assert Counter(status for status, _ in answers) == {201: 1, 409: 299}
    losers = [answer for status, answer in answers if status == 409]
    assert {answer["code"] for answer in losers} == {"booking.slot_taken"}
    assert {len(answer["alternatives"]) for answer in losers} == {3}
    async with database.transaction() as tx:
        taken = await bookings.taken(
            tx, practitioner_of(doctor), work.now(), work.now() + timedelta(days=2), work.now()
        )
    assert [one.seat for one in taken] == [1]
