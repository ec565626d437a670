"""Destroying records whose destruction was approved, and what time does to requests.

The text goes with its key; that it existed stays: the chain, the leaves and their proofs are as they were.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from actions.addenda import append_addendum, append_register, close_addendum
from actions.attempts import attempted
from actions.context import Context, UnitOfWork, permit, record
from actions.destruction import demand_in_time
from actions.legal_holds import acting
from actions.retention import standings
from chat_archive.entry import addendum_of
from domain.accounts import SYSTEM, Actor
from domain.destruction import DestructionRequest, RequestedRecord
from domain.errors import Code, OwnFault, WrongState
from domain.facts import Body, EntryKind, RegisterKind
from domain.ids import AccountId
from domain.jobs import delete_files
from domain.permissions import Action
from domain.retention import DESTRUCTION, DestructionEvent, Hindrance, RetentionPolicy
from storage import destruction, retention
from storage.archive import PgArchiveStore
from storage.job_queue import enqueue

_AT_ONCE: Final = 50


async def destroy(
    work: UnitOfWork, policy: RetentionPolicy, actor: Actor, request_id: str, destruction_id: UUID
) -> DestructionRequest:
    """Destroy the records of an approved request, all in one transaction; durable on return.

    Each gets its last entry and a line in the register, its addendum is closed and its data key destroyed:
    nobody can read it again. Its files are deleted by a job. What must be kept after all, because a hold came
    or the patient did, is taken out; when nothing is left the request is refused, which is durable, and no
    error. Raise NotFound, WrongState (retention.expired, retention.wrong_state, retention.approval_void when
    one of the three accounts is disabled now). Every try leaves a line.
    """
    subject, action = ("destruction", destruction_id), Action.DESTRUCTION_EXECUTE
    async with attempted(work, actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        by = acting(ctx)
        named = await destruction.records(ctx.tx, destruction_id)
        # Records before requests: a hold locks in this order too, and whoever is first wins.
        await retention.lock(ctx.tx, [item.consultation_id for item in named])
        request = await destruction.lock(ctx.tx, destruction_id)
        demand_in_time(request, ctx.now)
        after = DESTRUCTION.next(request.state, DestructionEvent.DESTROY_KEYS)
        await _demand_approvals(ctx, request)
        named = [item for item in await destruction.records(ctx.tx, destruction_id) if item.spared is None]
        kept = await _kept_after_all(ctx, policy, named)
        if kept:
            await destruction.spare(ctx.tx, destruction_id, kept, ctx.now)
        going = [item for item in named if item.consultation_id not in kept]
        if not going:
            return await _nothing_left(ctx, request, kept)
        seqs = await _tell(ctx, request, going, ctx.now + policy.key_backups)
        destroyed = await destruction.destroy(
            ctx.tx,
            destruction_id,
            seqs,
            by=by,
            at=ctx.now,
            key_backups_expire_at=ctx.now + policy.key_backups,
        )
        if destroyed != len(going):
            raise OwnFault(f"{len(going) - destroyed} of {len(going)} keys were not there to be destroyed")
        if not await destruction.move(ctx.tx, destruction_id, request.state, after):
            raise OwnFault(f"request {destruction_id} changed while it was locked")
        for item in going:
            await enqueue(ctx.tx, delete_files(item.consultation_id))
            await record(
                ctx,
                action,
                ("consultation", item.consultation_id),
                patient_id=item.patient_id,
                detail={"request": str(destruction_id), "register_seq": seqs[item.consultation_id]},
            )
        done = await destruction.by_id(ctx.tx, destruction_id)
    for item in going:
        ctx.keys.forget(item.consultation_id)
    return done


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Keep what time has done: expired requests, destructions whose key backups are gone; return how many.

    Each round is a transaction of its own. Two servers that tick at once do nothing twice.
    """
    moved = 0
    for one_round in (_expire, _complete):
        while True:
            async with work.begin(SYSTEM, request_id) as ctx:
                count = await one_round(ctx)
            moved += count
            if count < _AT_ONCE:
                break
    return moved


async def _expire(ctx: Context) -> int:
    permit(ctx, Action.DESTRUCTION_EXPIRE)
    found = await destruction.lock_expired(ctx.tx, ctx.now, _AT_ONCE)
    for destruction_id in found:
        request = await destruction.by_id(ctx.tx, destruction_id)
        await _end(ctx, request, DestructionEvent.EXPIRE, by=None, reason=None)
        await record(ctx, Action.DESTRUCTION_EXPIRE, ("destruction", destruction_id))
    return len(found)


