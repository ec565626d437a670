"""Rows of payments and refunds, and of what providers said. State changes are from a known state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.payment import (
    Payment,
    PaymentState,
    ProviderName,
    Refund,
    RefundReason,
    RefundState,
    Said,
)
from domain.reconciliation import MovementKind
from storage.pool import Row, Tx


@dataclass(frozen=True, slots=True)
class Sum:
    """How many of something there were in a time, and their amount in minor units."""

    count: int
    amount_minor: int
    currency: str


async def insert(tx: Tx, payment: Payment) -> bool:
    """Insert a new payment; False when the appointment has an open one, and nothing was inserted."""
    return bool(
        await tx.run(
            "payment_insert",
            {
                "id": payment.id,
                "appointment_id": payment.appointment_id,
                "patient_id": payment.patient_id,
                "provider": payment.provider.value,
                "amount_minor": payment.amount_minor,
                "currency": payment.currency,
                "state": payment.state.value,
                "at": payment.created_at,
            },
        )
    )


async def by_id(tx: Tx, payment_id: UUID) -> Payment | None:
    """Return the payment, or None when there is none."""
    row = await tx.one("payment_by_id", {"id": payment_id})
    return None if row is None else _payment(row)


async def by_id_locked(tx: Tx, payment_id: UUID) -> Payment | None:
    """Return the payment after locking its row, or None when there is none."""
    row = await tx.one("payment_lock", {"id": payment_id})
    return None if row is None else _payment(row)


async def id_by_reference(tx: Tx, provider: ProviderName, reference: str) -> UUID | None:
    """Return our name of the payment that a provider names so, or None."""
    row = await tx.one("payment_by_reference", {"provider": provider.value, "reference": reference})
    return None if row is None else row["id"]


async def of_appointment(tx: Tx, appointment_id: UUID) -> list[Payment]:
    """Return all payments for an appointment, the newest first."""
    return [
        _payment(row) for row in await tx.all("payment_of_appointment", {"appointment_id": appointment_id})
    ]


async def of_patients(tx: Tx, patient_ids: Iterable[UUID], limit: int) -> list[Payment]:
    """Return what was paid for these patients, the newest first."""
    return [
        _payment(row)
        for row in await tx.all("payment_of_patient", {"patient_ids": list(patient_ids), "limit": limit})
    ]


async def between(tx: Tx, start: datetime, end: datetime, limit: int) -> list[Payment]:
    """Return the payments begun in [start, end), the newest first."""
    found = await tx.all("payment_between", {"start": start, "end": end, "limit": limit})
    return [_payment(row) for row in found]


async def existing(tx: Tx, payment_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these ids that name payments of ours."""
    return {row["id"] for row in await tx.all("payment_existing", {"ids": list(payment_ids)})}


async def stale(
    tx: Tx, provider: ProviderName, before: datetime, after: UUID | None, limit: int
) -> list[UUID]:
    """Return open payments at a provider begun before this moment, the oldest first, from behind `after`."""
    given = {"provider": provider.value, "before": before, "after": after, "limit": limit}
    return [row["id"] for row in await tx.all("payment_stale", given)]


async def refer(tx: Tx, payment_id: UUID, reference: str) -> bool:
    """Keep the provider's name of a payment; False when it has another one already."""
    return bool(await tx.run("payment_refer", {"id": payment_id, "reference": reference}))


async def move(tx: Tx, before: Payment, new: PaymentState, reference: str | None, at: datetime) -> bool:
    """Move the payment to a state; say whether it was as before."""
    return bool(
        await tx.run(
            "payment_move",
            {
                "id": before.id,
                "old": before.state.value,
                "new": new.value,
                "reference": reference,
                "at": at,
            },
        )
    )


async def ask_back(tx: Tx, payment_id: UUID, amount_minor: int) -> bool:
    """Set aside an amount to go back; False when that is more than is left of what was paid."""
    return bool(await tx.run("payment_ask_back", {"id": payment_id, "amount_minor": amount_minor}))


async def heard(tx: Tx, provider: ProviderName, event_id: str) -> bool:
    """Say whether a provider has said this before."""
    return (
        await tx.one("payment_event_known", {"provider": provider.value, "event_id": event_id})
    ) is not None


async def hear(tx: Tx, said: Said, outcome: str, payment_id: UUID | None, at: datetime) -> bool:
    """Keep that a provider said this, and what came of it; False when it was kept before."""
    return bool(
        await tx.run(
            "payment_event_insert",
            {
                "provider": said.provider.value,
                "event_id": said.event_id,
                "kind": said.kind.value,
                "outcome": outcome,
                "payment_id": payment_id,
                "at": at,
            },
        )
    )


