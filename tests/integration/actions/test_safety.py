"""Safety before a visit: what has to be said before arriving, who may, where it is kept, who is shown it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.conversation import Kept, Saying, read_entries
from actions.safety import (
    SAID_PER_ACCOUNT,
    SAID_WINDOW_S,
    DiagnosisStatement,
    GuardianConsent,
    VisitSafety,
    answer_questions,
    confirm_location,
    read_safety,
    red_flags,
)
from actions.waiting import doctor_queue, urgent_first
from domain.accounts import Actor, actor_of
from domain.errors import Code, Forbidden, InvalidInput, NotFound, Throttled, UserFault, WrongState
from domain.facts import EntryKind, decode_body
from domain.safety import QUESTIONS_VERSION, Location, answer_body
from providers.throttle import MemoryThrottle
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, keep, kept_one, make_visit
from tests.people import make_doctor, make_patient
from tests.rows import execute, rows, trail

HOME = Location("CN", "上海市", "上海市", "世纪大道 100 号", "+8613800138000")
AWAY = Location("CN", "浙江省", "杭州市", "", "0571 8700 0000")


class Desk:
    """What a patient says before a visit, as the edge has it kept."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        self.work = work
        self.throttle = MemoryThrottle(clock)

    async def _keep(self, saying: Saying) -> Kept:
        (outcome,) = await keep(self.work, saying)
        if isinstance(outcome, UserFault):
            raise outcome
        return outcome

    async def answer(self, visit: Visit, *flags: str, actor: Actor | None = None, **change: Any) -> Kept:
        said: dict[str, Any] = {"message_id": uuid4(), "version": QUESTIONS_VERSION, **change}
        return await answer_questions(
            self.work,
            self.throttle,
            self._keep,
            actor=actor or visit.as_patient,
            request_id="answer",
            consultation_id=visit.id,
            flags=flags,
            **said,
        )

    async def confirm(self, visit: Visit, place: Location = HOME, actor: Actor | None = None) -> Kept:
        return await confirm_location(
            self.work,
            self.throttle,
            self._keep,
            actor=actor or visit.as_patient,
            request_id="confirm",
            consultation_id=visit.id,
            message_id=uuid4(),
            place=place,
        )

    async def read(self, visit: Visit, actor: Actor | None = None) -> VisitSafety:
        async with self.work.begin(actor or visit.as_patient, "read") as ctx:
            return await read_safety(ctx, visit.id)


@pytest.fixture
def desk(work: UnitOfWork, clock: Clock) -> Desk:
    return Desk(work, clock)


@pytest.fixture
async def visit(work: UnitOfWork) -> Visit:
    return await make_visit(work, safe=False)


async def test_nobody_arrives_before_both_were_said(visit: Visit, desk: Desk) -> None:
    with pytest.raises(UserFault) as refused:
        await visit.arrive()
    assert refused.value.code is Code.VISIT_SAFETY_NEEDED
    await desk.answer(visit)
    with pytest.raises(UserFault) as refused:
        await visit.arrive()
    assert refused.value.code is Code.VISIT_LOCATION_NEEDED
    await desk.confirm(visit)
    await visit.arrive()


async def test_a_red_flag_does_not_keep_a_patient_out(visit: Visit, desk: Desk) -> None:
    await desk.answer(visit, "chest_pain")
    await desk.confirm(visit)
    await visit.arrive()


async def test_who_stepped_out_need_not_say_it_again(visit: Visit, desk: Desk) -> None:
    await desk.answer(visit)
    await desk.confirm(visit)
    await visit.arrive()
    await visit.step_out()
    await visit.arrive()


