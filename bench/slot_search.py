"""The part of make bench-booking about finding a slot: how long answers take as appointments grow.

A quarter of the doctors are booked out from tomorrow on, the others here and there over ninety days.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from bench.booking_load import Wire
from bench.booking_town import made_id, make_doctors, make_patients, midnight, run, vacuum
from bench.hospital import free_port, now, process
from bench.report import progress, quantile
from domain.practitioner import Specialty
from server.database_login import EMBEDDED_APP
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database

HOURS = ((9 * 60, 12 * 60), (14 * 60, 18 * 60))
"""Fourteen half hours a day: what a million appointments of two thousand doctors leave free."""
SLOTS_A_DAY = 14
PATIENTS = 10_000
DAYS = 90
_KINDS = ("specialty", "specialty and day", "day", "doctor", "31 days of a doctor")
_APPOINTMENTS = """
set local session_replication_role = replica;
insert into appointment (
    id, patient_id, practitioner_id, practitioner_number, state, starts_at, ends_at, seat, fee_minor,
    currency, created_at
)
select md5('appointment-' || g.n)::uuid, md5('patient-' || (1 + g.n %% %(patients)s))::uuid, d.id, d.number,
    'booked', s.starts_at, s.starts_at + interval '30 minutes', 1, 0, 'CNY', %(now)s
from generate_series(%(first)s, %(last)s) g(n)
join bench_doctor d on d.n = 1 + g.n %% %(doctors)s
cross join lateral (
    select case
        when d.n %% 4 = 0 then g.n / %(doctors)s else (g.n / %(doctors)s * 389) %% %(slots)s
    end as slot
) at
cross join lateral (
    select %(begin)s::timestamptz + at.slot / %(a_day)s * interval '1 day' + interval '9 hours'
        + (at.slot %% %(a_day)s) * interval '30 minutes'
        + case when at.slot %% %(a_day)s >= 6 then interval '2 hours' else interval '0' end as starts_at
) s;
"""
_CONSTRAINT = """
select pg_get_constraintdef(oid) from pg_constraint where conname = 'appointment_no_overlap'
"""


Figures = dict[str, dict[str, float]]


async def search_figures(cluster: EmbeddedPostgres, chosen: argparse.Namespace) -> Figures:
    """Return the 95th percentiles in ms by how many appointments there are, for each kind of search."""
    cluster.ensure_database("search")
    dsn = cluster.dsn("search")
    progress(f"making {chosen.search_doctors} doctors to search among")
    await _make_town(dsn, chosen.search_doctors)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = {"DATABASE_URL": cluster.url("search", EMBEDDED_APP), "PORT": str(port), "PUBLIC_URL": base}
    settings |= {"LOG_LEVEL": "warning", "DATA_DIR": str(cluster.folder / "search")}
    found: dict[str, dict[str, float]] = {}
    there = 0
    for size in chosen.appointments:
        begun = time.monotonic()
        await asyncio.to_thread(_add_appointments, dsn, chosen.search_doctors, there, size)
        there = size
        progress(f"{size} appointments after {time.monotonic() - begun:.0f} s")
        async with process(["-m", "server.cli", "serve"], f"{base}/healthz", **settings):
            found[str(size)] = await _measured(port, chosen)
        progress(f"{size} appointments: {found[str(size)]}")
    return found


async def _make_town(dsn: str, doctors: int) -> None:
    database = await Database.connect(dsn, size=1)
    try:
        await migrate(database, now, app=EMBEDDED_APP)
    finally:
        await database.close()
    make_doctors(dsn, doctors, now(), list(HOURS))
    make_patients(dsn, 1, PATIENTS, now())
    run(
        dsn,
        "create table bench_doctor as select n, d.id, d.number from generate_series(1, %(doctors)s) n "
        "join practitioner d on d.id = md5('doctor-' || n)::uuid",
        {"doctors": doctors},
    )


def _add_appointments(dsn: str, doctors: int, first: int, end: int) -> None:
    """Add what is missing to `end` appointments. The constraint is built once over all of them."""
    ((constraint,),) = run(dsn, _CONSTRAINT)
    run(dsn, "alter table appointment drop constraint appointment_no_overlap")
    run(
        dsn,
        _APPOINTMENTS,
        {
            "first": first,
            "last": end - 1,
            "doctors": doctors,
            "patients": PATIENTS,
            "slots": DAYS * SLOTS_A_DAY,
            "a_day": SLOTS_A_DAY,
            "begin": midnight(now(), 1),
            "now": now(),
        },
    )
    run(dsn, f"alter table appointment add constraint appointment_no_overlap {constraint}")
    vacuum(dsn)


def _searches(chosen: argparse.Namespace) -> Sequence[tuple[str, str]]:
    """Return what is asked, the same for every size."""
    dice = random.Random(chosen.search_doctors)  # noqa: S311  # To be the same each time.
    specialties = [one.value for one in Specialty]
    first = now().date() + timedelta(days=1)

    def path(kind: str) -> str:
        specialty, day = dice.choice(specialties), first + timedelta(days=dice.randrange(DAYS - 3))
        doctor = made_id("doctor", dice.randint(1, chosen.search_doctors))
        month = first + timedelta(days=dice.randrange(DAYS - 31))
        days = f"from={month}&to={month + timedelta(days=30)}"
        return {
            "specialty": f"/api/doctors?specialty={specialty}",
            "specialty and day": f"/api/doctors?specialty={specialty}&day={day}",
            "day": f"/api/doctors?day={day}",
            "doctor": f"/api/doctors/{doctor}",
            "31 days of a doctor": f"/api/doctors/{doctor}/slots?{days}",
        }[kind]

    return [(kind, path(kind)) for kind in islice(cycle(_KINDS), chosen.searches)]


async def _measured(port: int, chosen: argparse.Namespace) -> dict[str, float]:
    """Return the 95th percentile of each kind of search, and of all."""
    asked = _searches(chosen)
    # The first ones prepare statements and fill caches, as the first of the morning do.
    warm, left = asked[: len(asked) // 10], iter(asked)
    wires = [await Wire.open(port) for _ in range(chosen.searchers)]
    for _, path in warm:
        await wires[0].request("GET", path, {})
    took: dict[str, list[float]] = {kind: [] for kind in _KINDS}

    async def person(wire: Wire) -> None:
        for kind, path in left:
            begun = time.perf_counter()
            answer: dict[str, Any] = await wire.request("GET", path, {})
            took[kind].append((time.perf_counter() - begun) * 1000)
            if not next(iter(answer.values())):
                raise RuntimeError(f"{path} found nothing: the town is not as it should be")

    async with asyncio.TaskGroup() as group:
        for wire in wires:
            group.create_task(person(wire))
    for wire in wires:
        wire.close()
    every = [one for times in took.values() for one in times]
    return {kind: round(quantile(times, 0.95), 1) for kind, times in {"all": every, **took}.items()}
