"""An auditor searches texts: what is found, what is bounded, who may, and what is left of it."""

from datetime import timedelta
from uuid import UUID

import pytest

from actions import archive_searches
from actions.archive_searches import cancel_search, find_patients, list_searches
from actions.context import ActionRefused, UnitOfWork
from domain import keyword
from domain.accounts import Actor, actor_of
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, TooMany
from domain.keyword import Scope
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
from tests.integration.actions.visits import make_visit, spoken
from tests.people import Maker, make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import rows, trail

NOWHERE = UUID("018f0000-0000-7000-8000-000000000404")
DAY = timedelta(days=1)


async def test_a_word_is_found_where_it_stands_and_nowhere_else(work: UnitOfWork, auditor: Actor) -> None:
    visits = await row_of_visits(work, "我昨晚发烧了", "Fever since Monday", "还是发烧 ＦＥＶＥＲ")
    view = await searched(work, auditor, "发烧", of_doctor(visits[0].doctor))
    assert (view.state, view.search.done, view.search.total, view.search.hits) == ("done", 3, 3, 2)
    # The latest planned start first; entry 1 is the arrival.
    assert await places(work, auditor, view.search.id) == [(visits[2].id, 2), (visits[0].id, 2)]
    folded = await searched(work, auditor, "fever", of_doctor(visits[0].doctor))
    assert await places(work, auditor, folded.search.id) == [(visits[2].id, 2), (visits[1].id, 2)]


async def test_a_hit_shows_who_said_it_and_where_the_word_stands(work: UnitOfWork, auditor: Actor) -> None:
    visit = await spoken(work, "hello", "您还发烧吗？")
    view = await searched(work, auditor, "发烧", of_doctor(visit.doctor))
    [hit] = (await hits_of(work, auditor, view.search.id)).hits
    assert hit.author == ("王建国", "doctor")
    assert [(part.text, part.found) for part in hit.text or []] == [
        ("您还", False),
        ("发烧", True),
        ("吗？", False),
    ]
    assert (hit.hit.patient_name, hit.hit.practitioner_name) == ("李晓兰", "王建国")


async def test_the_scope_holds(work: UnitOfWork, auditor: Actor, clock: Clock) -> None:
    mine = await spoken(work, "fever")
    other = await spoken(work, "fever")
    by_patient = await searched(work, auditor, "fever", Scope(patient_id=mine.patient.patient_id))
    assert await places(work, auditor, by_patient.search.id) == [(mine.id, 2)]
    by_doctor = await searched(work, auditor, "fever", of_doctor(other.doctor))
    assert await places(work, auditor, by_doctor.search.id) == [(other.id, 2)]
    both = Scope(mine.patient.patient_id, other.doctor.practitioner_id)
    assert (await searched(work, auditor, "fever", both)).search.total == 0
    before = Scope(begins_at=clock() - DAY, ends_at=clock())
    assert (await searched(work, auditor, "fever", before)).search.total == 0
    around = Scope(begins_at=clock() - DAY, ends_at=clock() + DAY)
    assert (await searched(work, auditor, "fever", around)).search.hits == 2