async def test_both_are_in_the_record_for_the_doctor_and_encrypted_in_the_database(
    visit: Visit, desk: Desk, work: UnitOfWork, dsn: str
) -> None:
    await desk.answer(visit, "bleeding")
    await desk.confirm(visit)
    async with work.begin(visit.as_doctor, "read") as ctx:
        entries = await read_entries(ctx, visit.id, 0, 10)
    assert [entry.kind for entry in entries] == ["safety", "location"]
    assert [decode_body(entry.body or b"") for entry in entries] == [
        answer_body(QUESTIONS_VERSION, ["bleeding"]),
        {"country": "CN", "province": "上海市", "city": "上海市", "line": HOME.line, "phone": HOME.phone},
    ]
    everything = repr(
        rows(dsn, "select row_to_json(e)::text from archive_entry e")
        + rows(dsn, "select row_to_json(s)::text from visit_safety s")
        + rows(dsn, "select row_to_json(a)::text from audit_event a")
    )
    assert "世纪大道" not in everything
    assert HOME.phone not in everything
    assert "bleeding" not in everything


async def test_each_leaves_an_audit_line(visit: Visit, desk: Desk, dsn: str) -> None:
    await desk.answer(visit)
    await desk.confirm(visit)
    await desk.read(visit)
    line = ("done", str(visit.patient.id), str(visit.id), str(visit.patient.patient_id))
    assert (
        trail(dsn, "safety.answer") == trail(dsn, "location.confirm") == trail(dsn, "safety.read") == [line]
    )


async def test_the_latest_answer_counts_and_the_earlier_ones_stay(
    visit: Visit, desk: Desk, work: UnitOfWork, clock: Clock
) -> None:
    await desk.answer(visit)
    await desk.confirm(visit)
    await visit.arrive()
    clock.forward(timedelta(minutes=5))
    await desk.answer(visit, "breathing", "stroke")
    said = await desk.read(visit)
    assert said.flags == ("breathing", "stroke")
    assert said.answered_at == clock()
    async with work.begin(visit.as_doctor, "read") as ctx:
        assert await red_flags(ctx, [visit.id]) == {visit.id: ("breathing", "stroke")}
        kinds = [entry.kind for entry in await read_entries(ctx, visit.id, 0, 10)]
    assert kinds.count("safety") == 2
    await desk.answer(visit)
    async with work.begin(visit.as_doctor, "read") as ctx:
        assert await red_flags(ctx, [visit.id]) == {}


async def test_a_resend_adds_nothing(visit: Visit, desk: Desk) -> None:
    message_id = uuid4()
    first = await desk.answer(visit, "stroke", message_id=message_id)
    again = await desk.answer(visit, "stroke", message_id=message_id)
    assert (first.new, again.new) == (True, False)
    assert again.entry == first.entry


async def test_two_answers_in_one_batch_leave_the_later_one(visit: Visit, work: UnitOfWork) -> None:
    said = [
        visit.saying(EntryKind.SAFETY, answer_body(QUESTIONS_VERSION, flags)) for flags in ([], ["stroke"])
    ]
    for outcome in await keep(work, *said):
        kept_one(outcome)
    async with work.begin(visit.as_doctor, "read") as ctx:
        assert await red_flags(ctx, [visit.id]) == {visit.id: ("stroke",)}


async def test_before_anything_was_said_there_is_nothing(visit: Visit, desk: Desk) -> None:
    assert await desk.read(visit) == VisitSafety(
        None, None, None, None, GuardianConsent.NOT_NEEDED, DiagnosisStatement.NOT_NEEDED
    )


async def test_the_location_of_the_last_visit_is_offered_and_not_taken_as_confirmed(
    work: UnitOfWork, desk: Desk, clock: Clock
) -> None:
    patient = await make_patient(work)
    first = await make_visit(work, patient, safe=False)
    await desk.answer(first, "stroke")
    await desk.confirm(first)
    clock.forward(timedelta(days=1))
    second = await make_visit(work, patient, safe=False)
    assert await desk.read(second) == VisitSafety(
        None, None, None, HOME, GuardianConsent.NOT_NEEDED, DiagnosisStatement.NOT_NEEDED
    )
    await desk.confirm(second, AWAY)
    said = await desk.read(second)
    assert (said.located_at, said.location) == (clock(), AWAY)
    # The earlier visit keeps where the patient was then.
    assert (await desk.read(first)).location == HOME