async def _complete(ctx: Context) -> int:
    permit(ctx, Action.DESTRUCTION_COMPLETE)
    found = await destruction.lock_completed(ctx.tx, ctx.now, _AT_ONCE)
    for destruction_id in found:
        if not await destruction.complete(ctx.tx, destruction_id, ctx.now):
            raise OwnFault(f"request {destruction_id} changed while it was locked")
        await record(ctx, Action.DESTRUCTION_COMPLETE, ("destruction", destruction_id))
    return len(found)


async def _demand_approvals(ctx: Context, request: DestructionRequest) -> None:
    """Raise WrongState when somebody of the three may not sign in any more: then nobody stands for it."""
    three = {request.requested_by, *(approval.by for approval in request.approvals)}
    people = await destruction.people(ctx.tx, three)
    if len(people) != 3 or any(person.disabled_at is not None for person in people.values()):
        raise WrongState(
            Code.RETENTION_APPROVAL_VOID,
            "request",
            request.state.value,
            DestructionEvent.DESTROY_KEYS.value,
            "The account of one of the three persons is disabled.",
        )


async def _kept_after_all(
    ctx: Context, policy: RetentionPolicy, named: list[RequestedRecord]
) -> dict[UUID, Hindrance]:
    """Return which of these locked records may not be destroyed now. That this request names them is fine."""
    found = await standings(ctx, policy, [item.consultation_id for item in named])
    return {
        item.record.consultation_id: item.hindrance
        for item in found
        if item.hindrance not in (None, Hindrance.REQUESTED)
    }


async def _nothing_left(
    ctx: Context, request: DestructionRequest, kept: Mapping[UUID, Hindrance]
) -> DestructionRequest:
    await _end(ctx, request, DestructionEvent.SPARE, by=None, reason=None)
    await record(
        ctx,
        Action.DESTRUCTION_EXECUTE,
        ("destruction", request.id),
        detail={"destroyed": 0, "kept": {str(item): why.value for item, why in kept.items()}},
    )
    return await destruction.by_id(ctx.tx, request.id)


async def _end(
    ctx: Context,
    request: DestructionRequest,
    event: DestructionEvent,
    *,
    by: AccountId | None,
    reason: str | None,
) -> None:
    ended = DESTRUCTION.next(request.state, event)
    if not await destruction.end(ctx.tx, request.id, request.state, ended, by=by, at=ctx.now, reason=reason):
        raise OwnFault(f"request {request.id} changed while it was locked")


async def _tell(
    ctx: Context, request: DestructionRequest, going: list[RequestedRecord], key_backups_expire_at: datetime
) -> dict[UUID, int]:
    """Write the last entries of these records, then the register's; return the latter's numbers.

    The register last: it is one line for the whole hospital, and held until the transaction ends.
    """
    for item in going:
        try:
            await append_addendum(ctx, item.consultation_id, EntryKind.DESTROYED, {})
            await close_addendum(ctx, item.consultation_id)
        except WrongState as fault:
            # An addendum that is closed already takes no more: then the register alone tells of it.
            if fault.code is not Code.CONVERSATION_CLOSED:
                raise
    store = PgArchiveStore(ctx.tx)
    seqs: dict[UUID, int] = {}
    for item in going:
        body = await _register_body(store, request, item, key_backups_expire_at)
        entry = await append_register(ctx, RegisterKind.DESTRUCTION, body)
        seqs[item.consultation_id] = entry.seq
    return seqs


async def _register_body(
    store: PgArchiveStore, request: DestructionRequest, item: RequestedRecord, key_backups_expire_at: datetime
) -> Body:
    """Return what the register keeps: what was there, who decided, by which rule. No name is in it."""
    first, second = request.approvals
    body: Body = {
        "consultation_id": str(item.consultation_id),
        "request_id": str(request.id),
        "requested_by": str(request.requested_by),
        "approved_by": str(first.by),
        "approved_too_by": str(second.by),
        "rule": item.due.rule.value,
        "due_at": item.due.at.isoformat(),
        "key_backups_expire_at": key_backups_expire_at.isoformat(),
    }
    for name, conversation in (
        ("conversation", item.consultation_id),
        ("addendum", addendum_of(item.consultation_id)),
    ):
        head = await store.head(conversation)
        body[f"{name}_entries"] = 0 if head is None else head.size
        body[f"{name}_hash"] = None if head is None else head.last_hash.hex()
    return body
