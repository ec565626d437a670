"""Patients on a doctor's list, and a doctor of whom everything is taken: for tests of the waitlist."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions import booking, waitlist, waitlist_offers
from actions.context import UnitOfWork
from domain.accounts import Account, actor_of
from domain.booking import Booking
from domain.waitlist import WaitlistEntry
from tests.bookable import answer, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.paying import NINE
from tests.people import make_appointment, make_patient
from tests.rows import execute

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


async def full_doctor(work: UnitOfWork, clock: Clock) -> Account:
    """Make a doctor with one slot a day, of which all of the next two weeks are taken. It is noon there."""
    clock.at = NINE - timedelta(hours=21)
    found = await make_bookable(work, begins=9 * 60, ends=9 * 60 + 30)
    await make_free(work, found)
    for day in range(14):
        await make_appointment(work, await make_patient(work), found, NINE + day * DAY)
    return found


async def joined(
    work: UnitOfWork,
    who: Account,
    doctor: Account,
    start: datetime | None = None,
    end: datetime | None = None,
) -> WaitlistEntry:
    async with work.begin(actor_of(who), "test") as ctx:
        return await waitlist.join(ctx, practitioner_of(doctor), start, end)


async def own_places(work: UnitOfWork, who: Account) -> list[WaitlistEntry]:
    async with work.begin(actor_of(who), "test") as ctx:
        return await waitlist.own_entries(ctx)


async def freed(work: UnitOfWork, dsn: str, at: datetime) -> None:
    """Free a seat behind everybody's back, so that only the clock finds it."""
    execute(
        dsn,
        "update consultation c set state = 'cancelled', ended_at = %s from appointment a"
        " where a.id = c.appointment_id and a.starts_at = %s",
        at,
        at,
    )
    execute(dsn, "update appointment set state = 'cancelled' where starts_at = %s", at)


async def ticked(work: UnitOfWork) -> int:
    return await waitlist_offers.tick(work, ZONE, "test")


async def taken(work: UnitOfWork, who: Account, entry: WaitlistEntry) -> Booking:
    assert entry.appointment_id is not None
    async with work.begin(actor_of(who), "test") as ctx:
        await answer(ctx, entry.appointment_id)
        return await booking.confirm_own(ctx, entry.appointment_id)
