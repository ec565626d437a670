"""Accounts: making, listing, disabling and enabling them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.accounts import (
    NewAccount,
    create_account,
    demo_accounts,
    disable_account,
    enable_account,
    list_accounts,
)
from actions.context import ActionRefused, Context, UnitOfWork
from domain.accounts import SYSTEM, Account, Role, actor_of
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound
from domain.ids import AccountId
from storage.pool import Database
from tests.conftest import Clock
from tests.people import (
    PASSWORD_HASH,
    Maker,
    make_account,
    make_admin,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import rows, trail

PATIENT = NewAccount("li.lan", PASSWORD_HASH, Role.PATIENT, "李晓兰", birth_date=date(1988, 5, 17))
DOCTOR = NewAccount("wang", PASSWORD_HASH, Role.DOCTOR, "王建国", title="主任医师", specialty="心内科")


async def test_a_patient_account_is_a_patient(work: UnitOfWork, dsn: str) -> None:
    account = await make_account(work, replace(PATIENT, email="li@example.org", locale="en"))
    assert (account.login, account.role, account.display_name) == ("li.lan", Role.PATIENT, "李晓兰")
    assert (account.locale, account.email, account.demo) == ("en", "li@example.org", False)
    assert account.disabled_at is None
    assert account.practitioner_id is None
    assert rows(dsn, "select id::text, account_id::text, name, birth_date from patient") == [
        (str(account.patient_id), str(account.id), "李晓兰", date(1988, 5, 17))
    ]


async def test_doctors_and_pharmacists_are_practitioners(work: UnitOfWork, dsn: str) -> None:
    doctor = await make_doctor(work)
    pharmacist = await make_pharmacist(work)
    found = rows(dsn, "select id::text, title, specialty from practitioner order by number")
    assert found == [
        (str(doctor.practitioner_id), "主任医师", "心内科"),
        (str(pharmacist.practitioner_id), "药师", "药学"),
    ]
    assert doctor.patient_id is None


async def test_auditors_and_administrators_are_neither(work: UnitOfWork, dsn: str) -> None:
    for account in (await make_auditor(work), await make_admin(work)):
        assert (account.patient_id, account.practitioner_id) == (None, None)
    assert rows(dsn, "select id from patient union all select id from practitioner") == []


async def test_texts_are_tidied_and_the_login_gets_its_one_spelling(work: UnitOfWork) -> None:
    account = await make_account(
        work, replace(DOCTOR, login=" Wang ", display_name="  王建国 ", email="  ", title=" 主任医师 ")
    )
    assert (account.login, account.display_name, account.email) == ("wang", "王建国", None)


async def test_an_administrator_makes_accounts_and_the_trail_says_so(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "request-1") as ctx:
        account = await create_account(ctx, PATIENT)
    assert trail(dsn, "account.create")[-1] == (
        "done",
        str(admin.id),
        str(account.id),
        str(account.patient_id),
    )
    [(request_id, detail)] = rows(
        dsn, "select request_id, detail::text from audit_event where actor_id is not null"
    )
    assert request_id == "request-1"
    assert "李" not in detail
    assert "argon2" not in detail


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
async def test_nobody_else_makes_accounts(work: UnitOfWork, dsn: str, maker: Maker) -> None:
    account = await maker(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(account), "test") as ctx:
            await create_account(ctx, PATIENT)
    assert rows(dsn, "select id from account where login = 'li.lan'") == []
    assert trail(dsn, "account.create")[-1] == ("refused", str(account.id), None, None)


async def test_a_login_is_taken_in_any_spelling(work: UnitOfWork, dsn: str) -> None:
    await make_account(work, PATIENT)
    with pytest.raises(Conflict) as refusal:
        await make_account(work, replace(DOCTOR, login="LI.Lan"))
    assert refusal.value.code is Code.ACCOUNT_LOGIN_TAKEN
    assert rows(dsn, "select count(*) from account") == [(1,)]
    assert len(trail(dsn, "account.create")) == 1


async def test_of_two_at_once_one_gets_the_login(work: UnitOfWork, dsn: str) -> None:
    outcomes = await asyncio.gather(*(make_account(work, PATIENT) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
    assert rows(dsn, "select count(*) from patient") == [(1,)]


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (replace(PATIENT, birth_date=None), {"birth_date": FieldFault.MISSING}),
        (replace(PATIENT, title="主任医师"), {"title": FieldFault.NOT_EXPECTED}),
        (
            replace(DOCTOR, title=None, specialty="  "),
            {"title": FieldFault.MISSING, "specialty": FieldFault.MISSING},
        ),
        (replace(DOCTOR, birth_date=date(1970, 1, 1)), {"birth_date": FieldFault.NOT_EXPECTED}),
        (replace(PATIENT, birth_date=date(2026, 11, 25)), {"birth_date": FieldFault.IN_THE_FUTURE}),
        (replace(PATIENT, birth_date=date(1880, 1, 1)), {"birth_date": FieldFault.IN_THE_PAST}),
        (replace(PATIENT, email="nobody"), {"email": FieldFault.BAD_FORMAT}),
        (replace(PATIENT, email="a@b\r\nBcc: c@d"), {"email": FieldFault.BAD_FORMAT}),
        (replace(PATIENT, display_name="x" * 121), {"display_name": FieldFault.TOO_LONG}),
        (replace(PATIENT, display_name="a\x00b"), {"display_name": FieldFault.BAD_FORMAT}),
        (
            NewAccount("!", PASSWORD_HASH, Role.PHARMACIST, " ", locale="fr", specialty="x" * 121),
            {
                "login": FieldFault.BAD_FORMAT,
                "display_name": FieldFault.MISSING,
                "locale": FieldFault.NOT_A_CHOICE,
                "title": FieldFault.MISSING,
                "specialty": FieldFault.TOO_LONG,
            },
        ),
    ],
)
async def test_all_wrong_fields_are_named_at_once(
    work: UnitOfWork, dsn: str, new: NewAccount, fields: dict[str, FieldFault]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await make_account(work, new)
    assert refusal.value.fields == fields
    assert rows(dsn, "select id from account") == []


async def test_a_child_born_today_east_of_greenwich_is_not_from_the_future(
    work: UnitOfWork, clock: Clock
) -> None:
    tomorrow = clock.at.date() + timedelta(days=1)
    assert (await make_account(work, replace(PATIENT, birth_date=tomorrow))).patient_id is not None


async def test_the_administration_sees_all_accounts_and_each_patient_a_line(
    work: UnitOfWork, dsn: str
) -> None:
    admin = await make_admin(work, login="a.admin")
    doctor = await make_doctor(work, login="b.doctor")
    patients = [await make_patient(work, login=login) for login in ("c.patient", "d.patient")]
    async with work.begin(actor_of(admin), "test") as ctx:
        assert await list_accounts(ctx, None, None, None, 50) == ([admin, doctor, *patients], False)
    assert trail(dsn, "account.list") == [
        ("done", str(admin.id), None, str(patient.patient_id)) for patient in patients
    ]


async def test_accounts_come_in_pages_and_by_role_and_part_of_name_or_login(
    work: UnitOfWork, dsn: str
) -> None:
    admin = await make_admin(work, "Zoe", login="a.admin")
    doctor = await make_doctor(work, "Bert", login="b.doctor")
    first, second = [await make_patient(work, name, login=f"{name}.p") for name in ("cai", "dora")]
    pages = {
        (None, None, None, 2): ([admin, doctor], True),
        (None, None, "b.doctor", 2): ([first, second], False),
        (None, Role.PATIENT, None, 1): ([first], True),
        ("BERT", None, None, 5): ([doctor], False),
        ("a.ADM", None, None, 5): ([admin], False),
        ("_", None, None, 5): ([], False),
    }
    for (part, role, after, limit), page in pages.items():
        async with work.begin(actor_of(admin), "test") as ctx:
            assert await list_accounts(ctx, part, role, after, limit) == page
    read = [line[3] for line in trail(dsn, "account.list") if line[3] is not None]
    assert read == [str(one.patient_id) for one in (first, second, first)]


async def test_a_list_without_patients_still_leaves_a_line(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "test") as ctx:
        await list_accounts(ctx, None, None, None, 50)
    assert trail(dsn, "account.list") == [("done", str(admin.id), None, None)]


async def test_an_account_is_disabled_and_enabled_again(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    admin, patient = await make_admin(work), await make_patient(work)
    async with work.begin(actor_of(admin), "test") as ctx:
        disabled = await disable_account(ctx, patient.id)
    assert disabled == replace(patient, disabled_at=clock.at)
    async with work.begin(actor_of(admin), "test") as ctx:
        assert await enable_account(ctx, patient.id) == patient
    for action in ("account.disable", "account.enable"):
        assert trail(dsn, action) == [("done", str(admin.id), str(patient.id), str(patient.patient_id))]


async def test_disabling_and_enabling_twice_change_nothing_more(work: UnitOfWork, clock: Clock) -> None:
    admin, patient = await make_admin(work), await make_patient(work)
    first = clock.at
    for _ in range(2):
        async with work.begin(actor_of(admin), "test") as ctx:
            assert (await disable_account(ctx, patient.id)).disabled_at == first
        clock.forward(timedelta(hours=1))
    for _ in range(2):
        async with work.begin(actor_of(admin), "test") as ctx:
            assert (await enable_account(ctx, patient.id)).disabled_at is None


async def test_administrators_cannot_disable_themselves(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(admin), "test") as ctx:
            await disable_account(ctx, admin.id)
    assert rows(dsn, "select disabled_at from account") == [(None,)]
    assert trail(dsn, "account.disable") == [("refused", str(admin.id), str(admin.id), None)]


@pytest.mark.parametrize("change", [disable_account, enable_account])
async def test_an_account_that_is_not_there_cannot_be_changed(
    work: UnitOfWork, clock: Clock, change: Callable[[Context, AccountId], Awaitable[Account]]
) -> None:
    admin = await make_admin(work)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(admin), "test") as ctx:
            await change(ctx, AccountId(ctx.new_id()))


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
async def test_nobody_else_lists_disables_or_enables(work: UnitOfWork, dsn: str, maker: Maker) -> None:
    account, other = await maker(work), await make_patient(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(account), "test") as ctx:
            await list_accounts(ctx, None, None, None, 50)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(account), "test") as ctx:
            await disable_account(ctx, other.id)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(account), "test") as ctx:
            await enable_account(ctx, other.id)
    for action in ("account.list", "account.disable", "account.enable"):
        assert trail(dsn, action) == [("refused", str(account.id), None, None)]


async def test_demo_accounts_are_found_by_themselves(work: UnitOfWork, database: Database) -> None:
    await make_patient(work)
    demo = await make_account(work, replace(PATIENT, demo=True))
    async with database.transaction() as tx:
        assert await demo_accounts(tx) == [demo]


async def test_the_password_hash_stays_inside(work: UnitOfWork) -> None:
    assert PASSWORD_HASH not in repr(await make_patient(work))


async def test_the_hospital_itself_may_not_disable(work: UnitOfWork) -> None:
    patient = await make_patient(work)
    with pytest.raises(ActionRefused):
        async with work.begin(SYSTEM, "test") as ctx:
            await disable_account(ctx, patient.id)
