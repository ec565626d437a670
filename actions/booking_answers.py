"""What a patient says before a time is booked: the red-flag questions, and an earlier diagnosis (FU-1).

Who holds a slot says it with the hold. A seat that is offered from the waitlist is held by the hospital, so
that its patient says it afterwards, and neither pays nor books before.
"""

from actions.acting import acting_for
from actions.context import Context, permit, record
from domain.appointment import APPOINTMENT
from domain.booking import Answers, AnswersNeeded, Booking
from domain.diagnosis import DiagnosisBasis
from domain.errors import FieldFault, InvalidInput, NotFound, WrongState
from domain.ids import AppointmentId, PatientId
from domain.permissions import Action
from domain.safety import QUESTIONS_VERSION
from storage import bookings, diagnoses


async def unanswered(ctx: Context, patient_id: PatientId, said: Answers) -> dict[str, FieldFault]:
    """Return what is wrong with the answers by field; nothing when they hold. A part of actions.

    Other questions than those asked now were not answered; an earlier visit at this hospital is looked up.
    """
    wrong: dict[str, FieldFault] = {}
    if said.red_flags != QUESTIONS_VERSION:
        wrong["red_flags"] = FieldFault.NOT_A_CHOICE
    if said.diagnosis is DiagnosisBasis.EARLIER_VISIT and not await diagnoses.earlier_visits(
        ctx.tx, patient_id
    ):
        wrong["diagnosis"] = FieldFault.INVALID
    return wrong


def demand_answers(held: Booking) -> None:
    """Raise AnswersNeeded for a hold whose patient was asked nothing yet. A part of actions."""
    if held.answers_needed:
        raise AnswersNeeded


async def answer(ctx: Context, appointment_id: AppointmentId, said: Answers) -> Booking:
    """Keep what the patient says before one of the actor's own holds is booked; the last answers count.

    Saying the same again writes nothing.
    Raise InvalidInput as `unanswered` says, NotFound, ActionRefused for somebody else's, WrongState for what
    is not held any more.
    """
    permit(ctx, Action.BOOKING_ANSWER)
    found = await bookings.by_id(ctx.tx, appointment_id)
    if found is None:
        raise NotFound("booking")
    subject = ("appointment", appointment_id)
    await acting_for(ctx, found.patient_id, Action.BOOKING_ANSWER, subject)
    if found.answers == said and found.is_good_hold(ctx.now):
        return found
    if wrong := await unanswered(ctx, found.patient_id, said):
        raise InvalidInput("This has to be said before a slot is booked.", wrong)
    if not await bookings.answer(ctx.tx, appointment_id, said, ctx.now):
        raise WrongState(APPOINTMENT.code, APPOINTMENT.what, found.state.value, "answer")
    await record(
        ctx,
        Action.BOOKING_ANSWER,
        subject,
        patient_id=found.patient_id,
        detail={"red_flags": said.red_flags, "diagnosis": said.diagnosis.value},
    )
    again = await bookings.by_id(ctx.tx, appointment_id)
    if again is None:
        raise NotFound("booking")
    return again
