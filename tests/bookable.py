"""Doctors with hours, for tests that book: slots of half an hour, each day, on a place's wall clock."""

from datetime import date, datetime
from uuid import UUID

from actions import booking, booking_answers
from actions.context import Context, UnitOfWork
from actions.schedules import add_template
from domain.accounts import SYSTEM, Account
from domain.booking import Answers, Booking
from domain.diagnosis import DiagnosisBasis
from domain.ids import AppointmentId, PractitionerId
from domain.safety import QUESTIONS_VERSION
from domain.schedule import Hours
from tests.people import make_doctor

NOTHING_SHOWN = Answers(QUESTIONS_VERSION, DiagnosisBasis.NONE)
"""What who has nothing to show of an earlier diagnosis answers before booking."""


async def make_bookable(
    work: UnitOfWork,
    *,
    name: str = "王建国",
    zone: str = "Asia/Shanghai",
    capacity: int = 1,
    begins: int = 9 * 60,
    ends: int = 12 * 60,
) -> Account:
    """Make a doctor who offers half hours every day, between two minutes of the day."""
    doctor = await make_doctor(work, name)
    await give_hours(work, doctor, zone=zone, capacity=capacity, begins=begins, ends=ends)
    return doctor


async def give_hours(
    work: UnitOfWork,
    doctor: Account,
    *,
    zone: str = "Asia/Shanghai",
    capacity: int = 1,
    begins: int = 9 * 60,
    ends: int = 12 * 60,
) -> None:
    """Have a doctor offer half hours every day."""
    async with work.begin(SYSTEM, "test") as ctx:
        for weekday in range(1, 8):
            hours = Hours(begins, ends, 30, capacity, zone)
            await add_template(ctx, practitioner_of(doctor), weekday, hours, date(2026, 1, 1), None)


async def make_free(work: UnitOfWork, doctor: Account) -> None:
    """Have a doctor's visits cost nothing."""
    async with work.begin(SYSTEM, "test") as ctx:
        await ctx.tx.script(
            f"update practitioner_role set fee_minor = 0 where practitioner_id = '{practitioner_of(doctor)}'"  # noqa: S608  # An id of ours.
        )


async def hold_slot(
    ctx: Context,
    doctor: Account,
    at: datetime,
    patient_id: UUID | None = None,
    *,
    guardian_consents: bool = False,
) -> Booking:
    """Hold a slot as who answered what is asked before it."""
    return await booking.hold(
        ctx,
        practitioner_of(doctor),
        at,
        patient_id,
        said=NOTHING_SHOWN,
        guardian_consents=guardian_consents,
    )


async def answer(ctx: Context, appointment_id: AppointmentId) -> None:
    """Answer what is asked before a seat from the waitlist is booked."""
    await booking_answers.answer(ctx, appointment_id, NOTHING_SHOWN)


def practitioner_of(doctor: Account) -> PractitionerId:
    assert doctor.practitioner_id is not None, "the account is a doctor's"
    return doctor.practitioner_id
