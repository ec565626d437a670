"""The doctor's queue is in the order of care; a patient sees an honest place and nobody else's."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.waiting import WaitingPlace, doctor_queue, waiting_place
from domain.accounts import Account, actor_of
from domain.consultation import Consultation, ConsultationState
from domain.errors import InvalidInput, NotFound
from domain.waiting import WaitingEstimate
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, trail

MINUTES = timedelta(minutes=1)
MAKERS: dict[str, Callable[[UnitOfWork], Awaitable[Account]]] = {
    "patient": make_patient,
    "doctor": make_doctor,
    "pharmacist": make_pharmacist,
    "auditor": make_auditor,
    "admin": make_admin,
}


async def queue(work: UnitOfWork, doctor: Account, day: datetime) -> list[Consultation]:
    start = day.replace(hour=0, minute=0)
    async with work.begin(actor_of(doctor), "queue") as ctx:
        return await doctor_queue(ctx, start, start + timedelta(days=1))


async def place(work: UnitOfWork, visit: Visit) -> WaitingPlace:
    async with work.begin(visit.as_patient, "place") as ctx:
        return await waiting_place(ctx, visit.id)


async def a_day(work: UnitOfWork, doctor: Account, clock: Clock, count: int) -> list[Visit]:
    """Visits of one doctor, half an hour each, the first one now."""
    start = clock()
    return [
        await make_visit(work, doctor=doctor, starts_at=start + number * 30 * MINUTES)
        for number in range(count)
    ]


async def test_the_queue_is_in_the_order_of_care(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    doctor = await make_doctor(work)
    ended, running, first, second, planned, cancelled, later = await a_day(work, doctor, clock, 7)
    await ended.arrive()
    await ended.admit()
    await ended.finish()
    clock.forward(120 * MINUTES)
    await running.arrive()
    await running.admit()
    clock.forward(MINUTES)
    # The one with the later appointment came earlier.
    await second.arrive()
    clock.forward(MINUTES)
    await first.arrive()
    execute(
        dsn,
        "update consultation set state = 'cancelled', ended_at = %s where id = %s",
        clock(),
        str(cancelled.id),
    )
    found = await queue(work, doctor, clock())
    assert [item.id for item in found] == [
        second.id,
        first.id,
        running.id,
        planned.id,
        later.id,
        ended.id,
    ]
    assert [item.state for item in found[:3]] == [
        ConsultationState.ARRIVED,
        ConsultationState.ARRIVED,
        ConsultationState.IN_PROGRESS,
    ]


async def test_the_queue_holds_one_day_of_one_doctor(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_doctor(work)
    today = await make_visit(work, doctor=doctor)
    await make_visit(work)
    await make_visit(work, doctor=doctor, starts_at=clock() + timedelta(days=1))
    assert [item.id for item in await queue(work, doctor, clock())] == [today.id]


async def test_what_began_yesterday_stays_while_it_can_still_happen(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_doctor(work)
    clock.at = clock.at.replace(hour=22)
    never_came, waits, runs, ended = await a_day(work, doctor, clock, 4)
    for visit in (waits, runs, ended):
        clock.forward(30 * MINUTES)
        await visit.arrive()
    await runs.admit()
    await ended.admit()
    await ended.finish()

    clock.at = clock.at.replace(hour=3) + timedelta(days=1)
    assert [item.id for item in await queue(work, doctor, clock())] == [waits.id, runs.id, never_came.id]
    clock.forward(timedelta(hours=9))
    assert [item.id for item in await queue(work, doctor, clock())] == [waits.id, runs.id]


async def test_reading_the_queue_leaves_a_line_for_each_patient(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    doctor = await make_doctor(work)
    visits = await a_day(work, doctor, clock, 3)
    await queue(work, doctor, clock())
    lines = trail(dsn, "queue.read")
    assert {line[3] for line in lines} == {str(visit.patient.patient_id) for visit in visits}
    assert {line[:2] for line in lines} == {("done", str(doctor.id))}
    assert len(lines) == 3


@pytest.mark.parametrize("role", [role for role in MAKERS if role != "doctor"])
async def test_only_doctors_have_a_queue(work: UnitOfWork, clock: Clock, dsn: str, role: str) -> None:
    person = await MAKERS[role](work)
    with pytest.raises(ActionRefused):
        await queue(work, person, clock())
    assert [line[:2] for line in trail(dsn, "queue.read")] == [("refused", str(person.id))]


async def test_a_day_that_ends_before_it_begins_is_refused(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_doctor(work)
    with pytest.raises(InvalidInput):
        async with work.begin(actor_of(doctor), "queue") as ctx:
            await doctor_queue(ctx, clock(), clock())


async def test_those_who_arrived_earlier_with_the_same_doctor_come_first(
    work: UnitOfWork, clock: Clock
) -> None:
    doctor = await make_doctor(work)
    first, second, third = await a_day(work, doctor, clock, 3)
    elsewhere = await make_visit(work)
    await elsewhere.arrive()
    for visit in (third, first):
        clock.forward(MINUTES)
        await visit.arrive()
    assert (await place(work, third)).estimate == WaitingEstimate(0, 0, 5)
    assert (await place(work, first)).estimate == WaitingEstimate(1, 15, 45)
    # Not there yet: the place that arriving now would give.
    assert (await place(work, second)).estimate.before == 2


async def test_two_who_arrive_at_the_same_moment_are_not_both_first(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_doctor(work)
    visits = await a_day(work, doctor, clock, 2)
    for visit in visits:
        await visit.arrive()
    assert sorted([(await place(work, visit)).estimate.before for visit in visits]) == [0, 1]


async def test_a_visit_under_way_counts_as_half_a_visit(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_doctor(work)
    running, waits = await a_day(work, doctor, clock, 2)
    await running.arrive()
    await running.admit()
    await waits.arrive()
    assert (await place(work, waits)).estimate == WaitingEstimate(0, 5, 25)
    inside = await place(work, running)
    assert inside.consultation.state is ConsultationState.IN_PROGRESS
    assert inside.estimate == WaitingEstimate(0, 0, 0)


async def test_reading_the_place_leaves_a_line(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    await place(work, visit)
    assert trail(dsn, "waiting.read") == [
        ("done", str(visit.patient.id), str(visit.id), str(visit.patient.patient_id))
    ]


@pytest.mark.parametrize("role", MAKERS)
async def test_nobody_else_of_any_role_sees_the_place(work: UnitOfWork, dsn: str, role: str) -> None:
    visit = await make_visit(work)
    stranger = await MAKERS[role](work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(stranger), "place") as ctx:
            await waiting_place(ctx, visit.id)
    assert [line[:2] for line in trail(dsn, "waiting.read")] == [("refused", str(stranger.id))]


async def test_the_place_in_an_unknown_visit_is_not_found(work: UnitOfWork) -> None:
    patient = await make_patient(work)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(patient), "place") as ctx:
            await waiting_place(ctx, UUID(int=1))
