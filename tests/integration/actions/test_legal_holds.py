"""Legal holds: what is held is not destroyed, whatever was approved before."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from actions import legal_holds
from actions.context import ActionRefused
from actions.retention import list_records
from domain.accounts import SYSTEM, actor_of
from domain.errors import Code, FieldFault, InvalidInput, NotFound, WrongState
from domain.ids import PatientId
from domain.retention import DestructionState, Hindrance
from tests.integration.actions.retention_desk import Desk
from tests.people import Maker, make_doctor, make_patient, make_pharmacist
from tests.rows import rows, trail


async def test_a_hold_on_a_record_says_who_why_and_since_when(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    hold = await desk.hold(visit, reason=" Lawsuit\n12 ")
    assert (hold.consultation_id, hold.patient_name) == (visit.id, "李晓兰")
    assert (hold.reason, hold.placed_by_name, hold.placed_at) == ("Lawsuit\n12", "陈晨", desk.clock())
    assert hold.lift is None
    assert trail(dsn, "hold.place") == [
        ("done", str(desk.first.id), str(hold.id), str(visit.patient.patient_id))
    ]


async def test_a_hold_on_a_patient_holds_all_records_and_those_to_come(desk: Desk) -> None:
    visit = await desk.old_visit()
    await desk.hold(patient=visit.patient)
    later = await desk.old_visit(patient=visit.patient)
    other = await desk.old_visit()
    desk.age()
    async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
        found = {
            item.record.consultation_id: item.hindrance
            for item in (await list_records(ctx, desk.policy)).records
        }
    assert found == {visit.id: Hindrance.ON_HOLD, later.id: Hindrance.ON_HOLD, other.id: None}


async def test_a_lifted_hold_holds_nothing_and_says_who_lifted_it(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    hold = await desk.hold(visit)
    await desk.lift(hold.id, " Settled ")
    assert (await desk.request(visit)).request.records == 1
    async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
        (listed,) = await legal_holds.list_holds(ctx)
    assert listed.lift is not None
    assert (listed.lift.reason, listed.lift.by_name) == ("Settled", "孙悦")
    with pytest.raises(WrongState) as refusal:
        await desk.lift(hold.id)
    assert refusal.value.code is Code.RETENTION_HOLD_LIFTED
    assert [line[0] for line in trail(dsn, "hold.lift")] == ["done", "refused"]


async def test_of_two_holds_each_holds(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    first = await desk.hold(visit)
    await desk.hold(patient=visit.patient)
    await desk.lift(first.id)
    with pytest.raises(WrongState) as refusal:
        await desk.request(visit)
    assert refusal.value.code is Code.RETENTION_ON_HOLD


async def test_a_hold_takes_its_record_out_of_an_approved_request_and_the_others_go(desk: Desk) -> None:
    held, other = await desk.old_visit(), await desk.old_visit()
    desk.age()
    request = await desk.approved(held, other)
    hold = await desk.hold(held)
    done = await desk.destroy(request.id)
    assert (done.state, done.records, done.spared) == (DestructionState.KEY_DESTROYED, 2, 1)
    async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
        left = (await list_records(ctx, desk.policy)).records
    assert [item.record.consultation_id for item in left] == [held.id]
    await desk.lift(hold.id)
    assert (await desk.request(held)).request.records == 1, "what was taken out can be asked for anew"


async def test_a_hold_on_the_last_record_ends_the_request(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    hold = await desk.hold(patient=visit.patient, reason="Complaint")
    with pytest.raises(WrongState) as refusal:
        await desk.destroy(request.id)
    assert refusal.value.code is Code.RETENTION_WRONG_STATE
    await desk.lift(hold.id)
    with pytest.raises(WrongState):
        await desk.destroy(request.id)


async def test_what_is_destroyed_cannot_be_held_any_more(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    with pytest.raises(WrongState) as refusal:
        await desk.hold(visit)
    assert refusal.value.code is Code.RETENTION_DESTROYED
    assert (await desk.hold(patient=visit.patient)).patient_id == visit.patient.patient_id


async def test_a_hold_is_on_something_that_exists_and_has_a_reason(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    with pytest.raises(InvalidInput) as nothing:
        await desk.hold()
    assert nothing.value.fields == {"consultation_id": FieldFault.MISSING}
    with pytest.raises(InvalidInput) as both:
        await desk.hold(visit, patient=visit.patient)
    assert both.value.fields == {"consultation_id": FieldFault.NOT_EXPECTED}
    with pytest.raises(InvalidInput) as wordless:
        await desk.hold(visit, reason="  ")
    assert wordless.value.fields == {"reason": FieldFault.TOO_SHORT}
    for ids in ({"consultation_id": uuid4()}, {"patient_id": PatientId(uuid4())}):
        with pytest.raises(NotFound):
            await legal_holds.place_hold(
                desk.work,
                actor_of(desk.first),
                "h",
                reason="x",
                **ids,
            )
    with pytest.raises(NotFound):
        await desk.lift(uuid4())
    assert [line[0] for line in trail(dsn, "hold.place")] == ["refused"] * 5
    assert rows(dsn, "select id from legal_hold") == []


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist])
async def test_nobody_else_holds_lifts_or_looks(desk: Desk, dsn: str, maker: Maker) -> None:
    visit = await desk.old_visit()
    hold = await desk.hold(visit)
    who = actor_of(await maker(desk.work))
    with pytest.raises(ActionRefused):
        await legal_holds.place_hold(desk.work, who, "h", reason="x", consultation_id=visit.id)
    with pytest.raises(ActionRefused):
        await legal_holds.lift_hold(desk.work, who, "l", hold.id, reason="x")
    with pytest.raises(ActionRefused):
        async with desk.work.begin(who, "r") as ctx:
            await legal_holds.list_holds(ctx)
    with pytest.raises(ActionRefused):
        async with desk.work.begin(who, "r") as ctx:
            await list_records(ctx, desk.policy)
    assert rows(dsn, "select count(*) from legal_hold_lift") == [(0,)]


async def test_the_hospital_itself_holds_nothing(desk: Desk) -> None:
    with pytest.raises(ActionRefused):
        await legal_holds.lift_hold(desk.work, SYSTEM, "l", UUID(int=1), reason="x")


async def test_records_are_listed_by_when_they_are_due(desk: Desk, dsn: str) -> None:
    first = await desk.old_visit()
    desk.age(timedelta(days=3))
    second = await desk.old_visit()
    planned_since = desk.clock()
    async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
        page = await list_records(ctx, desk.policy)
    assert [item.record.consultation_id for item in page.records] == [first.id, second.id]
    assert [item.hindrance for item in page.records] == [Hindrance.BEFORE_TERM] * 2
    assert [item.due.at.year for item in page.records if item.due is not None] == [2041, 2041]
    assert not page.more
    assert {line[3] for line in trail(dsn, "retention.read")} == {
        str(first.patient.patient_id),
        str(second.patient.patient_id),
    }
    async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
        one = await list_records(ctx, desk.policy, limit=1)
        none = await list_records(ctx, desk.policy, due_by=planned_since)
        named = await list_records(ctx, desk.policy, patient_text="晓兰")
        nobody = await list_records(ctx, desk.policy, patient_text="nobody")
    assert (len(one.records), one.more) == (1, True)
    assert (none.records, nobody.records) == ([], [])
    assert len(named.records) == 2


@pytest.mark.parametrize(("limit", "fault"), [(0, FieldFault.TOO_SMALL), (201, FieldFault.TOO_LARGE)])
async def test_a_list_has_a_length(desk: Desk, limit: int, fault: FieldFault) -> None:
    with pytest.raises(InvalidInput) as refusal:
        async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
            await list_records(ctx, desk.policy, limit=limit)
    assert refusal.value.fields == {"limit": fault}


async def test_a_record_that_ended_on_a_leap_day_is_due_a_day_later_than_postgresql_says(desk: Desk) -> None:
    desk.clock.at = desk.clock.at.replace(year=2028, month=2, day=29)
    visit = await desk.old_visit()
    for day, due in ((28, False), (1, True)):
        desk.clock.at = desk.clock.at.replace(year=2043, month=2 if day == 28 else 3, day=day)
        async with desk.work.begin(actor_of(desk.asker), "list") as ctx:
            found = await list_records(ctx, desk.policy, due_by=desk.clock())
        assert [item.record.consultation_id for item in found.records] == ([visit.id] if due else [])
