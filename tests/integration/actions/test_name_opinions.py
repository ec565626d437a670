"""What a name register says of a document: asked by a job, kept beside the document, deciding nothing."""

import os
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from psycopg2 import DatabaseError

from actions import name_opinions
from actions.context import UnitOfWork
from actions.identity import CheckToDecide, approve_identity, submit_identity, waiting_identities
from booking_api.name_jobs import handlers
from chat_archive.data_keys import KeyRing
from domain.accounts import Account, actor_of
from domain.errors import PartnerDown
from domain.identity import DocumentKind
from domain.jobs import RETRY_WAITS_S, JobCall, JobGivenUp, JobName
from domain.name_opinion import ASKED_MAX, DAY, FIRST_WAIT, NameClaim, Opinion, RegisterAnswer, RegisterName
from providers.names import DemoRegister, QuestionsSpent, RegisterRefused
from storage.pool import Database
from tests.conftest import Clock
from tests.people import make_admin, make_patient
from tests.rows import execute, rows, trail

REGISTER = DemoRegister()
NUMBER = "11010519880517004X"
ATTEMPTS = len(RETRY_WAITS_S) + 1


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    """A hospital that has a name register."""
    return UnitOfWork(database, clock, os.urandom, keys, names_compared=RegisterName.TENCENT)


async def _submitted(
    work: UnitOfWork, number: str = NUMBER, kind: DocumentKind = DocumentKind.RESIDENT_ID
) -> UUID:
    patient = await make_patient(work)
    async with work.begin(actor_of(patient), "test") as ctx:
        return (await submit_identity(ctx, kind, number)).id


async def _listed(work: UnitOfWork, admin: Account) -> list[CheckToDecide]:
    async with work.begin(actor_of(admin), "test") as ctx:
        return await waiting_identities(ctx)


def _queued(dsn: str) -> list[tuple[str, str]]:
    found = rows(
        dsn,
        "select args->>'check_id', queueing_lock from procrastinate_jobs "
        "where task_name = 'identity.compare' order by id",
    )
    return [(check_id, key) for check_id, key in found]


def _call(check_id: UUID, attempt: int = 1) -> JobCall:
    return JobCall("key", {"check_id": str(check_id)}, attempt)


class Saying:
    """A register that says one thing, or raises it, and looks at nothing else."""

    name = RegisterName.TENCENT

    def __init__(self, says: Opinion | Exception) -> None:
        self.says = says
        self.asked: list[NameClaim] = []

    def holds(self, kind: DocumentKind) -> bool:
        return kind is DocumentKind.RESIDENT_ID

    async def compare(self, claim: NameClaim) -> RegisterAnswer:
        self.asked.append(claim)
        if isinstance(self.says, Exception):
            raise self.says
        return RegisterAnswer(self.says, "r-1")


async def test_submitting_queues_one_question_in_the_same_transaction(work: UnitOfWork, dsn: str) -> None:
    check_id = await _submitted(work)
    assert _queued(dsn) == [(str(check_id), f"identity.compare:{check_id}:0")]
    assert rows(dsn, "select asked_times from identity_check") == [(1,)]


async def test_nobody_is_asked_about_what_was_not_kept(work: UnitOfWork, dsn: str) -> None:
    patient = await make_patient(work)
    with pytest.raises(RuntimeError):
        async with work.begin(actor_of(patient), "test") as ctx:
            await submit_identity(ctx, DocumentKind.RESIDENT_ID, NUMBER)
            raise RuntimeError
    assert _queued(dsn) == []


async def test_without_a_register_nothing_is_asked(
    database: Database, clock: Clock, keys: KeyRing, dsn: str
) -> None:
    plain = UnitOfWork(database, clock, os.urandom, keys)
    await _submitted(plain)
    clock.forward(timedelta(days=1))
    assert await name_opinions.tick(plain, "test") == 0
    assert _queued(dsn) == []


