"""A doctor ends a visit as not suitable online: from both states, once, in the record; nobody else may."""

from typing import Any
from uuid import uuid4

import pytest

from actions.archive_reading import verify
from actions.consultations import Moved
from actions.context import ActionRefused, UnitOfWork
from actions.unsuitable import turn_away
from domain.accounts import Actor, actor_of
from domain.consultation import ConsultationState
from domain.errors import Code, Conflict, NotFound, WrongState
from domain.facts import decode_body
from domain.unsuitable import Referral, Unsuitable, UnsuitableReason
from tests.integration.actions.test_consultations import record_of
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_auditor, make_doctor, make_patient
from tests.rows import rows, trail

EYES = Unsuitable(UnsuitableReason.EXAMINATION, Referral.DEPARTMENT, "眼科", "请今天到医院检查眼底。")
CALL = Unsuitable(UnsuitableReason.EMERGENCY, Referral.EMERGENCY, "", "")


async def decide(visit: Visit, why: Unsuitable = EYES, *, actor: Actor | None = None, **ids: Any) -> Moved:
    given = {"consultation_id": visit.id, "message_id": uuid4(), **ids}
    async with visit.work.begin(actor or visit.as_doctor, "decide") as ctx:
        return await turn_away(ctx, why=why, **given)


async def test_a_visit_in_progress_ends_with_the_decision_and_its_closing_entry(
    work: UnitOfWork, dsn: str
) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    done = await decide(visit)
    assert done.consultation.state is ConsultationState.FINISHED
    kept = await record_of(work, visit)
    assert [entry.kind for entry in kept] == ["arrived", "admitted", "unsuitable", "finished"]
    assert decode_body(kept[2].body or b"") == {
        "reason": "examination",
        "referral": "department",
        "place": "眼科",
        "words": "请今天到医院检查眼底。",
    }
    assert decode_body(kept[3].body or b"") == {"entries": 3, "last_hash": kept[2].entry_hash.hex()}
    assert rows(dsn, "select state from appointment where id = %s", visit.appointment_id) == [("fulfilled",)]
    assert trail(dsn, "consultation.turn_away") == [
        ("done", str(visit.doctor.id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_nothing_of_the_decision_lies_open_or_in_the_queued_mail(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work, await make_patient(work, email="li@example.org"))
    await visit.arrive()
    before = rows(dsn, "select count(*) from procrastinate_jobs")
    await decide(visit)
    jobs = rows(dsn, "select args::text from procrastinate_jobs order by id")
    assert len(jobs) > before[0][0]
    assert not [args for (args,) in jobs if "examination" in args or "眼" in args]
    (line,) = rows(dsn, "select detail from audit_event where action = 'consultation.turn_away'")
    assert line == ({"seq": 2},)
    for (sealed,) in rows(dsn, "select sealed from archive_entry where conversation_id = %s", visit.id):
        assert "眼科".encode() not in bytes(sealed) and b"examination" not in bytes(sealed)


async def test_a_patient_who_waits_is_turned_away_without_being_admitted(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    done = await decide(visit, CALL)
    assert (done.consultation.state, done.consultation.admitted_at) == (ConsultationState.FINISHED, None)
    auditor = await make_auditor(work)
    async with work.begin(actor_of(auditor), "verify") as ctx:
        assert (await verify(ctx, visit.id)).findings == []


async def test_a_resend_is_answered_and_another_decision_is_not(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    message_id = uuid4()
    first = await decide(visit, message_id=message_id)
    again = await decide(visit, message_id=message_id)
    assert first.said is not None and again.entry.entry_hash == first.said.entry_hash
    assert len(await record_of(work, visit)) == 3
    assert len(trail(dsn, "consultation.turn_away")) == 1
    with pytest.raises(Conflict) as reused:
        await decide(visit, CALL, message_id=message_id)
    assert reused.value.code is Code.MESSAGE_ID_REUSED
    with pytest.raises(WrongState):
        await decide(visit)


async def test_before_anybody_came_there_is_nothing_to_end(work: UnitOfWork) -> None:
    with pytest.raises(WrongState) as wrong:
        await decide(await make_visit(work))
    assert wrong.value.code is Code.CONSULTATION_WRONG_STATE


async def test_nobody_but_the_doctor_of_the_visit_may(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    stranger = actor_of(await make_doctor(work))
    for actor in (visit.as_patient, stranger, actor_of(await make_auditor(work))):
        with pytest.raises(ActionRefused):
            await decide(visit, actor=actor)
    assert [line[0] for line in trail(dsn, "consultation.turn_away")] == ["refused"] * 3
    with pytest.raises(NotFound):
        await decide(visit, consultation_id=uuid4())
