"""Legal holds: placing and lifting them. A hold outlasts every term, and stops what is not destroyed yet."""

from collections.abc import Sequence
from uuid import UUID

from actions.attempts import attempted
from actions.context import Context, UnitOfWork, permit, record, record_patients
from domain.accounts import Actor
from domain.destruction import LegalHold
from domain.errors import Code, FieldFault, InvalidInput, NotAuthenticated, NotFound, OwnFault, WrongState
from domain.ids import AccountId, PatientId
from domain.permissions import Action
from domain.retention import DESTRUCTION, DestructionEvent, Hindrance
from storage import destruction, retention

HOLDS_LISTED_MAX = 500
REASON_MAX = 500


async def list_holds(ctx: Context) -> list[LegalHold]:
    """Return legal holds, those that stand first, at most HOLDS_LISTED_MAX."""
    permit(ctx, Action.RETENTION_READ)
    found = await retention.holds(ctx.tx, HOLDS_LISTED_MAX)
    await record_patients(ctx, Action.RETENTION_READ, [hold.patient_id for hold in found])
    return found


async def place_hold(
    work: UnitOfWork,
    actor: Actor,
    request_id: str,
    *,
    reason: str,
    consultation_id: UUID | None = None,
    patient_id: PatientId | None = None,
) -> LegalHold:
    """Hold one record, or all records of a patient, those to come too; durable on return.

    Exactly one of the two ids is given. Requests under way lose the records that are held now; one that
    loses its last comes to nothing. Raise NotFound, InvalidInput, WrongState (retention.destroyed) for one
    record that cannot be held any more; every try leaves a line.
    """
    subject = ("patient", patient_id) if consultation_id is None else ("consultation", consultation_id)
    named = None if subject[1] is None else (subject[0], subject[1])
    async with attempted(work, actor, request_id, Action.HOLD_PLACE, named, patient_id=patient_id) as ctx:
        permit(ctx, Action.HOLD_PLACE)
        by = acting(ctx)
        if (consultation_id is None) == (patient_id is None):
            kind = FieldFault.MISSING if patient_id is None else FieldFault.NOT_EXPECTED
            raise InvalidInput("A hold is on a record or on a patient.", {"consultation_id": kind})
        words = reason_of(reason)
        held = await _lock_held(ctx, consultation_id, patient_id)
        hold_id = ctx.new_id()
        await retention.insert_hold(
            ctx.tx,
            hold_id,
            consultation_id=consultation_id,
            patient_id=patient_id,
            reason=words,
            by=by,
            at=ctx.now,
        )
        stopped = await _take_out(ctx, held, by, words)
        hold = await retention.hold(ctx.tx, hold_id)
        await record(
            ctx,
            Action.HOLD_PLACE,
            ("hold", hold_id),
            patient_id=hold.patient_id,
            detail={
                "consultation_id": None if consultation_id is None else str(consultation_id),
                "requests_changed": [str(item) for item in stopped],
            },
        )
    return hold


async def lift_hold(work: UnitOfWork, actor: Actor, request_id: str, hold_id: UUID, *, reason: str) -> None:
    """Lift a hold, with a reason; durable on return. What it took out of requests stays out.

    Raise NotFound, InvalidInput, WrongState (retention.hold_lifted) when it was lifted before.
    """
    async with attempted(work, actor, request_id, Action.HOLD_LIFT, ("hold", hold_id)) as ctx:
        permit(ctx, Action.HOLD_LIFT)
        by = acting(ctx)
        words = reason_of(reason)
        hold = await retention.hold(ctx.tx, hold_id)
        if not await retention.lift_hold(ctx.tx, hold_id, words, by, ctx.now):
            raise WrongState(Code.RETENTION_HOLD_LIFTED, "hold", "lifted", "lift")
        await record(ctx, Action.HOLD_LIFT, ("hold", hold_id), patient_id=hold.patient_id)


def acting(ctx: Context) -> AccountId:
    """Return the account that acts; raise NotAuthenticated for the hospital itself."""
    if ctx.actor.account_id is None:
        raise NotAuthenticated
    return ctx.actor.account_id


def reason_of(text: str, field: str = "reason") -> str:
    """Return a reason without blanks round it; raise InvalidInput when it says nothing or too much."""
    words = text.strip()
    if not words:
        raise InvalidInput("Give the reason.", {field: FieldFault.TOO_SHORT})
    if len(words) > REASON_MAX:
        raise InvalidInput(f"A reason has at most {REASON_MAX} characters.", {field: FieldFault.TOO_LONG})
    if not words.replace("\n", " ").isprintable():
        raise InvalidInput("A reason is plain text.", {field: FieldFault.BAD_FORMAT})
    return words


async def _lock_held(ctx: Context, consultation_id: UUID | None, patient_id: PatientId | None) -> list[UUID]:
    """Lock the records that a hold is on; raise NotFound, or WrongState for a record that is destroyed."""
    if patient_id is not None:
        if not await retention.patient_exists(ctx.tx, patient_id):
            raise NotFound("patient")
        return await retention.lock(ctx.tx, await retention.of_patient(ctx.tx, patient_id))
    locked = await retention.lock(ctx.tx, [consultation_id] if consultation_id is not None else [])
    if not locked:
        raise NotFound("consultation")
    found = await retention.standings(ctx.tx, locked, ctx.now)
    if found[locked[0]].standing.key_destroyed:
        raise WrongState(Code.RETENTION_DESTROYED, "record", "destroyed", "hold")
    return locked


async def _take_out(ctx: Context, held: Sequence[UUID], by: AccountId, reason: str) -> list[UUID]:
    """Take these locked records out of the requests under way; return the requests."""
    changed = await destruction.lock_live_with(ctx.tx, held)
    for request_id in changed:
        named = {item.consultation_id for item in await destruction.records(ctx.tx, request_id)}
        spared: dict[UUID, Hindrance] = {item: Hindrance.ON_HOLD for item in held if item in named}
        await destruction.spare(ctx.tx, request_id, spared, ctx.now)
        request = await destruction.by_id(ctx.tx, request_id)
        if request.spared == request.records:
            ended = DESTRUCTION.next(request.state, DestructionEvent.SPARE)
            if not await destruction.end(
                ctx.tx, request_id, request.state, ended, by=by, at=ctx.now, reason=reason
            ):
                raise OwnFault(f"request {request_id} changed while it was locked")
    return changed