@pytest.mark.parametrize("says", [Opinion.AGREES, Opinion.DIFFERS, Opinion.UNKNOWN])
async def test_an_opinion_stands_beside_the_document_and_decides_nothing(
    work: UnitOfWork, clock: Clock, dsn: str, says: Opinion
) -> None:
    check_id = await _submitted(work)
    register, admin = Saying(says), await make_admin(work)
    assert [one.opinion for one in await _listed(work, admin)] == [None]
    await name_opinions.compare(work, register, check_id, "test")
    assert register.asked == [NameClaim(DocumentKind.RESIDENT_ID, "李晓兰", NUMBER)]
    (waits,) = await _listed(work, admin)
    assert waits.opinion is not None
    assert (waits.opinion.opinion, waits.opinion.reference) == (says, "r-1")
    assert (waits.opinion.register, waits.opinion.given_at) == (RegisterName.TENCENT, clock())
    details = rows(dsn, "select detail from audit_event where action = 'identity.compare' order by id")
    assert details == [({"register": "tencent"},), ({"register": "tencent", "opinion": says.value},)]
    assert all(line[3] == str(waits.check.patient_id) for line in trail(dsn, "identity.compare"))
    await name_opinions.compare(work, register, check_id, "test")
    assert len(register.asked) == 1, "a job that runs again asks nobody"
    async with work.begin(actor_of(admin), "test") as ctx:
        await approve_identity(ctx, check_id)


async def test_what_is_decided_is_not_asked_about(work: UnitOfWork) -> None:
    check_id, register = await _submitted(work), Saying(Opinion.AGREES)
    async with work.begin(actor_of(await make_admin(work)), "test") as ctx:
        await approve_identity(ctx, check_id)
    await name_opinions.compare(work, register, check_id, "test")
    assert register.asked == []


async def test_the_register_is_asked_outside_any_transaction(work: UnitOfWork, dsn: str) -> None:
    check_id = await _submitted(work)

    class Looking(Saying):
        async def compare(self, claim: NameClaim) -> RegisterAnswer:
            open_ones = (
                "select count(*) from pg_stat_activity where datname = current_database() and state like %s"
            )
            assert rows(dsn, open_ones, "idle in transaction%") == [(0,)]
            return await super().compare(claim)

    register = Looking(Opinion.AGREES)
    await name_opinions.compare(work, register, check_id, "test")
    assert len(register.asked) == 1