async def test_every_consultation_that_is_decrypted_leaves_a_line_with_its_patient(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visits = await row_of_visits(work, "fever", "nothing")
    silent = await make_visit(work, visits[0].patient, visits[0].doctor, work.now() + DAY)
    view = await searched(work, auditor, "fever", of_doctor(visits[0].doctor))
    who, patient = str(auditor.account_id), str(visits[0].patient.patient_id)
    assert sorted(trail(dsn, "archive.keyword_decrypt")) == sorted(
        ("done", who, str(visit.id), patient) for visit in visits
    )
    assert str(silent.id) not in str(trail(dsn, "archive.keyword_decrypt"))
    assert trail(dsn, "archive.keyword_search") == [("done", who, str(view.search.id), None)]
    await hits_of(work, auditor, view.search.id)
    assert trail(dsn, "archive.keyword_read") == [("done", who, str(visits[0].id), patient)]


async def test_looking_at_the_progress_leaves_no_line_and_looking_at_the_end_does(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    await looked_at(work, auditor, view.search.id)
    assert trail(dsn, "archive.keyword_list") == []
    await run(work, view.search.id)
    await looked_at(work, auditor, view.search.id)
    assert len(trail(dsn, "archive.keyword_list")) == 1


async def test_neither_word_nor_text_is_kept_in_the_clear(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await spoken(work, "the password of my dentist")
    view = await searched(work, auditor, "dentist", of_doctor(visit.doctor))
    assert view.word == "dentist"
    assert view.search.hits == 1
    tables = rows(dsn, "select table_name from information_schema.tables where table_schema = 'public'")
    for (table,) in tables:
        for shown in ("dentist", b"dentist".hex()):
            query = f'select count(*) from "{table}" t where t::text ilike %s'  # noqa: S608  # our own names
            assert rows(dsn, query, f"%{shown}%") == [(0,)], table


@pytest.mark.parametrize(
    ("word", "reason", "scope", "fields"),
    [
        ("x", "r", Scope(patient_id=NOWHERE), {"word": FieldFault.TOO_SHORT}),
        ("xx", " ", Scope(patient_id=NOWHERE), {"reason": FieldFault.MISSING}),
        ("xx", "r" * 501, Scope(patient_id=NOWHERE), {"reason": FieldFault.TOO_LONG}),
        ("xx", "a\x00", Scope(patient_id=NOWHERE), {"reason": FieldFault.BAD_FORMAT}),
        ("", "", Scope(), {"word": "too_short", "reason": "missing", "from": "missing", "to": "missing"}),
    ],
)
async def test_all_mistakes_are_named_at_once(
    work: UnitOfWork, auditor: Actor, dsn: str, word: str, reason: str, scope: Scope, fields: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await begin(work, auditor, word, scope, reason=reason)
    assert refusal.value.fields == fields
    assert rows(dsn, "select id from archive_search") == []


async def test_thirty_one_days_are_searched_and_thirty_two_are_not(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    await begin(work, auditor, "fever", Scope(begins_at=clock() - 31 * DAY, ends_at=clock()))
    with pytest.raises(InvalidInput) as refusal:
        await begin(work, auditor, "fever", Scope(begins_at=clock() - 32 * DAY, ends_at=clock()))
    assert refusal.value.fields == {"to": FieldFault.TOO_LARGE}


async def test_too_many_conversations_are_refused_with_their_number(
    work: UnitOfWork, auditor: Actor, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = await row_of_visits(work, "a fever", "b", "c")
    monkeypatch.setattr(archive_searches, "CONSULTATIONS_MAX", 2)
    with pytest.raises(TooMany) as refusal:
        await begin(work, auditor, "fever", of_doctor(visits[0].doctor))
    assert (refusal.value.code, refusal.value.count, refusal.value.limit) == (Code.ARCHIVE_TOO_WIDE, 3, 2)
    assert rows(dsn, "select id from archive_search") == []
    assert rows(dsn, "select id from procrastinate_jobs where task_name = 'archive.keyword_search'") == []
    monkeypatch.setattr(archive_searches, "CONSULTATIONS_MAX", 3)
    await begin(work, auditor, "fever", of_doctor(visits[0].doctor))


def test_the_bounds_are_those_of_the_law() -> None:
    assert (keyword.CONSULTATIONS_MAX, keyword.RANGE_MAX, keyword.SEARCHES_KEPT) == (
        5_000,
        31 * DAY,
        30 * DAY,
    )


@pytest.mark.parametrize("scope", [Scope(patient_id=NOWHERE), Scope(practitioner_id=NOWHERE)])
async def test_nobody_unknown_is_searched(work: UnitOfWork, auditor: Actor, scope: Scope) -> None:
    with pytest.raises(NotFound):
        await begin(work, auditor, "fever", scope)


async def test_an_auditor_has_three_searches_at_a_time(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    scope = Scope(begins_at=clock() - DAY, ends_at=clock())
    running = [await begin(work, auditor, "fever", scope) for _ in range(3)]
    with pytest.raises(Conflict) as refusal:
        await begin(work, auditor, "fever", scope)
    assert refusal.value.code is Code.ARCHIVE_SEARCHES_RUNNING
    await begin(work, actor_of(await make_auditor(work)), "fever", scope)
    await run(work, running[0].search.id)
    await begin(work, auditor, "fever", scope)


async def test_hits_come_page_by_page(work: UnitOfWork, auditor: Actor) -> None:
    visit = await spoken(work, *(f"fever {number}" for number in range(5)))
    view = await searched(work, auditor, "fever", of_doctor(visit.doctor))
    first = await hits_of(work, auditor, view.search.id, limit=3)
    assert [hit.hit.hit.seq for hit in first.hits] == [2, 3, 4]
    assert first.next_after is not None
    second = await hits_of(work, auditor, view.search.id, limit=3, after=first.next_after)
    assert ([hit.hit.hit.seq for hit in second.hits], second.next_after) == ([5, 6], None)
    for limit in (0, 51):
        with pytest.raises(InvalidInput):
            await hits_of(work, auditor, view.search.id, limit=limit)


async def test_another_auditor_sees_that_it_was_searched_and_why_but_neither_word_nor_hits(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "fever")
    view = await searched(work, auditor, "fever", of_doctor(visit.doctor))
    other = actor_of(await make_auditor(work, "钱进"))
    async with work.begin(other, "list") as ctx:
        [seen] = await list_searches(ctx)
    assert (seen.own, seen.word, seen.search.reason, seen.search.account_name) == (
        False,
        None,
        "投诉核查",
        "周正",
    )
    assert (await looked_at(work, other, view.search.id)).word is None
    with pytest.raises(ActionRefused):
        await hits_of(work, other, view.search.id)
    running = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    with pytest.raises(ActionRefused):
        async with work.begin(other, "cancel") as ctx:
            await cancel_search(ctx, running.search.id)
    refused = [line for line in trail(dsn, "archive.keyword_read") if line[0] == "refused"]
    assert refused == [("refused", str(other.account_id), str(view.search.id), None)]


@pytest.mark.parametrize("make", [make_patient, make_doctor, make_pharmacist, make_admin])
async def test_nobody_but_auditors_searches(work: UnitOfWork, auditor: Actor, dsn: str, make: Maker) -> None:
    visit = await spoken(work, "fever")
    view = await begin(work, auditor, "fever", of_doctor(visit.doctor))
    someone = actor_of(await make(work))
    for action in (
        lambda: begin(work, someone, "fever", of_doctor(visit.doctor)),
        lambda: looked_at(work, someone, view.search.id),
        lambda: hits_of(work, someone, view.search.id),
    ):
        with pytest.raises(ActionRefused):
            await action()
    assert len(rows(dsn, "select id from audit_event where outcome = 'refused'")) == 3


async def test_an_unknown_search_is_not_found(work: UnitOfWork, auditor: Actor) -> None:
    for action in (looked_at, hits_of):
        with pytest.raises(NotFound):
            await action(work, auditor, NOWHERE)
    with pytest.raises(NotFound):
        await run(work, NOWHERE)


async def test_patients_are_found_by_a_part_of_their_name(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    patient = await make_patient(work, "李晓兰 Émilie")
    await make_patient(work, "王五")
    for part, count in (("兰", 1), ("émi", 1), ("张", 0), ("%%", 0)):
        async with work.begin(auditor, "find") as ctx:
            assert len(await find_patients(ctx, part)) == count, part
    assert trail(dsn, "archive.search")[0][3] == str(patient.patient_id)
    with pytest.raises(InvalidInput) as refusal:
        async with work.begin(auditor, "find") as ctx:
            await find_patients(ctx, "x")
    assert refusal.value.fields == {"name": FieldFault.TOO_SHORT}
