"""A slot of the hospital's own system over HTTP: what its patient sees from the hold to the answer."""

import os
from uuid import UUID

import pytest

from actions import his_slots
from actions.context import UnitOfWork
from chat_archive.data_keys import KeyRing
from domain.accounts import SYSTEM, Role
from domain.his_slots import SlotAnswer
from domain.safety import QUESTIONS_VERSION
from storage.pool import Database
from tests.bookable import give_hours, make_free
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import People
from tests.rows import rows


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    """A hospital whose own system can be asked."""
    return UnitOfWork(database, clock, os.urandom, keys, his_connected=True)


async def _requested(people: People, work: UnitOfWork) -> str:
    """Have the patient request a slot; return where it is read."""
    doctor = people.accounts[Role.DOCTOR]
    await give_hours(work, doctor)
    await make_free(work, doctor)
    owner = {"owner": "his", "quota_a_day": 0}
    path = f"/api/doctor-profiles/{doctor.practitioner_id}/slot-ownership"
    assert (await people.admin.post(path, owner)).json == owner
    slots = await people.patient.get(
        f"/api/doctors/{doctor.practitioner_id}/slots?from=2026-11-24&to=2026-11-24"
    )
    assert {slot["needs_confirmation"] for slot in slots.json["slots"]} == {True}
    held = await people.patient.post(
        "/api/bookings",
        {
            "practitioner_id": str(doctor.practitioner_id),
            "starts_at": "2026-11-24T01:00:00Z",
            "red_flags": QUESTIONS_VERSION,
            "diagnosis": "none",
        },
        headers={"Idempotency-Key": "one-of-its-own"},
    )
    assert (held.status, held.json["needs_confirmation"], held.json["answer_by"]) == (201, True, None)
    return f"/api/bookings/{held.json['id']}"


async def _confirm(browser: Browser, path: str) -> None:
    asked = await browser.post(f"{path}/confirm")
    assert (asked.status, asked.json["state"], asked.json["consultation_id"]) == (200, "pending", None)
    assert asked.json["answer_by"] == "2026-11-23T21:00:00Z"


async def test_a_request_is_seen_as_such_until_it_is_confirmed(
    people: People, work: UnitOfWork, dsn: str
) -> None:
    path = await _requested(people, work)
    await _confirm(people.patient, path)
    (one,) = (await people.patient.get("/api/bookings")).json["bookings"]
    assert one["state"] == "pending"
    assert (await people.patient.get("/api/appointments?from=2026-11-24")).json["appointments"] == []
    ((request_id,),) = rows(dsn, "select id from slot_request")
    async with work.begin(SYSTEM, "test") as ctx:
        await his_slots.hear(ctx, UUID(str(request_id)), SlotAnswer.CONFIRMED)
    booked = (await people.patient.get(path)).json
    assert (booked["state"], booked["answer_by"]) == ("booked", None)
    (visit,) = (await people.patient.get("/api/appointments?from=2026-11-24")).json["appointments"]
    assert (visit["id"], visit["state"]) == (booked["id"], "booked")


async def test_a_request_is_withdrawn_by_its_patient_alone(people: People, work: UnitOfWork) -> None:
    path = await _requested(people, work)
    await _confirm(people.patient, path)
    assert (await people.doctor.post(f"{path}/release")).status == 403
    assert (await people.patient.post(f"{path}/release")).status == 204
    assert (await people.patient.get(path)).json["state"] == "cancelled"
