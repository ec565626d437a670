"""Requests to destroy records: asking, approving, refusing, withdrawing. Three persons are needed for one.

Who asks and who approves gives the password again at that moment. Nothing is destroyed here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.attempts import attempted, password_again, wrong_password
from actions.context import ActionRefused, Context, UnitOfWork, permit, record, record_patients
from actions.legal_holds import acting, reason_of
from actions.passwords import PasswordHasher
from actions.retention import standings
from domain.accounts import Actor
from domain.destruction import DestructionRequest, RequestedRecord, Standing
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, OwnFault, WrongState
from domain.ids import AccountId
from domain.permissions import Action
from domain.retention import (
    ACCOUNT_AGE_MIN,
    DESTRUCTION,
    HINDRANCE_CODES,
    HINDRANCE_WORDS,
    LIVE_STATES,
    REQUEST_LASTS,
    REQUEST_RECORDS_MAX,
    DestructionEvent,
    RetentionPolicy,
)
from providers.throttle import Throttle
from storage import destruction, retention

REQUESTS_LISTED_MAX = 200
LEFT_OUT_MAX = 100


@dataclass(frozen=True, slots=True)
class Requested:
    """A new request, and what was due and could not be part of it. `more`: others are due besides."""

    request: DestructionRequest
    left_out: list[Standing]
    more: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with the records that it is about."""

    request: DestructionRequest
    records: list[RequestedRecord]


async def list_requests(ctx: Context) -> list[DestructionRequest]:
    """Return requests, the newest first, at most REQUESTS_LISTED_MAX. No patient is in them."""
    permit(ctx, Action.RETENTION_READ)
    found = await destruction.newest(ctx.tx, REQUESTS_LISTED_MAX)
    await record(ctx, Action.RETENTION_READ, detail={"requests": len(found)})
    return found


async def read_request(ctx: Context, destruction_id: UUID) -> RequestView:
    """Return a request and its records. Raise NotFound."""
    permit(ctx, Action.RETENTION_READ)
    request = await destruction.by_id(ctx.tx, destruction_id)
    records = await destruction.records(ctx.tx, destruction_id)
    await record_patients(
        ctx,
        Action.RETENTION_READ,
        [item.patient_id for item in records],
        detail={"request": str(destruction_id)},
    )
    return RequestView(request, records)


