"""Follow-up: the doctor proposes another visit, the patient sees what was proposed and may let it go.

Why is said in the record alone, encrypted: in the visit, or in what is added after it. What stands beside it
says only when, and where in the record it is.
"""

from datetime import date
from uuid import UUID

from actions.acting import acting_for, acting_patients
from actions.addenda import append_fact
from actions.context import ActionRefused, Context, permit, record, record_patients
from actions.data_keys import reading_keys
from chat_archive.data_keys import open_entry
from domain.errors import Code, Conflict, NotFound, WrongState
from domain.facts import EntryKind, decode_body
from domain.follow_up import FOLLOW_UP, PROPOSING_STATES, FollowUp, FollowUpEvent, follow_up_body
from domain.permissions import Action
from storage import consultations, follow_ups, safety


async def propose_follow_up(ctx: Context, consultation_id: UUID, due_on: date, why: str, today: date) -> None:
    """Propose another visit to the patient of this one. `today` is the hospital's present day.

    Raise InvalidInput, NotFound, ActionRefused for anyone but the doctor of this visit, WrongState before it
    has begun or once its record takes nothing more, Conflict (follow_up.proposed) when one was proposed.
    """
    permit(ctx, Action.FOLLOW_UP_PROPOSE)
    body = follow_up_body(due_on, why, today)
    before = (await consultations.lock_one(ctx.tx, consultation_id)).consultation
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id != before.practitioner_account_id:
        raise ActionRefused(Action.FOLLOW_UP_PROPOSE, subject, before.patient_id)
    if before.state not in PROPOSING_STATES:
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", before.state.value, "follow-up")
    entry = await append_fact(ctx, consultation_id, EntryKind.FOLLOW_UP, body)
    if not await follow_ups.insert(
        ctx.tx, consultation_id, entry.conversation_id, entry.seq, due_on, ctx.now
    ):
        raise Conflict(Code.FOLLOW_UP_PROPOSED, "A follow-up was proposed for this visit already.")
    await record(
        ctx,
        Action.FOLLOW_UP_PROPOSE,
        subject,
        patient_id=before.patient_id,
        detail={"seq": entry.seq},
    )


async def own_follow_ups(ctx: Context) -> list[FollowUp]:
    """Return what was proposed to the actor's patients and neither booked nor let go, the next due first."""
    permit(ctx, Action.FOLLOW_UP_READ_OWN)
    patient_ids = await acting_patients(ctx)
    found = await follow_ups.open_of(ctx.tx, patient_ids)
    await record_patients(ctx, Action.FOLLOW_UP_READ_OWN, patient_ids)
    wanted = {item.conversation_id: item.seq for item in found}
    keys = await reading_keys(ctx, wanted)
    whys: dict[UUID, str] = {}
    for sealed in await safety.entries(ctx.tx, wanted):
        entry = open_entry(sealed, keys[sealed.conversation_id])
        if entry.body is None:
            continue
        try:
            told = decode_body(entry.body).get("why")
        except ValueError:
            continue
        if isinstance(told, str):
            whys[entry.conversation_id] = told
    return [
        FollowUp(
            item.consultation_id,
            item.practitioner_id,
            item.practitioner_name,
            item.practitioner_title,
            item.due_on,
            item.proposed_at,
            whys.get(item.conversation_id),
            item.patient_id,
            item.patient_name,
        )
        for item in found
    ]


async def dismiss_follow_up(ctx: Context, consultation_id: UUID) -> None:
    """Let go what was proposed after a visit of one of the actor's patients.

    Raise NotFound, ActionRefused for somebody else's, WrongState when it was let go before.
    """
    permit(ctx, Action.FOLLOW_UP_DISMISS)
    found = await follow_ups.by_consultation(ctx.tx, consultation_id)
    if found is None:
        raise NotFound("follow-up")
    subject = ("consultation", consultation_id)
    await acting_for(ctx, found.patient_id, Action.FOLLOW_UP_DISMISS, subject)
    after = FOLLOW_UP.next(found.state, FollowUpEvent.DISMISS)
    if not await follow_ups.move(ctx.tx, consultation_id, found.state, after, ctx.now):
        raise WrongState(FOLLOW_UP.code, FOLLOW_UP.what, after.value, FollowUpEvent.DISMISS.value)
    await record(ctx, Action.FOLLOW_UP_DISMISS, subject, patient_id=found.patient_id)
