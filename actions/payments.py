"""Paying for a visit: beginning a payment, hearing what the provider says of it, showing it to its patient.

A provider is never asked inside a transaction. What it says is believed when it signed it, or when we asked.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import structlog

from actions import booking, refunds
from actions.acting import acting_for
from actions.booking_answers import demand_answers
from actions.context import Context, UnitOfWork, permit, record
from actions.in_turn import in_turn
from actions.throttling import count
from domain.accounts import SYSTEM, Actor
from domain.appointment import AppointmentState
from domain.booking import Booking
from domain.errors import Code, Conflict, NotFound, OwnFault, UserFault, WrongState
from domain.ids import AppointmentId
from domain.ledger import JournalKind, journal
from domain.payment import (
    OPEN_PAYMENTS,
    PAYMENT,
    PAYMENT_LIFE,
    Payment,
    PaymentEvent,
    PaymentState,
    RefundReason,
    Said,
    SaidKind,
    moved_by,
)
from domain.permissions import Action
from providers.payments import Order, PaymentProvider, PaymentRefused, Way
from providers.throttle import Throttle
from storage import bookings, ledger, payments

_APPLIED: Final = "applied"
_NOTHING: Final = "changed-nothing"
_FOREIGN: Final = "foreign"
_OTHER_AMOUNT: Final = "other-amount"
_DISPUTES: Final = {
    SaidKind.DISPUTE_OPENED: JournalKind.DISPUTE_OPENED,
    SaidKind.DISPUTE_WON: JournalKind.DISPUTE_WON,
    SaidKind.DISPUTE_LOST: JournalKind.DISPUTE_LOST,
}
STALE_AT_ONCE: Final = 50
CHECKS_PER_PAYMENT: Final = 60
"""How often an account may have a provider asked about one payment within CHECKS_WINDOW_S: a page that shows
a code asks every few seconds."""
CHECKS_WINDOW_S: Final = 60

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Started:
    """A payment that can be paid, and how."""

    payment: Payment
    way: Way


async def start(
    work: UnitOfWork,
    provider: PaymentProvider,
    *,
    actor: Actor,
    request_id: str,
    appointment_id: UUID,
    subject: str,
    return_url: str,
) -> Started:
    """Begin paying for a held visit; durable on return. Again for the same hold is the same payment.

    Raise NotFound, ActionRefused for anyone but its patient, WrongState (payment.not_due) when the visit is
    not held or costs nothing, AnswersNeeded before its patient was asked,
    UserFault (payment.refused) when the provider refuses, PartnerDown.
    """
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.PAYMENT_START)
        held = await _held(ctx, appointment_id)
        payment = await _open(ctx, held, provider)
        await record(
            ctx,
            Action.PAYMENT_START,
            ("appointment", appointment_id),
            patient_id=payment.patient_id,
            detail={"payment_id": str(payment.id), "provider": payment.provider.value},
        )
    order = Order(
        payment.id,
        payment.amount_minor,
        payment.currency,
        payment.created_at + PAYMENT_LIFE,
        subject,
        return_url,
        payment.reference,
    )
    try:
        way = await provider.begin(order)
    except PaymentRefused as refused:
        _log.warning("payments.refused", provider=provider.name.value, reason=refused.reason)
        raise UserFault(Code.PAYMENT_REFUSED, "The payment provider does not take this payment.") from None
    async with work.begin(actor, request_id) as ctx:
        if not await payments.refer(ctx.tx, payment.id, way.reference):
            raise WrongState(Code.PAYMENT_WRONG_STATE, "payment", payment.state.value, "begin")
        found = await _known(ctx, payment.id)
    return Started(found, way)


async def check_own(
    work: UnitOfWork,
    provider: PaymentProvider,
    throttle: Throttle,
    *,
    actor: Actor,
    request_id: str,
    payment_id: UUID,
) -> Payment:
    """Have the provider asked about an open payment of the actor's own; return what became of it.

    For a page whose patient comes back before the provider's notice does. Raise NotFound, ActionRefused for
    somebody else's, Throttled when it is asked too often, PartnerDown.
    """
    asked = f"payment-check:{actor.account_id}:{payment_id}"
    await count(throttle, asked, CHECKS_PER_PAYMENT, CHECKS_WINDOW_S)
    return await _check(work, provider, actor, request_id, payment_id)


async def _check(
    work: UnitOfWork, provider: PaymentProvider, actor: Actor, request_id: str, payment_id: UUID
) -> Payment:
    """Ask the provider what became of an open payment, and have it count; return the payment.

    Who asks leaves a line; the system, which asks every minute, leaves none: what it learns has its own, as
    soon as it changes anything.
    """
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.PAYMENT_CHECK)
        payment = await _own_or_any(ctx, payment_id, Action.PAYMENT_CHECK)
        if not actor.is_system:
            await record(ctx, Action.PAYMENT_CHECK, ("payment", payment_id), patient_id=payment.patient_id)
    if payment.state not in OPEN_PAYMENTS or payment.provider is not provider.name:
        return payment
    if payment.reference is not None:
        try:
            said = await provider.read(payment.id, payment.reference)
        except PaymentRefused as refused:
            _log.warning("payments.not_known", provider=provider.name.value, reason=refused.reason)
            return payment
        await hear(work, said, request_id)
    async with work.begin(SYSTEM, request_id) as ctx:
        payment = await _known(ctx, payment_id)
        late = ctx.now >= payment.created_at + PAYMENT_LIFE
    if late and payment.state is PaymentState.CREATED:
        return await _give_up(work, provider, payment, request_id)
    return payment


async def check_stale(work: UnitOfWork, provider: PaymentProvider, request_id: str) -> int:
    """Check payments that are open longer than anybody is given to pay; return how many.

    None stands in the way of those behind it. Raise PartnerDown when the provider does not answer.
    """

    async def page(after: UUID | None) -> list[UUID]:
        async with work.begin(SYSTEM, request_id) as ctx:
            return await payments.stale(ctx.tx, provider.name, ctx.now - PAYMENT_LIFE, after, STALE_AT_ONCE)

    async def ask(payment_id: UUID) -> None:
        await _check(work, provider, SYSTEM, request_id, payment_id)

    return await in_turn(page, ask)


async def hear(work: UnitOfWork, said: Said, request_id: str) -> str:
    """Have what a provider said count; return what came of it, durable. A repeat changes nothing.

    A capture books the visit. When it cannot be booked any more, or was paid before, all of it goes back.
    What concerns no payment of ours changes nothing and is kept as foreign, and so is another amount.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PAYMENT_HEAR)
        payment = await _meant(ctx, said)
        if await payments.heard(ctx.tx, said.provider, said.event_id):
            return _NOTHING
        outcome = _FOREIGN if payment is None else await _apply(ctx, payment, said)
        if not await payments.hear(ctx.tx, said, outcome, None if payment is None else payment.id, ctx.now):
            # The same notice twice at once: the other one counts, and what this one did is rolled back.
            raise Conflict(Code.PAYMENT_WRONG_STATE, "This was heard at the same moment.")
        if payment is None or outcome != _NOTHING:
            subject = None if payment is None else ("payment", payment.id)
            await record(
                ctx,
                Action.PAYMENT_HEAR,
                subject,
                patient_id=None if payment is None else payment.patient_id,
                detail={"provider": said.provider.value, "kind": said.kind.value, "outcome": outcome},
            )
    return outcome


