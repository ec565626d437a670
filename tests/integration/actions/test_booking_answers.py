"""What is said before a time is booked: asked once, checked at once, and kept without asking again."""

import os
from datetime import timedelta

import pytest

from actions import booking, booking_answers
from actions.consultations import arrive
from actions.context import ActionRefused, Context, UnitOfWork
from actions.diagnosis import read_diagnosis
from actions.safety import DiagnosisStatement, read_safety
from actions.visit_patient import read_patient
from chat_archive.data_keys import KeyRing
from domain.accounts import Account, actor_of
from domain.appointment import AppointmentState
from domain.booking import Answers, AnswersNeeded, Booking
from domain.diagnosis import DiagnosisBasis, KnownDiagnosis
from domain.errors import Code, FieldFault, InvalidInput, UserFault, WrongState
from domain.facts import EntryKind, decode_body
from domain.ids import AppointmentId, ConsultationId
from domain.safety import QUESTIONS_VERSION
from storage import safety
from storage.pool import Database
from tests.bookable import make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.listed import DAY, freed, full_doctor, joined, own_places, ticked
from tests.integration.actions.paying import NINE
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_doctor, make_patient
from tests.rows import execute, rows, trail

_SEEN = Answers(QUESTIONS_VERSION, DiagnosisBasis.EARLIER_VISIT)
_DOCUMENTS = Answers(QUESTIONS_VERSION, DiagnosisBasis.DOCUMENTS)
_NOTHING = Answers(QUESTIONS_VERSION, DiagnosisBasis.NONE)


async def _book(work: UnitOfWork, patient: Account, doctor: Account, said: Answers) -> Booking:
    async with work.begin(actor_of(patient), "book") as ctx:
        held = await booking.hold(ctx, practitioner_of(doctor), NINE, said=said)
        return await booking.confirm_own(ctx, held.id)


async def _note_safe(ctx: Context, visit: ConsultationId) -> None:
    """Have the patient count as somebody who answered and confirmed."""
    marked = (EntryKind.SAFETY, EntryKind.LOCATION)
    await safety.mark(ctx.tx, [safety.Mark(visit, 1, ctx.now, kind, False) for kind in marked])


async def _seen(work: UnitOfWork, patient: Account) -> None:
    before = await make_visit(work, patient)
    await before.arrive()
    await before.admit()
    await before.finish()


@pytest.fixture
async def doctor(work: UnitOfWork) -> Account:
    found = await make_bookable(work)
    await make_free(work, found)
    return found


async def test_who_was_never_seen_here_hears_so_at_once(work: UnitOfWork, doctor: Account, dsn: str) -> None:
    patient = await make_patient(work)
    with pytest.raises(InvalidInput) as refused:
        await _book(work, patient, doctor, _SEEN)
    assert refused.value.fields == {"diagnosis": FieldFault.INVALID}
    assert rows(dsn, "select id from appointment") == [], "and nothing is held"
    await _seen(work, patient)
    async with work.begin(actor_of(patient), "hold") as ctx:
        first = await booking.hold(ctx, practitioner_of(doctor), NINE, said=_NOTHING)
        again = await booking.hold(ctx, practitioner_of(doctor), NINE, said=_DOCUMENTS)
    assert (again.id, again.diagnosis) == (first.id, DiagnosisBasis.DOCUMENTS), "the last answer counts"
    assert (await _book(work, patient, doctor, _SEEN)).diagnosis is DiagnosisBasis.EARLIER_VISIT
    assert len(trail(dsn, "booking.answer")) == 2
    with pytest.raises(InvalidInput):
        await _book(work, await make_patient(work), doctor, _SEEN)


