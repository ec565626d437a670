"""Changing what is booked: cancelling and moving by patients, calling off by the hospital, the waitlist."""

from aiohttp import web

from actions import changes, rebooking, schedules, waitlist
from actions.context import Context
from booking_api import models_changes as models
from booking_api.booking import with_alternatives
from booking_api.edge import Call, days_in_order
from booking_api.idempotency import once
from booking_api.models import AlternativeSlot
from booking_api.models_booking import BookingView
from booking_api.schedules import minute_of
from booking_api.views import view
from domain.booking import SlotTaken
from domain.ids import AppointmentId, PractitionerId
from domain.schedule import Hours


async def read_booking_terms(call: Call) -> models.TermsView:
    """GET /api/bookings/{id}/terms."""
    async with call.begin() as ctx:
        found = await changes.read_terms(ctx, AppointmentId(call.uuid()), call.edge.hospital.changes)
    return view(models.TermsView, found)


async def cancel_booking(call: Call) -> web.Response:
    """POST /api/bookings/{id}/cancel."""
    new = call.given(models.NewCancellation)

    async def run(ctx: Context) -> models.CancellationView:
        done = await changes.cancel_own(
            ctx, AppointmentId(call.uuid()), call.edge.hospital.changes, new.back_minor
        )
        return models.CancellationView(booking=view(BookingView, done.booking), back_minor=done.back_minor)

    return await once(call, 200, run, operation="cancel_booking")


async def move_booking(call: Call) -> web.Response:
    """POST /api/bookings/{id}/move. When the slot is gone the problem names others that are free."""
    new = call.given(models.NewTime)

    async def run(ctx: Context) -> BookingView:
        moved = await changes.move_own(
            ctx, AppointmentId(call.uuid()), new.starts_at, call.edge.hospital.changes
        )
        return view(BookingView, moved)

    try:
        return await once(call, 200, run, operation="move_booking")
    except SlotTaken as taken:
        raise await with_alternatives(call, taken) from taken


async def call_off_appointment(call: Call) -> None:
    """POST /api/appointments/{id}/call-off."""
    new = call.given(models.NewCallOff)
    async with call.begin() as ctx:
        await rebooking.call_off(ctx, AppointmentId(call.uuid()), new.why)


async def list_rebooking_offers(call: Call) -> models.RebookingOffers:
    """GET /api/rebooking-offers."""
    async with call.begin() as ctx:
        found = await rebooking.own_offers(ctx)
    return models.RebookingOffers(offers=[_offer(one) for one in found])


async def accept_rebooking_offer(call: Call) -> web.Response:
    """POST /api/rebooking-offers/{id}/accept."""
    new = call.given(models.RebookingChoice)

    async def run(ctx: Context) -> BookingView:
        booked = await rebooking.accept(ctx, call.uuid(), PractitionerId(new.practitioner_id), new.starts_at)
        return view(BookingView, booked)

    try:
        return await once(call, 200, run, operation="accept_rebooking_offer")
    except SlotTaken as taken:
        raise await with_alternatives(call, taken) from taken


async def decline_rebooking_offer(call: Call) -> None:
    """POST /api/rebooking-offers/{id}/decline. What it does it does once, so that it needs no key."""
    async with call.begin() as ctx:
        await rebooking.decline(ctx, call.uuid())


async def join_waitlist(call: Call) -> web.Response:
    """POST /api/waitlist."""
    new = call.given(models.NewWaitlistEntry)
    first, last = new.first_day, new.last_day
    if first is not None and last is not None:
        days_in_order(first, last)

    async def run(ctx: Context) -> models.WaitlistEntryView:
        entry = await waitlist.join(
            ctx,
            PractitionerId(new.practitioner_id),
            None if first is None else call.edge.begin_of(first),
            None if last is None else call.edge.end_of(last),
            new.patient_id,
            guardian_consents=new.guardian_consents,
        )
        return view(models.WaitlistEntryView, entry)

    return await once(call, 201, run, operation="join_waitlist")


async def list_waitlist(call: Call) -> models.Waitlist:
    """GET /api/waitlist."""
    async with call.begin() as ctx:
        found = await waitlist.own_entries(ctx)
    return models.Waitlist(entries=[view(models.WaitlistEntryView, one) for one in found])


async def leave_waitlist(call: Call) -> None:
    """POST /api/waitlist/{id}/leave. What it does it does once, so that it needs no key."""
    async with call.begin() as ctx:
        await waitlist.leave(ctx, call.uuid())


async def count_visits_in_own_leave(call: Call) -> models.VisitsWithin:
    """GET /api/leave/visits."""
    days = call.given(models.LeaveDays)
    days_in_order(days.first_day, days.last_day)
    async with call.begin() as ctx:
        booked = await schedules.visits_in_own_leave(
            ctx, call.edge.begin_of(days.first_day), call.edge.end_of(days.last_day)
        )
    return models.VisitsWithin(booked=booked)


async def count_visits_in_leave(call: Call) -> models.VisitsWithin:
    """GET /api/doctor-profiles/{id}/leave-visits."""
    days = call.given(models.LeaveDays)
    days_in_order(days.first_day, days.last_day)
    async with call.begin() as ctx:
        booked = await schedules.visits_in_leave(
            ctx,
            PractitionerId(call.uuid()),
            call.edge.begin_of(days.first_day),
            call.edge.end_of(days.last_day),
        )
    return models.VisitsWithin(booked=booked)


async def count_visits_in_closed_hours(call: Call) -> models.VisitsWithin:
    """GET /api/doctor-profiles/{id}/exception-visits."""
    given = call.given(models.ClosedHours)
    hours = Hours(minute_of(given.begins), minute_of(given.ends), 0, 0, call.edge.hospital.time_zone)
    async with call.begin() as ctx:
        booked = await schedules.visits_in_closed_hours(
            ctx, PractitionerId(call.uuid()), given.day, hours, call.edge.today()
        )
    return models.VisitsWithin(booked=booked)


def _offer(choice: rebooking.Choice) -> models.RebookingOfferView:
    offer = choice.offer
    return models.RebookingOfferView(
        id=offer.id,
        appointment_id=offer.appointment_id,
        practitioner_id=offer.practitioner_id,
        practitioner_name=offer.practitioner_name,
        practitioner_title=offer.practitioner_title,
        specialty=offer.specialty,
        why=offer.why,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        fee_minor=offer.fee_minor,
        currency=offer.currency,
        patient_name=offer.patient_name,
        alternatives=[view(AlternativeSlot, one) for one in choice.alternatives],
    )
