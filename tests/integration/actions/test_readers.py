"""Who has read my record: what a patient is shown of the audit trail, and what not."""

from datetime import timedelta

import pytest

from actions.archive_reading import read_record
from actions.context import ActionRefused, UnitOfWork
from actions.conversation import read_entries
from actions.readers import AccessPage, read_accesses
from domain.accounts import Account, Role, actor_of
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_auditor, make_doctor, make_patient
from tests.rows import trail


async def reads(work: UnitOfWork, visit: Visit, who: Account) -> None:
    async with work.begin(actor_of(who), "read") as ctx:
        await read_entries(ctx, visit.id, 0, 10)


async def page(work: UnitOfWork, who: Account, before: int | None = None, limit: int = 20) -> AccessPage:
    async with work.begin(actor_of(who), "readers") as ctx:
        return await read_accesses(ctx, before, limit)


async def test_others_are_listed_by_name_and_role_the_newest_first_and_oneself_is_not(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await make_visit(work)
    auditor = await make_auditor(work, "钱立")
    await reads(work, visit, visit.patient)
    await reads(work, visit, visit.doctor)
    clock.forward(timedelta(minutes=3))
    async with work.begin(actor_of(auditor), "read") as ctx:
        await read_record(ctx, visit.id)
    found = (await page(work, visit.patient)).accesses
    assert [(item.actor_name, item.actor_role, item.action) for item in found[:2]] == [
        ("钱立", Role.AUDITOR, "archive.read"),
        ("王建国", Role.DOCTOR, "chat.read"),
    ]
    assert found[0].last_at == clock()
    assert found[0].visit_at == clock() - timedelta(minutes=3)
    # Making the account and booking were the hospital's own doing.
    assert (found[-1].actor_name, found[-1].actor_role) == (None, None)
    assert visit.patient.id not in {item.actor_id for item in found}


async def test_people_are_asked_for_apart_from_the_hospitals_computer(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await reads(work, visit, visit.doctor)
    async with work.begin(actor_of(visit.patient), "readers") as ctx:
        people = (await read_accesses(ctx, None, 20, people=True)).accesses
        system = (await read_accesses(ctx, None, 20, people=False)).accesses
    assert {item.actor_name for item in people} == {"王建国"}
    assert {item.actor_role for item in system} == {None}
    everything = (await page(work, visit.patient)).accesses
    assert sum(item.times for item in everything) == sum(item.times for item in (*people, *system))


async def test_a_refused_attempt_is_shown_as_refused(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    stranger = await make_doctor(work, "不相干")
    with pytest.raises(ActionRefused):
        await reads(work, visit, stranger)
    first = (await page(work, visit.patient)).accesses[0]
    assert (first.actor_name, first.outcome) == ("不相干", "refused")


async def test_repeated_reading_is_one_access(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    for _ in range(5):
        await reads(work, visit, visit.doctor)
    first = (await page(work, visit.patient)).accesses[0]
    assert (first.action, first.times) == ("chat.read", 5)


async def test_pages_join_without_gap_or_repetition(work: UnitOfWork, clock: Clock) -> None:
    visit = await make_visit(work)
    for _ in range(5):
        clock.forward(timedelta(hours=2))
        await reads(work, visit, visit.doctor)
        await reads(work, visit, visit.doctor)
    whole = (await page(work, visit.patient)).accesses
    assert len(whole) == 7
    found, before = [], None
    while True:
        some = await page(work, visit.patient, before, 2)
        found += some.accesses
        before = some.next_before
        if before is None:
            break
        assert len(some.accesses) == 2
    assert len(some.accesses) == 1
    assert found == whole


async def test_nobody_elses_data_is_in_it(work: UnitOfWork) -> None:
    visit, other = await make_visit(work), await make_visit(work)
    await reads(work, other, other.doctor)
    assert {item.action for item in (await page(work, visit.patient)).accesses} == {
        "account.create",
        "appointment.create",
    }


async def test_reading_the_list_is_audited(work: UnitOfWork, dsn: str) -> None:
    patient = await make_patient(work)
    assert [item.action for item in (await page(work, patient)).accesses] == ["account.create"]
    assert trail(dsn, "readers.read") == [("done", str(patient.id), None, str(patient.patient_id))]


async def test_only_patients_have_such_a_list(work: UnitOfWork) -> None:
    with pytest.raises(ActionRefused):
        await page(work, await make_doctor(work))


async def test_two_people_of_one_name_are_told_apart_and_one_person_is_the_same_every_time(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await make_visit(work)
    one, other = await make_auditor(work, "钱立"), await make_auditor(work, "钱立")
    for who in (one, other, one):
        clock.forward(timedelta(minutes=1))
        async with work.begin(actor_of(who), "read") as ctx:
            await read_record(ctx, visit.id)
    found = (await page(work, visit.patient)).accesses
    first, second, third = (item.actor for item in found[:3])
    assert first == third != second
    assert None not in (first, second) and str(one.id) not in (first, second)
    assert found[-1].actor is None, "the hospital itself"