async def read_own(ctx: Context, payment_id: UUID) -> Payment:
    """Return one of the actor's own payments. Raise NotFound, ActionRefused for somebody else's."""
    permit(ctx, Action.PAYMENT_READ_OWN)
    found = await _own_or_any(ctx, payment_id, Action.PAYMENT_READ_OWN)
    await record(ctx, Action.PAYMENT_READ_OWN, ("payment", payment_id), patient_id=found.patient_id)
    return found


async def _held(ctx: Context, appointment_id: UUID) -> Booking:
    found = await bookings.by_id(ctx.tx, AppointmentId(appointment_id))
    if found is None:
        raise NotFound("appointment")
    await acting_for(ctx, found.patient_id, Action.PAYMENT_START, ("appointment", appointment_id))
    if found.state is not AppointmentState.HELD or not found.is_good_hold(ctx.now) or not found.fee_minor:
        raise WrongState(
            Code.PAYMENT_NOT_DUE, "visit", found.state.value, "pay", "There is nothing to pay for this visit."
        )
    demand_answers(found)
    return found


async def _open(ctx: Context, held: Booking, provider: PaymentProvider) -> Payment:
    if not held.fee_minor or held.currency is None:
        raise OwnFault("a visit that is due has a fee and its currency")
    fresh = Payment(
        ctx.new_id(),
        held.id,
        held.patient_id,
        provider.name,
        None,
        held.fee_minor,
        held.currency,
        PaymentState.CREATED,
        0,
        ctx.now,
        None,
    )
    if await payments.insert(ctx.tx, fresh):
        return fresh
    found = await payments.of_appointment(ctx.tx, held.id)
    before = next((item for item in found if item.state in OPEN_PAYMENTS), None)
    if before is None or before.provider is not provider.name:
        # It ended in this moment, or was begun at another provider: the page asks again.
        raise WrongState(Code.PAYMENT_WRONG_STATE, "payment", "open", "begin")
    return before


