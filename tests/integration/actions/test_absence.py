"""Visits to which the patient never came: marked when their time is over, and not for good."""

from datetime import timedelta

import pytest

from actions import absence
from actions.consultations import admit, arrive, finish, step_out
from actions.context import UnitOfWork
from domain.accounts import actor_of
from domain.consultation import MISSED_AFTER
from domain.facts import EntryKind, LeaveReason, left_body
from tests.conftest import Clock
from tests.integration.actions.visits import keep, make_visit
from tests.people import make_appointment, make_doctor, make_patient
from tests.rows import rows, trail


def _states(dsn: str) -> list[str]:
    return [state for (state,) in rows(dsn, "select state from appointment order by starts_at")]


async def test_who_never_came_is_marked_once_the_time_is_over(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    made = await make_appointment(work, await make_patient(work), await make_doctor(work))
    clock.at = made.ends_at + MISSED_AFTER - timedelta(seconds=1)
    assert await absence.tick(work, "test") == 0
    clock.forward(timedelta(seconds=1))
    assert await absence.tick(work, "test") == 1
    assert await absence.tick(work, "test") == 0
    assert _states(dsn) == ["noshow"]
    assert trail(dsn, "appointment.miss") == [("done", None, str(made.id), str(made.patient_id))]


async def test_who_came_and_went_is_not_missing(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    patient, doctor = await make_patient(work), await make_doctor(work)
    made = await make_appointment(work, patient, doctor)
    waits = await make_appointment(work, await make_patient(work), await make_doctor(work))
    async with work.begin(actor_of(patient), "test") as ctx:
        await arrive(ctx, made.consultation_id)
    clock.forward(timedelta(minutes=1))
    async with work.begin(actor_of(patient), "test") as ctx:
        await step_out(ctx, made.consultation_id)
    clock.at = made.ends_at + MISSED_AFTER
    assert await absence.tick(work, "test") == 1
    assert rows(dsn, "select id::text from appointment where state = 'noshow'") == [(str(waits.id),)]


@pytest.mark.parametrize("stays", [False, True])
async def test_who_went_before_the_start_is_missing(
    work: UnitOfWork, clock: Clock, dsn: str, stays: bool
) -> None:
    starts_at = clock.at + timedelta(minutes=30)
    visit = await make_visit(work, starts_at=starts_at)
    await keep(work, visit.saying(EntryKind.JOINED, {"camera": True, "microphone": True}))
    clock.forward(timedelta(minutes=10))
    if not stays:
        await keep(work, visit.saying(EntryKind.LEFT, left_body(LeaveReason.LEFT)))
    clock.at = starts_at + timedelta(minutes=30) + MISSED_AFTER
    assert await absence.tick(work, "test") == (0 if stays else 1)
    assert _states(dsn) == ["booked" if stays else "noshow"]


async def test_who_comes_late_all_the_same_is_seen(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    patient, doctor = await make_patient(work), await make_doctor(work)
    made = await make_appointment(work, patient, doctor)
    clock.at = made.ends_at + MISSED_AFTER
    await absence.tick(work, "test")
    clock.forward(timedelta(hours=1))
    async with work.begin(actor_of(patient), "test") as ctx:
        await arrive(ctx, made.consultation_id)
    assert _states(dsn) == ["booked"]
    assert await absence.tick(work, "test") == 0
    for step in (admit, finish):
        async with work.begin(actor_of(doctor), "test") as ctx:
            await step(ctx, made.consultation_id)
    assert _states(dsn) == ["fulfilled"]
