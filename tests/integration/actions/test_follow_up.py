"""A follow-up is proposed by the doctor alone, kept in the record, and on the patient's list until booked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from actions.archive_reading import verify
from actions.context import ActionRefused, UnitOfWork
from actions.follow_up import dismiss_follow_up, own_follow_ups, propose_follow_up
from domain.accounts import Actor, actor_of
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, WrongState
from domain.follow_up import FollowUp
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_auditor, make_doctor, make_patient
from tests.rows import rows, trail

TODAY = date(2026, 11, 23)
SOON = date(2026, 12, 7)


async def propose(
    visit: Visit, due_on: date = SOON, why: str = "复查血压", actor: Actor | None = None
) -> None:
    async with visit.work.begin(actor or visit.as_doctor, "propose") as ctx:
        await propose_follow_up(ctx, visit.id, due_on, why, TODAY)


async def listed(visit: Visit, actor: Actor | None = None) -> list[FollowUp]:
    async with visit.work.begin(actor or visit.as_patient, "list") as ctx:
        return await own_follow_ups(ctx)


async def dismiss(visit: Visit, actor: Actor | None = None) -> None:
    async with visit.work.begin(actor or visit.as_patient, "dismiss") as ctx:
        await dismiss_follow_up(ctx, visit.id)


async def begun(work: UnitOfWork) -> Visit:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    return visit


async def test_in_the_visit_it_is_an_entry_and_on_the_patients_list(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    await propose(visit)
    (found,) = await listed(visit)
    assert (found.due_on, found.why) == (SOON, "复查血压")
    assert found.practitioner_id == visit.doctor.practitioner_id
    kinds = rows(dsn, "select kind from archive_entry where conversation_id = %s order by seq", visit.id)
    assert [kind for (kind,) in kinds] == ["arrived", "admitted", "follow-up"]
    await visit.finish()
    assert len(await listed(visit)) == 1
    assert trail(dsn, "follow_up.propose") == [
        ("done", str(visit.doctor.id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_after_the_visit_it_is_in_what_was_added_later(work: UnitOfWork) -> None:
    visit = await begun(work)
    await visit.finish()
    await propose(visit)
    (found,) = await listed(visit)
    assert found.why == "复查血压"
    async with work.begin(actor_of(await make_auditor(work)), "verify") as ctx:
        assert (await verify(ctx, visit.id)).intact


async def test_it_leaves_the_list_when_a_visit_with_the_same_doctor_is_made(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await begun(work)
    await visit.finish()
    await propose(visit)
    clock.forward(timedelta(minutes=1))
    later = clock() + timedelta(days=14)
    await make_visit(work, visit.patient, None, later)
    assert len(await listed(visit)) == 1
    await make_visit(work, visit.patient, visit.doctor, later + timedelta(hours=1))
    assert await listed(visit) == []


async def test_a_patient_lets_it_go_once(work: UnitOfWork) -> None:
    visit = await begun(work)
    await propose(visit)
    await dismiss(visit)
    assert await listed(visit) == []
    with pytest.raises(WrongState) as again:
        await dismiss(visit)
    assert again.value.code is Code.FOLLOW_UP_WRONG_STATE


async def test_a_visit_has_one_and_a_second_leaves_no_entry(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    await propose(visit)
    with pytest.raises(Conflict) as twice:
        await propose(visit)
    assert twice.value.code is Code.FOLLOW_UP_PROPOSED
    kept = rows(dsn, "select count(*) from archive_entry where kind = 'follow-up'")
    assert kept == [(1,)]


async def test_before_the_visit_has_begun_nothing_is_proposed(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    with pytest.raises(WrongState):
        await propose(visit)


async def test_every_wrong_field_is_named(work: UnitOfWork) -> None:
    visit = await begun(work)
    with pytest.raises(InvalidInput) as wrong:
        await propose(visit, TODAY - timedelta(days=1), " ")
    assert wrong.value.fields == {"due_on": FieldFault.IN_THE_PAST, "why": FieldFault.MISSING}
    with pytest.raises(InvalidInput):
        await propose(visit, TODAY + timedelta(days=400))


async def test_nobody_else_proposes_reads_or_lets_go(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    other_doctor, other_patient = await make_doctor(work), await make_patient(work)
    for actor in (actor_of(other_doctor), visit.as_patient):
        with pytest.raises(ActionRefused):
            await propose(visit, actor=actor)
    await propose(visit)
    assert await listed(visit, actor_of(other_patient)) == []
    for actor in (actor_of(other_patient), visit.as_doctor):
        with pytest.raises(ActionRefused):
            await dismiss(visit, actor)
    refused = [line for line in trail(dsn, "follow_up.dismiss") if line[0] == "refused"]
    assert refused[0][3] == str(visit.patient.patient_id)
    async with work.begin(visit.as_patient, "none") as ctx:
        with pytest.raises(NotFound):
            await dismiss_follow_up(ctx, uuid4())
