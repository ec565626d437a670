"""Booking by patients: holding a slot, booking it, giving it up, the own bookings."""

from aiohttp import web

from actions import booking, booking_answers
from actions.booking_slots import alternatives
from actions.context import Context
from booking_api import models_booking as models
from booking_api.edge import Call
from booking_api.idempotency import once
from booking_api.views import view
from domain.accounts import SYSTEM
from domain.booking import Answers, SlotTaken
from domain.ids import AppointmentId, PractitionerId


async def hold_slot(call: Call) -> web.Response:
    """POST /api/bookings. When the slot is gone the problem names others that are free."""
    new = call.given(models.NewBooking)

    async def run(ctx: Context) -> models.BookingView:
        held = await booking.hold(
            ctx,
            PractitionerId(new.practitioner_id),
            new.starts_at,
            new.patient_id,
            guardian_consents=new.guardian_consents,
            said=Answers(new.red_flags, new.diagnosis),
        )
        return view(models.BookingView, held)

    try:
        return await once(call, 201, run, operation="hold_slot")
    except SlotTaken as taken:
        raise await with_alternatives(call, taken) from taken


async def list_bookings(call: Call) -> models.Bookings:
    """GET /api/bookings."""
    async with call.begin() as ctx:
        found = await booking.own_bookings(ctx)
    return models.Bookings(bookings=[view(models.BookingView, one) for one in found])


async def read_booking(call: Call) -> models.BookingView:
    """GET /api/bookings/{id}."""
    async with call.begin() as ctx:
        found = await booking.read_booking(ctx, AppointmentId(call.uuid()))
    return view(models.BookingView, found)


async def answer_booking(call: Call) -> models.BookingView:
    """POST /api/bookings/{id}/answers. Saying it again changes nothing."""
    said = call.given(models.BookingAnswers)
    async with call.begin() as ctx:
        held = await booking_answers.answer(
            ctx, AppointmentId(call.uuid()), Answers(said.red_flags, said.diagnosis)
        )
    return view(models.BookingView, held)


async def confirm_booking(call: Call) -> models.BookingView:
    """POST /api/bookings/{id}/confirm. What it does it does once, so that it needs no key."""
    async with call.begin() as ctx:
        booked = await booking.confirm_own(ctx, AppointmentId(call.uuid()))
    return view(models.BookingView, booked)


async def release_booking(call: Call) -> None:
    """POST /api/bookings/{id}/release."""
    async with call.begin() as ctx:
        await booking.release(ctx, AppointmentId(call.uuid()))


async def with_alternatives(call: Call, taken: SlotTaken) -> SlotTaken:
    """Return the refusal with what is free instead, looked up apart: nobody waits for the doctor's lock."""
    async with call.edge.work.begin(SYSTEM, call.request_id) as ctx:
        found = await alternatives(ctx, taken.practitioner_id, taken.starts_at)
    return SlotTaken(taken.practitioner_id, taken.starts_at, found)
