"""What a patient shows of an earlier diagnosis: true statements alone, in the record, by the patient."""

import os
from uuid import uuid4

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.conversation import Kept, Saying
from actions.diagnosis import state_diagnosis
from actions.safety import DiagnosisStatement, read_safety
from chat_archive.data_keys import KeyRing
from domain.accounts import Actor, actor_of
from domain.diagnosis import DiagnosisBasis
from domain.errors import Code, FieldFault, InvalidInput, UserFault, WrongState
from domain.facts import decode_body
from providers.throttle import MemoryThrottle
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, keep, make_visit
from tests.people import make_patient
from tests.rows import trail


async def state(visit: Visit, basis: DiagnosisBasis, clock: Clock, actor: Actor | None = None) -> Kept:
    async def now(saying: Saying) -> Kept:
        (outcome,) = await keep(visit.work, saying)
        if isinstance(outcome, UserFault):
            raise outcome
        return outcome

    return await state_diagnosis(
        visit.work,
        MemoryThrottle(clock),
        now,
        actor=actor or visit.as_patient,
        request_id="state",
        consultation_id=visit.id,
        message_id=uuid4(),
        basis=basis,
    )


async def test_who_has_nothing_says_so_in_the_record(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    visit = await make_visit(work)
    kept = await state(visit, DiagnosisBasis.NONE, clock)
    assert kept.entry.kind == "diagnosis"
    assert decode_body(kept.entry.body or b"") == {"basis": "none", "documents": 0, "earlier_visits": 0}
    assert [line[0] for line in trail(dsn, "diagnosis.state")] == ["done"]


async def test_an_earlier_visit_is_one_in_which_the_patient_was_seen(work: UnitOfWork, clock: Clock) -> None:
    before = await make_visit(work)
    visit = await make_visit(work, before.patient)
    with pytest.raises(InvalidInput) as wrong:
        await state(visit, DiagnosisBasis.EARLIER_VISIT, clock)
    assert wrong.value.fields == {"basis": FieldFault.INVALID}
    await before.arrive()
    await before.admit()
    await before.finish()
    kept = await state(visit, DiagnosisBasis.EARLIER_VISIT, clock)
    assert decode_body(kept.entry.body or b"")["earlier_visits"] == 1
    with pytest.raises(WrongState):
        await state(before, DiagnosisBasis.NONE, clock)


async def test_documents_are_named_once_there_are_some(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work)
    with pytest.raises(InvalidInput):
        await state(visit, DiagnosisBasis.DOCUMENTS, clock)


async def test_nobody_states_it_for_the_patient(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    visit = await make_visit(work)
    for actor in (visit.as_doctor, actor_of(await make_patient(work))):
        with pytest.raises(ActionRefused):
            await state(visit, DiagnosisBasis.NONE, clock, actor)
    assert [line[0] for line in trail(dsn, "diagnosis.state")] == ["refused", "refused"]


async def test_where_the_hospital_asks_for_it_nobody_arrives_before_saying_what_there_is(
    database: Database, keys: KeyRing, clock: Clock
) -> None:
    strict = UnitOfWork(database, clock, os.urandom, keys, diagnosis_required=True)
    visit = await make_visit(strict)

    async def needed() -> DiagnosisStatement:
        async with strict.begin(visit.as_patient, "read") as ctx:
            return (await read_safety(ctx, visit.id)).diagnosis

    with pytest.raises(UserFault) as refused:
        await visit.arrive()
    assert refused.value.code is Code.VISIT_DIAGNOSIS_NEEDED
    assert await needed() is DiagnosisStatement.NEEDED
    await state(visit, DiagnosisBasis.NONE, clock)
    assert await needed() is DiagnosisStatement.GIVEN
    await visit.arrive()
