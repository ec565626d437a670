"""Giving money back: who may ask, how much, and bringing it to the provider by a job that is tried again."""

from dataclasses import replace
from typing import Final
from uuid import UUID

import structlog

from actions.context import Context, UnitOfWork, permit, record
from actions.each_alone import each_alone
from actions.in_turn import in_turn
from actions.notices import tell
from domain.accounts import SYSTEM
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, OwnFault, WrongState
from domain.jobs import JobGivenUp, refund_send
from domain.ledger import JournalKind, journal
from domain.notices import Notice
from domain.payment import (
    REFUND,
    Payment,
    PaymentState,
    Refund,
    RefundEvent,
    RefundReason,
    RefundState,
    Said,
    SaidKind,
    share_of,
)
from domain.permissions import Action
from domain.reconciliation import MovementKind
from domain.refund_policy import RefundPolicy, decide, evidence
from providers.payments import PaymentProvider, PaymentRefused, RefundOrder
from storage import consultations, ledger, payments, refund_decisions
from storage.job_queue import enqueue
from storage.refund_decisions import PaidVisit

_EVENTS: Final = {
    SaidKind.REFUND_SENT: RefundEvent.SEND,
    SaidKind.REFUND_DONE: RefundEvent.FINISH,
    SaidKind.REFUND_FAILED: RefundEvent.FAIL,
}
_DECIDED_AT_ONCE: Final = 50
_UNDER_WAY_AT_ONCE: Final = 50

_log = structlog.get_logger(__name__)


async def refund_for(
    ctx: Context, appointment_id: UUID, reason: RefundReason, share: int = 100
) -> list[Refund]:
    """Ask back a share (percent) of what was paid for a visit and is not asked back yet; return the refunds.

    A part of actions: whoever calls has asked for permission and writes the line about the visit. A visit
    that nobody paid has none. Raise ValueError unless the share is 0 to 100.
    """
    asked = []
    for payment in await payments.of_appointment(ctx.tx, appointment_id):
        if payment.state is not PaymentState.CAPTURED:
            continue
        amount = share_of(payment.amount_minor - payment.refunded_minor, share)
        if amount:
            asked.append(await ask(ctx, payment.id, amount, reason))
    return asked


async def request(ctx: Context, payment_id: UUID, amount_minor: int) -> Refund:
    """Ask an amount back as the staff. Raise NotFound, InvalidInput, Conflict (refund.too_large)."""
    permit(ctx, Action.REFUND_REQUEST)
    if amount_minor < 1:
        raise InvalidInput("An amount to give back is positive.", {"amount_minor": FieldFault.TOO_SMALL})
    if await payments.by_id(ctx.tx, payment_id) is None:
        raise NotFound("payment")
    return await ask(ctx, payment_id, amount_minor, RefundReason.STAFF)


async def ask(ctx: Context, payment_id: UUID, amount_minor: int, reason: RefundReason) -> Refund:
    """Set an amount aside and queue the job that brings the refund to the provider. A part of actions.

    Raise Conflict (refund.too_large) when it is more than is left of what was paid.
    """
    if not await payments.ask_back(ctx.tx, payment_id, amount_minor):
        raise Conflict(Code.REFUND_TOO_LARGE, "This is more than is left of the payment.")
    payment = await payments.by_id(ctx.tx, payment_id)
    if payment is None:
        raise OwnFault("a payment of which money was asked back is gone")
    refund = Refund(
        ctx.new_id(),
        payment_id,
        amount_minor,
        payment.currency,
        reason,
        RefundState.REQUESTED,
        None,
        None,
        ctx.now,
        None,
    )
    await payments.insert_refund(ctx.tx, refund, ctx.actor.account_id)
    await enqueue(ctx.tx, refund_send(refund.id))
    await record(
        ctx,
        Action.REFUND_REQUEST,
        ("payment", payment_id),
        patient_id=payment.patient_id,
        detail={"refund_id": str(refund.id), "reason": reason.value, "amount_minor": amount_minor},
    )
    return refund


