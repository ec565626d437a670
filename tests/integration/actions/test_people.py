"""People to choose from: who is in the lists, and who may see them."""

from datetime import date

import pytest

from actions.accounts import disable_account
from actions.context import ActionRefused, UnitOfWork
from actions.people import list_patients, list_practitioners
from domain.accounts import Account, actor_of
from domain.people import Patient, Practitioner
from tests.people import (
    Maker,
    make_admin,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import trail


async def patients(work: UnitOfWork, actor: Account) -> list[Patient]:
    async with work.begin(actor_of(actor), "test") as ctx:
        found, more = await list_patients(ctx, None, None, 50)
        assert not more
        return found


async def practitioners(work: UnitOfWork, actor: Account) -> list[Practitioner]:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await list_practitioners(ctx)


async def disable(work: UnitOfWork, account: Account) -> None:
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "test") as ctx:
        await disable_account(ctx, account.id)


async def test_the_administration_chooses_a_patient_and_each_shown_gets_a_line(
    work: UnitOfWork, dsn: str
) -> None:
    admin = await make_admin(work)
    second, first = await make_patient(work, "b"), await make_patient(work, "a")
    await make_doctor(work)
    await disable(work, await make_patient(work, "c"))
    assert await patients(work, admin) == [
        Patient(account.patient_id, account.display_name, date(1988, 5, 17))
        for account in (first, second)
        if account.patient_id is not None
    ]
    assert trail(dsn, "patient.list") == [
        ("done", str(admin.id), None, str(account.patient_id)) for account in (first, second)
    ]


async def test_patients_come_in_pages_that_follow_each_other_and_only_the_shown_get_a_line(
    work: UnitOfWork, dsn: str
) -> None:
    admin = await make_admin(work)
    made = [await make_patient(work, name) for name in ("Ann", "bert", "bert", "Cai", "dora")]
    seen: list[Patient] = []
    after, more = None, True
    while more:
        async with work.begin(actor_of(admin), "test") as ctx:
            page, more = await list_patients(ctx, None, after, 2)
        assert len(trail(dsn, "patient.list")) == len(seen) + len(page)
        seen += page
        after = (page[-1].name, page[-1].id)
    assert {one.id for one in seen} == {one.patient_id for one in made}
    assert len(seen) == 5
    assert [one.name for one in seen] == sorted(one.name for one in seen)


async def test_a_part_of_the_name_finds_patients_in_any_case(work: UnitOfWork) -> None:
    admin = await make_admin(work)
    for name in ("Ann", "Bert", "100%_"):
        await make_patient(work, name)
    for part, names in {"N": ["Ann"], "ER": ["Bert"], "%": ["100%_"], "nobody": []}.items():
        async with work.begin(actor_of(admin), "test") as ctx:
            found, more = await list_patients(ctx, part, None, 50)
        assert ([one.name for one in found], more) == (names, False)


async def test_doctors_are_listed_and_pharmacists_are_not(work: UnitOfWork, dsn: str) -> None:
    admin, doctor = await make_admin(work), await make_doctor(work)
    await make_pharmacist(work)
    assert doctor.practitioner_id is not None
    assert await practitioners(work, admin) == [
        Practitioner(doctor.practitioner_id, "王建国", "主任医师", "心内科")
    ]
    assert trail(dsn, "practitioner.list") == [("done", str(admin.id), None, None)]


async def test_a_doctor_who_left_can_be_looked_for_but_not_booked(work: UnitOfWork) -> None:
    gone = await make_doctor(work)
    await disable(work, gone)
    assert await practitioners(work, await make_admin(work)) == []
    assert [doctor.id for doctor in await practitioners(work, await make_auditor(work))] == [
        gone.practitioner_id
    ]


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
async def test_nobody_else_sees_the_patients(work: UnitOfWork, dsn: str, maker: Maker) -> None:
    actor = await maker(work)
    with pytest.raises(ActionRefused):
        await patients(work, actor)
    assert trail(dsn, "patient.list") == [("refused", str(actor.id), None, None)]


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist])
async def test_nobody_else_sees_the_practitioners(work: UnitOfWork, maker: Maker) -> None:
    actor = await maker(work)
    with pytest.raises(ActionRefused):
        await practitioners(work, actor)
