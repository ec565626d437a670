"""What outlived its use is removed, and nothing else is."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from storage import housekeeping
from storage.housekeeping import EFFECTS_KEPT, JOBS_KEPT, SESSIONS_KEPT, tick
from storage.pool import Database
from tests.conftest import Clock
from tests.people import make_patient
from tests.rows import execute, rows

MOMENT = timedelta(seconds=1)


def add_job(dsn: str, state: str, at: datetime, key: str | None = None) -> int:
    """Put a job that nothing happened to since `at`; return its number."""
    name = uuid4().hex
    execute(
        dsn,
        "insert into procrastinate_jobs (queue_name, task_name, queueing_lock) values ('q', %s, %s)",
        name,
        key,
    )
    ((number,),) = rows(dsn, "select id from procrastinate_jobs where task_name = %s", name)
    execute(dsn, "update procrastinate_jobs set status = %s where id = %s", state, number)
    execute(dsn, "update procrastinate_events set at = %s where job_id = %s", at, number)
    return int(number)


async def test_jobs_that_succeeded_go_after_a_while_and_all_others_stay(
    database: Database, clock: Clock, dsn: str
) -> None:
    old, young = clock() - JOBS_KEPT - MOMENT, clock() - JOBS_KEPT + MOMENT
    add_job(dsn, "succeeded", old)
    stays = [add_job(dsn, state, old) for state in ("todo", "doing", "failed", "cancelled", "aborted")]
    stays.append(add_job(dsn, "succeeded", young))
    assert await tick(database, clock()) == 1
    assert rows(dsn, "select id from procrastinate_jobs order by id") == [(number,) for number in stays]


async def test_sessions_go_long_after_they_ended(
    work: UnitOfWork, database: Database, clock: Clock, dsn: str
) -> None:
    account = await make_patient(work)
    old, young, later = clock() - SESSIONS_KEPT - MOMENT, clock() - SESSIONS_KEPT, clock() + MOMENT
    kept = []
    for idle, absolute, revoked, stays in (
        (old, later, None, False),
        (later, old, None, False),
        (later, later, old, False),
        (young, young, young, True),
        (later, later, None, True),
    ):
        session_id = uuid4()
        execute(
            dsn,
            "insert into session (id, account_id, state, token_hash, user_agent, created_at, last_seen_at, "
            "idle_expires_at, absolute_expires_at, revoked_at) "
            "values (%s, %s, 'open', %s, '', %s, %s, %s, %s, %s)",
            *(str(session_id), str(account.id), session_id.bytes * 2, old, old, idle, absolute, revoked),
        )
        if stays:
            kept.append((str(session_id),))
    assert await tick(database, clock()) == 3
    assert sorted(rows(dsn, "select id::text from session")) == sorted(kept)


async def test_what_a_job_has_done_is_known_while_it_could_run_again(
    database: Database, clock: Clock, dsn: str
) -> None:
    old, young = clock() - EFFECTS_KEPT - MOMENT, clock() - EFFECTS_KEPT
    for key, at in (("gone", old), ("dead", old), ("young", young)):
        execute(dsn, "insert into job_effect (key, at) values (%s, %s)", key, at)
    add_job(dsn, "failed", old, "dead")
    assert await tick(database, clock()) == 1
    assert rows(dsn, "select key from job_effect order by key") == [("dead",), ("young",)]


async def test_more_than_fits_at_once_goes_too(
    database: Database, clock: Clock, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "_ROWS_AT_ONCE", 2)
    at = clock() - 2 * EFFECTS_KEPT
    for number in range(5):
        execute(dsn, "insert into job_effect (key, at) values (%s, %s)", str(number), at)
    assert await tick(database, clock()) == 5
    assert rows(dsn, "select count(*) from job_effect") == [(0,)]
