"""Waiting: the doctor's queue of the day, and a patient's place in it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from actions.acting import on_patient_side
from actions.context import ActionRefused, Context, permit, record, record_patients
from domain.consultation import ARRIVE_AFTER, Consultation, ConsultationState
from domain.errors import FieldFault, InvalidInput, OwnFault
from domain.permissions import Action
from domain.waiting import WaitingEstimate, estimate_wait
from storage import consultations


@dataclass(frozen=True, slots=True)
class WaitingPlace:
    """A patient's consultation, and how long the wait may be. Once admitted nobody comes before."""

    consultation: Consultation
    estimate: WaitingEstimate


async def doctor_queue(ctx: Context, day_start: datetime, day_end: datetime) -> list[Consultation]:
    """Return the doctor's consultations planned in [day_start, day_end), aware times, as a queue.

    First those who wait, by arrival; then those in progress; those planned, by time; those finished, by
    their end. Cancelled ones are left out; open ones of earlier days are there while they can still happen.
    """
    permit(ctx, Action.QUEUE_READ)
    if day_start.tzinfo is None or day_end.tzinfo is None or day_end <= day_start:
        raise InvalidInput("The range of time is not valid.", {"to": FieldFault.OUT_OF_ORDER})
    if ctx.actor.practitioner_id is None:
        raise OwnFault(f"account {ctx.actor.account_id} may read a queue but is no practitioner")
    found = await consultations.of_day(
        ctx.tx, ctx.actor.practitioner_id, day_start, day_end, ctx.now - ARRIVE_AFTER
    )
    await record_patients(ctx, Action.QUEUE_READ, [item.patient_id for item in found])
    return sorted(found, key=_place_in_queue)


def urgent_first(queue: Sequence[Consultation], urgent: Collection[UUID]) -> list[Consultation]:
    """Return the queue with those who wait and are urgent before all others, otherwise in its order."""
    return sorted(queue, key=lambda item: not (item.state is ConsultationState.ARRIVED and item.id in urgent))


async def waiting_place(ctx: Context, consultation_id: UUID) -> WaitingPlace:
    """Return the patient's own place. Before arriving it is the place that arriving now would give.

    Raise NotFound, or ActionRefused for anyone but the patient of this consultation.
    """
    permit(ctx, Action.WAITING_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if not on_patient_side(ctx, consultation):
        raise ActionRefused(Action.WAITING_READ, subject, consultation.patient_id)
    await record(ctx, Action.WAITING_READ, subject, patient_id=consultation.patient_id)
    planned = consultation.scheduled_end - consultation.scheduled_start
    visit_min = max(planned // timedelta(minutes=1), 1)
    if consultation.state not in (ConsultationState.PLANNED, ConsultationState.ARRIVED):
        return WaitingPlace(consultation, WaitingEstimate(0, 0, 0))
    place = await consultations.place(ctx.tx, consultation)
    return WaitingPlace(consultation, estimate_wait(place.before, visit_min, busy=place.busy))


_Moment = Callable[[Consultation], datetime | None]
_QUEUE_ORDER: dict[ConsultationState, tuple[int, _Moment]] = {
    ConsultationState.ARRIVED: (0, lambda item: item.arrived_at),
    ConsultationState.IN_PROGRESS: (1, lambda item: item.admitted_at),
    ConsultationState.PLANNED: (2, lambda item: item.scheduled_start),
    ConsultationState.FINISHED: (3, lambda item: item.ended_at),
}


def _place_in_queue(item: Consultation) -> tuple[int, datetime, UUID]:
    group, moment = _QUEUE_ORDER[item.state]
    return group, moment(item) or item.scheduled_start, item.id
