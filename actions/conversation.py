"""The conversation: keeping what participants say and do, and reading it back.

Messages of many rooms are kept in one transaction: the rooms' appender opens it and hands in a batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.context import ActionRefused, Context, permit, record
from actions.data_keys import open_locked, reading_keys
from chat_archive.append import Appended, MessageIdReused, chain, key
from chat_archive.data_keys import DestroyedKey, open_entry
from chat_archive.entry import Draft, Entry
from domain.accounts import Actor
from domain.consultation import CHAT_STATES, OPEN_STATES, Consultation, ConsultationState
from domain.errors import (
    Code,
    Conflict,
    FieldFault,
    Forbidden,
    InvalidInput,
    NotFound,
    OwnFault,
    TooLarge,
    UserFault,
    WrongState,
)
from domain.facts import Body, EntryKind, encode_body
from domain.permissions import Action, allowed
from domain.safety import flags_of
from storage import audit_trail, consultations, files, safety
from storage.archive import PgArchiveStore
from storage.consultations import Locked
from storage.files import StoredObject

BODY_MAX = 65_536
"""Bytes of an encoded body; the database holds the same limit."""
READ_MAX = 500
"""Entries that one reading returns at most."""

_ACTIONS = {
    EntryKind.CHAT: Action.CHAT_POST,
    EntryKind.JOINED: Action.ROOM_JOIN,
    EntryKind.LEFT: Action.ROOM_LEAVE,
    EntryKind.MEDIA: Action.MEDIA_SET,
    EntryKind.FILE: Action.FILE_ADD,
    EntryKind.CONSENT: Action.CONSENT_GIVE,
    EntryKind.SAFETY: Action.SAFETY_ANSWER,
    EntryKind.LOCATION: Action.LOCATION_CONFIRM,
    EntryKind.DIAGNOSIS: Action.DIAGNOSIS_STATE,
    EntryKind.GUEST_JOINED: Action.GUEST_JOIN,
    EntryKind.GUEST_LEFT: Action.GUEST_LEAVE,
    EntryKind.GUEST_MEDIA: Action.MEDIA_SET,
}
"""What participants and a guest may say, and what it takes. Other kinds are kept by what causes them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a participant wants kept. `message_id` is the participant's own and makes a resend harmless.

    `stored` is what lies in the object store already, for a file and for nothing else.
    """

    actor: Actor
    request_id: str
    consultation_id: UUID
    message_id: UUID
    kind: EntryKind
    body: Body
    stored: StoredObject | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A saying as kept. `new` is False for a resend; the state is the one it was kept, or found, in."""

    entry: Entry
    consultation_state: ConsultationState
    new: bool


async def keep_batch(ctx: Context, sayings: Sequence[Saying]) -> list[Kept | UserFault]:
    """Keep sayings of any consultations in their order; return one outcome for each, in the same order.

    `ctx` is the system's: each saying names its own actor, whose permission is checked here. Outcomes are
    values, so that one saying's fault does not spoil the others:

    - InvalidInput, TooLarge: the kind or the body cannot be kept,
    - Forbidden: the role may not, or the actor is no participant (an audit line says so),
    - NotFound: there is no such consultation,
    - WrongState: chat.conversation_closed once it is over, consultation.wrong_state before chat is open,
    - Conflict: chat.message_id_reused, the id was used for another content.

    A resend of what is kept already is answered with its entry in any state, unless its text was destroyed.
    Everything is durable when the caller's transaction commits. Four statements, however many sayings, and
    one more for the first entries of conversations, for files, and for what patients say of their safety.
    """
    if not ctx.actor.is_system:
        raise OwnFault("a batch is kept on behalf of the system: its sayings name their actors")
    if not sayings:
        return []
    locked = await consultations.lock(ctx.tx, (saying.consultation_id for saying in sayings))
    checked = [_checked(ctx, saying, locked) for saying in sayings]
    store = PgArchiveStore(ctx.tx)
    wanted = [key(item) for item in checked if isinstance(item, Draft)]
    kept = await store.find(wanted) if wanted else []
    kept_keys = {key(entry) for entry in kept}
    for index, (saying, draft) in enumerate(zip(sayings, checked, strict=True)):
        if isinstance(draft, Draft) and key(draft) not in kept_keys:
            state = locked[saying.consultation_id].consultation.state
            checked[index] = closed_to(saying.kind, state) or draft
    sealing = {item.conversation_id for item in checked if isinstance(item, Draft)}
    keys = await open_locked(ctx, (locked[conversation] for conversation in sorted(sealing)))
    heads = {conversation: item.head for conversation, item in locked.items()}
    drafts = [item for item in checked if isinstance(item, Draft)]
    chained = chain(heads, keys, kept, drafts, ctx.random)
    if chained.fresh:
        await store.insert(chained.fresh, chained.heads)
    appended = iter(chained.outcomes)
    outcomes = [
        item
        if isinstance(item, UserFault)
        else _outcome(next(appended), locked[saying.consultation_id].consultation.state)
        for saying, item in zip(sayings, checked, strict=True)
    ]
    named = [
        (outcome.entry.conversation_id, outcome.entry.seq, saying.stored)
        for saying, outcome in zip(sayings, outcomes, strict=True)
        if saying.stored is not None and isinstance(outcome, Kept) and outcome.new
    ]
    if named:
        await files.keep(ctx.tx, named)
    marks = [
        safety.Mark(
            outcome.entry.conversation_id,
            outcome.entry.seq,
            ctx.now,
            saying.kind,
            bool(flags_of(saying.body)),
        )
        for saying, outcome in zip(sayings, outcomes, strict=True)
        if saying.kind in safety.MARKED and isinstance(outcome, Kept) and outcome.new
    ]
    if marks:
        await safety.mark(ctx.tx, marks)
    lines = [
        line
        for saying, outcome in zip(sayings, outcomes, strict=True)
        if (line := _line(ctx, saying, outcome, locked)) is not None
    ]
    if lines:
        await audit_trail.insert(ctx.tx, lines)
    return outcomes


