"""Correcting name and birth date: a member's too, kept as they were, not once a doctor has begun."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg2 import DatabaseError

from actions import family
from actions.context import ActionRefused, UnitOfWork
from actions.identity import own_identity, submit_identity
from actions.own_details import correct_details
from domain.accounts import Account, actor_of
from domain.errors import Code, Conflict, FieldFault, InvalidInput
from domain.family import FamilyMember, Gender, NewMember, Relationship
from domain.identity import DocumentKind
from tests.integration.actions.visits import make_visit
from tests.people import make_patient
from tests.rows import execute, rows, trail

_ZONE = ZoneInfo("Asia/Shanghai")
_BORN = date(1988, 5, 17)


async def _child(work: UnitOfWork, born: date = date(2020, 5, 1)) -> tuple[Account, FamilyMember]:
    guardian = await make_patient(work)
    async with work.begin(actor_of(guardian), "add") as ctx:
        new = NewMember("李小宝", born, Gender.MALE, Relationship.PARENT, declared=True)
        return guardian, await family.add_member(ctx, new, _ZONE)


async def _correct(
    work: UnitOfWork, who: Account, name: str, born: date, patient_id: UUID | None = None
) -> None:
    async with work.begin(actor_of(who), "correct") as ctx:
        await correct_details(ctx, name, born, _ZONE, patient_id)


async def test_a_guardian_corrects_a_child_whose_right_then_ends_by_the_new_date(
    work: UnitOfWork, dsn: str
) -> None:
    guardian, child = await _child(work)
    submission = (DocumentKind.RESIDENT_ID, "110105202005110048", child.patient_id)
    async with work.begin(actor_of(guardian), "submit") as ctx:
        with pytest.raises(InvalidInput):
            await submit_identity(ctx, *submission)
        assert (await own_identity(ctx, child.patient_id))[2] is True
    await _correct(work, guardian, " 李小贝 ", date(2020, 5, 11), child.patient_id)
    assert rows(dsn, "select name, birth_date from patient where account_id is null") == [
        ("李小贝", date(2020, 5, 11))
    ]
    ends_at = datetime(2038, 5, 11, tzinfo=_ZONE)
    assert rows(dsn, "select ends_at from related_person") == [(ends_at,)]
    kept = "select patient_id::text, name, birth_date, corrected_by::text from patient_correction"
    assert rows(dsn, kept) == [(str(child.patient_id), "李小宝", date(2020, 5, 1), str(guardian.id))]
    assert rows(dsn, "select display_name from account") == [("李晓兰",)], "the guardian keeps the own name"
    (line,) = trail(dsn, "patient.correct")
    assert str(child.patient_id) in line
    async with work.begin(actor_of(guardian), "submit") as ctx:
        await submit_identity(ctx, *submission)
    with pytest.raises(Conflict) as refused:
        await _correct(work, guardian, "李小宝", date(2020, 5, 1), child.patient_id)
    assert refused.value.code is Code.IDENTITY_SUBMITTED


@pytest.mark.parametrize(
    ("name", "born", "fault"),
    [
        ("李小宝", date(1990, 5, 1), {"birth_date": FieldFault.INVALID}),
        (" ", date(2030, 5, 1), {"name": FieldFault.MISSING, "birth_date": FieldFault.IN_THE_FUTURE}),
    ],
    ids=["an adult", "two faults"],
)
async def test_no_date_makes_an_adult_of_a_child(
    work: UnitOfWork, dsn: str, name: str, born: date, fault: dict[str, FieldFault]
) -> None:
    guardian, child = await _child(work)
    with pytest.raises(InvalidInput) as refused:
        await _correct(work, guardian, name, born, child.patient_id)
    assert refused.value.fields == fault
    assert rows(dsn, "select count(*) from patient_correction") == [(0,)]


async def test_somebody_elses_child_is_not_corrected(work: UnitOfWork) -> None:
    _, child = await _child(work)
    with pytest.raises(ActionRefused):
        await _correct(work, await make_patient(work), "李小宝", date(2020, 5, 2), child.patient_id)


async def test_once_a_doctor_has_begun_a_visit_nothing_is_corrected(work: UnitOfWork, dsn: str) -> None:
    patient = await make_patient(work)
    visit = await make_visit(work, patient)
    await visit.arrive()
    await _correct(work, patient, "李晓岚", _BORN)
    await visit.admit()
    for name, born in (("完全别人", _BORN), ("李晓岚", date(1950, 1, 1))):
        with pytest.raises(Conflict) as refused:
            await _correct(work, patient, name, born)
        assert refused.value.code is Code.PATIENT_SEEN
    await visit.finish()
    with pytest.raises(Conflict):
        await _correct(work, patient, "完全别人", _BORN)
    await _correct(work, patient, "李晓岚", _BORN)
    assert rows(dsn, "select name from patient_correction") == [("李晓兰",)]
    async with work.begin(actor_of(patient), "read") as ctx:
        assert (await own_identity(ctx))[2] is False


async def test_what_was_corrected_is_never_changed(work: UnitOfWork, dsn: str) -> None:
    await _correct(work, await make_patient(work), "李晓岚", _BORN)
    for change in ("update patient_correction set name = 'x'", "delete from patient_correction"):
        with pytest.raises(DatabaseError):
            execute(dsn, change)