async def test_what_was_said_at_booking_goes_into_the_record_when_the_patient_comes(
    work: UnitOfWork, doctor: Account, database: Database, keys: KeyRing, clock: Clock, dsn: str
) -> None:
    patient = await make_patient(work)
    await _seen(work, patient)
    work = UnitOfWork(database, clock, os.urandom, keys, diagnosis_required=True)
    visit = (await _book(work, patient, doctor, _SEEN)).consultation_id
    assert visit is not None
    async with work.begin(actor_of(patient), "read") as ctx:
        known = await read_diagnosis(ctx, visit)
        assert (await read_safety(ctx, visit)).diagnosis is DiagnosisStatement.GIVEN
    assert known == KnownDiagnosis(DiagnosisBasis.EARLIER_VISIT, 0, 1, stated=False)
    assert known.complete
    clock.at = NINE - timedelta(minutes=30)
    async with work.begin(actor_of(patient), "arrive") as ctx:
        await _note_safe(ctx, visit)
        moved = await arrive(ctx, visit)
    assert moved.said is not None and moved.said.kind == EntryKind.DIAGNOSIS.value
    assert moved.said.author == str(patient.id)
    assert decode_body(moved.said.body or b"") == {
        "basis": "earlier_visit",
        "documents": 0,
        "earlier_visits": 1,
    }
    assert moved.entry.seq == moved.said.seq + 1
    assert [line[0] for line in trail(dsn, "diagnosis.state")] == ["done"]
    async with work.begin(actor_of(doctor), "read") as ctx:
        assert (await read_patient(ctx, visit)).diagnosis.stated


async def test_announced_documents_are_asked_for_until_they_are_there(
    database: Database, keys: KeyRing, clock: Clock
) -> None:
    work = UnitOfWork(database, clock, os.urandom, keys, diagnosis_required=True)
    doctor, patient = await make_bookable(work), await make_patient(work)
    await make_free(work, doctor)
    visit = (await _book(work, patient, doctor, _DOCUMENTS)).consultation_id
    assert visit is not None
    clock.at = NINE - timedelta(minutes=30)
    async with work.begin(actor_of(patient), "read") as ctx:
        await _note_safe(ctx, visit)
        assert not (await read_diagnosis(ctx, visit)).complete
        assert (await read_safety(ctx, visit)).diagnosis is DiagnosisStatement.NEEDED
    with pytest.raises(UserFault) as refused:
        async with work.begin(actor_of(patient), "arrive") as ctx:
            await arrive(ctx, visit)
    assert refused.value.code is Code.VISIT_DIAGNOSIS_NEEDED


async def test_a_visit_that_goes_on_counts_for_the_follow_up_proposed_in_it(
    work: UnitOfWork, doctor: Account
) -> None:
    patient = await make_patient(work)
    now = await make_visit(work, patient)
    await now.arrive()
    with pytest.raises(InvalidInput):
        await _book(work, patient, doctor, _SEEN)
    await now.admit()
    assert (await _book(work, patient, doctor, _SEEN)).state is AppointmentState.BOOKED


async def test_a_seat_from_the_waitlist_is_booked_by_who_answered_what_everyone_is_asked(
    work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    doctor = await full_doctor(work, clock)
    patient, other = await make_patient(work), await make_patient(work)
    await joined(work, patient, doctor, None, NINE + 10 * DAY)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, patient)
    hold = AppointmentId(offered.appointment_id or patient.id)
    async with work.begin(actor_of(patient), "read") as ctx:
        assert (await booking.read_booking(ctx, hold)).answers_needed
    with pytest.raises(AnswersNeeded):
        async with work.begin(actor_of(patient), "confirm") as ctx:
            await booking.confirm_own(ctx, hold)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "answer") as ctx:
            await booking_answers.answer(ctx, hold, _NOTHING)
    with pytest.raises(InvalidInput) as wrong:
        async with work.begin(actor_of(patient), "answer") as ctx:
            await booking_answers.answer(ctx, hold, Answers("2019-1", DiagnosisBasis.EARLIER_VISIT))
    assert wrong.value.fields == {"red_flags": FieldFault.NOT_A_CHOICE, "diagnosis": FieldFault.INVALID}
    async with work.begin(actor_of(patient), "answer") as ctx:
        assert not (await booking_answers.answer(ctx, hold, _DOCUMENTS)).answers_needed
        booked = await booking.confirm_own(ctx, hold)
    assert (booked.state, booked.diagnosis) == (AppointmentState.BOOKED, DiagnosisBasis.DOCUMENTS)
    with pytest.raises(WrongState):
        async with work.begin(actor_of(patient), "answer") as ctx:
            await booking_answers.answer(ctx, hold, _NOTHING)
    assert [line[0] for line in trail(dsn, "booking.answer")] == ["refused", "done"]


