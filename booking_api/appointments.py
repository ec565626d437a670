"""Appointments: own ones, all of them for the administration, making and cancelling them."""

from actions import appointments
from actions.page_cursor import read_cursor, write_cursor
from booking_api.edge import Call, days_in_order
from booking_api.models import (
    Appointments,
    AppointmentView,
    NewAppointment,
    PastAppointments,
    PastAppointmentView,
)
from booking_api.queries import AppointmentsQuery, PastAppointmentsQuery
from booking_api.views import view
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.permissions import Action, allowed


async def list_appointments(call: Call) -> Appointments:
    """GET /api/appointments. `from` alone means that day, `to` alone means from today on."""
    query = call.given(AppointmentsQuery)
    first = query.first_day or call.edge.today()
    last = query.last_day or first
    days_in_order(first, last)
    start, end = call.edge.begin_of(first), call.edge.end_of(last)
    async with call.begin() as ctx:
        if allowed(ctx.actor, Action.APPOINTMENT_READ_ANY):
            found = await appointments.any_appointments(ctx, start, end)
        else:
            found = await appointments.own_appointments(ctx, start, end)
    return Appointments(appointments=[view(AppointmentView, item) for item in found])


async def list_past_appointments(call: Call) -> PastAppointments:
    """GET /api/past-appointments."""
    query = call.given(PastAppointmentsQuery)
    before = None if query.cursor is None else read_cursor(query.cursor)
    async with call.begin() as ctx:
        found, more = await appointments.past_appointments(ctx, before, query.limit)
    last = found[-1].appointment if more else None
    return PastAppointments(
        appointments=[
            PastAppointmentView(
                **view(AppointmentView, one.appointment).model_dump(), called_off=one.called_off
            )
            for one in found
        ],
        next_cursor=None if last is None else write_cursor(last.starts_at, last.id),
    )


async def create_appointment(call: Call) -> AppointmentView:
    """POST /api/appointments."""
    new = call.given(NewAppointment)
    async with call.begin() as ctx:
        made = await appointments.create_appointment(
            ctx,
            PatientId(new.patient_id),
            PractitionerId(new.practitioner_id),
            new.starts_at,
            new.ends_at,
        )
    return view(AppointmentView, made)


async def read_appointment(call: Call) -> AppointmentView:
    """GET /api/appointments/{id}."""
    async with call.begin() as ctx:
        found = await appointments.read_appointment(ctx, AppointmentId(call.uuid()))
    return view(AppointmentView, found)


async def cancel_appointment(call: Call) -> None:
    """POST /api/appointments/{id}/cancel."""
    async with call.begin() as ctx:
        await appointments.cancel_appointment(ctx, AppointmentId(call.uuid()))
