"""The booking benchmark does what it says: its peer runs our own transactions, and it ends with one line."""

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from actions.context import UnitOfWork
from bench.bare_booking import Recorded, Replay, application, recorded
from bench.booking_town import made_id, make_doctors, make_patients, midnight, run
from bench.hospital import now
from chat_archive.data_keys import KeyRing
from server.embedded_postgres import EmbeddedPostgres
from storage.pool import Database

_ROOT = Path(__file__).parents[3]


@pytest.fixture
async def one(database: Database, keys: KeyRing, dsn: str) -> Recorded:
    """A town of two, and one booking as it went to the database."""
    make_doctors(dsn, 2, now(), [(0, 24 * 60)])
    make_patients(dsn, 1, 3, now())
    given = {
        "account": made_id("account", 3),
        "patient": made_id("patient", 3),
        "practitioner": made_id("doctor", 1),
        "session": made_id("session", 3),
    }
    work = UnitOfWork(database, now, os.urandom, keys)
    return await recorded(work, given, midnight(now(), 30))


async def test_the_peer_books_by_the_statements_of_the_real_actions(
    one: Recorded, dsn: str, aiohttp_client: Callable[..., Awaitable[Any]]
) -> None:
    client = await aiohttp_client(application(dsn, 2, one))
    ((number,),) = run(dsn, "select number from practitioner where id = md5('doctor-2')::uuid")
    body = {
        "account": str(made_id("account", 1)),
        "patient": str(made_id("patient", 1)),
        "practitioner": str(made_id("doctor", 2)),
        "number": number,
        "starts_at": midnight(now(), 9).isoformat(),
        "key": "another-booking",
    }
    held = await (await client.post("/hold", json=body)).json()
    assert (await client.post("/confirm", json={**body, "appointment": held["id"]})).status == 200
    found = run(
        dsn,
        "select a.id::text, a.patient_id, a.state, a.starts_at, c.state from appointment a "
        "join consultation c on c.appointment_id = a.id order by a.starts_at",
    )
    assert found[0] == (held["id"], made_id("patient", 1), "booked", midnight(now(), 9), "planned")
    assert len(found) == 2
    # What goes with a booking: its lines in the trail, its notices, the job that sends the first of them.
    for table in ("audit_event", "notice", "procrastinate_jobs", "idempotency_key"):
        ((rows,),) = run(dsn, f"select count(*) from {table}")  # noqa: S608  # One of these.
        assert rows >= 2, table
    ((jobs,),) = run(dsn, "select count(distinct args ->> 'notice_id') from procrastinate_jobs")
    assert jobs == 2


def test_the_script_for_pgbench_holds_no_value_of_the_recorded_booking(one: Recorded, dsn: str) -> None:
    script = Replay(one).pgbench(dsn, 800)
    assert script.count("begin;") == script.count("commit;") == 2
    for value in [*one.made_ids(), one.given["patient"], one.given["account"], one.key]:
        assert str(value) not in script


@pytest.mark.full
def test_it_ends_by_itself_with_one_line(cluster: EmbeddedPostgres) -> None:
    small = "--users 4 --doctors 20 --patients 200 --seconds 1 --warm-up 0.2 --rounds 1 --search-doctors 44"
    done = subprocess.run(
        [sys.executable, "-m", "bench.booking", *small.split(), "--appointments", "500", "--searches", "20"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    line = json.loads(done.stdout)
    assert line["name"] == "booking"
    assert line["ratio"] > 0
    assert line["pgbench_per_s"] > 0
    assert line["search_p95_ms"]["500"]["all"] > 0
