"""Handlers of the jobs that move money: a refund to its provider, a day compared with the provider's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from actions import reconciliation, refunds
from actions.context import UnitOfWork
from domain.jobs import Handler, JobCall, JobGivenUp, JobName
from providers.payments import PaymentProvider, PaymentRefused


def handlers(work: UnitOfWork, provider: PaymentProvider, time_zone: str) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs. A day begins and ends in the hospital's `time_zone`."""
    return {
        JobName.REFUND_SEND: _SendRefund(work, provider),
        JobName.RECONCILE: _Reconcile(work, provider, ZoneInfo(time_zone)),
    }


@dataclass(frozen=True, slots=True)
class _SendRefund:
    """Brings a refund to the provider. The refund's own id makes it happen once, however often it is run."""

    work: UnitOfWork
    provider: PaymentProvider

    async def __call__(self, call: JobCall) -> None:
        await refunds.send(self.work, self.provider, UUID(call.args["refund_id"]), f"job:{call.key}")


@dataclass(frozen=True, slots=True)
class _Reconcile:
    """Compares a day, unless it was compared."""

    work: UnitOfWork
    provider: PaymentProvider
    zone: ZoneInfo

    async def __call__(self, call: JobCall) -> None:
        day, request_id = date.fromisoformat(call.args["day"]), f"job:{call.key}"
        if not await reconciliation.is_due(self.work, self.provider, day, request_id):
            return
        start = datetime.combine(day, time.min, self.zone)
        end = datetime.combine(day + timedelta(days=1), time.min, self.zone)
        try:
            await reconciliation.reconcile(self.work, self.provider, day, start, end, request_id)
        except PaymentRefused as refused:
            raise JobGivenUp(f"reconciliation.refused ({refused.reason})") from None
