"""A new epoch takes two persons, the owner's login and a reason, and leaves its traces everywhere."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.epochs import Approval, approve, begin_epoch
from actions.fork_guard import Seen, examine
from actions.log_identity import LogKey, SealingRefused
from actions.log_verification import verify_log
from actions.passwords import Cost, PasswordHasher
from chat_archive.checkpoint import open_checkpoint
from chat_archive.data_keys import KeyRing
from chat_archive.note import VerifierKey
from domain.accounts import SYSTEM, Account
from domain.errors import Conflict, InvalidInput, PartnerDown
from providers.throttle import MemoryThrottle
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database
from tests.conftest import Clock
from tests.hospital_database import HospitalDatabase
from tests.logs import ORIGIN, begin, make_key, say, seal_all
from tests.people import PASSWORD, make_admin, make_auditor, make_doctor
from tests.rows import rows, trail

REASON = "备份恢复后，昨晚的记录找不回来"


@pytest.fixture
async def key(work: UnitOfWork) -> LogKey:
    key = await begin(work)
    await say(work, [uuid4()], 5)
    await seal_all(work, key)
    return key


@pytest.fixture
def passwords() -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(cost=Cost(time_cost=1, memory_kib=8, parallelism=1))
    yield hasher
    hasher.close()


async def present(
    work: UnitOfWork, passwords: PasswordHasher, account: Account, password: str = PASSWORD
) -> Approval:
    return await approve(work, passwords, MemoryThrottle(work.now), account.login, password)


async def start(work: UnitOfWork, key: LogKey, one: Approval, other: Approval, reason: str = REASON) -> str:
    async with work.begin(one.actor, "test") as ctx:
        return (await begin_epoch(ctx, key, other, reason, (5, 9))).origin


async def test_two_persons_begin_an_epoch(
    work: UnitOfWork, key: LogKey, passwords: PasswordHasher, dsn: str
) -> None:
    auditor, admin = await make_auditor(work), await make_admin(work)
    one, other = await present(work, passwords, auditor), await present(work, passwords, admin)
    origin = f"{ORIGIN}/epoch-2"
    assert await start(work, key, one, other) == origin
    assert rows(
        dsn,
        "select number, origin, log_key, first_size, missing_from, missing_to, reason, approved_by::text, "
        "approved_too_by::text from archive_epoch where number = 2",
    ) == [(2, origin, key.log_key(origin), 5, 5, 9, REASON, str(auditor.id), str(admin.id))]
    assert [line[:2] for line in trail(dsn, "archive.new_epoch")] == [
        ("done", str(auditor.id)),
        ("done", str(admin.id)),
    ]
    ((kind, author),) = rows(dsn, "select kind, author from archive_entry where kind = 'epoch'")
    assert (kind, author) == ("epoch", str(auditor.id))
    # What is sealed from now on is signed under the new origin; the tree goes on.
    assert await seal_all(work, key) == 1
    ((note,),) = rows(dsn, "select note from archive_checkpoint where epoch = 2 and size = 6")
    checkpoint = open_checkpoint(note, [VerifierKey.parse(key.log_key(origin))]).checkpoint
    assert (checkpoint.origin, checkpoint.size) == (origin, 6)
    assert [one async for one in verify_log(work, patience_s=0)] == []


async def test_what_was_given_up_holds_sealing_no_more(
    work: UnitOfWork, key: LogKey, passwords: PasswordHasher
) -> None:
    lost = Seen("The checkpoint file", ORIGIN, 9, bytes(32))
    async with work.begin(SYSTEM, "test") as ctx:
        with pytest.raises(SealingRefused) as refused:
            await examine(ctx, [lost])
        assert refused.value.missing == (5, 9)
    people = [await present(work, passwords, await make(work)) for make in (make_auditor, make_admin)]
    await start(work, key, people[0], people[1])
    async with work.begin(SYSTEM, "test") as ctx:
        assert (await examine(ctx, [lost])).epoch.number == 2
        # What it took over still has to be what it was.
        with pytest.raises(SealingRefused, match="another tree of 4 entries"):
            await examine(ctx, [Seen("The checkpoint file", ORIGIN, 4, bytes(32))])
        with pytest.raises(SealingRefused, match="does not know"):
            await examine(ctx, [Seen("The checkpoint file", f"{ORIGIN}/epoch-3", 12, bytes(32))])


async def test_an_epoch_may_have_another_key(
    work: UnitOfWork, key: LogKey, passwords: PasswordHasher
) -> None:
    people = [await present(work, passwords, await make(work)) for make in (make_auditor, make_admin)]
    other = make_key(2)
    await start(work, other, people[0], people[1])
    await say(work, [uuid4()])
    with pytest.raises(SealingRefused, match="another key"):
        await seal_all(work, key)
    assert await seal_all(work, other) == 2
    assert [one async for one in verify_log(work, patience_s=0)] == []


async def test_one_person_is_not_two(work: UnitOfWork, key: LogKey, passwords: PasswordHasher) -> None:
    one = await present(work, passwords, await make_auditor(work))
    with pytest.raises(Conflict):
        await start(work, key, one, one)


async def test_a_doctor_cannot_approve(
    work: UnitOfWork, key: LogKey, passwords: PasswordHasher, dsn: str
) -> None:
    with pytest.raises(ActionRefused):
        await present(work, passwords, await make_doctor(work))
    assert [line[0] for line in trail(dsn, "archive.new_epoch")] == ["refused"]
    auditor = await present(work, passwords, await make_auditor(work))
    with pytest.raises(ActionRefused):
        await start(work, key, auditor, Approval(await make_doctor(work)))


async def test_who_is_not_present_does_not_approve(
    work: UnitOfWork, key: LogKey, passwords: PasswordHasher
) -> None:
    auditor = await make_auditor(work)
    for login, password in ((auditor.login, "not the password"), ("nobody.at.all", PASSWORD)):
        with pytest.raises(InvalidInput):
            await approve(work, passwords, MemoryThrottle(work.now), login, password)


async def test_a_reason_is_needed(work: UnitOfWork, key: LogKey, passwords: PasswordHasher, dsn: str) -> None:
    people = [await present(work, passwords, await make(work)) for make in (make_auditor, make_admin)]
    with pytest.raises(InvalidInput):
        await start(work, key, people[0], people[1], "  ")
    assert rows(dsn, "select count(*) from archive_epoch") == [(1,)]


async def test_the_servers_own_login_cannot_begin_an_epoch(
    cluster: EmbeddedPostgres, clock: Clock, keys: KeyRing, passwords: PasswordHasher
) -> None:
    """The log begins with it; another epoch does not."""
    hospital = HospitalDatabase(cluster)
    hospital.make()
    try:
        owner = await Database.connect(hospital.dsn(hospital.owner), size=1)
        await migrate(owner, clock, app=hospital.app)
        await owner.close()
        app = await Database.connect(hospital.dsn(hospital.app), size=2)
        work = UnitOfWork(app, clock, os.urandom, keys)
        key = await begin(work)
        await say(work, [uuid4()], 3)
        assert await seal_all(work, key) == 3
        people = [await present(work, passwords, await make(work)) for make in (make_auditor, make_admin)]
        with pytest.raises(Exception, match="begun by the owner of the log alone") as refused:
            await start(work, key, people[0], people[1])
        assert not isinstance(refused.value, PartnerDown)
        await app.close()
        assert rows(hospital.dsn(hospital.owner), "select count(*) from archive_epoch") == [(1,)]
    finally:
        hospital.remove()