async def insert_refund(tx: Tx, refund: Refund, requested_by: UUID | None) -> None:
    """Insert a refund as requested. The amount was set aside before."""
    await tx.run(
        "refund_insert",
        {
            "id": refund.id,
            "payment_id": refund.payment_id,
            "amount_minor": refund.amount_minor,
            "currency": refund.currency,
            "reason": refund.reason.value,
            "requested_by": requested_by,
            "at": refund.requested_at,
        },
    )


async def refund_by_id(tx: Tx, refund_id: UUID) -> Refund | None:
    """Return the refund, or None when there is none."""
    row = await tx.one("refund_by_id", {"id": refund_id})
    return None if row is None else _refund(row)


async def refund_locked(tx: Tx, refund_id: UUID) -> Refund | None:
    """Return the refund after locking its row, or None when there is none."""
    row = await tx.one("refund_lock", {"id": refund_id})
    return None if row is None else _refund(row)


async def refunds_of(tx: Tx, payment_ids: Iterable[UUID]) -> dict[UUID, list[Refund]]:
    """Return the refunds of these payments by payment, the oldest first."""
    found: dict[UUID, list[Refund]] = {}
    for row in await tx.all("refund_of_payments", {"payment_ids": list(payment_ids)}):
        found.setdefault(row["payment_id"], []).append(_refund(row))
    return found


async def refunds_under_way(tx: Tx, provider: ProviderName, after: UUID | None, limit: int) -> list[UUID]:
    """Return the refunds that a provider works on, the oldest first, from behind `after`."""
    given = {"provider": provider.value, "after": after, "limit": limit}
    return [row["id"] for row in await tx.all("refund_under_way", given)]


async def move_refund(
    tx: Tx,
    before: Refund,
    new: RefundState,
    at: datetime,
    *,
    reference: str | None = None,
    problem: str | None = None,
) -> bool:
    """Move the refund to a state; say whether it was as before. Requested again is a new attempt."""
    params: dict[str, Any] = {
        "id": before.id,
        "old": before.state.value,
        "new": new.value,
        "reference": reference,
        "problem": problem,
        "at": at,
    }
    return bool(await tx.run("refund_move", params))


async def insert_refund_movement(
    tx: Tx, refund: Refund, kind: MovementKind, reference: str | None, at: datetime
) -> None:
    """Insert that the money of this attempt went back, or came back, under the provider's name of it."""
    await tx.run(
        "refund_movement_insert",
        {
            "refund_id": refund.id,
            "attempt": refund.attempt,
            "kind": kind.value,
            "reference": reference or refund.reference or str(refund.id),
            "at": at,
        },
    )


async def with_refused_refunds(tx: Tx, limit: int) -> list[Payment]:
    """Return payments of which a refund was refused and is not done yet, the oldest first."""
    return [_payment(row) for row in await tx.all("payment_with_refused_refunds", {"limit": limit})]


async def captured(tx: Tx, start: datetime, end: datetime) -> list[Sum]:
    """Return what was paid in [start, end), by currency."""
    rows = await tx.all("payment_figures", {"start": start, "end": end})
    return [Sum(row["payments"], row["captured_minor"], row["currency"]) for row in rows]


async def refunded(tx: Tx, start: datetime, end: datetime) -> list[Sum]:
    """Return what went back in [start, end), by currency."""
    rows = await tx.all("refund_figures", {"start": start, "end": end})
    return [Sum(row["refunds"], row["refunded_minor"], row["currency"]) for row in rows]


async def visits(tx: Tx, appointment_ids: Iterable[UUID]) -> dict[UUID, tuple[str, datetime, str]]:
    """Return, for each of these appointments, the doctor's name, when it begins and the patient's name."""
    rows = await tx.all("payment_visits", {"ids": list(appointment_ids)})
    return {row["id"]: (row["practitioner_name"], row["starts_at"], row["patient_name"]) for row in rows}


def _payment(row: Row) -> Payment:
    return Payment(
        row["id"],
        row["appointment_id"],
        row["patient_id"],
        ProviderName(row["provider"]),
        row["reference"],
        row["amount_minor"],
        row["currency"],
        PaymentState(row["state"]),
        row["refunded_minor"],
        row["created_at"],
        row["captured_at"],
    )


def _refund(row: Row) -> Refund:
    return Refund(
        row["id"],
        row["payment_id"],
        row["amount_minor"],
        row["currency"],
        RefundReason(row["reason"]),
        RefundState(row["state"]),
        row["reference"],
        row["problem"],
        row["requested_at"],
        row["done_at"],
        row["attempt"],
    )