async def _give_up(work: UnitOfWork, provider: PaymentProvider, payment: Payment, request_id: str) -> Payment:
    """Take back what nobody paid in time. A capture that comes all the same counts as late."""
    if payment.reference is not None:
        await provider.cancel(payment.id, payment.reference)
    said = Said(
        payment.provider,
        f"given-up:{payment.id.hex}",
        SaidKind.CANCELLED,
        payment.id,
        payment.reference or payment.id.hex,
        payment.amount_minor,
        payment.currency,
    )
    await hear(work, said, request_id)
    async with work.begin(SYSTEM, request_id) as ctx:
        return await _known(ctx, payment.id)


async def _meant(ctx: Context, said: Said) -> Payment | None:
    """Return the locked payment that this is about, None when it is none of ours or of another provider."""
    payment_id = said.payment_id
    if payment_id is None and said.reference:
        payment_id = await payments.id_by_reference(ctx.tx, said.provider, said.reference)
    found = None if payment_id is None else await payments.by_id_locked(ctx.tx, payment_id)
    return found if found is not None and found.provider is said.provider else None


async def _apply(ctx: Context, payment: Payment, said: Said) -> str:
    if said.refund_id is not None:
        return _APPLIED if await refunds.hear(ctx, payment, said) else _NOTHING
    if said.kind in _DISPUTES:
        reference = f"{said.provider}:{said.refund_reference}"
        entry = journal(_DISPUTES[said.kind], reference, said.amount_minor, said.currency)
        return _APPLIED if await ledger.write(ctx.tx, ctx.new_id(), entry, ctx.now) else _NOTHING
    event = moved_by(said.kind)
    if event is None or not PAYMENT.allows(payment.state, event):
        return _NOTHING
    if event is PaymentEvent.CAPTURE:
        return await _capture(ctx, payment, said)
    await _move(ctx, payment, PAYMENT.next(payment.state, event), said)
    return _APPLIED


async def _capture(ctx: Context, payment: Payment, said: Said) -> str:
    if (said.amount_minor, said.currency) != (payment.amount_minor, payment.currency):
        _log.error("payments.other_amount", payment_id=str(payment.id))
        return _OTHER_AMOUNT
    await _move(ctx, payment, PaymentState.CAPTURED, said)
    entry = journal(JournalKind.CAPTURE, str(payment.id), payment.amount_minor, payment.currency)
    if not await ledger.write(ctx.tx, ctx.new_id(), entry, ctx.now):
        raise OwnFault(f"payment {payment.id} is in the ledger before it was captured")
    # Booking first: it makes those who pay the same visit at once wait for one another.
    booked = await booking.confirm(ctx, AppointmentId(payment.appointment_id))
    others = [
        item
        for item in await payments.of_appointment(ctx.tx, payment.appointment_id)
        if item.id != payment.id and item.state is PaymentState.CAPTURED
    ]
    reason = None if booked else RefundReason.LATE_PAYMENT
    if any(item.refunded_minor < item.amount_minor for item in others):
        reason = RefundReason.SECOND_PAYMENT
    if reason is not None:
        await refunds.ask(ctx, payment.id, payment.amount_minor, reason)
    return _APPLIED


async def _move(ctx: Context, payment: Payment, state: PaymentState, said: Said) -> None:
    if not await payments.move(ctx.tx, payment, state, said.reference or None, ctx.now):
        raise OwnFault(f"payment {payment.id} changed while it was locked")


async def _own_or_any(ctx: Context, payment_id: UUID, action: Action) -> Payment:
    found = await _known(ctx, payment_id)
    if not ctx.actor.is_system:
        await acting_for(ctx, found.patient_id, action, ("payment", payment_id))
    return found


async def _known(ctx: Context, payment_id: UUID) -> Payment:
    found = await payments.by_id(ctx.tx, payment_id)
    if found is None:
        raise NotFound("payment")
    return found