async def request_destruction(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    policy: RetentionPolicy,
    actor: Actor,
    request_id: str,
    *,
    reason: str,
    password: str,
    consultation_id: UUID | None = None,
    due_by: datetime | None = None,
) -> Requested:
    """Ask for the destruction of one record, or of all that were due by a moment; durable on return.

    Exactly one of the two is given. One record that cannot be destroyed is refused by the code of its
    hindrance (retention.before_term, on_hold, open, requested, destroyed, nothing_kept). Of all that are due
    those that a hold or another request keeps are left out and named; at most REQUEST_RECORDS_MAX go into
    one request, the first due first. Raise WrongState also as retention.nothing_due and
    retention.account_too_new, InvalidInput, NotFound, Throttled. Every try leaves a line.
    """
    subject = None if consultation_id is None else ("consultation", consultation_id)
    action = Action.DESTRUCTION_REQUEST
    proof = await password_again(work, passwords, throttle, actor, request_id, action, subject, password)
    async with attempted(work, actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        by = acting(ctx)
        if (consultation_id is None) == (due_by is None):
            kind = FieldFault.MISSING if due_by is None else FieldFault.NOT_EXPECTED
            raise InvalidInput("A request names a record, or a day.", {"consultation_id": kind})
        words = reason_of(reason)
        await _demand_person(ctx, by, proof)
        if consultation_id is not None:
            wanted, left_out, more = await _one(ctx, policy, consultation_id), list[Standing](), False
        else:
            wanted, left_out, more = await _all_due(ctx, policy, due_by or ctx.now)
        destruction_id = ctx.new_id()
        await destruction.insert(
            ctx.tx,
            destruction_id,
            by=by,
            at=ctx.now,
            expires_at=ctx.now + REQUEST_LASTS,
            reason=words,
            due_by=due_by,
            records={item.record.consultation_id: item.due for item in wanted if item.due is not None},
        )
        request = await destruction.by_id(ctx.tx, destruction_id)
        # Who was left out was looked at as well: their names go back to whoever asked.
        for item in [*wanted, *left_out]:
            await record(
                ctx,
                action,
                ("consultation", item.record.consultation_id),
                patient_id=item.record.patient_id,
                detail={
                    "request": str(destruction_id),
                    "left_out": None if item.hindrance is None else item.hindrance.value,
                },
            )
    return Requested(request, left_out, more)


async def approve(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    actor: Actor,
    request_id: str,
    destruction_id: UUID,
    *,
    password: str,
) -> DestructionRequest:
    """Approve a request as its first or its second approver; durable on return.

    Raise NotFound, InvalidInput (auth.wrong_password), Throttled, Conflict (retention.same_person) for the
    requester and for who has approved it already, WrongState (retention.account_too_new,
    retention.expired, retention.wrong_state). Every try leaves a line.
    """
    subject, action = ("destruction", destruction_id), Action.DESTRUCTION_APPROVE
    proof = await password_again(work, passwords, throttle, actor, request_id, action, subject, password)
    async with attempted(work, actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        by = acting(ctx)
        request = await _lock_live(ctx, destruction_id)
        approved = DESTRUCTION.next(request.state, DestructionEvent.APPROVE)
        await _demand_person(ctx, by, proof)
        # The database holds both rules too: here they get their words before a statement fails.
        if by == request.requested_by:
            raise Conflict(Code.RETENTION_SAME_PERSON, "Whoever requested a destruction does not approve it.")
        if any(by == approval.by for approval in request.approvals):
            raise Conflict(Code.RETENTION_SAME_PERSON, "The two approvals are of two persons.")
        await destruction.approve(ctx.tx, request, len(request.approvals) + 1, by, ctx.now)
        if not await destruction.move(ctx.tx, destruction_id, request.state, approved):
            raise OwnFault(f"request {destruction_id} changed while it was locked")
        await record(ctx, action, subject, detail={"number": len(request.approvals) + 1})
        return await destruction.by_id(ctx.tx, destruction_id)


async def refuse(
    work: UnitOfWork, actor: Actor, request_id: str, destruction_id: UUID, *, reason: str
) -> DestructionRequest:
    """Refuse a request, approved or not, before anything is destroyed; durable on return.

    Whoever requested it withdraws it instead: ActionRefused. Raise NotFound, InvalidInput, WrongState.
    """
    subject, action = ("destruction", destruction_id), Action.DESTRUCTION_REFUSE
    async with attempted(work, actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        by = acting(ctx)
        words = reason_of(reason)
        request = await _lock_live(ctx, destruction_id)
        if by == request.requested_by:
            raise ActionRefused(action, subject)
        return await _end(ctx, request, action, DestructionEvent.REFUSE, by, words)


async def withdraw(
    work: UnitOfWork, actor: Actor, request_id: str, destruction_id: UUID
) -> DestructionRequest:
    """Take back one's own request before anything is destroyed; durable on return.

    Raise NotFound, ActionRefused for anyone but the requester, WrongState.
    """
    subject, action = ("destruction", destruction_id), Action.DESTRUCTION_WITHDRAW
    async with attempted(work, actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        by = acting(ctx)
        request = await _lock_live(ctx, destruction_id)
        if by != request.requested_by:
            raise ActionRefused(action, subject)
        return await _end(ctx, request, action, DestructionEvent.WITHDRAW, by, None)


def demand_in_time(request: DestructionRequest, now: datetime) -> None:
    """Raise WrongState (retention.expired) when a request that was under way is past its time."""
    if request.state in LIVE_STATES and now >= request.expires_at:
        raise WrongState(
            Code.RETENTION_EXPIRED, "request", "expired", "any", "This request has expired: ask anew."
        )


async def _lock_live(ctx: Context, destruction_id: UUID) -> DestructionRequest:
    request = await destruction.lock(ctx.tx, destruction_id)
    demand_in_time(request, ctx.now)
    return request


async def _end(
    ctx: Context,
    request: DestructionRequest,
    action: Action,
    event: DestructionEvent,
    by: AccountId,
    reason: str | None,
) -> DestructionRequest:
    ended = DESTRUCTION.next(request.state, event)
    if not await destruction.end(ctx.tx, request.id, request.state, ended, by=by, at=ctx.now, reason=reason):
        raise OwnFault(f"request {request.id} changed while it was locked")
    await record(ctx, action, ("destruction", request.id))
    return await destruction.by_id(ctx.tx, request.id)


async def _demand_person(ctx: Context, by: AccountId, proof: str) -> None:
    """Raise unless the account is still who gave the password, and has been there long enough."""
    person = (await destruction.people(ctx.tx, [by])).get(by)
    if person is None or person.disabled_at is not None or person.password_hash != proof:
        raise wrong_password()
    if ctx.now - person.created_at < ACCOUNT_AGE_MIN:
        raise WrongState(
            Code.RETENTION_ACCOUNT_TOO_NEW,
            "account",
            "new",
            "approve",
            f"Accounts younger than {ACCOUNT_AGE_MIN.days} days neither request nor approve.",
        )


async def _one(ctx: Context, policy: RetentionPolicy, consultation_id: UUID) -> list[Standing]:
    await retention.lock(ctx.tx, [consultation_id])
    found = await standings(ctx, policy, [consultation_id])
    if not found:
        raise NotFound("consultation")
    hindrance = found[0].hindrance
    if hindrance is not None:
        raise WrongState(
            HINDRANCE_CODES[hindrance], "record", hindrance.value, "request", HINDRANCE_WORDS[hindrance]
        )
    return found


async def _all_due(
    ctx: Context, policy: RetentionPolicy, due_by: datetime
) -> tuple[list[Standing], list[Standing], bool]:
    """Return what is due and free, what is due and hindered, and whether there is more of the first."""
    if due_by > ctx.now:
        raise InvalidInput("This day is not over.", {"due_by": FieldFault.IN_THE_FUTURE})
    ids = await retention.ids_by_due(
        ctx.tx, policy, ctx.now, limit=REQUEST_RECORDS_MAX + 1, due_by=due_by, hindered=False
    )
    await retention.lock(ctx.tx, ids[:REQUEST_RECORDS_MAX])
    # Looked at again under the lock: a hold or another request may have come in between.
    wanted = [
        item
        for item in await standings(ctx, policy, ids[:REQUEST_RECORDS_MAX])
        if item.hindrance is None and item.due is not None and item.due.at <= due_by
    ]
    if not wanted:
        raise WrongState(
            Code.RETENTION_NOTHING_DUE, "archive", "kept", "request", "No record is due by then and free."
        )
    hindered = await retention.ids_by_due(
        ctx.tx, policy, ctx.now, limit=LEFT_OUT_MAX, due_by=due_by, hindered=True
    )
    left_out = [item for item in await standings(ctx, policy, hindered) if item.hindrance is not None]
    return wanted, left_out, len(ids) > REQUEST_RECORDS_MAX
