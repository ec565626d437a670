"""Payments as they are read: the patient's own, and the staff's list with figures, refunds and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from actions.acting import acting_patients
from actions.context import Context, permit, record_patients
from domain.ledger import LedgerAccount
from domain.payment import Payment, Refund
from domain.permissions import Action
from storage import ledger, payments, reconciliations, refund_decisions
from storage.payments import Sum
from storage.reconciliations import Reconciliation
from storage.refund_decisions import Decided

LISTED_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment with all that became of it, and the visit that it was for."""

    payment: Payment
    practitioner_name: str
    starts_at: datetime
    patient_name: str
    refunds: tuple[Refund, ...]
    decision: Decided | None


@dataclass(frozen=True, slots=True)
class Till:
    """Payments begun in a time, newest first, and figures of what moved in it. `more`: some are left out.

    `refused` are payments of any time that wait for the staff: a refund of theirs was refused, oldest first.
    """

    receipts: list[Receipt]
    more: bool
    refused: list[Receipt]
    captured: list[Sum]
    refunded: list[Sum]
    balances: dict[tuple[LedgerAccount, str], int]
    reconciliations: list[Reconciliation]


async def list_own(ctx: Context) -> list[Receipt]:
    """Return what was paid for the actor's patients, the newest first, at most LISTED_MAX."""
    permit(ctx, Action.PAYMENT_READ_OWN)
    patient_ids = await acting_patients(ctx)
    await record_patients(ctx, Action.PAYMENT_READ_OWN, patient_ids)
    return await _receipts(ctx, await payments.of_patients(ctx.tx, patient_ids, LISTED_MAX))


async def list_any(ctx: Context, start: datetime, end: datetime) -> Till:
    """Return the payments begun in [start, end), and what moved in it; at most LISTED_MAX of each list."""
    permit(ctx, Action.PAYMENT_READ_ANY)
    found = await payments.between(ctx.tx, start, end, LISTED_MAX + 1)
    listed = found[:LISTED_MAX]
    refused = await payments.with_refused_refunds(ctx.tx, LISTED_MAX)
    await record_patients(ctx, Action.PAYMENT_READ_ANY, [item.patient_id for item in (*listed, *refused)])
    return Till(
        await _receipts(ctx, listed),
        len(found) > LISTED_MAX,
        await _receipts(ctx, refused),
        await payments.captured(ctx.tx, start, end),
        await payments.refunded(ctx.tx, start, end),
        await ledger.balances(ctx.tx, start, end),
        await reconciliations.latest(ctx.tx, 31),
    )


async def _receipts(ctx: Context, found: Iterable[Payment]) -> list[Receipt]:
    listed = list(found)
    ids = [item.id for item in listed]
    refunds = await payments.refunds_of(ctx.tx, ids)
    decisions = await refund_decisions.of_payments(ctx.tx, ids)
    visits: dict[UUID, tuple[str, datetime, str]] = await payments.visits(
        ctx.tx, [item.appointment_id for item in listed]
    )
    return [
        Receipt(
            item,
            *visits[item.appointment_id],
            tuple(refunds.get(item.id, ())),
            decisions.get(item.id),
        )
        for item in listed
    ]
