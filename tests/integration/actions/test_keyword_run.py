"""A keyword search at work: taken up, stopped, expired, and what it does with texts that cannot be read."""

import os
from datetime import timedelta
from uuid import UUID

import pytest

from actions.accounts import disable_account
from actions.archive_searches import cancel_search
from actions.context import UnitOfWork
from actions.key_rotation import list_keks, rewrap_all
from chat_archive.data_keys import KeyRing
from domain.accounts import SYSTEM, Actor, actor_of
from domain.errors import Code, WrongState
from domain.keyword import SEARCHES_KEPT, SearchState
from storage import housekeeping
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.searching import (
    begin,
    hits_of,
    looked_at,
    of_doctor,
    places,
    row_of_visits,
    run,
    searched,
)
from tests.integration.actions.visits import spoken
from tests.people import make_admin
from tests.rows import execute, rows, trail

NOWHERE = UUID("018f0000-0000-7000-8000-000000000404")
DAY = timedelta(days=1)


async def test_a_run_that_ends_midway_is_taken_up_without_searching_twice(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visits = await row_of_visits(work, *(["fever"] * 25))
    view = await begin(work, auditor, "fever", of_doctor(visits[0].doctor))
    await run(work, view.search.id, run_s=0)
    halfway = await looked_at(work, auditor, view.search.id)
    assert (halfway.state, halfway.search.done, halfway.search.hits) == ("running", 20, 20)
    assert len((await hits_of(work, auditor, view.search.id)).hits) == 20
    # It handed over in the same transaction; the job it came from may run again beside the new one.
    keys = rows(
        dsn, "select queueing_lock from procrastinate_jobs where task_name = 'archive.keyword_search'"
    )
    assert {key for (key,) in keys} == {f"archive.keyword_search:{view.search.id}:{at}" for at in (0, 20)}
    for _ in range(3):
        await run(work, view.search.id, run_s=0)
    assert (await looked_at(work, auditor, view.search.id)).search.hits == 25
    assert await places(work, auditor, view.search.id) == [(visit.id, 2) for visit in reversed(visits)]
    assert len(trail(dsn, "archive.keyword_decrypt")) == 25


async def test_a_step_that_fails_keeps_nothing_and_is_repeated(
    work: UnitOfWork, auditor: Actor, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    execute(dsn, "alter table archive_search add constraint broken check (done = 0)")
    with pytest.raises(Exception, match="broken"):
        await run(work, view.search.id)
    assert trail(dsn, "archive.keyword_decrypt") == []
    assert rows(dsn, "select id from archive_search_hit") == []
    execute(dsn, "alter table archive_search drop constraint broken")
    await run(work, view.search.id)
    assert await places(work, auditor, view.search.id) == [(visit.id, 2)]


async def test_a_cancelled_search_stops_and_keeps_what_it_found(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visits = await row_of_visits(work, *(["fever"] * 22))
    view = await begin(work, auditor, "fever", of_doctor(visits[0].doctor))
    await run(work, view.search.id, run_s=0)
    async with work.begin(auditor, "cancel") as ctx:
        await cancel_search(ctx, view.search.id)
    await run(work, view.search.id)
    after = await looked_at(work, auditor, view.search.id)
    assert (after.state, after.search.done, after.search.hits) == ("cancelled", 20, 20)
    assert len(await places(work, auditor, view.search.id)) == 20
    with pytest.raises(WrongState) as refusal:
        async with work.begin(auditor, "cancel") as ctx:
            await cancel_search(ctx, view.search.id)
    assert refusal.value.code is Code.ARCHIVE_SEARCH_WRONG_STATE
    assert [line[:2] for line in trail(dsn, "archive.keyword_cancel")] == [("done", str(auditor.account_id))]


async def test_an_expired_search_has_neither_word_nor_hits(
    work: UnitOfWork, auditor: Actor, database: Database, clock: Clock, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await searched(work, auditor, "fever", of_doctor(visit.doctor))
    running = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    clock.forward(SEARCHES_KEPT - timedelta(seconds=1))
    await housekeeping.tick(database, clock())
    assert len(await places(work, auditor, view.search.id)) == 1
    clock.forward(timedelta(seconds=1))
    # Expired at once, though nobody tidied it away yet.
    with pytest.raises(WrongState):
        await hits_of(work, auditor, view.search.id)
    assert (await looked_at(work, auditor, view.search.id)).word is None
    await run(work, running.search.id)
    assert len(trail(dsn, "archive.keyword_decrypt")) == 1
    await housekeeping.tick(database, clock())
    assert rows(dsn, "select id from archive_search_hit") == []
    assert rows(
        dsn,
        "select state, word, wrapped, kek, cardinality(consultations), hits, reason "
        "from archive_search order by hits",
    ) == [("expired", None, None, None, 0, hits, "投诉核查") for hits in (0, 1)]
    assert (await looked_at(work, auditor, view.search.id)).state is SearchState.EXPIRED


async def test_damaged_bodies_are_skipped_and_counted(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visits = await row_of_visits(work, "fever one", "fever two", "fever three")
    view = await begin(work, auditor, "fever", of_doctor(visits[0].doctor))
    execute(dsn, "alter table archive_entry disable trigger archive_entry_insert_only")
    execute(
        dsn,
        "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "
        "where conversation_id = %s and seq = 2",
        visits[1].id,
    )
    await run(work, view.search.id)
    after = await looked_at(work, auditor, view.search.id)
    assert (after.search.hits, after.search.damaged, after.search.destroyed) == (2, 1, 0)
    # What is damaged after it was found is shown as such, not as a text.
    execute(dsn, "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)")
    assert [(hit.text, hit.damaged) for hit in (await hits_of(work, auditor, view.search.id)).hits] == [
        (None, True),
        (None, True),
    ]


async def test_destroyed_records_are_counted_and_hits_in_them_have_no_text(
    work: UnitOfWork, auditor: Actor, dsn: str, keys: KeyRing
) -> None:
    visits = await row_of_visits(work, "fever one", "fever two")
    before = await searched(work, auditor, "fever", of_doctor(visits[0].doctor))
    execute(dsn, "alter table archive_key disable trigger all")
    execute(
        dsn,
        "update archive_key set wrapped = null, destroyed_at = %s where conversation_id = %s",
        work.now(),
        visits[0].id,
    )
    keys.forget(visits[0].id)
    after = await searched(work, auditor, "fever", of_doctor(visits[0].doctor))
    assert (after.search.hits, after.search.damaged, after.search.destroyed) == (1, 0, 1)
    shown = (await hits_of(work, auditor, before.search.id)).hits
    assert [(hit.text is None, hit.damaged) for hit in shown] == [(False, False), (True, False)]
    assert len([line for line in trail(dsn, "archive.keyword_decrypt") if line[2] == str(visits[0].id)]) == 1


async def test_a_key_that_is_lost_makes_its_entries_damaged(
    work: UnitOfWork, auditor: Actor, database: Database, clock: Clock
) -> None:
    visit = await spoken(work, "fever", "again")
    other = UnitOfWork(database, clock, lambda size: bytes(size), KeyRing({"other": bytes(32)}, "other"))
    view = await searched(other, auditor, "fever", of_doctor(visit.doctor))
    assert (view.state, view.search.hits, view.search.damaged) == ("done", 0, 2)


async def test_a_search_whose_word_is_lost_fails(
    work: UnitOfWork, auditor: Actor, database: Database, clock: Clock, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    other = UnitOfWork(database, clock, lambda size: bytes(size), KeyRing({"other": bytes(32)}, "other"))
    await run(other, view.search.id)
    assert (await looked_at(work, auditor, view.search.id)).state is SearchState.FAILED
    assert rows(dsn, "select detail from audit_event where action = 'archive.keyword_cancel'") == [
        ({"why": "word"},)
    ]


async def test_a_search_ends_when_its_auditor_may_search_no_more(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    assert auditor.account_id is not None
    async with work.begin(actor_of(await make_admin(work)), "disable") as ctx:
        await disable_account(ctx, auditor.account_id)
    await run(work, view.search.id)
    assert (await looked_at(work, auditor, view.search.id)).state is SearchState.FAILED
    assert trail(dsn, "archive.keyword_decrypt") == []


async def test_a_word_that_stands_everywhere_ends_the_search_early(
    work: UnitOfWork, auditor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.keyword_run.HITS_MAX", 3)
    visits = await row_of_visits(work, *(["fever"] * 6))
    view = await searched(work, auditor, "fever", of_doctor(visits[0].doctor))
    assert (view.state, view.search.capped, view.search.hits, view.search.done) == ("done", True, 3, 3)


async def test_a_rotation_of_keys_reaches_the_words_of_searches(
    work: UnitOfWork, auditor: Actor, keys: KeyRing, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    old = keys.active
    keys.follow(keys.with_new("next", os.urandom))
    assert [progress.left async for progress in rewrap_all(work, "rotate")][-1] == 0
    assert rows(dsn, "select kek from archive_search union select kek from archive_key") == [("next",)]
    async with work.begin(SYSTEM, "rotate") as ctx:
        assert (await list_keks(ctx))[old] == 0
    await run(work, view.search.id)
    assert (await looked_at(work, auditor, view.search.id)).search.hits == 1
