"""An auditor finds consultations by patient, doctor and time, page by page. Refusals are tried elsewhere."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from actions import archive_reading
from actions.archive_reading import SearchPage, search
from actions.context import UnitOfWork
from actions.legal_holds import place_hold
from domain.accounts import Actor
from domain.consultation import ConsultationState, FoundConsultation, RecordMarks
from domain.errors import InvalidInput
from tests.conftest import Clock
from tests.ended_visits import ended_visit
from tests.integration.actions.visits import make_visit, spoken
from tests.people import make_doctor, make_patient
from tests.rows import execute, rows, trail


async def find(work: UnitOfWork, actor: Actor, **conditions: Any) -> SearchPage:
    async with work.begin(actor, "search") as ctx:
        return await search(ctx, **conditions)


async def ids(work: UnitOfWork, actor: Actor, **conditions: Any) -> list[UUID]:
    return [item.consultation.id for item in (await find(work, actor, **conditions)).consultations]


async def test_a_consultation_is_found_with_the_size_of_its_record(work: UnitOfWork, auditor: Actor) -> None:
    visit = await spoken(work, "a", "b")
    silent = await make_visit(work)
    found: dict[UUID, FoundConsultation] = {
        item.consultation.id: item for item in (await find(work, auditor)).consultations
    }
    assert found[visit.id].entries == 3
    assert found[visit.id].consultation.state is ConsultationState.ARRIVED
    assert found[silent.id].entries == 0


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("兰", True),
        ("李晓", True),
        ("  李晓兰 ", True),
        ("émi", True),
        ("ÉMILIE", True),
        ("li xiao", True),
        ("", True),
        (None, True),
        ("王五", False),
        ("%", None),
        ("%%", False),
        ("__", False),
        ("é", None),
        ("x", None),
        ("a\x00b", None),
        ("x" * 121, None),
    ],
)
async def test_a_patient_is_found_by_a_part_of_the_name(
    work: UnitOfWork, auditor: Actor, text: str | None, finds: bool | None
) -> None:
    visit = await make_visit(work, patient=await make_patient(work, "李晓兰 Émilie Li Xiaolan"))
    if finds is None:
        with pytest.raises(InvalidInput) as refusal:
            await find(work, auditor, patient_text=text)
        assert set(refusal.value.fields) == {"patient"}
    else:
        assert await ids(work, auditor, patient_text=text) == ([visit.id] if finds else [])


async def test_conditions_are_met_together(work: UnitOfWork, auditor: Actor, clock: Clock) -> None:
    doctor = await make_doctor(work)
    assert doctor.practitioner_id is not None
    start, day = clock(), timedelta(days=1)
    today = await make_visit(work, doctor=doctor, starts_at=start)
    tomorrow = await make_visit(work, doctor=doctor, starts_at=start + day, patient=today.patient)
    elsewhere = await make_visit(work, starts_at=start + timedelta(minutes=1))
    assert await ids(work, auditor) == [tomorrow.id, elsewhere.id, today.id]
    assert await ids(work, auditor, practitioner_id=doctor.practitioner_id) == [tomorrow.id, today.id]
    assert await ids(work, auditor, start=start, end=start + day) == [elsewhere.id, today.id]
    assert await ids(work, auditor, start=start + day) == [tomorrow.id]
    assert await ids(work, auditor, practitioner_id=doctor.practitioner_id, end=start + day) == [today.id]
    assert await ids(work, auditor, practitioner_id=UUID(int=1)) == []


async def test_pages_go_on_without_a_gap_or_a_repetition(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    start = clock()
    visits = [
        await make_visit(work, starts_at=start + timedelta(minutes=number // 2, microseconds=7))
        for number in range(7)
    ]
    seen: list[UUID] = []
    cursor: str | None = None
    for size in (3, 3, 1):
        page = await find(work, auditor, cursor=cursor, limit=3)
        assert len(page.consultations) == size
        seen += [item.consultation.id for item in page.consultations]
        cursor = page.next_cursor
    assert cursor is None
    # At the same time the later id comes first.
    assert (
        seen
        == [visit.id for _, visit in sorted(enumerate(visits), key=lambda item: (item[0] // 2, item[1].id))][
            ::-1
        ]
    )
    full = await find(work, auditor, limit=7)
    assert full.next_cursor is None


async def test_one_that_was_booked_meanwhile_does_not_disturb_the_next_page(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    start = clock()
    visits = [await make_visit(work, starts_at=start + timedelta(hours=number)) for number in range(4)]
    first = await find(work, auditor, limit=2)
    await make_visit(work, starts_at=start + timedelta(hours=9))
    assert await ids(work, auditor, cursor=first.next_cursor, limit=2) == [visits[1].id, visits[0].id]


@pytest.mark.parametrize(
    "cursor", ["", "x", "AAAA", "é", "A" * 31 + "=", "f" * 32, "f" * 400, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!"]
)
async def test_a_cursor_that_is_none_is_refused(work: UnitOfWork, auditor: Actor, cursor: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await find(work, auditor, cursor=cursor)
    assert set(refusal.value.fields) == {"cursor"}


@pytest.mark.parametrize("limit", [-1, 0, archive_reading.SEARCH_MAX + 1])
async def test_a_page_has_a_limit(work: UnitOfWork, auditor: Actor, limit: int) -> None:
    with pytest.raises(InvalidInput):
        await find(work, auditor, limit=limit)


async def test_a_range_that_is_none_is_refused(work: UnitOfWork, auditor: Actor, clock: Clock) -> None:
    for start, end in ((clock(), clock()), (datetime(2026, 1, 1), None), (None, datetime(2026, 1, 1))):
        with pytest.raises(InvalidInput):
            await find(work, auditor, start=start, end=end)


async def test_finding_leaves_a_line_for_each_patient_on_the_page(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    one = await make_visit(work)
    await make_visit(work, patient=one.patient)
    other = await make_visit(work)
    await find(work, auditor)
    lines = trail(dsn, "archive.search")
    assert sorted(line[3] for line in lines) == sorted(
        str(visit.patient.patient_id) for visit in (one, other)
    )
    await find(work, auditor, patient_text="nobody")
    assert len(trail(dsn, "archive.search")) == 3
    detail = rows(dsn, "select string_agg(detail::text, '') from audit_event where action = 'archive.search'")
    assert "nobody" not in detail[0][0]


async def test_what_is_found_says_whether_its_record_is_closed_sealed_destroyed_or_held(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await ended_visit(work)
    silent = await make_visit(work)

    async def marks(visit_id: UUID) -> RecordMarks | None:
        found = (await find(work, auditor)).consultations
        return next(item.marks for item in found if item.consultation.id == visit_id)

    nothing = RecordMarks(closed=False, sealed=False, destroyed=False, on_hold=False)
    assert await marks(silent.id) == nothing
    closed = replace(nothing, closed=True)
    assert await marks(visit.id) == closed
    await place_hold(work, auditor, "hold", reason="A complaint", consultation_id=visit.id)
    assert await marks(visit.id) == replace(closed, on_hold=True)
    assert await marks(silent.id) == nothing

    execute(
        dsn,
        "insert into archive_leaf (index, conversation_id, seq) "
        "select row_number() over () - 1, conversation_id, seq from archive_entry",
    )
    assert await marks(visit.id) == replace(closed, on_hold=True, sealed=True)
    execute(dsn, "alter table archive_key disable trigger all")
    execute(dsn, "update archive_key set wrapped = null, destroyed_at = created_at")
    assert await marks(visit.id) == replace(closed, on_hold=True, sealed=True, destroyed=True)
