from datetime import timedelta

import pytest

from actions import second_factor
from actions.accounts import demo_accounts
from actions.appointments import any_appointments
from actions.archive_reading import read_record, search, verify
from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from domain.accounts import ACCOUNT_ROLES, Account, Actor, Role
from domain.appointment import Appointment
from domain.consultation import ConsultationState
from server import demo
from server.refusal import Refusal
from storage.pool import Database
from tests.conftest import Clock
from tests.people import CHEAP, make_admin


@pytest.fixture
def passwords() -> PasswordHasher:
    return PasswordHasher(cost=CHEAP)


async def people(work: UnitOfWork, database: Database) -> dict[str, Account]:
    async with database.transaction() as tx:
        return {account.login: account for account in await demo_accounts(tx)}


def actor(account: Account) -> Actor:
    return Actor(account.id, account.role)


async def visits(work: UnitOfWork, database: Database) -> list[Appointment]:
    admin = (await people(work, database))["admin"]
    async with work.begin(actor(admin), "test") as ctx:
        now = work.now()
        return await any_appointments(ctx, now - timedelta(days=5), now + timedelta(days=2))


async def test_everybody_is_there_once_however_often_it_is_made(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await demo.seed(work, passwords)
    before = await people(work, database)
    await demo.seed(work, passwords)
    assert await people(work, database) == before
    assert set(before) == {person.login for person in demo.PEOPLE} == {one.login for one in demo.logins()}
    assert {account.role for account in before.values()} == ACCOUNT_ROLES
    assert all((account.email or "").endswith("@example.org") for account in before.values())
    assert {account.locale for account in before.values()} == {"zh-CN", "en"}


async def test_the_staff_has_second_factors_whose_code_is_told_and_good_again(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await demo.seed(work, passwords)
    for account in (await people(work, database)).values():
        if account.role is not Role.PATIENT:
            async with work.begin(actor(account), "test") as ctx:
                found = await second_factor.read(ctx)
                assert found.confirmed and found.demo_code is not None
                for _ in range(2):
                    assert await second_factor.use_code(ctx, found.demo_code) == "totp"


async def test_there_is_a_visit_to_join_now_and_more_in_the_coming_hours(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await demo.seed(work, passwords)
    now = work.now()
    starts = [
        item.starts_at
        for item in await visits(work, database)
        if item.consultation_state is ConsultationState.PLANNED
    ]
    assert len(starts) == len(demo.TODAY)
    assert min(starts) <= now < min(starts) + timedelta(minutes=10)
    assert max(starts) > now + timedelta(hours=2)


async def test_a_later_start_adds_visits_only_where_none_can_take_place_any_more(
    work: UnitOfWork, database: Database, passwords: PasswordHasher, clock: Clock
) -> None:
    await demo.seed(work, passwords)
    first = await visits(work, database)
    clock.forward(timedelta(minutes=7))
    await demo.seed(work, passwords)
    assert await visits(work, database) == first
    clock.forward(timedelta(days=1))
    await demo.seed(work, passwords)
    again = [item for item in await visits(work, database) if item not in first]
    assert len(again) == len(demo.TODAY)
    assert min(item.starts_at for item in again) <= work.now()


async def test_yesterdays_visit_can_be_replayed_and_verified(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await demo.seed(work, passwords)
    await demo.seed(work, passwords)
    auditor = actor((await people(work, database))["auditor.qian"])
    async with work.begin(auditor, "test") as ctx:
        finished = [
            item.consultation.id
            for item in (await search(ctx)).consultations
            if item.consultation.state is ConsultationState.FINISHED
        ]
        assert len(finished) == 1
        record = await read_record(ctx, finished[0])
        verdict = await verify(ctx, finished[0])
    assert verdict.intact
    kinds = [entry.kind for entry in record.entries]
    assert kinds[:3] == ["safety", "location", "arrived"]
    assert kinds[-1] == "finished"
    assert kinds.count("chat") == 7
    times = [entry.recorded_at for entry in record.entries]
    assert times == sorted(times)
    assert times[-1] < work.now() - timedelta(hours=23)


async def test_a_real_hospital_is_never_mixed_with_demo_accounts(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await make_admin(work)
    with pytest.raises(Refusal, match="real hospital"):
        await demo.seed(work, passwords)
    assert await people(work, database) == {}


async def test_a_demo_that_got_a_person_of_its_own_stays_a_demo(
    work: UnitOfWork, database: Database, passwords: PasswordHasher
) -> None:
    await demo.seed(work, passwords)
    await make_admin(work)
    await demo.seed(work, passwords)


async def test_seeding_that_was_broken_off_is_finished_by_the_next(
    work: UnitOfWork, database: Database, passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PEOPLE", demo.PEOPLE[:3])
    with pytest.raises(KeyError):
        await demo.seed(work, passwords)
    monkeypatch.undo()
    await demo.seed(work, passwords)
    assert set(await people(work, database)) == {person.login for person in demo.PEOPLE}
