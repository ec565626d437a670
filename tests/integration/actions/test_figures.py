"""The administration's figures: what is counted, and on which day."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.appointments import cancel_appointment
from actions.context import ActionRefused, UnitOfWork
from actions.figures import read_figures, read_figures_of_days
from domain.accounts import Account, actor_of
from domain.errors import FieldFault, InvalidInput
from domain.figures import Figures, MoneyOfDay
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.paying import open_counter
from tests.people import (
    Maker,
    make_admin,
    make_appointment,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import execute, trail

DAY = timedelta(days=1)
NOTHING = Figures(0, 0, 0, 0, 0, 0, None)


async def figures(work: UnitOfWork, actor: Account, start: datetime, end: datetime) -> Figures:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await read_figures(ctx, start, end)


async def visits(work: UnitOfWork, dsn: str, first: datetime, states: list[tuple[str, int | None]]) -> None:
    """Make visits of half an hour, one after another: each in a state, after so many minutes of waiting."""
    patient, doctor = await make_patient(work), await make_doctor(work)
    for step, (state, waited_min) in enumerate(states):
        starts_at = first + step * timedelta(minutes=30)
        made = await make_appointment(work, patient, doctor, starts_at)
        admitted_at = None if waited_min is None else starts_at + timedelta(minutes=waited_min)
        execute(
            dsn,
            "update consultation set state = %s, arrived_at = %s, admitted_at = %s, ended_at = %s "
            "where id = %s",
            state,
            starts_at,
            admitted_at,
            admitted_at or starts_at,
            str(made.consultation_id),
        )
        if state in ("finished", "cancelled"):
            settled = "fulfilled" if state == "finished" else "cancelled"
            execute(dsn, "update appointment set state = %s where id = %s", settled, str(made.id))


async def test_a_hospital_without_visits_has_no_wait(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    admin = await make_admin(work)
    assert await figures(work, admin, clock.at, clock.at + DAY) == NOTHING
    assert trail(dsn, "figures.read") == [("done", str(admin.id), None, None)]


async def test_visits_are_counted_by_where_they_are(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    states = [
        ("planned", None),
        ("arrived", None),
        ("arrived", None),
        ("in-progress", 4),
        ("finished", 10),
        ("finished", 1),
        ("finished", 30),
        ("cancelled", None),
    ]
    await visits(work, dsn, clock.at, states)
    found = await figures(work, await make_admin(work), clock.at, clock.at + DAY)
    assert found == Figures(
        appointments=7,
        waiting=2,
        in_progress=1,
        finished=3,
        jobs_waiting=0,
        jobs_dead=0,
        wait_minutes_median=7.0,
    )


async def test_a_visit_counts_on_the_day_it_starts(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    midnight = clock.at.replace(hour=0) + DAY
    await visits(work, dsn, midnight - timedelta(minutes=30), [("planned", None)] * 2)
    admin = await make_admin(work)
    for start in (midnight - DAY, midnight):
        assert (await figures(work, admin, start, start + DAY)).appointments == 1
    assert await figures(work, admin, midnight + DAY, midnight + 2 * DAY) == NOTHING


async def test_jobs_are_counted_by_whether_they_may_still_run(
    work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    for status, number in {"todo": 3, "doing": 1, "failed": 2, "succeeded": 5, "cancelled": 1}.items():
        execute(
            dsn,
            "insert into procrastinate_jobs (queue_name, task_name, status) "
            "select 'mail', 'mail.visit_ended', %s::procrastinate_job_status from generate_series(1, %s)",
            status,
            number,
        )
    found = await figures(work, await make_admin(work), clock.at, clock.at + DAY)
    assert (found.jobs_waiting, found.jobs_dead) == (4, 2)


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
async def test_nobody_else_reads_them(work: UnitOfWork, dsn: str, clock: Clock, maker: Maker) -> None:
    actor = await maker(work)
    with pytest.raises(ActionRefused):
        await figures(work, actor, clock.at, clock.at + DAY)
    assert trail(dsn, "figures.read") == [("refused", str(actor.id), None, None)]


async def test_times_that_are_no_day_are_refused(work: UnitOfWork, clock: Clock) -> None:
    admin = await make_admin(work)
    for start, end in [
        (clock.at, clock.at),
        (clock.at, clock.at - DAY),
        (clock.at, clock.at + timedelta(hours=27)),
    ]:
        with pytest.raises(InvalidInput) as refusal:
            await figures(work, admin, start, end)
        assert refusal.value.fields == {"day": FieldFault.OUT_OF_ORDER}
    with pytest.raises(InvalidInput) as refusal:
        await figures(work, admin, clock.at.replace(tzinfo=None), clock.at)
    assert refusal.value.fields == {"day": FieldFault.BAD_FORMAT}


async def test_a_day_on_which_the_clocks_change_is_a_day(work: UnitOfWork, clock: Clock) -> None:
    assert await figures(work, await make_admin(work), clock.at, clock.at + timedelta(hours=25)) == NOTHING


async def test_days_are_counted_by_the_hospitals_clock(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    """23:30 in London is the next day in Shanghai."""
    admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
    late = clock.at.replace(hour=16, minute=30)
    await make_appointment(work, patient, doctor, late)
    cancelled = await make_appointment(work, patient, doctor, late + timedelta(hours=1))
    async with work.begin(actor_of(admin), "test") as ctx:
        await cancel_appointment(ctx, cancelled.id)
    first = clock.at.date()
    for zone, days in (("Asia/Shanghai", (0, 2)), ("Europe/London", (2, 0))):
        async with work.begin(actor_of(admin), "test") as ctx:
            found = await read_figures_of_days(ctx, first, first + timedelta(days=1), ZoneInfo(zone))
        assert tuple(one.visits for one in found) == days
        assert sum(one.cancelled for one in found) == 1
        assert [one.booked for one in found] == [2, 0]
        assert [list(one.money) for one in found] == [[], []]
    assert trail(dsn, "figures.read") == [("done", str(admin.id), None, None)] * 2


async def test_a_day_says_what_became_of_its_visits_and_how_long_they_waited(
    work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    admin, day = await make_admin(work), clock.at.date()
    await visits(
        work, dsn, clock.at, [("finished", 1), ("finished", 4), ("finished", 40), ("cancelled", None)]
    )
    execute(dsn, "update appointment set state = 'noshow' where state = 'cancelled'")
    async with work.begin(actor_of(admin), "test") as ctx:
        (found,) = await read_figures_of_days(ctx, day, day, ZoneInfo("Asia/Shanghai"))
    assert (found.visits, found.finished, found.no_shows, found.cancelled) == (4, 3, 1, 0)
    assert found.wait_minutes_median == pytest.approx(4)


async def test_money_counts_on_the_day_it_moved(
    work: UnitOfWork, database: Database, dsn: str, clock: Clock, tmp_path: Path
) -> None:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    await (await open_counter(work, database, provider)).paid()
    admin, day = await make_admin(work), clock.at.date()
    execute(
        dsn,
        "insert into refund (id, payment_id, amount_minor, currency, reason, state, requested_at, done_at) "
        "select gen_random_uuid(), id, 2000, currency, 'staff', 'done', captured_at, "
        "captured_at + interval '1 day' from payment",
    )
    async with work.begin(actor_of(admin), "test") as ctx:
        found = await read_figures_of_days(ctx, day, day + DAY, ZoneInfo("Asia/Shanghai"))
    assert [list(one.money) for one in found] == [[MoneyOfDay("CNY", 5000, 0)], [MoneyOfDay("CNY", 0, 2000)]]


async def test_days_out_of_order_or_too_many_are_refused(work: UnitOfWork, clock: Clock) -> None:
    admin, day = await make_admin(work), clock.at.date()
    for last, fault in ((day - timedelta(days=1), "out_of_order"), (day + timedelta(days=366), "too_large")):
        with pytest.raises(InvalidInput) as refused:
            async with work.begin(actor_of(admin), "test") as ctx:
                await read_figures_of_days(ctx, day, last, ZoneInfo("UTC"))
        assert refused.value.fields == {"to": fault}


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_auditor])
async def test_nobody_else_reads_the_figures_of_days(work: UnitOfWork, clock: Clock, maker: Maker) -> None:
    actor, day = await maker(work), clock.at.date()
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(actor), "test") as ctx:
            await read_figures_of_days(ctx, day, day, ZoneInfo("UTC"))
