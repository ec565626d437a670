from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.context import UnitOfWork
from domain.accounts import Role
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_appointment, make_doctor, make_patient

_UNKNOWN = "01920000-0000-7000-8000-000000000000"


def _body(people: People, **different: Any) -> dict[str, Any]:
    return {
        "patient_id": str(people.accounts[Role.PATIENT].patient_id),
        "practitioner_id": str(people.accounts[Role.DOCTOR].practitioner_id),
        "starts_at": "2026-11-23T18:00:00+08:00",
        "ends_at": "2026-11-23T18:30:00+08:00",
        **different,
    }


async def test_the_administration_makes_an_appointment_that_both_sides_see(people: People) -> None:
    made = await people.admin.post("/api/appointments", _body(people))
    assert made.status == 201
    assert made.json["starts_at"] == "2026-11-23T10:00:00Z"
    assert (made.json["state"], made.json["consultation_state"]) == ("booked", "planned")
    for browser in (people.patient, people.doctor, people.admin):
        assert (await browser.get("/api/appointments")).json["appointments"] == [made.json]
        assert (await browser.get(f"/api/appointments/{made.json['id']}")).json == made.json


async def test_a_doctors_time_is_given_once(people: People) -> None:
    assert (await people.admin.post("/api/appointments", _body(people))).status == 201
    answer = await people.admin.post("/api/appointments", _body(people))
    assert (answer.status, answer.code) == (409, "appointment.overlap")


@pytest.mark.parametrize("who", ["patient_id", "practitioner_id"])
async def test_an_appointment_is_with_people_who_exist(people: People, who: str) -> None:
    answer = await people.admin.post("/api/appointments", _body(people, **{who: _UNKNOWN}))
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"ends_at": "2026-11-23T18:00:00+08:00"}, {"ends_at": "out_of_order"}),
        ({"starts_at": "2026-11-23T18:00:00"}, {"starts_at": "bad_format"}),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, {"starts_at": "invalid"}),
        ({"starts_at": "1999-01-01T00:00:00Z"}, {"starts_at": "in_the_past", "ends_at": "too_large"}),
        ({"ends_at": "9999-12-31T23:59:59-12:00"}, {"ends_at": "invalid"}),
        ({"starts_at": 1764000000}, {"starts_at": "wrong_type"}),
        ({"patient_id": "me"}, {"patient_id": "bad_format"}),
    ],
)
async def test_an_appointment_that_breaks_a_rule_is_refused(
    people: People, wrong: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = await people.admin.post("/api/appointments", _body(people, **wrong))
    assert (answer.status, answer.fields) == (422, fields)


async def test_today_is_the_hospitals_day(people: People, work: UnitOfWork, clock: Clock) -> None:
    # In Shanghai the 24th begins at 16:00 UTC on the 23rd.
    patient, doctor = people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR]
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    last = await make_appointment(work, patient, doctor, midnight - timedelta(minutes=30))
    first = await make_appointment(work, patient, doctor, midnight)

    async def listed(query: str = "") -> list[str]:
        answer = await people.patient.get(f"/api/appointments{query}")
        return [item["id"] for item in answer.json["appointments"]]

    assert await listed() == [str(last.id)]
    assert await listed("?from=2026-11-24") == [str(first.id)]
    assert await listed("?from=2026-11-23&to=2026-11-24") == [str(last.id), str(first.id)]
    assert await listed("?to=2026-11-24") == [str(last.id), str(first.id)]
    assert await listed("?from=2026-11-25") == []
    clock.at = midnight
    people.patient.csrf = None
    assert (await people.patient.get("/api/appointments")).status == 401, "an hour is long over"


async def test_everybodys_appointments_are_not_asked_for_years(people: People) -> None:
    answer = await people.admin.get("/api/appointments?from=2026-01-01&to=2026-12-31")
    assert (answer.status, answer.fields) == (422, {"to": "too_large"})


async def test_nobody_sees_the_appointments_of_others(
    people: People, work: UnitOfWork, sign_in: SignIn, database: Database
) -> None:
    appointment = await make_appointment(
        work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR], lasts=timedelta(minutes=20)
    )
    for stranger in (await sign_in(await make_patient(work)), await sign_in(await make_doctor(work))):
        assert (await stranger.get("/api/appointments")).json["appointments"] == []
        answer = await stranger.get(f"/api/appointments/{appointment.id}")
        assert (answer.status, answer.code) == (403, "auth.forbidden")
    async with database.transaction() as tx:
        lines = await tx.all("audit_newest", {"before_id": 2**63 - 1, "limit": 4})
    refused = [line for line in lines if line["outcome"] == "refused"]
    assert [line["patient_id"] for line in refused] == [appointment.patient_id] * 2


@pytest.mark.parametrize("appointment_id", [_UNKNOWN, "today"])
async def test_an_unknown_appointment_is_not_found(people: People, appointment_id: str) -> None:
    for answer in (
        await people.patient.get(f"/api/appointments/{appointment_id}"),
        await people.admin.post(f"/api/appointments/{appointment_id}/cancel"),
    ):
        assert (answer.status, answer.code) == (404, "not_found")


async def test_an_appointment_is_cancelled_once(people: People) -> None:
    made = (await people.admin.post("/api/appointments", _body(people))).json
    assert (await people.admin.post(f"/api/appointments/{made['id']}/cancel")).status == 204
    seen = (await people.patient.get(f"/api/appointments/{made['id']}")).json
    assert (seen["state"], seen["consultation_state"]) == ("cancelled", "cancelled")
    again = await people.admin.post(f"/api/appointments/{made['id']}/cancel")
    assert again.status == 409
    assert (await people.admin.post("/api/appointments", _body(people))).status == 201, "the time is free"