async def read_entries(ctx: Context, consultation_id: UUID, after_seq: int, limit: int) -> list[Entry]:
    """Return up to `limit` entries (READ_MAX at most) with seq > after_seq to a participant, in order.

    Bodies that were destroyed or damaged are None. Raise NotFound, or ActionRefused for anyone else.
    Leaves an audit line.
    """
    permit(ctx, Action.CHAT_READ)
    if not 1 <= limit <= READ_MAX:
        fault = FieldFault.TOO_SMALL if limit < 1 else FieldFault.TOO_LARGE
        raise InvalidInput(f"1 to {READ_MAX} entries can be read at once.", {"limit": fault})
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id is None or not consultation.has_participant(ctx.actor.account_id, ctx.now):
        raise ActionRefused(Action.CHAT_READ, subject, consultation.patient_id)
    await record(ctx, Action.CHAT_READ, subject, patient_id=consultation.patient_id)
    keys = await reading_keys(ctx, [consultation_id])
    entries = await PgArchiveStore(ctx.tx).read(consultation_id, after_seq, limit)
    return [open_entry(entry, keys[consultation_id]) for entry in entries]


def _checked(ctx: Context, saying: Saying, locked: Mapping[UUID, Locked]) -> Draft | UserFault:
    """Return the draft of a saying that its actor may make; whether it can be kept now is not asked yet."""
    action = _ACTIONS.get(saying.kind)
    if action is None or (saying.kind is EntryKind.FILE) != (saying.stored is not None):
        return InvalidInput("A participant cannot say this.", {"kind": FieldFault.NOT_A_CHOICE})
    account_id = saying.actor.account_id
    if not allowed(saying.actor, action) or account_id is None:
        return Forbidden()
    place = locked.get(saying.consultation_id)
    if place is None:
        return NotFound("consultation")
    if not may_be_in(saying.actor, place.consultation, ctx.now):
        return Forbidden()
    if isinstance(place.key, DestroyedKey):
        state = place.consultation.state.value
        return WrongState(Code.CONVERSATION_CLOSED, "consultation", state, saying.kind.value)
    try:
        body = encode_body(saying.body)
    except (TypeError, ValueError):
        return InvalidInput("The message is not valid text.", {"text": FieldFault.BAD_FORMAT})
    if len(body) > BODY_MAX:
        return TooLarge("message", BODY_MAX)
    return Draft(saying.consultation_id, saying.message_id, str(account_id), saying.kind.value, ctx.now, body)


def may_be_in(actor: Actor, consultation: Consultation, now: datetime) -> bool:
    """Say whether the actor takes a side of this consultation, or is its guest."""
    if actor.guest_of is not None:
        return actor.guest_of == consultation.id
    return actor.account_id is not None and consultation.has_participant(actor.account_id, now)


def closed_to(kind: EntryKind, state: ConsultationState) -> WrongState | None:
    """Say why nothing of this kind can be kept in this state; None when it can.

    The closing entry is the last one: not even somebody's leaving is kept after it.
    """
    if state not in OPEN_STATES:
        return WrongState(Code.CONVERSATION_CLOSED, "consultation", state.value, kind.value)
    # Documents of an earlier diagnosis may come as soon as the visit is booked (FU-1).
    if kind is EntryKind.CHAT and state not in CHAT_STATES:
        return WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", state.value, kind.value)
    return None


def _outcome(appended: Appended | MessageIdReused, state: ConsultationState) -> Kept | UserFault:
    if isinstance(appended, MessageIdReused):
        return Conflict(Code.MESSAGE_ID_REUSED, "This message id was used for another message.")
    return Kept(appended.entry, state, appended.new)


def _line(
    ctx: Context, saying: Saying, outcome: Kept | UserFault, locked: Mapping[UUID, Locked]
) -> audit_trail.Line | None:
    """Return the audit line of what was kept anew or refused; resends and mistakes leave none."""
    action = _ACTIONS.get(saying.kind)
    if action is None or (isinstance(outcome, Kept) and not outcome.new):
        return None
    if not isinstance(outcome, Kept | Forbidden):
        return None
    place = locked.get(saying.consultation_id)
    return audit_trail.line(
        saying.actor,
        action,
        ctx.now,
        saying.request_id,
        ("consultation", saying.consultation_id),
        None if place is None else place.consultation.patient_id,
        "done" if isinstance(outcome, Kept) else "refused",
        {"seq": outcome.entry.seq} if isinstance(outcome, Kept) else {},
    )
