"""Rows of decisions about refunds, and of the visits and entries that they are made from."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.consultation import ARRIVE_AFTER
from domain.facts import EntryKind
from domain.payment import RefundReason
from domain.refund_policy import Decision, Evidence, VisitEntry
from storage.pool import Tx

_TELLING = (
    EntryKind.ARRIVED,
    EntryKind.STEPPED_OUT,
    EntryKind.JOINED,
    EntryKind.LEFT,
    EntryKind.FINISHED,
)


@dataclass(frozen=True, slots=True)
class PaidVisit:
    """A paid visit about which nothing is decided yet. What became of it is read when it is decided."""

    payment_id: UUID
    consultation_id: UUID


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that stands, and its evidence as it was shown (RefundPolicy's `Evidence.shown`)."""

    percent: int
    reason: RefundReason
    evidence: dict[str, str | int | bool | None]
    at: datetime


async def due(tx: Tx, now: datetime, limit: int) -> list[PaidVisit]:
    """Return paid visits that are over, or whose time is, and undecided; those over longest first."""
    rows = await tx.all("refund_decision_due", {"closed_before": now - ARRIVE_AFTER, "limit": limit})
    return [PaidVisit(row["payment_id"], row["consultation_id"]) for row in rows]


async def entries(tx: Tx, consultation_id: UUID, patient_account_id: UUID) -> list[VisitEntry]:
    """Return the entries that tell who was there when: their kinds and times, nothing that was said."""
    rows = await tx.all(
        "refund_decision_entries",
        {
            "consultation_id": consultation_id,
            "patient_account": str(patient_account_id),
            "kinds": [kind.value for kind in _TELLING],
        },
    )
    return [VisitEntry(EntryKind(row["kind"]), row["recorded_at"], row["by_patient"]) for row in rows]


async def insert(tx: Tx, payment_id: UUID, decision: Decision, found: Evidence, at: datetime) -> bool:
    """Keep a decision with its evidence; False when there was one already."""
    return bool(
        await tx.run(
            "refund_decision_insert",
            {
                "payment_id": payment_id,
                "percent": decision.percent,
                "reason": decision.reason.value,
                "evidence": json.dumps(found.shown()),
                "at": at,
            },
        )
    )


async def of_payments(tx: Tx, payment_ids: Iterable[UUID]) -> dict[UUID, Decided]:
    """Return the decisions about these payments."""
    rows = await tx.all("refund_decision_of_payments", {"payment_ids": list(payment_ids)})
    return {
        row["payment_id"]: Decided(row["percent"], RefundReason(row["reason"]), row["evidence"], row["at"])
        for row in rows
    }