async def test_another_patients_location_is_never_offered(work: UnitOfWork, desk: Desk, visit: Visit) -> None:
    other = await make_visit(work, safe=False)
    await desk.confirm(other)
    assert (await desk.read(visit)).location is None


async def test_a_location_that_was_destroyed_is_not_offered(
    work: UnitOfWork, desk: Desk, clock: Clock, dsn: str
) -> None:
    patient = await make_patient(work)
    first = await make_visit(work, patient, safe=False)
    await desk.confirm(first)
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_key set wrapped = null, destroyed_at = %s where conversation_id = %s",
        clock(),
        str(first.id),
    )
    clock.forward(timedelta(days=1))
    second = await make_visit(work, patient, safe=False)
    assert (await desk.read(second)).location is None


async def test_nobody_but_the_patient_says_or_reads_it(
    visit: Visit, desk: Desk, work: UnitOfWork, dsn: str
) -> None:
    for stranger in (visit.as_doctor, actor_of(await make_patient(work))):
        with pytest.raises(ActionRefused):
            await desk.answer(visit, actor=stranger)
        with pytest.raises(ActionRefused):
            await desk.confirm(visit, actor=stranger)
        with pytest.raises(ActionRefused):
            await desk.read(visit, stranger)
    assert [outcome for outcome, *_ in trail(dsn, "safety.answer")] == ["refused", "refused"]
    assert rows(dsn, "select * from visit_safety") == []


async def test_the_doctor_cannot_say_it_through_the_room_either(visit: Visit, work: UnitOfWork) -> None:
    said = visit.saying(EntryKind.SAFETY, answer_body(QUESTIONS_VERSION, []), actor=visit.as_doctor)
    (outcome,) = await keep(work, said)
    assert isinstance(outcome, Forbidden)


async def test_what_is_not_asked_and_what_is_not_there_are_refused(
    visit: Visit, desk: Desk, work: UnitOfWork
) -> None:
    with pytest.raises(InvalidInput):
        await desk.answer(visit, "headache")
    with pytest.raises(InvalidInput):
        await desk.answer(visit, version="1999")
    nowhere = Visit(work, UUID(int=7), visit.appointment_id, visit.patient, visit.doctor)
    with pytest.raises(NotFound):
        await desk.answer(nowhere)


async def test_nothing_is_said_after_the_visit(visit: Visit, desk: Desk) -> None:
    await desk.answer(visit)
    await desk.confirm(visit)
    await visit.arrive()
    await visit.admit()
    await desk.answer(visit, "allergy")
    await visit.finish()
    with pytest.raises(WrongState) as refused:
        await desk.answer(visit)
    assert refused.value.code is Code.CONVERSATION_CLOSED


async def test_a_flood_is_refused(visit: Visit, desk: Desk) -> None:
    for _ in range(SAID_PER_ACCOUNT):
        wait_s = await desk.throttle.hit(
            f"safety:{visit.patient.id}", limit=SAID_PER_ACCOUNT, window_s=SAID_WINDOW_S
        )
        assert not wait_s
    with pytest.raises(Throttled):
        await desk.answer(visit)


async def test_who_waits_with_a_red_flag_comes_first(work: UnitOfWork, desk: Desk, clock: Clock) -> None:
    doctor = await make_doctor(work)
    visits = []
    for number in range(3):
        starts_at = clock() + timedelta(minutes=30 * number)
        made = await make_visit(work, await make_patient(work), doctor, starts_at, safe=False)
        await desk.answer(made, *(["suicide"] if number == 1 else []))
        await desk.confirm(made)
        visits.append(made)
    for made in visits[:2]:
        await made.arrive()
        clock.forward(timedelta(minutes=1))
    async with work.begin(visits[0].as_doctor, "queue") as ctx:
        queue = await doctor_queue(ctx, clock() - timedelta(hours=1), clock() + timedelta(hours=5))
        flags = await red_flags(ctx, [item.id for item in queue])
    assert flags == {visits[1].id: ("suicide",)}
    first, second, third = visits
    assert [item.id for item in queue] == [first.id, second.id, third.id]
    assert [item.id for item in urgent_first(queue, flags)] == [second.id, first.id, third.id]
