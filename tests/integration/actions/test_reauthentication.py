"""A doctor begins a consultation only after proving recently, in the same session, who it is (ID-2)."""

import os
from datetime import datetime, timedelta

import pytest

from actions import consultations
from actions.context import ActionRefused, UnitOfWork
from chat_archive.data_keys import KeyRing
from domain.accounts import SESSION_ABSOLUTE, SESSION_IDLE, SYSTEM, Account, SessionState, actor_of
from domain.consultation import ConsultationState
from domain.errors import Code
from domain.ids import SessionId
from domain.second_factor import PROOF_MAX_AGE
from storage import sessions
from storage.pool import Database
from storage.sessions import Deadlines
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.rows import rows, trail

MOMENT = timedelta(seconds=1)


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    return UnitOfWork(database, clock, os.urandom, keys, proof_max_age=PROOF_MAX_AGE)


async def open_session(work: UnitOfWork, account: Account, proved_at: datetime | None) -> SessionId:
    async with work.begin(SYSTEM, "test") as ctx:
        session_id = SessionId(ctx.new_id())
        deadlines = Deadlines(ctx.now, ctx.now + SESSION_IDLE, ctx.now + SESSION_ABSOLUTE)
        digest = os.urandom(32)
        state = SessionState.OPEN
        assert await sessions.insert(ctx.tx, session_id, account.id, digest, "", deadlines, state, proved_at)
    return session_id


async def admit(work: UnitOfWork, visit: Visit, session_id: SessionId | None) -> ConsultationState:
    async with work.begin(actor_of(visit.doctor, session_id), "test") as ctx:
        return (await consultations.admit(ctx, visit.id)).consultation.state


async def test_a_proof_is_good_for_four_hours_and_not_a_moment_longer(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work)
    session_id = await open_session(work, visit.doctor, clock())
    later = await make_visit(work, doctor=visit.doctor, starts_at=clock() + PROOF_MAX_AGE)
    await visit.arrive()
    clock.forward(PROOF_MAX_AGE - MOMENT)
    assert await admit(work, visit, session_id) is ConsultationState.IN_PROGRESS
    clock.forward(MOMENT)
    await later.arrive()
    with pytest.raises(ActionRefused) as refused:
        await admit(work, later, session_id)
    assert refused.value.code is Code.AUTH_PROOF_NEEDED


async def test_who_is_refused_has_changed_nothing_and_left_a_line(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    visit = await make_visit(work)
    session_id = await open_session(work, visit.doctor, clock() - PROOF_MAX_AGE)
    await visit.arrive()
    with pytest.raises(ActionRefused):
        await admit(work, visit, session_id)
    assert rows(dsn, "select state from consultation") == [("arrived",)]
    doctor, patient = str(visit.doctor.id), str(visit.patient.patient_id)
    assert trail(dsn, "consultation.admit") == [("refused", doctor, str(visit.id), patient)]
    assert rows(dsn, "select detail->>'code' from audit_event where action = 'consultation.admit'") == [
        ("auth.proof_needed",)
    ]
    async with work.begin(actor_of(visit.doctor, session_id), "test") as ctx:
        assert await sessions.prove(ctx.tx, visit.doctor.id, session_id, ctx.now)
    assert await admit(work, visit, session_id) is ConsultationState.IN_PROGRESS


async def test_only_a_proof_of_ones_own_open_session_counts(work: UnitOfWork, clock: Clock) -> None:
    visit, other = await make_visit(work), await make_visit(work)
    await visit.arrive()
    never = await open_session(work, visit.doctor, None)
    somebody_elses = await open_session(work, other.doctor, clock())
    revoked = await open_session(work, visit.doctor, clock())
    async with work.begin(actor_of(visit.doctor), "test") as ctx:
        await sessions.revoke(ctx.tx, visit.doctor.id, revoked, ctx.now)
    for session_id in (never, somebody_elses, revoked, None):
        with pytest.raises(ActionRefused) as refused:
            await admit(work, visit, session_id)
        assert refused.value.code is Code.AUTH_PROOF_NEEDED


async def test_another_doctor_is_no_participant_however_fresh_the_proof(
    work: UnitOfWork, clock: Clock
) -> None:
    visit, other = await make_visit(work), await make_visit(work)
    await visit.arrive()
    session_id = await open_session(work, other.doctor, clock())
    with pytest.raises(ActionRefused) as refused:
        async with work.begin(actor_of(other.doctor, session_id), "test") as ctx:
            await consultations.admit(ctx, visit.id)
    assert refused.value.code is Code.FORBIDDEN


async def test_a_visit_that_goes_on_is_ended_without_another_proof(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work)
    session_id = await open_session(work, visit.doctor, clock())
    await visit.arrive()
    await admit(work, visit, session_id)
    clock.forward(PROOF_MAX_AGE * 2)
    async with work.begin(actor_of(visit.doctor, session_id), "test") as ctx:
        await consultations.finish(ctx, visit.id)