async def test_the_doctor_alone_sees_who_the_patient_is_and_it_leaves_a_line(
    work: UnitOfWork, doctor: Account, dsn: str
) -> None:
    patient = await make_patient(work)
    before = await make_visit(work, patient)
    await before.arrive()
    await before.admit()
    await before.finish()
    visit = (await _book(work, patient, doctor, _SEEN)).consultation_id
    assert visit is not None
    async with work.begin(actor_of(doctor), "read") as ctx:
        found = await read_patient(ctx, visit)
    assert (found.person.name, found.person.verified, found.person.gender) == (
        patient.display_name,
        False,
        None,
    )
    assert [one.consultation_id for one in found.earlier] == [before.id]
    assert found.diagnosis == KnownDiagnosis(DiagnosisBasis.EARLIER_VISIT, 0, 1, stated=False)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(await make_doctor(work)), "read") as ctx:
            await read_patient(ctx, visit)
    assert [(line[0], line[3]) for line in trail(dsn, "patient.read")] == [
        ("done", str(patient.patient_id)),
        ("refused", str(patient.patient_id)),
    ]


async def test_a_seat_from_the_waitlist_is_not_booked_unanswered_once_its_offer_is_over(
    work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    doctor, patient = await full_doctor(work, clock), await make_patient(work)
    await joined(work, patient, doctor, None, NINE + 10 * DAY)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, patient)
    hold = AppointmentId(offered.appointment_id or patient.id)
    clock.forward(timedelta(minutes=31))
    await booking.tick(work, "tick")
    with pytest.raises(AnswersNeeded):
        async with work.begin(actor_of(patient), "confirm") as ctx:
            await booking.confirm_own(ctx, hold)
    assert rows(dsn, "select state from appointment where id = %s", str(hold)) == [("expired",)]


async def test_the_same_answer_again_writes_nothing(work: UnitOfWork, doctor: Account, dsn: str) -> None:
    patient = await make_patient(work)
    async with work.begin(actor_of(patient), "hold") as ctx:
        held = await booking.hold(ctx, practitioner_of(doctor), NINE, said=_NOTHING)
    for said in (_NOTHING, _DOCUMENTS, _DOCUMENTS, _DOCUMENTS):
        async with work.begin(actor_of(patient), "answer") as ctx:
            assert (await booking_answers.answer(ctx, held.id, said)).answers == said
    assert len(trail(dsn, "booking.answer")) == 1


async def _gone_through(visit: Visit) -> Visit:
    await visit.arrive()
    await visit.admit()
    await visit.finish()
    return visit


async def test_a_doctor_sees_no_visit_with_others_that_came_later(work: UnitOfWork, clock: Clock) -> None:
    patient = await make_patient(work)
    first = await _gone_through(await make_visit(work, patient))
    clock.forward(400 * DAY)
    later = await _gone_through(await make_visit(work, patient, await make_doctor(work, specialty="精神科")))
    found = {}
    for visit in (first, later):
        async with work.begin(visit.as_doctor, "read") as ctx:
            found[visit.id] = await read_patient(ctx, visit.id)
    assert (found[first.id].earlier, found[first.id].diagnosis.earlier_visits) == ([], 0)
    assert [one.consultation_id for one in found[later.id].earlier] == [first.id]
    assert found[later.id].diagnosis.earlier_visits == 1


async def test_of_a_cancelled_visit_its_doctor_sees_nothing_of_others(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    patient = await make_patient(work)
    await _gone_through(await make_visit(work, patient))
    visit = await make_visit(work, patient, starts_at=clock.at + 3 * DAY)
    cancel = "update consultation set state = 'cancelled', ended_at = %s where id = %s"
    execute(dsn, cancel, clock.at, str(visit.id))
    execute(dsn, "update appointment set state = 'cancelled' where id = %s", str(visit.appointment_id))
    async with work.begin(visit.as_doctor, "read") as ctx:
        found = await read_patient(ctx, visit.id)
    assert (found.person.name, found.earlier) == (patient.display_name, [])
    assert found.diagnosis == KnownDiagnosis(None, 0, 0, stated=False)
