"""What is kept outside a conversation's live phase: a consultation's addendum, and the hospital's register.

These are parts of actions, not actions: whoever calls them has asked for permission and writes the audit
line. What they keep is durable when the caller's transaction commits.
"""

from uuid import UUID

from actions.context import Context
from actions.data_keys import open_locked
from chat_archive.append import Appended, append, chain
from chat_archive.data_keys import KeyDestroyed, KeyFault
from chat_archive.entry import REGISTER_ID, Draft, Entry, Head, addendum_of
from domain.consultation import OPEN_STATES
from domain.errors import Code, OwnFault, WrongState
from domain.facts import Body, EntryKind, RegisterKind, encode_body, finished_body
from storage import consultations
from storage.archive import PgArchiveStore
from storage.consultations import Locked

SYSTEM_AUTHOR = "system"


async def append_addendum(ctx: Context, consultation_id: UUID, kind: EntryKind, body: Body) -> Entry:
    """Keep a later fact in the consultation's addendum, which begins with its first one.

    Raise NotFound, WrongState (consultation.wrong_state) while the consultation is still open,
    WrongState (chat.conversation_closed) when the addendum is closed or the key was destroyed.
    """
    locked = await consultations.lock_one(ctx.tx, consultation_id)
    return await _append(ctx, locked, kind, body)


async def close_addendum(ctx: Context, consultation_id: UUID) -> Entry:
    """Close the addendum, empty or not: nothing is added any more. Raise as `append_addendum`."""
    return await append_addendum(ctx, consultation_id, EntryKind.CLOSED, {})


async def append_fact(ctx: Context, consultation_id: UUID, kind: EntryKind, body: Body) -> Entry:
    """Keep a fact where it belongs now: in the conversation while it is open, in the addendum afterwards.

    Raise NotFound, or WrongState (chat.conversation_closed) as `append_addendum`.
    """
    locked = await consultations.lock_one(ctx.tx, consultation_id)
    if locked.consultation.state not in OPEN_STATES:
        return await _append(ctx, locked, kind, body)
    keys = await open_locked(ctx, [locked])
    if consultation_id not in keys:
        raise _closed(kind.value)
    draft = _draft(ctx, consultation_id, kind.value, body)
    chained = chain({consultation_id: locked.head}, keys, [], [draft], ctx.random)
    await PgArchiveStore(ctx.tx).insert(chained.fresh, chained.heads)
    return _entry(chained.outcomes[0])


async def append_register(ctx: Context, kind: RegisterKind, body: Body) -> Entry:
    """Keep a fact about the whole archive in the hospital's register.

    Everything that is recorded there stands in one line: its head stays locked until the transaction ends.
    Raise WrongState (chat.conversation_closed) after a closing entry.
    """
    store = PgArchiveStore(ctx.tx)
    head = (await store.lock_heads([REGISTER_ID]))[REGISTER_ID]
    await _demand_open(store, head, kind.value)
    if kind is RegisterKind.CLOSED:
        body = finished_body(head.size, head.last_hash)
    return await _keep(ctx, store, _draft(ctx, REGISTER_ID, kind.value, body), {})


async def _append(ctx: Context, locked: Locked, kind: EntryKind, body: Body) -> Entry:
    consultation = locked.consultation
    if consultation.state in OPEN_STATES:
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", consultation.state.value, kind.value)
    if consultation.id not in await open_locked(ctx, [locked]):
        raise _closed(kind.value)
    addendum = addendum_of(consultation.id)
    store = PgArchiveStore(ctx.tx)
    belongs_to: dict[UUID, UUID] = {addendum: consultation.id}
    head = (await store.lock_heads([addendum], belongs_to))[addendum]
    await _demand_open(store, head, kind.value)
    if kind is EntryKind.CLOSED:
        body = finished_body(head.size, head.last_hash)
    return await _keep(ctx, store, _draft(ctx, addendum, kind.value, body), belongs_to)


async def _demand_open(store: PgArchiveStore, head: Head, kind: str) -> None:
    """Raise WrongState when the locked conversation's last entry is its closing one."""
    if not head.size:
        return
    (last,) = await store.read(head.conversation_id, head.size - 1, 1)
    if last.kind == EntryKind.CLOSED.value:
        raise _closed(kind)


async def _keep(ctx: Context, store: PgArchiveStore, draft: Draft, belongs_to: dict[UUID, UUID]) -> Entry:
    try:
        (outcome,) = await append(store, ctx.keys, [draft], ctx.now, ctx.random, belongs_to)
    except KeyDestroyed:
        raise _closed(draft.kind) from None
    except KeyFault as fault:
        raise OwnFault(str(fault)) from fault
    return _entry(outcome)


def _draft(ctx: Context, conversation_id: UUID, kind: str, body: Body) -> Draft:
    author = SYSTEM_AUTHOR if ctx.actor.account_id is None else str(ctx.actor.account_id)
    return Draft(conversation_id, ctx.new_id(), author, kind, ctx.now, encode_body(body))


def _entry(outcome: object) -> Entry:
    if not isinstance(outcome, Appended):
        raise OwnFault("a new message id was used before")
    return outcome.entry


def _closed(kind: str) -> WrongState:
    return WrongState(Code.CONVERSATION_CLOSED, "record", "closed", kind)
