"""The daily comparison at its edges: midnight, news that come late, refunds that come back."""

import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.context import UnitOfWork
from actions.reconciliation import reconcile
from domain.payment import ProviderName
from domain.reconciliation import Difference, DifferenceKind, Movement, MovementKind
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.changing import NEXT, held
from tests.integration.actions.paying import Counter, open_counter

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Listing:
    """A provider whose list a test writes."""

    listed: list[Movement]
    name: ProviderName = ProviderName.DEMO

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        return self.listed


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


@pytest.fixture
def midnight(clock: Clock) -> datetime:
    """The next one in the hospital."""
    return datetime.combine(clock.at.astimezone(ZONE).date() + timedelta(days=1), time.min, ZONE)


async def compared(
    counter: Counter, begins: datetime, provider: Listing | None = None
) -> tuple[Difference, ...]:
    day: date = begins.date()
    ends = begins + timedelta(days=1)
    # Only its list is asked for.
    asked = provider or counter.provider
    found = await reconcile(counter.work, asked, day, begins, ends, "test")  # type: ignore[arg-type]
    return found.differences


async def test_what_is_paid_before_midnight_and_heard_of_after_is_no_difference(
    counter: Counter, clock: Clock, midnight: datetime
) -> None:
    clock.at = midnight - timedelta(seconds=1)
    payment = await counter.start((await held(counter, NEXT + timedelta(days=2))).id)
    said = await counter.notice(payment)
    clock.forward(timedelta(seconds=3))
    assert await counter.hear(said) == "applied"
    assert await compared(counter, midnight - timedelta(days=1)) == ()
    assert await compared(counter, midnight) == ()


async def test_what_the_provider_never_lists_and_what_it_lists_with_another_amount_are_differences(
    counter: Counter, midnight: datetime
) -> None:
    payment = await counter.paid()
    before = midnight - timedelta(days=1)
    (missing,) = await compared(counter, before, Listing([]))
    assert (missing.kind, missing.payment_id) == (DifferenceKind.MISSING_THERE, payment.id)
    other = Movement(MovementKind.CAPTURE, payment.id.hex, payment.id, 4000, "CNY")
    (amount,) = await compared(counter, midnight, Listing([other]))
    assert (amount.kind, amount.ours_minor, amount.theirs_minor) == (
        DifferenceKind.OTHER_AMOUNT, 5000, 4000,
    )  # fmt: skip


async def test_what_nobody_here_knows_is_missing_on_every_day(counter: Counter, midnight: datetime) -> None:
    strange = Listing([Movement(MovementKind.REFUND_FAILED, "re_9", None, 100, "CNY")])
    for begins in (midnight - timedelta(days=1), midnight):
        (found,) = await compared(counter, begins, strange)
        assert (found.kind, found.movement) == (DifferenceKind.MISSING_HERE, MovementKind.REFUND_FAILED)