async def retry(ctx: Context, refund_id: UUID) -> Refund:
    """Have a refund that the provider refused brought to it again, under a name of its own there.

    Raise NotFound, WrongState when it was not refused.
    """
    permit(ctx, Action.REFUND_RETRY)
    before = await payments.refund_locked(ctx.tx, refund_id)
    if before is None:
        raise NotFound("refund")
    state = REFUND.next(before.state, RefundEvent.RETRY)
    payment = await payments.by_id(ctx.tx, before.payment_id)
    if payment is None or not await payments.move_refund(ctx.tx, before, state, ctx.now):
        raise OwnFault(f"refund {refund_id} changed while it was locked")
    # Its time names the new job: the old one has had its effect.
    await enqueue(ctx.tx, refund_send(refund_id, int(ctx.now.timestamp())))
    await record(ctx, Action.REFUND_RETRY, ("payment", payment.id), patient_id=payment.patient_id)
    return replace(before, state=state, problem=None, reference=None, attempt=before.attempt + 1)


async def send(work: UnitOfWork, provider: PaymentProvider, refund_id: UUID, request_id: str) -> None:
    """Bring a requested refund to the provider. For its job: it may be run again at any point.

    Raise PartnerDown when it may work later, JobGivenUp when the provider refused: the refund then says why.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.REFUND_SEND)
        refund = await payments.refund_by_id(ctx.tx, refund_id)
        payment = None if refund is None else await payments.by_id(ctx.tx, refund.payment_id)
    if refund is None or payment is None or payment.reference is None:
        raise JobGivenUp("refund.unknown")
    if refund.state is not RefundState.REQUESTED:
        return
    if payment.provider is not provider.name:
        raise JobGivenUp(f"refund.other_provider ({payment.provider})")
    try:
        said = await provider.refund(order_of(payment, refund))
    except PaymentRefused as refused:
        await _refused(work, refund, refused.reason, request_id)
        raise JobGivenUp(f"refund.refused ({refused.reason})") from None
    await _keep(work, payment.id, said, request_id)


async def check_under_way(work: UnitOfWork, provider: PaymentProvider, request_id: str) -> int:
    """Ask the provider about refunds that it works on; return how many.

    None stands in the way of those behind it. Raise PartnerDown when the provider does not answer.
    """

    async def page(after: UUID | None) -> list[UUID]:
        async with work.begin(SYSTEM, request_id) as ctx:
            return await payments.refunds_under_way(ctx.tx, provider.name, after, _UNDER_WAY_AT_ONCE)

    async def look(refund_id: UUID) -> None:
        async with work.begin(SYSTEM, request_id) as ctx:
            refund = await payments.refund_by_id(ctx.tx, refund_id)
            payment = None if refund is None else await payments.by_id(ctx.tx, refund.payment_id)
        if refund is None or payment is None:
            raise OwnFault(f"refund {refund_id} or its payment is gone")
        try:
            said = await provider.read_refund(order_of(payment, refund))
        except PaymentRefused as refused:
            _log.warning("refunds.not_known", provider=provider.name.value, reason=refused.reason)
            return
        await _keep(work, payment.id, said, request_id)

    return await in_turn(page, look)


async def hear(ctx: Context, payment: Payment, said: Said) -> bool:
    """Have count what a provider said of a refund; say whether it changed anything. A part of actions.

    What is said of an earlier attempt changes nothing: the staff has had another one made since.
    """
    event = _EVENTS.get(said.kind)
    refund = None if said.refund_id is None else await payments.refund_locked(ctx.tx, said.refund_id)
    if event is None or refund is None or refund.payment_id != payment.id:
        return False
    if said.refund_attempt is not None and said.refund_attempt != refund.attempt:
        _log.warning("refunds.earlier_attempt", refund_id=str(refund.id), kind=said.kind.value)
        return False
    if not REFUND.allows(refund.state, event):
        return False
    problem = "refused-by-provider" if event is RefundEvent.FAIL else None
    state = REFUND.next(refund.state, event)
    if not await payments.move_refund(
        ctx.tx, refund, state, ctx.now, reference=said.refund_reference, problem=problem
    ):
        raise OwnFault(f"refund {refund.id} changed while it was locked")
    if state is RefundState.DONE:
        await _in_the_books(ctx, refund, JournalKind.REFUND, MovementKind.REFUND, said)
        await tell(
            ctx,
            Notice.REFUND_MADE,
            payment.appointment_id,
            occasion=refund.id,
            amount_minor=refund.amount_minor,
            currency=refund.currency,
        )
    elif refund.state is RefundState.DONE:
        await _in_the_books(ctx, refund, JournalKind.REFUND_FAILED, MovementKind.REFUND_FAILED, said)
    return True


async def decide_due(work: UnitOfWork, policy: RefundPolicy, request_id: str) -> int:
    """Decide about paid visits that are over, each in a transaction of its own; return how many.

    The ground is what is recorded of the visit, and is kept with the decision for both sides to see. A visit
    at which it fails stands in no other's way. Raise PartnerDown when the database does not answer.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.REFUND_DECIDE)
        found = await refund_decisions.due(ctx.tx, ctx.now, _DECIDED_AT_ONCE)

    async def decide_one(visit: PaidVisit) -> bool:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.REFUND_DECIDE)
            # Whoever comes or goes meanwhile waits: it is decided from what is so at this moment.
            now = (await consultations.lock_one(ctx.tx, visit.consultation_id)).consultation
            entries = await refund_decisions.entries(ctx.tx, now.id, now.patient_account_id)
            facts = evidence(now.scheduled_start, now.scheduled_end, now.state, entries)
            decision = decide(policy, facts, ctx.now)
            payment = await payments.by_id_locked(ctx.tx, visit.payment_id)
            if decision is None or payment is None:
                return False
            if not await refund_decisions.insert(ctx.tx, visit.payment_id, decision, facts, ctx.now):
                return False
            await record(
                ctx,
                Action.REFUND_DECIDE,
                ("payment", visit.payment_id),
                patient_id=now.patient_id,
                detail={"reason": decision.reason.value, "percent": decision.percent},
            )
            # What the staff gave back before is a part of it.
            amount = share_of(payment.amount_minor, decision.percent) - payment.refunded_minor
            if amount > 0:
                await ask(ctx, payment.id, amount, decision.reason)
        return True

    return await each_alone(found, decide_one, "refunds.not_decided", lambda visit: visit.payment_id)