async def test_while_it_is_down_the_job_tries_on_and_then_says_so(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    check_id, admin = await _submitted(work), await make_admin(work)
    ask = handlers(work, DemoRegister(is_down=True))[JobName.IDENTITY_COMPARE]
    with pytest.raises(PartnerDown):
        await ask(_call(check_id))
    assert [one.opinion for one in await _listed(work, admin)] == [None]
    await ask(_call(check_id, len(RETRY_WAITS_S) + 1))
    (waits,) = await _listed(work, admin)
    assert waits.opinion is not None and waits.opinion.opinion is Opinion.UNAVAILABLE

    assert await name_opinions.tick(work, "test") == 0, "not at once"
    clock.forward(FIRST_WAIT)
    assert await name_opinions.tick(work, "test") == 1
    assert await name_opinions.tick(work, "test") == 0
    assert _queued(dsn)[-1] == (str(check_id), f"identity.compare:{check_id}:2")
    await handlers(work, Saying(Opinion.AGREES))[JobName.IDENTITY_COMPARE](_call(check_id))
    (waits,) = await _listed(work, admin)
    assert waits.opinion is not None and waits.opinion.opinion is Opinion.AGREES
    clock.forward(FIRST_WAIT)
    assert await name_opinions.tick(work, "test") == 0, "answered"


async def test_documents_from_before_the_register_never_go_to_it(
    database: Database, clock: Clock, keys: KeyRing, work: UnitOfWork, dsn: str
) -> None:
    await _submitted(UnitOfWork(database, clock, os.urandom, keys))
    clock.forward(2 * DAY)
    assert await name_opinions.tick(work, "test") == 0, "its owner was told of none"
    assert _queued(dsn) == []
    (waits,) = await _listed(work, await make_admin(work))
    assert waits.compared is False


async def test_a_kind_that_the_register_does_not_hold_is_neither_queued_nor_in_the_trail(
    work: UnitOfWork, dsn: str
) -> None:
    check_id, register = await _submitted(work, "EA0000000", DocumentKind.PASSPORT), Saying(Opinion.AGREES)
    assert _queued(dsn) == []
    await name_opinions.compare(work, register, check_id, "test")
    assert register.asked == [] and trail(dsn, "identity.compare") == []
    (waits,) = await _listed(work, await make_admin(work))
    assert (waits.compared, waits.opinion) == (False, None)


@pytest.mark.parametrize(
    "refusal", [PartnerDown("name_register", "It does not answer."), RegisterRefused("UnauthorizedOperation")]
)
async def test_a_silent_register_is_asked_ever_more_seldom_and_then_no_more(
    work: UnitOfWork, clock: Clock, dsn: str, refusal: Exception
) -> None:
    check_id, register = await _submitted(work), Saying(refusal)
    ask = handlers(work, register)[JobName.IDENTITY_COMPARE]
    begun, asked_on = clock(), [0] * 20
    rounds = 1
    while clock() < begun + 20 * DAY:
        for _ in range(rounds):
            for attempt in range(1, ATTEMPTS + 1):
                with suppress(PartnerDown, JobGivenUp):
                    await ask(_call(check_id, attempt))
        asked_on[(clock() - begun).days] += rounds
        clock.forward(timedelta(hours=2))
        rounds = await name_opinions.tick(work, "test")
    assert asked_on[0] <= 4 and max(asked_on[1:]) == 1 and asked_on[-1] == 0
    assert sum(asked_on) == ASKED_MAX == rows(dsn, "select asked_times from identity_check")[0][0]


async def test_one_that_spent_its_questions_is_asked_the_next_day(work: UnitOfWork, clock: Clock) -> None:
    check_id, register = await _submitted(work), Saying(QuestionsSpent())
    await handlers(work, register)[JobName.IDENTITY_COMPARE](_call(check_id))
    (waits,) = await _listed(work, await make_admin(work))
    assert waits.opinion is not None and waits.opinion.opinion is Opinion.UNAVAILABLE
    clock.forward(DAY - timedelta(minutes=1))
    assert await name_opinions.tick(work, "test") == 0
    clock.forward(timedelta(minutes=1))
    assert await name_opinions.tick(work, "test") == 1
    assert len(register.asked) == 1


async def test_one_that_refuses_us_is_for_an_administrator_and_asked_again(
    work: UnitOfWork, clock: Clock
) -> None:
    check_id = await _submitted(work)
    ask = handlers(work, Saying(RegisterRefused("AuthFailure.SecretIdNotFound")))[JobName.IDENTITY_COMPARE]
    with pytest.raises(JobGivenUp, match=r"name_register\.refused \(AuthFailure\.SecretIdNotFound\)"):
        await ask(_call(check_id))
    (waits,) = await _listed(work, await make_admin(work))
    assert waits.opinion is not None and waits.opinion.opinion is Opinion.UNAVAILABLE
    clock.forward(FIRST_WAIT)
    assert await name_opinions.tick(work, "test") == 1, "mended by then"


async def test_a_check_that_is_not_there_is_given_up(work: UnitOfWork) -> None:
    with pytest.raises(JobGivenUp):
        await name_opinions.compare(work, REGISTER, uuid4(), "test")
    with pytest.raises(JobGivenUp):
        await name_opinions.unanswered(work, REGISTER, uuid4(), "test")


async def test_opinions_are_never_changed_and_hold_nobody(work: UnitOfWork, dsn: str) -> None:
    check_id = await _submitted(work)
    await name_opinions.compare(work, REGISTER, check_id, "test")
    kept = str(rows(dsn, "select * from name_opinion"))
    assert NUMBER not in kept and "李晓兰" not in kept
    for change in ("update name_opinion set opinion = 'agrees'", "delete from name_opinion"):
        with pytest.raises(DatabaseError):
            execute(dsn, change)
