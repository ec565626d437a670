"""Finding a verified patient in the hospital's own patient index, and what happens while it is down."""

import asyncio
import os
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from actions import patient_index
from actions.context import ActionRefused, UnitOfWork
from actions.identity import approve_identity, submit_identity
from chat_archive.data_keys import KeyRing
from domain.accounts import Account, actor_of
from domain.errors import Code, Conflict, NotFound, PartnerDown, WrongState
from domain.identity import DocumentKind
from domain.ids import PatientId
from domain.jobs import RETRY_WAITS_S, JobCall, JobGivenUp, JobName
from domain.patient_index import Candidate, Certainty, MatchKind
from his_bridge.patient_jobs import handlers
from providers.his import DemoPatients
from server import his
from storage.pool import Database
from tests.conftest import Clock
from tests.people import make_admin, make_patient
from tests.rows import rows, trail
from tests.waiting import until

INDEX = DemoPatients()
OTHER = Candidate("demo-his", "D-1002", "1", Certainty.POSSIBLE, "王建军", date(1984, 11, 2))


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    """A hospital whose own system can be asked."""
    return UnitOfWork(database, clock, os.urandom, keys, his_connected=True)


async def _submitted(work: UnitOfWork, number: str) -> tuple[PatientId, UUID]:
    patient = await make_patient(work)
    async with work.begin(actor_of(patient), "test") as ctx:
        check = await submit_identity(ctx, DocumentKind.PASSPORT, number)
    return check.patient_id, check.id


async def _verified(work: UnitOfWork, number: str, admin: Account) -> PatientId:
    """Return a patient whose name was verified while nobody looked into the index."""
    patient_id, check_id = await _submitted(work, number)
    async with work.begin(actor_of(admin), "test") as ctx:
        await approve_identity(ctx, check_id)
    return patient_id


def _links(dsn: str) -> list[tuple[str, str | None, bool]]:
    found = rows(dsn, "select state, number, linked_by is null from patient_index_link order by 1, 2")
    return [(state, number, by_job) for state, number, by_job in found]


@pytest.mark.parametrize(
    ("number", "kind"), [("GB1234567", MatchKind.ONE), ("EA0000000", MatchKind.NONE)], ids=["one", "none"]
)
async def test_who_decides_about_a_document_sees_whom_the_index_knows(
    work: UnitOfWork, dsn: str, number: str, kind: MatchKind
) -> None:
    _, check_id = await _submitted(work, number)
    admin = actor_of(await make_admin(work))
    found = await patient_index.look_up(work, INDEX, actor=admin, request_id="test", check_id=check_id)
    assert found.kind is kind
    assert len(trail(dsn, "identity.match")) == 1 and _links(dsn) == []


async def test_nobody_else_looks_anybody_up_or_links(work: UnitOfWork) -> None:
    patient_id, check_id = await _submitted(work, "GB1234567")
    other = actor_of(await make_patient(work))
    with pytest.raises(ActionRefused):
        await patient_index.look_up(work, INDEX, actor=other, request_id="test", check_id=check_id)
    with pytest.raises(ActionRefused):
        async with work.begin(other, "test") as ctx:
            await patient_index.link(ctx, patient_id, OTHER)


async def test_what_nobody_knows_is_not_found(work: UnitOfWork) -> None:
    admin = actor_of(await make_admin(work))
    with pytest.raises(NotFound):
        await patient_index.look_up(work, INDEX, actor=admin, request_id="test", check_id=uuid4())
    with pytest.raises(NotFound):
        async with work.begin(admin, "test") as ctx:
            await patient_index.link(ctx, PatientId(uuid4()), OTHER)
    with pytest.raises(JobGivenUp):
        await patient_index.settle(work, INDEX, PatientId(uuid4()), "test")


async def test_one_for_certain_is_linked_by_the_job_once(work: UnitOfWork, dsn: str) -> None:
    patient_id = await _verified(work, "GB1234567", await make_admin(work))
    for _ in range(2):
        await patient_index.settle(work, INDEX, patient_id, "test")
    assert _links(dsn) == [("linked", "D-1004", True)]
    assert len(trail(dsn, "identity.link")) == 1


