"""Cancelling a visit, whoever does it and whatever follows: its seat is free, its consultation is off."""

from dataclasses import replace

from actions.context import Context
from domain.appointment import APPOINTMENT, Appointment, AppointmentEvent
from domain.consultation import CONSULTATION, ConsultationEvent
from domain.errors import OwnFault
from storage import appointments


async def cancel_locked(ctx: Context, before: Appointment) -> Appointment:
    """Cancel an appointment whose row is locked, with its consultation; return it as it is now.

    A part of actions: what was paid, who waits for the seat and who is told are the caller's. Raise
    WrongState when the visit has begun, is over, or was cancelled before.
    """
    # The consultation first: while the visit runs, "in progress" explains more than "booked".
    after = replace(
        before,
        consultation_state=CONSULTATION.next(before.consultation_state, ConsultationEvent.CANCEL),
        state=APPOINTMENT.next(before.state, AppointmentEvent.CANCEL),
    )
    if not await appointments.cancel(ctx.tx, before, after, ctx.now):
        raise OwnFault(f"appointment {before.id} changed while its consultation was locked")
    return after
