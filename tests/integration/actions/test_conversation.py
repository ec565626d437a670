"""What participants say is kept once, in order, in their conversation alone; what they may not say is not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID, uuid4

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.conversation import READ_MAX, Kept, Saying, keep_batch, read_entries
from chat_archive.verify import verify_conversation
from domain.accounts import SYSTEM, Account, Actor, Role, actor_of
from domain.consultation import ConsultationState
from domain.errors import (
    Code,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    OwnFault,
    TooLarge,
    UserFault,
    WrongState,
)
from domain.facts import EntryKind, LeaveReason, chat_body, decode_body, left_body, media_body
from domain.permissions import Action, allowed
from storage.archive import PgArchiveStore
from storage.pool import Database, Tx
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, keep, kept_one, make_visit
from tests.people import make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import rows, trail

MAKERS: dict[str, Callable[[UnitOfWork], Awaitable[Account]]] = {
    "patient": make_patient,
    "doctor": make_doctor,
    "pharmacist": make_pharmacist,
    "auditor": make_auditor,
    "admin": make_admin,
}
BODIES = {
    EntryKind.CHAT: chat_body("您好"),
    EntryKind.JOINED: media_body(microphone=True, camera=True),
    EntryKind.LEFT: left_body(LeaveReason.CONNECTION_LOST),
    EntryKind.MEDIA: media_body(microphone=False, camera=True),
}
ACTIONS = {
    EntryKind.CHAT: Action.CHAT_POST,
    EntryKind.JOINED: Action.ROOM_JOIN,
    EntryKind.LEFT: Action.ROOM_LEAVE,
    EntryKind.MEDIA: Action.MEDIA_SET,
}


@pytest.fixture
async def visit(work: UnitOfWork) -> Visit:
    """A visit whose patient has arrived: entry 1."""
    made = await make_visit(work)
    await made.arrive()
    return made


async def sound(database: Database, visit: Visit) -> bool:
    async with database.transaction() as tx:
        store = PgArchiveStore(tx)
        return verify_conversation(await store.read(visit.id, 0, 1000), await store.head(visit.id)).intact


async def test_both_sides_words_are_kept_in_order_with_author_and_time(
    visit: Visit, database: Database, clock: Clock
) -> None:
    first, second = await visit.talk("我头疼", "多久了？")
    assert (first.entry.seq, second.entry.seq) == (2, 3)
    assert first.entry.author == str(visit.patient.id)
    assert second.entry.author == str(visit.doctor.id)
    assert decode_body(first.entry.body or b"") == {"text": "我头疼"}
    assert first.entry.recorded_at == clock()
    assert first.consultation_state is ConsultationState.ARRIVED
    assert first.new
    assert await sound(database, visit)


async def test_what_was_returned_is_what_is_kept(visit: Visit, work: UnitOfWork) -> None:
    kept = await visit.talk("a", "b", "c")
    async with work.begin(visit.as_doctor, "read") as ctx:
        assert await read_entries(ctx, visit.id, 1, 10) == [item.entry for item in kept]


async def test_a_resend_returns_the_same_number_and_leaves_nothing_new(
    visit: Visit, work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    saying = visit.chat("once")
    first = kept_one((await keep(work, saying))[0])
    again = kept_one((await keep(work, saying))[0])
    assert again.entry == first.entry
    assert (first.new, again.new) == (True, False)
    assert rows(dsn, "select count(*) from archive_entry where kind = 'chat'") == [(1,)]
    assert len(trail(dsn, "chat.post")) == 1


async def test_a_resend_within_one_batch_is_kept_once(visit: Visit, work: UnitOfWork) -> None:
    saying = visit.chat("twice")
    first, again = [kept_one(outcome) for outcome in await keep(work, saying, saying)]
    assert first.entry == again.entry
    assert (first.new, again.new) == (True, False)


async def test_a_resend_after_the_end_is_answered_with_its_entry(visit: Visit, work: UnitOfWork) -> None:
    saying = visit.chat("the ack was lost")
    first = kept_one((await keep(work, saying))[0])
    await visit.admit()
    await visit.finish()
    again = kept_one((await keep(work, saying))[0])
    assert again.entry == first.entry
    assert again.consultation_state is ConsultationState.FINISHED


async def test_an_id_used_again_for_other_words_is_a_conflict_and_the_rest_goes_on(
    visit: Visit, work: UnitOfWork, database: Database, dsn: str
) -> None:
    message_id = uuid4()
    outcomes = await keep(
        work,
        visit.chat("yes", message_id=message_id),
        visit.chat("no", message_id=message_id),
        visit.chat("still here"),
    )
    kept_one(outcomes[0])
    assert isinstance(outcomes[1], Conflict)
    assert outcomes[1].code is Code.MESSAGE_ID_REUSED
    assert kept_one(outcomes[2]).entry.seq == 3
    assert len(trail(dsn, "chat.post")) == 2
    assert await sound(database, visit)


async def test_two_people_may_use_the_same_message_id(visit: Visit, work: UnitOfWork) -> None:
    message_id = uuid4()
    outcomes = await keep(
        work,
        visit.chat("mine", message_id=message_id),
        visit.chat("mine too", message_id=message_id, actor=visit.as_doctor),
    )
    assert [kept_one(outcome).entry.seq for outcome in outcomes] == [2, 3]


async def test_a_batch_over_several_rooms_gives_each_its_own_numbers(
    visit: Visit, work: UnitOfWork, database: Database
) -> None:
    other = await make_visit(work)
    await other.arrive()
    outcomes = await keep(work, visit.chat("1"), other.chat("1"), visit.chat("2"), other.chat("2"))
    assert [(kept_one(item).entry.conversation_id, kept_one(item).entry.seq) for item in outcomes] == [
        (visit.id, 2),
        (other.id, 2),
        (visit.id, 3),
        (other.id, 3),
    ]
    assert await sound(database, visit)
    assert await sound(database, other)


async def test_faults_of_some_do_not_spoil_the_others(visit: Visit, work: UnitOfWork, dsn: str) -> None:
    planned = await make_visit(work)
    stranger = await make_patient(work)
    outcomes = await keep(
        work,
        visit.chat("a"),
        visit.chat("not mine", actor=actor_of(stranger)),
        Saying(visit.as_patient, "say", uuid4(), uuid4(), EntryKind.CHAT, chat_body("where?")),
        planned.chat("nobody is here"),
        visit.saying(EntryKind.ADMITTED, {}),
        visit.saying(EntryKind.CHAT, {"text": "x" * 70_000}),
        visit.saying(EntryKind.CHAT, {"text": "\ud800"}),
        visit.chat("b"),
    )
    assert [type(outcome) for outcome in outcomes] == [
        Kept,
        Forbidden,
        NotFound,
        WrongState,
        InvalidInput,
        TooLarge,
        InvalidInput,
        Kept,
    ]
    assert cast(WrongState, outcomes[3]).code is Code.CONSULTATION_WRONG_STATE
    assert [kept_one(outcomes[index]).entry.seq for index in (0, 7)] == [2, 3]
    patient = str(visit.patient.patient_id)
    assert trail(dsn, "chat.post") == [
        ("done", str(visit.patient.id), str(visit.id), patient),
        ("refused", str(stranger.id), str(visit.id), patient),
        ("done", str(visit.patient.id), str(visit.id), patient),
    ]


@pytest.mark.parametrize("kind", BODIES)
async def test_nothing_is_kept_after_the_closing_entry(
    visit: Visit, work: UnitOfWork, dsn: str, kind: EntryKind
) -> None:
    await visit.admit()
    await visit.finish()
    (outcome,) = await keep(work, visit.saying(kind, BODIES[kind]))
    assert isinstance(outcome, WrongState)
    assert outcome.code is Code.CONVERSATION_CLOSED
    last = rows(dsn, "select kind from archive_entry order by seq desc limit 1")
    assert last == [("finished",)]


@pytest.mark.parametrize("kind", BODIES)
async def test_before_the_patient_arrives_there_is_presence_but_no_chat(
    work: UnitOfWork, kind: EntryKind
) -> None:
    planned = await make_visit(work)
    (outcome,) = await keep(work, planned.saying(kind, BODIES[kind], actor=planned.as_doctor))
    if kind is EntryKind.CHAT:
        assert isinstance(outcome, WrongState)
        assert outcome.code is Code.CONSULTATION_WRONG_STATE
    else:
        assert kept_one(outcome).entry.seq == 1


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("role", MAKERS)
async def test_nobody_else_of_any_role_can_say_anything(
    visit: Visit, work: UnitOfWork, dsn: str, role: str, kind: EntryKind
) -> None:
    stranger = await MAKERS[role](work)
    (outcome,) = await keep(work, visit.saying(kind, BODIES[kind], actor=actor_of(stranger)))
    assert isinstance(outcome, Forbidden)
    ((result, actor, subject, _),) = trail(dsn, ACTIONS[kind].value)
    assert (result, actor, subject) == ("refused", str(stranger.id), str(visit.id))
    assert rows(dsn, "select max(seq) from archive_entry") == [(1,)]


async def test_a_role_that_may_not_chat_is_refused_even_as_the_patients_account(
    visit: Visit, work: UnitOfWork
) -> None:
    # An account of a participant whose session claims another role: the table decides before the rows do.
    for role in Role:
        actor = Actor(visit.patient.id, role)
        (outcome,) = await keep(work, visit.chat("?", actor=actor))
        assert isinstance(outcome, Kept if allowed(actor, Action.CHAT_POST) else Forbidden)


async def test_the_system_itself_says_nothing(visit: Visit, work: UnitOfWork) -> None:
    (outcome,) = await keep(work, visit.chat("?", actor=SYSTEM))
    assert isinstance(outcome, Forbidden)


async def test_a_batch_is_not_kept_in_a_persons_name(visit: Visit, work: UnitOfWork) -> None:
    with pytest.raises(OwnFault):
        async with work.begin(visit.as_patient, "test") as ctx:
            await keep_batch(ctx, [visit.chat("?")])


async def test_an_empty_batch_does_nothing(work: UnitOfWork) -> None:
    assert await keep(work) == []


async def test_a_batch_takes_four_statements_however_many_rooms(
    visit: Visit, work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await make_visit(work)
    await other.arrive()
    sayings = [item.chat(str(number)) for number in range(20) for item in (visit, other)]
    ran: list[str] = []
    for method in ("all", "one", "run"):
        original = getattr(Tx, method)

        def counted(
            self: Tx, name: str, params: object = None, original: Callable[..., object] = original
        ) -> object:
            ran.append(name)
            return original(self, name, params)

        monkeypatch.setattr(Tx, method, counted)
    await keep(work, *sayings)
    assert ran == ["consultation_lock", "archive_find", "archive_insert", "audit_insert"]


async def test_fifty_at_once_in_one_conversation_get_numbers_without_gaps(
    visit: Visit, work: UnitOfWork, database: Database
) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(keep(work, visit.chat(str(number)))) for number in range(50)]
    numbers = [kept_one(task.result()[0]).entry.seq for task in tasks]
    assert sorted(numbers) == list(range(2, 52))
    assert await sound(database, visit)


async def test_batches_that_cross_do_not_wait_in_a_circle(work: UnitOfWork, database: Database) -> None:
    visits = [await make_visit(work) for _ in range(4)]

    def joined(order: list[Visit]) -> list[Saying]:
        body = media_body(microphone=True, camera=True)
        return [item.saying(EntryKind.JOINED, body) for item in order]

    # Nothing was ever said: the first batches also have to make the heads, in the other order.
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        tasks: list[asyncio.Task[list[Kept | UserFault]]] = []
        for turn in range(20):
            order = visits if turn % 2 else visits[::-1]
            tasks.append(group.create_task(keep(work, *joined(order[turn % 3 :]))))
    for task in tasks:
        for outcome in task.result():
            kept_one(outcome)
    for item in visits:
        assert await sound(database, item)


async def test_messages_and_the_end_at_once_leave_nothing_after_the_closing_entry(
    visit: Visit, work: UnitOfWork, database: Database, dsn: str
) -> None:
    await visit.admit()
    async with asyncio.TaskGroup() as group:
        before = [group.create_task(keep(work, visit.chat(str(number)))) for number in range(10)]
        end = group.create_task(visit.finish())
        after = [group.create_task(keep(work, visit.chat(str(number)))) for number in range(10)]
    closing = end.result().entry
    for task in (*before, *after):
        (outcome,) = task.result()
        if isinstance(outcome, Kept):
            assert outcome.entry.seq < closing.seq
        else:
            assert outcome.code is Code.CONVERSATION_CLOSED
    assert decode_body(closing.body or b"")["entries"] == closing.seq - 1
    assert rows(dsn, "select max(seq) from archive_entry") == [(closing.seq,)]
    assert await sound(database, visit)


async def test_a_batch_that_is_rolled_back_leaves_nothing(
    visit: Visit, work: UnitOfWork, database: Database, dsn: str
) -> None:
    saying = visit.chat("lost")
    with pytest.raises(RuntimeError):
        async with work.begin(SYSTEM, "batch") as ctx:
            await keep_batch(ctx, [saying])
            raise RuntimeError
    assert rows(dsn, "select count(*) from archive_entry where kind = 'chat'") == [(0,)]
    assert trail(dsn, "chat.post") == []
    assert kept_one((await keep(work, saying))[0]).new
    assert await sound(database, visit)


async def test_a_participant_reads_the_record_piece_by_piece(
    visit: Visit, work: UnitOfWork, dsn: str
) -> None:
    await visit.talk("a", "b", "c")
    async with work.begin(visit.as_patient, "read") as ctx:
        first = await read_entries(ctx, visit.id, 0, 3)
        rest = await read_entries(ctx, visit.id, 3, 3)
    assert [entry.seq for entry in first + rest] == [1, 2, 3, 4]
    assert (
        trail(dsn, "chat.read")
        == [("done", str(visit.patient.id), str(visit.id), str(visit.patient.patient_id))] * 2
    )


@pytest.mark.parametrize("role", MAKERS)
async def test_nobody_else_of_any_role_reads_the_conversation(
    visit: Visit, work: UnitOfWork, dsn: str, role: str
) -> None:
    stranger = await MAKERS[role](work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(stranger), "read") as ctx:
            await read_entries(ctx, visit.id, 0, 10)
    assert [line[:2] for line in trail(dsn, "chat.read")] == [("refused", str(stranger.id))]


@pytest.mark.parametrize("limit", [0, -1, READ_MAX + 1])
async def test_a_reading_has_a_limit(visit: Visit, work: UnitOfWork, limit: int) -> None:
    with pytest.raises(InvalidInput):
        async with work.begin(visit.as_patient, "read") as ctx:
            await read_entries(ctx, visit.id, 0, limit)


async def test_an_unknown_conversation_is_not_found(work: UnitOfWork) -> None:
    patient = await make_patient(work)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(patient), "read") as ctx:
            await read_entries(ctx, UUID(int=1), 0, 10)