async def test_while_the_index_is_down_the_link_stays_open_and_is_asked_again(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    patient_id = await _verified(work, "GB1234567", await make_admin(work))
    with pytest.raises(PartnerDown):
        await patient_index.settle(work, DemoPatients(down=True), patient_id, "test")
    assert _links(dsn) == [("open", None, True)]
    assert await patient_index.tick(work, "test") == 0
    clock.forward(patient_index.ASK_AGAIN)
    assert await patient_index.tick(work, "test") == 1
    assert await patient_index.tick(work, "test") == 0
    await patient_index.settle(work, INDEX, patient_id, "test")
    assert _links(dsn) == [("linked", "D-1004", True)]


async def test_who_is_not_certain_is_linked_by_the_staff(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    patient_id = await _verified(work, "EA0000000", admin)
    await patient_index.settle(work, INDEX, patient_id, "test")
    assert _links(dsn) == [("unmatched", None, True)]
    for _ in range(2):
        async with work.begin(actor_of(admin), "test") as ctx:
            await patient_index.link(ctx, patient_id, OTHER)
    assert _links(dsn) == [("linked", "D-1002", False)]
    with pytest.raises(WrongState):
        async with work.begin(actor_of(admin), "test") as ctx:
            await patient_index.link(ctx, patient_id, replace(OTHER, number="D-1003"))


async def test_two_patients_of_ours_are_never_the_same_one_there(work: UnitOfWork) -> None:
    admin = await make_admin(work)
    first, second = await _verified(work, "EA0000001", admin), await _verified(work, "EA0000002", admin)
    async with work.begin(actor_of(admin), "test") as ctx:
        await patient_index.link(ctx, first, OTHER)
    with pytest.raises(Conflict) as refusal:
        async with work.begin(actor_of(admin), "test") as ctx:
            await patient_index.link(ctx, second, OTHER)
    assert refusal.value.code is Code.PATIENT_LINK_TAKEN


async def test_nothing_that_was_looked_for_is_in_the_trail(work: UnitOfWork, dsn: str) -> None:
    patient_id = await _verified(work, "GB1234567", await make_admin(work))
    await patient_index.settle(work, INDEX, patient_id, "test")
    assert "GB1234567" not in str(rows(dsn, "select * from audit_event"))


async def test_its_job_is_queued_where_the_his_is_connected_and_gives_way_while_it_is_down(
    work: UnitOfWork, database: Database, clock: Clock, keys: KeyRing, dsn: str
) -> None:
    admin = await make_admin(work)
    await _verified(UnitOfWork(database, clock, os.urandom, keys), "EA0000000", admin)
    assert _links(dsn) == []
    patient_id = await _verified(work, "GB1234567", admin)
    queued = rows(dsn, "select args->>'patient_id' from procrastinate_jobs where task_name = 'his.match'")
    assert queued == [(str(patient_id),)]
    args = {"patient_id": str(patient_id)}
    down = handlers(work, DemoPatients(down=True))[JobName.HIS_MATCH]
    with pytest.raises(PartnerDown):
        await down(JobCall("test", args, 1))
    await down(JobCall("test", args, len(RETRY_WAITS_S) + 1))
    assert _links(dsn) == [("open", None, True)]
    await handlers(work, INDEX)[JobName.HIS_MATCH](JobCall("test", args, 1))
    assert _links(dsn) == [("linked", "D-1004", True)]


async def test_one_for_certain_whom_another_patient_is_waits_for_the_staff(
    work: UnitOfWork, dsn: str
) -> None:
    admin = await make_admin(work)
    for _ in range(2):
        patient_id = await _verified(work, "GB1234567", admin)
        await patient_index.settle(work, INDEX, patient_id, "test")
    assert _links(dsn) == [("linked", "D-1004", True), ("unmatched", None, True)]


async def test_who_was_verified_before_the_his_was_connected_is_looked_for_once_it_is(
    work: UnitOfWork, database: Database, clock: Clock, keys: KeyRing, dsn: str
) -> None:
    admin, before = await make_admin(work), UnitOfWork(database, clock, os.urandom, keys)
    patient_id = await _verified(before, "GB1234567", admin)
    await _submitted(before, "EA0000000")
    assert await patient_index.open_missing(before, "test") == 0, "nobody can be asked"
    assert await patient_index.open_missing(work, "test") == 1
    assert await patient_index.open_missing(work, "test") == 0
    queued = rows(dsn, "select args->>'patient_id' from procrastinate_jobs where task_name = 'his.match'")
    assert queued == [(str(patient_id),)] and _links(dsn) == [("open", None, True)]
    await patient_index.settle(work, INDEX, patient_id, "test")
    assert _links(dsn) == [("linked", "D-1004", True)]


async def test_the_server_looks_for_them_as_it_starts_batch_after_batch(
    work: UnitOfWork,
    database: Database,
    clock: Clock,
    keys: KeyRing,
    dsn: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin, before = await make_admin(work), UnitOfWork(database, clock, os.urandom, keys)
    for number in ("EA0000001", "EA0000002", "EA0000003"):
        await _verified(before, number, admin)
    monkeypatch.setattr(patient_index, "_AT_ONCE", 2)
    monkeypatch.setattr(his, "BATCH_EVERY_S", 0.0)

    async def all_opened() -> bool:
        return len(_links(dsn)) == 3

    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(his.keep_links(work))
        await until(all_opened)
        keeping.cancel()


async def test_after_a_failure_they_are_looked_for_again_within_minutes(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    tried = 0

    async def failing_once(work: UnitOfWork, request_id: str) -> int:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise PartnerDown("database", "It does not answer.")
        return 0

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(patient_index, "open_missing", failing_once)
    monkeypatch.setattr("server.his.asyncio.sleep", pause)
    with pytest.raises(asyncio.CancelledError):
        await his.keep_links(work)
    assert pauses == [his.AFTER_FAILURE_S, his.OPEN_EVERY_S]
    assert his.AFTER_FAILURE_S <= 600
