"""What is over of a patient's visits, page by page: nothing is lost between pages, nor anybody else's."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from booking_api.idempotency import HEADER
from domain.accounts import Account, Role
from domain.appointment import Appointment
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import make_visit
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_appointment, make_doctor, make_patient

_PATH = "/api/past-appointments"
_DAY = timedelta(days=1)


async def _past(people: People, query: str = "") -> list[dict[str, Any]]:
    answer = await people.patient.get(f"{_PATH}{query}")
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.json["appointments"]
    return found


async def _made(people: People, work: UnitOfWork, doctor: Account, days: int) -> Appointment:
    return await make_appointment(work, people.accounts[Role.PATIENT], doctor, work.now() + days * _DAY)


async def test_visits_nobody_comes_to_any_more_come_in_pages_the_newest_first(
    people: People, work: UnitOfWork, clock: Clock, sign_in: SignIn
) -> None:
    doctor = people.accounts[Role.DOCTOR]
    made = [await _made(people, work, doctor, days) for days in range(1, 6)]
    await make_appointment(work, await make_patient(work), await make_doctor(work), work.now() + _DAY)
    # The waiting room of the fourth closes at this moment; the fifth is still ahead.
    clock.at = made[3].ends_at + timedelta(hours=12)
    patient = await sign_in(people.accounts[Role.PATIENT])
    pages: list[list[str]] = []
    cursor = ""
    while True:
        page = (await patient.get(f"{_PATH}?limit=2{cursor}")).json
        pages.append([one["id"] for one in page["appointments"]])
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert pages == [[str(made[2].id), str(made[1].id)], [str(made[0].id)]]


async def test_visits_that_start_together_are_not_lost_between_pages(
    people: People, work: UnitOfWork, clock: Clock, sign_in: SignIn
) -> None:
    made = {str((await _made(people, work, await make_doctor(work), 1)).id) for _ in range(3)}
    clock.at += 2 * _DAY
    patient = await sign_in(people.accounts[Role.PATIENT])
    found: list[str] = []
    cursor = ""
    for _ in range(3):
        page = (await patient.get(f"{_PATH}?limit=1{cursor}")).json
        found += [one["id"] for one in page["appointments"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert (set(found), len(found), page["next_cursor"]) == (made, 3, None)


async def test_cancelled_and_called_off_visits_stay_in_the_list_with_their_state(
    people: People, work: UnitOfWork
) -> None:
    doctor = people.accounts[Role.DOCTOR]
    ahead, cancelled, called_off = [await _made(people, work, doctor, days) for days in (3, 4, 5)]
    assert (await people.admin.post(f"/api/appointments/{cancelled.id}/cancel")).status == 204
    reason = {"why": "technical"}
    answer = await people.admin.post(
        f"/api/appointments/{called_off.id}/call-off", reason, headers={HEADER: uuid4().hex}
    )
    assert answer.status in (200, 204)
    found = [(one["id"], one["state"], one["called_off"]) for one in await _past(people)]
    assert found == [(str(called_off.id), "cancelled", True), (str(cancelled.id), "cancelled", False)]
    assert str(ahead.id) not in {one for one, _, _ in found}


async def test_each_patient_of_the_page_is_in_the_audit_trail(
    people: People, work: UnitOfWork, database: Database
) -> None:
    made = await _made(people, work, people.accounts[Role.DOCTOR], 1)
    await people.admin.post(f"/api/appointments/{made.id}/cancel")
    assert len(await _past(people)) == 1
    async with database.transaction() as tx:
        (line,) = await tx.all("audit_newest", {"before_id": 2**63 - 1, "limit": 1})
    assert (line["action"], line["patient_id"]) == ("appointment.read_past", made.patient_id)


async def test_visits_whose_doctor_never_came_or_that_were_never_ended_are_in_the_list(
    people: People, work: UnitOfWork, clock: Clock, sign_in: SignIn
) -> None:
    who, doctor = people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR]
    kept_waiting = await make_visit(work, who, doctor)
    await kept_waiting.arrive()
    unclosed = await make_visit(work, who, doctor, work.now() + timedelta(hours=2))
    clock.forward(timedelta(hours=2))
    await unclosed.arrive()
    await unclosed.admit()
    clock.forward(timedelta(hours=12))
    patient = await sign_in(who)
    states = [
        (one["id"], one["consultation_state"]) for one in (await patient.get(_PATH)).json["appointments"]
    ]
    assert states == [(str(kept_waiting.appointment_id), "arrived")], "the other is not over for half an hour"
    clock.forward(timedelta(hours=1))
    patient = await sign_in(who)
    states = [
        (one["id"], one["consultation_state"]) for one in (await patient.get(_PATH)).json["appointments"]
    ]
    assert states == [
        (str(unclosed.appointment_id), "in-progress"),
        (str(kept_waiting.appointment_id), "arrived"),
    ]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?cursor=nowhere", {"cursor": "bad_format"}),
        ("?limit=0", {"limit": "too_small"}),
        ("?limit=101", {"limit": "too_large"}),
        ("?from=2026-01-01", {"from": "unknown"}),
    ],
)
async def test_a_page_that_cannot_be_is_refused(people: People, query: str, fields: dict[str, str]) -> None:
    answer = await people.patient.get(f"{_PATH}{query}")
    assert (answer.status, answer.fields) == (422, fields)


async def test_ones_own_appointments_are_not_asked_for_decades(people: People) -> None:
    answer = await people.patient.get("/api/appointments?from=2000-01-01&to=2026-12-31")
    assert (answer.status, answer.fields) == (422, {"to": "too_large"})
