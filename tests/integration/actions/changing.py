"""Visits that are paid and booked, for tests of what is changed of them."""

from datetime import datetime, timedelta
from uuid import UUID

from actions import booking
from domain.accounts import Account, actor_of
from domain.booking import Booking
from domain.ids import AppointmentId
from tests.bookable import hold_slot
from tests.integration.actions.paying import NINE, Counter
from tests.rows import rows

NEXT = NINE + timedelta(days=1)
"""Nine o'clock of the day after: cancelling is free."""
HALF_HOUR = timedelta(minutes=30)


async def held(counter: Counter, at: datetime = NEXT, patient: Account | None = None) -> Booking:
    async with counter.work.begin(actor_of(patient or counter.patient), "test") as ctx:
        return await hold_slot(ctx, counter.doctor, at)


async def booked(counter: Counter, at: datetime = NEXT, patient: Account | None = None) -> Booking:
    """Return a visit that its patient has paid."""
    one = await held(counter, at, patient)
    payment = await counter.start(one.id, patient)
    assert await counter.hear(await counter.notice(payment)) == "applied"
    return await read(counter, one.id, patient)


async def read(counter: Counter, appointment_id: UUID, patient: Account | None = None) -> Booking:
    async with counter.work.begin(actor_of(patient or counter.patient), "test") as ctx:
        return await booking.read_booking(ctx, AppointmentId(appointment_id))


def refunded(dsn: str, appointment_id: UUID) -> list[tuple[int, str]]:
    """Return what was asked back for a visit, and why."""
    return [
        (amount, reason)
        for amount, reason in rows(
            dsn,
            "select r.amount_minor, r.reason from refund r join payment p on p.id = r.payment_id"
            " where p.appointment_id = %s order by r.requested_at, r.id",
            str(appointment_id),
        )
    ]


def told(dsn: str, appointment_id: UUID) -> list[tuple[str, int, str]]:
    """Return the notices about a visit but for reminders: kind, number in calendars, state."""
    return [
        (kind, sequence, state)
        for kind, sequence, state in rows(
            dsn,
            "select kind, sequence, state from notice where appointment_id = %s"
            " and kind not like 'reminder%%' order by sequence, kind",
            str(appointment_id),
        )
    ]
