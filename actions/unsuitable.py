"""Not suitable online: the doctor ends a visit with a reason and a referral, before or after admitting.

The decision is an entry of the record, encrypted like what is said, right before the closing entry, which
counts it and names its hash. Nobody else learns of it: the mail after the visit says nothing of it. What was
paid for the visit goes back.
"""

from uuid import UUID

from actions.consultations import Moved, conclude
from actions.context import ActionRefused, Context, permit, record
from actions.data_keys import open_locked
from actions.refunds import refund_for
from chat_archive.append import Appended, chain, key
from chat_archive.entry import Draft
from domain.consultation import ConsultationEvent, moved
from domain.errors import Code, Conflict, OwnFault, WrongState
from domain.facts import EntryKind, encode_body, finished_body
from domain.payment import RefundReason
from domain.permissions import Action
from domain.unsuitable import Unsuitable, unsuitable_body
from storage import consultations
from storage.archive import PgArchiveStore


async def turn_away(ctx: Context, consultation_id: UUID, message_id: UUID, why: Unsuitable) -> Moved:
    """End a visit that waits or is in progress as not suitable online; a mail says only that it ended.

    `message_id` is the page's own: a resend of the same decision changes nothing, and is answered with what
    is kept. Raise NotFound, ActionRefused for anyone but the doctor of this visit, WrongState when nobody
    waits and no visit is in progress, Conflict (chat.message_id_reused) for another decision by the same id.
    """
    permit(ctx, Action.CONSULTATION_TURN_AWAY)
    locked = await consultations.lock_one(ctx.tx, consultation_id)
    before, head = locked.consultation, locked.head
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id != before.practitioner_account_id:
        raise ActionRefused(Action.CONSULTATION_TURN_AWAY, subject, before.patient_id)
    keys = await open_locked(ctx, [locked])
    if consultation_id not in keys:
        raise WrongState(Code.CONVERSATION_CLOSED, "consultation", before.state.value, "turn-away")
    author, store = str(ctx.actor.account_id), PgArchiveStore(ctx.tx)
    decision = Draft(
        consultation_id,
        message_id,
        author,
        EntryKind.UNSUITABLE.value,
        ctx.now,
        encode_body(unsuitable_body(why)),
    )
    kept = await store.find([key(decision)])
    said = chain({consultation_id: head}, keys, kept, [decision], ctx.random)
    (outcome,) = said.outcomes
    if not isinstance(outcome, Appended):
        raise Conflict(Code.MESSAGE_ID_REUSED, "This message id was used for another message.")
    if not outcome.new:
        return Moved(before, outcome.entry)
    after = moved(before, ConsultationEvent.TURN_AWAY, ctx.now)
    if not await consultations.move(ctx.tx, before, after):
        raise OwnFault(f"consultation {consultation_id} changed while it was locked")
    (end,) = said.heads
    closing = Draft(
        consultation_id,
        ctx.new_id(),
        author,
        EntryKind.FINISHED.value,
        ctx.now,
        encode_body(finished_body(end.size, end.last_hash)),
    )
    closed = chain({consultation_id: end}, keys, [], [closing], ctx.random)
    (last,) = closed.outcomes
    if not isinstance(last, Appended):
        raise OwnFault("a new message id was used before")
    await store.insert([*said.fresh, *closed.fresh], closed.heads)
    await conclude(ctx, after)
    await refund_for(ctx, before.appointment_id, RefundReason.NOT_SUITABLE)
    await record(
        ctx,
        Action.CONSULTATION_TURN_AWAY,
        subject,
        patient_id=before.patient_id,
        detail={"seq": outcome.entry.seq},
    )
    return Moved(after, last.entry, outcome.entry)