def order_of(payment: Payment, refund: Refund) -> RefundOrder:
    """Return the refund as a provider is asked for it."""
    return RefundOrder(
        refund.id,
        payment.id,
        payment.reference or "",
        refund.amount_minor,
        payment.amount_minor,
        refund.currency,
        refund.reference,
        refund.attempt,
    )


async def _in_the_books(
    ctx: Context, refund: Refund, kind: JournalKind, movement: MovementKind, said: Said
) -> None:
    name = f"{refund.id}:{refund.attempt}" if refund.attempt else str(refund.id)
    entry = journal(kind, name, refund.amount_minor, refund.currency)
    if await ledger.write(ctx.tx, ctx.new_id(), entry, ctx.now):
        await payments.insert_refund_movement(ctx.tx, refund, movement, said.refund_reference, ctx.now)


async def _keep(work: UnitOfWork, payment_id: UUID, said: Said, request_id: str) -> None:
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.REFUND_SEND)
        payment = await payments.by_id_locked(ctx.tx, payment_id)
        if payment is not None and await hear(ctx, payment, said):
            await record(
                ctx,
                Action.REFUND_SEND,
                ("payment", payment_id),
                patient_id=payment.patient_id,
                detail={"refund_id": str(said.refund_id), "kind": said.kind.value},
            )


async def _refused(work: UnitOfWork, sent: Refund, reason: str, request_id: str) -> None:
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.REFUND_SEND)
        refund = await payments.refund_locked(ctx.tx, sent.id)
        if refund is None or (refund.state, refund.attempt) != (sent.state, sent.attempt):
            return
        payment = await payments.by_id(ctx.tx, refund.payment_id)
        if payment is None:
            raise WrongState(Code.REFUND_WRONG_STATE, "refund", refund.state.value, "refuse")
        await payments.move_refund(ctx.tx, refund, RefundState.FAILED, ctx.now, problem=reason)
        await record(
            ctx,
            Action.REFUND_SEND,
            ("payment", payment.id),
            patient_id=payment.patient_id,
            detail={"refund_id": str(refund.id), "refused": reason},
        )
