"""A consultation moves as its two participants may move it, and every move is in the record and the trail."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from actions import consultations
from actions.consultations import Moved
from actions.context import ActionRefused, Context, UnitOfWork
from actions.data_keys import reading_keys
from chat_archive.data_keys import open_entry
from chat_archive.entry import Entry
from domain.accounts import SYSTEM, Account, actor_of
from domain.consultation import Consultation, ConsultationState
from domain.errors import Code, NotFound, OwnFault, WrongState
from domain.facts import decode_body
from storage.archive import PgArchiveStore
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, rows, trail

Step = Callable[[Context, UUID], Awaitable[Moved | Consultation]]

ACTIONS: dict[str, Step] = {
    "room.open": consultations.open_room,
    "consultation.arrive": consultations.arrive,
    "consultation.step_out": consultations.step_out,
    "consultation.admit": consultations.admit,
    "consultation.finish": consultations.finish,
}
MAKERS: dict[str, Callable[[UnitOfWork], Awaitable[Account]]] = {
    "patient": make_patient,
    "doctor": make_doctor,
    "pharmacist": make_pharmacist,
    "auditor": make_auditor,
    "admin": make_admin,
}


async def record_of(work: UnitOfWork, visit: Visit) -> list[Entry]:
    async with work.begin(SYSTEM, "test") as ctx:
        keys = await reading_keys(ctx, [visit.id])
        entries = await PgArchiveStore(ctx.tx).read(visit.id, 0, 100)
    return [open_entry(entry, keys[visit.id]) for entry in entries]


async def test_a_visit_from_arrival_to_its_end(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    visit = await make_visit(work)
    start = clock()

    arrived = await visit.arrive()
    assert arrived.consultation.state is ConsultationState.ARRIVED
    assert arrived.consultation.arrived_at == start

    clock.forward(timedelta(minutes=3))
    admitted = await visit.admit()
    assert admitted.consultation.state is ConsultationState.IN_PROGRESS
    assert admitted.consultation.admitted_at == clock()

    clock.forward(timedelta(minutes=20))
    finished = await visit.finish()
    assert finished.consultation.state is ConsultationState.FINISHED
    assert finished.consultation.ended_at == clock()

    entries = await record_of(work, visit)
    assert [(entry.seq, entry.kind) for entry in entries] == [
        (1, "arrived"),
        (2, "admitted"),
        (3, "finished"),
    ]
    assert entries == [arrived.entry, admitted.entry, finished.entry]
    assert [entry.author for entry in entries] == [
        str(visit.patient.id),
        str(visit.doctor.id),
        str(visit.doctor.id),
    ]
    assert decode_body(entries[2].body or b"") == {"entries": 2, "last_hash": entries[1].entry_hash.hex()}
    for action, who in (
        ("consultation.arrive", visit.patient),
        ("consultation.admit", visit.doctor),
        ("consultation.finish", visit.doctor),
    ):
        assert trail(dsn, action) == [
            ("done", str(who.id), str(visit.id), str(visit.patient.patient_id)),
        ]


async def test_what_the_actions_return_is_what_is_kept(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    admitted = await visit.admit()
    async with work.begin(visit.as_doctor, "open") as ctx:
        assert await consultations.open_room(ctx, visit.id) == admitted.consultation


async def test_finishing_fulfils_the_appointment_and_makes_the_notice_once(
    work: UnitOfWork, dsn: str
) -> None:
    visit = await make_visit(work, await make_patient(work, email="li@example.org"))
    await visit.arrive()
    await visit.admit()
    await visit.finish()
    assert rows(dsn, "select state from appointment where id = %s", visit.appointment_id) == [("fulfilled",)]
    jobs = rows(dsn, "select task_name, (args->>'notice_id')::uuid from procrastinate_jobs")
    [(notice_id,)] = rows(dsn, "select id from notice where kind = 'visit-ended' and state = 'queued'")
    assert jobs == [("notice.send", notice_id)]


async def test_a_visit_that_cannot_be_fulfilled_is_not_half_finished(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    execute(dsn, "update appointment set state = 'cancelled' where id = %s", visit.appointment_id)
    with pytest.raises(OwnFault):
        await visit.finish()
    assert rows(dsn, "select state from consultation where id = %s", visit.id) == [("in-progress",)]
    assert [entry.kind for entry in await record_of(work, visit)] == ["arrived", "admitted"]
    assert rows(dsn, "select count(*) from procrastinate_jobs") == [(0,)]


async def test_stepping_out_gives_up_the_place_and_a_new_arrival_takes_a_new_one(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    clock.forward(timedelta(minutes=5))
    out = await visit.step_out()
    assert out.consultation.state is ConsultationState.PLANNED
    assert out.consultation.arrived_at is None
    clock.forward(timedelta(minutes=5))
    assert (await visit.arrive()).consultation.arrived_at == clock()


async def test_the_patient_can_arrive_an_hour_before_and_not_earlier(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work, starts_at=clock() + timedelta(minutes=61))
    with pytest.raises(WrongState) as early:
        await visit.arrive()
    assert early.value.code is Code.CONSULTATION_TOO_EARLY
    clock.forward(timedelta(minutes=1))
    assert (await visit.arrive()).consultation.state is ConsultationState.ARRIVED


async def test_the_patient_cannot_arrive_half_a_day_after_the_end(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work)
    clock.forward(timedelta(hours=12, minutes=31))
    with pytest.raises(WrongState) as late:
        await visit.arrive()
    assert late.value.code is Code.CONSULTATION_TOO_LATE


async def test_a_move_in_the_wrong_state_changes_nothing(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work, await make_patient(work, email="li@example.org"))
    for step in (visit.step_out, visit.admit, visit.finish):
        with pytest.raises(WrongState) as refusal:
            await step()
        assert refusal.value.code is Code.CONSULTATION_WRONG_STATE
    await visit.arrive()
    with pytest.raises(WrongState):
        await visit.arrive()
    await visit.admit()
    with pytest.raises(WrongState):
        await visit.step_out()
    await visit.finish()
    with pytest.raises(WrongState):
        await visit.finish()
    assert [entry.kind for entry in await record_of(work, visit)] == ["arrived", "admitted", "finished"]
    assert rows(dsn, "select count(*) from procrastinate_jobs") == [(1,)]


@pytest.mark.parametrize("action", ACTIONS)
async def test_an_unknown_consultation_is_not_found(work: UnitOfWork, action: str) -> None:
    by = await (
        make_patient
        if action in ("room.open", "consultation.arrive", "consultation.step_out")
        else make_doctor
    )(work)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(by), "test") as ctx:
            await ACTIONS[action](ctx, uuid4())


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", MAKERS)
async def test_nobody_else_of_any_role_can_touch_a_visit(
    work: UnitOfWork, dsn: str, role: str, action: str
) -> None:
    visit = await make_visit(work)
    stranger = await MAKERS[role](work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(stranger), "test") as ctx:
            await ACTIONS[action](ctx, visit.id)
    ((outcome, actor, _, _),) = trail(dsn, action)
    assert (outcome, actor) == ("refused", str(stranger.id))
    assert rows(dsn, "select state from consultation where id = %s", visit.id) == [("planned",)]
    assert rows(dsn, "select count(*) from archive_entry") == [(0,)]


@pytest.mark.parametrize(
    ("action", "by"),
    [
        ("consultation.arrive", "doctor"),
        ("consultation.step_out", "doctor"),
        ("consultation.admit", "patient"),
        ("consultation.finish", "patient"),
    ],
)
async def test_one_side_cannot_do_what_is_the_others(
    work: UnitOfWork, dsn: str, action: str, by: str
) -> None:
    visit = await make_visit(work)
    actor = visit.as_doctor if by == "doctor" else visit.as_patient
    with pytest.raises(ActionRefused):
        async with work.begin(actor, "test") as ctx:
            await ACTIONS[action](ctx, visit.id)
    assert [line[0] for line in trail(dsn, action)] == ["refused"]


async def test_a_stranger_of_the_right_role_is_named_in_the_patients_trail(
    work: UnitOfWork, dsn: str
) -> None:
    visit = await make_visit(work)
    stranger = await make_doctor(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(stranger), "test") as ctx:
            await consultations.open_room(ctx, visit.id)
    assert trail(dsn, "room.open") == [
        ("refused", str(stranger.id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_both_participants_can_open_the_room_in_any_state(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    for move in (visit.arrive, visit.admit, visit.finish):
        for actor in (visit.as_patient, visit.as_doctor):
            async with work.begin(actor, "open") as ctx:
                opened = await consultations.open_room(ctx, visit.id)
            assert opened.id == visit.id
        state = (await move()).consultation.state
    assert state is ConsultationState.FINISHED
    assert {line[0] for line in trail(dsn, "room.open")} == {"done"}


async def test_the_entry_of_a_move_holds_nothing_that_is_not_known_otherwise(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    (entry,) = await record_of(work, visit)
    assert entry.body is not None
    assert json.loads(entry.body) == {}
