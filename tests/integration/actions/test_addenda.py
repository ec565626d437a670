"""Later facts go to the addendum, one line for each consultation; the register is one line for all."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from actions.addenda import append_addendum, append_fact, append_register, close_addendum
from actions.context import Context, UnitOfWork
from actions.data_keys import reading_keys
from chat_archive.data_keys import open_entry
from chat_archive.entry import REGISTER_ID, Entry, addendum_of
from chat_archive.verify import verify_conversation
from domain.accounts import SYSTEM
from domain.errors import Code, NotFound, WrongState
from domain.facts import EntryKind, RegisterKind, decode_body
from storage.archive import PgArchiveStore
from tests.integration.actions.visits import Visit, make_visit, spoken
from tests.rows import execute, rows


@pytest.fixture
async def over(work: UnitOfWork) -> Visit:
    """A visit that is over: four entries."""
    visit = await spoken(work, "a")
    await visit.admit()
    await visit.finish()
    return visit


async def later(work: UnitOfWork, visit: Visit, kind: EntryKind = EntryKind.FILE) -> Entry:
    async with work.begin(SYSTEM, "later") as ctx:
        return await append_addendum(ctx, visit.id, kind, {"name": "x"})


async def sound(work: UnitOfWork, conversation: UUID) -> list[Entry]:
    """Return the conversation's entries, which are verified."""
    async with work.begin(SYSTEM, "read") as ctx:
        store = PgArchiveStore(ctx.tx)
        key = (await reading_keys(ctx, [conversation]))[conversation]
        entries = await store.read(conversation, 0, 100)
        verdict = verify_conversation(entries, await store.head(conversation), key)
    assert (verdict.intact, verdict.bodies) == (True, len(entries))
    return [open_entry(entry, key) for entry in entries]


def code_of(refused: pytest.ExceptionInfo[WrongState]) -> Code:
    return refused.value.code


async def test_later_facts_have_a_line_of_their_own_under_the_same_key(
    work: UnitOfWork, over: Visit, dsn: str
) -> None:
    entries = [await later(work, over), await later(work, over, EntryKind.CONSENT)]
    assert [(entry.conversation_id, entry.seq, entry.author) for entry in entries] == [
        (addendum_of(over.id), 1, "system"),
        (addendum_of(over.id), 2, "system"),
    ]
    assert await sound(work, addendum_of(over.id)) == entries
    assert len(await sound(work, over.id)) == 4
    assert rows(dsn, "select count(*) from archive_key") == [(1,)]
    assert rows(dsn, "select addendum_to from archive_head where addendum_to is not null") == [(over.id,)]


async def test_the_closing_entry_counts_and_is_the_last(work: UnitOfWork, over: Visit) -> None:
    first = await later(work, over)
    async with work.begin(SYSTEM, "close") as ctx:
        closing = await close_addendum(ctx, over.id)
    assert closing.kind == "closed"
    assert closing.body is not None
    assert decode_body(closing.body) == {"entries": 1, "last_hash": first.entry_hash.hex()}
    for attempt in (append_addendum, append_fact):
        with pytest.raises(WrongState) as refused:
            async with work.begin(SYSTEM, "more") as ctx:
                await attempt(ctx, over.id, EntryKind.FILE, {})
        assert code_of(refused) is Code.CONVERSATION_CLOSED
    with pytest.raises(WrongState):
        async with work.begin(SYSTEM, "close") as ctx:
            await close_addendum(ctx, over.id)
    assert len(await sound(work, addendum_of(over.id))) == 2


async def test_an_addendum_without_facts_can_be_closed(work: UnitOfWork, over: Visit) -> None:
    async with work.begin(SYSTEM, "close") as ctx:
        closing = await close_addendum(ctx, over.id)
    assert closing.body is not None
    assert decode_body(closing.body) == {"entries": 0, "last_hash": bytes(32).hex()}


async def test_a_fact_goes_where_it_belongs_now(work: UnitOfWork) -> None:
    visit = await make_visit(work)

    async def fact() -> Entry:
        async with work.begin(SYSTEM, "fact") as ctx:
            return await append_fact(ctx, visit.id, EntryKind.CONSENT, {"version": 1})

    first = await fact()
    assert (first.conversation_id, first.seq) == (visit.id, 1)
    await visit.arrive()
    await visit.admit()
    assert (await fact()).seq == 4
    await visit.finish()
    after = await fact()
    assert (after.conversation_id, after.seq) == (addendum_of(visit.id), 1)
    assert [entry.kind for entry in await sound(work, visit.id)] == [
        "consent",
        "arrived",
        "admitted",
        "consent",
        "finished",
    ]


async def test_while_a_visit_is_open_it_has_no_addendum(work: UnitOfWork) -> None:
    visit = await spoken(work, "a")
    for name in ("addendum", "closing"):
        with pytest.raises(WrongState) as refused:
            async with work.begin(SYSTEM, "early") as ctx:
                await ATTEMPTS[name](ctx, visit.id)
        assert code_of(refused) is Code.CONSULTATION_WRONG_STATE


ATTEMPTS: dict[str, Callable[[Context, UUID], Awaitable[Entry]]] = {
    "addendum": lambda ctx, item: append_addendum(ctx, item, EntryKind.FILE, {}),
    "closing": close_addendum,
    "fact": lambda ctx, item: append_fact(ctx, item, EntryKind.FILE, {}),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_an_unknown_consultation_has_no_addendum(
    work: UnitOfWork, attempt: Callable[[Context, UUID], Awaitable[Entry]]
) -> None:
    with pytest.raises(NotFound):
        async with work.begin(SYSTEM, "test") as ctx:
            await attempt(ctx, UUID(int=1))


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_nothing_is_added_once_the_key_is_destroyed(
    work: UnitOfWork, over: Visit, dsn: str, attempt: Callable[[Context, UUID], Awaitable[Entry]]
) -> None:
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_key set wrapped = null, destroyed_at = created_at",
    )
    with pytest.raises(WrongState) as refused:
        async with work.begin(SYSTEM, "test") as ctx:
            await attempt(ctx, over.id)
    assert code_of(refused) is Code.CONVERSATION_CLOSED
    assert rows(
        dsn, "select count(*) from archive_entry where conversation_id = %s", str(addendum_of(over.id))
    ) == [(0,)]


async def test_facts_at_once_stand_one_after_another(work: UnitOfWork, over: Visit) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        tasks = [group.create_task(later(work, over)) for _ in range(8)]
    assert sorted(task.result().seq for task in tasks) == list(range(1, 9))
    assert len(await sound(work, addendum_of(over.id))) == 8


async def test_the_register_is_one_line_with_a_key_of_its_own(
    work: UnitOfWork, over: Visit, dsn: str
) -> None:
    async def keep(kind: RegisterKind) -> Entry:
        async with work.begin(SYSTEM, "register") as ctx:
            return await append_register(ctx, kind, {"of": str(over.id)})

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        tasks = [group.create_task(keep(RegisterKind.DESTRUCTION)) for _ in range(5)]
    assert sorted(task.result().seq for task in tasks) == [1, 2, 3, 4, 5]
    closing = await keep(RegisterKind.CLOSED)
    entries = await sound(work, REGISTER_ID)
    assert entries[-1] == closing
    assert entries[0].body is not None
    assert decode_body(entries[0].body) == {"of": str(over.id)}
    assert rows(dsn, "select count(*) from archive_key where conversation_id = %s", str(REGISTER_ID)) == [
        (1,)
    ]
    with pytest.raises(WrongState) as refused:
        await keep(RegisterKind.EPOCH)
    assert code_of(refused) is Code.CONVERSATION_CLOSED
