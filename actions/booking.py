"""Booking by patients: a slot is held, then booked. Its id names the appointment from the first moment on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from actions.acting import acting_for, acting_patients
from actions.booking_answers import answer, demand_answers, unanswered
from actions.booking_slots import hold_seat, seat_at
from actions.context import Context, UnitOfWork, permit, record, record_patients
from actions.family import demand_child_at, keep_consent, unconsented
from actions.freed_seats import tell_waitlist
from actions.notices import tell
from actions.refunds import refund_for
from actions.slot_claims import ask, claim_at, give_back
from domain.accounts import SYSTEM
from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.booking import (
    HOLD,
    HOLDS_A_DAY_MAX,
    HOLDS_MAX,
    HOLDS_WINDOW,
    Answers,
    Booking,
    PaymentDue,
    SlotTaken,
)
from domain.errors import (
    Code,
    Conflict,
    InvalidInput,
    NotFound,
    OwnFault,
    Throttled,
    TooMany,
    WrongState,
)
from domain.family import ConsentStep
from domain.his_slots import HisNotConnected
from domain.ids import AppointmentId, ConsultationId, PatientId, PractitionerId
from domain.notices import Notice
from domain.payment import RefundReason
from domain.permissions import Action
from storage import bookings, family, his_slots

LIST_MAX = 100
"""How many of the own bookings are answered, the latest first."""
_DUE_AT_ONCE = 200
_STANDING = (AppointmentState.PENDING, AppointmentState.BOOKED, AppointmentState.FULFILLED)
_SECOND = timedelta(seconds=1)


async def hold(
    ctx: Context,
    practitioner_id: PractitionerId,
    starts_at: datetime,
    patient_id: UUID | None = None,
    *,
    said: Answers,
    guardian_consents: bool = False,
) -> Booking:
    """Keep a slot for a patient of the actor's for HOLD, at the fee of this moment. `starts_at` is aware.

    `patient_id` None is the own person. For a child the guardian has to consent, which is kept (PI-1).
    Holding the same slot again answers the hold that there is, with what is said now. Of those who want the
    last seat at once one gets it. `said` is what the patient answered first: the audit line says so. The red
    flags are asked again before the waiting room, for the record; the diagnosis goes there by itself.

    The hold says whether the hospital's own system will have to confirm the visit (`needs_confirmation`).

    Raise InvalidInput for questions that are not asked now, an earlier visit that there was not, or without
    a guardian's consent, SlotTaken when
    the slot is gone or was none, NotFound for who is no doctor in practice, Conflict for a time at which the
    patient has something else or (family.of_age) is no child any more, or (his.not_connected) that nobody
    could confirm, TooMany past HOLDS_MAX open holds,
    Throttled past HOLDS_A_DAY_MAX in a day, ActionRefused for a patient for whom the actor does not act.
    """
    permit(ctx, Action.BOOKING_HOLD)
    starts_at = starts_at.astimezone(UTC)
    wanted = own_patient(ctx) if patient_id is None else PatientId(patient_id)
    patient_name = await bookings.lock_patient(ctx.tx, wanted)
    if patient_name is None:
        raise NotFound("patient")
    # Looked up with the lock in hand: whoever removes a family member waits for it, too.
    acting = await acting_for(ctx, wanted, Action.BOOKING_HOLD)
    demand_child_at(acting, starts_at)
    unsaid = unconsented(acting, guardian_consents=guardian_consents)
    unsaid |= await unanswered(ctx, acting.patient_id, said)
    if unsaid:
        raise InvalidInput("Something has to be said before a slot is held.", unsaid)
    doctor = await bookings.lock_doctor(ctx.tx, practitioner_id)
    if doctor is None:
        raise NotFound("doctor")
    before = await _own_at(ctx, acting.patient_id, practitioner_id, starts_at, starts_at + _SECOND)
    if before is not None:
        again = await _known(ctx, before)
        return again if again.answers == said else await answer(ctx, before, said)
    slot, seat = await seat_at(ctx, practitioner_id, starts_at)
    await _own_at(ctx, acting.patient_id, practitioner_id, slot.starts_at, slot.ends_at)
    await _check_holds(ctx, acting.patient_id)
    held = await hold_seat(
        ctx, (acting.patient_id, patient_name), doctor, slot, seat, held_until=ctx.now + HOLD, answers=said
    )
    await keep_consent(ctx, acting.member, held.id, ConsentStep.BOOKING)
    await record(
        ctx,
        Action.BOOKING_HOLD,
        ("appointment", held.id),
        patient_id=acting.patient_id,
        detail={
            "practitioner_id": str(practitioner_id),
            "red_flags": said.red_flags,
            "diagnosis": said.diagnosis.value,
        },
    )
    return held


async def confirm_own(ctx: Context, appointment_id: AppointmentId) -> Booking:
    """Book the actor's own hold, whose visit costs nothing. Booking it again answers the same.

    It is pending where the hospital's own system has to confirm it. Raise AnswersNeeded of a hold whose
    patient was not asked yet, PaymentDue when it has a fee,
    Conflict when the hold ended and the seat is gone, NotFound, or ActionRefused for somebody else's.
    """
    permit(ctx, Action.BOOKING_CONFIRM)
    found = await _own(ctx, appointment_id, Action.BOOKING_CONFIRM)
    demand_answers(found)
    # What ended unpaid is not free for that: the way from there to booked is for money that comes late.
    if found.fee_minor and found.state in (AppointmentState.HELD, AppointmentState.EXPIRED):
        raise PaymentDue
    if not await confirm(ctx, appointment_id):
        raise Conflict(Code.BOOKING_HOLD_ENDED, "This time was kept for you, but not any more.")
    return await _known(ctx, appointment_id)


async def confirm(ctx: Context, appointment_id: AppointmentId) -> bool:
    """Book a hold and plan its consultation; say whether the visit is booked now. For what pays, too.

    A slot that the hospital's own system has to confirm is asked for instead: that counts as booked here. A
    hold that ended is booked all the same while its slot is free. False: it ended and the slot is gone, the
    patient gave it up, or is none for whom anybody acts any more. True for a visit that was booked before.
    Raise NotFound.
    """
    permit(ctx, Action.BOOKING_CONFIRM)
    found = await bookings.by_id(ctx.tx, appointment_id)
    if found is None:
        raise NotFound("booking")
    if found.state in _STANDING:
        return True
    if not APPOINTMENT.allows(found.state, AppointmentEvent.CONFIRM):
        return False
    good = his_slots.pend if found.needs_confirmation else bookings.book_held
    if not await good(ctx.tx, appointment_id, ctx.now) and not await _book_again(ctx, found):
        # Somebody may have booked it between the two statements.
        again = await _known(ctx, appointment_id)
        return again.state in _STANDING
    found = await _known(ctx, appointment_id)
    if found.state is AppointmentState.PENDING:
        await ask(ctx, found)
        await record(
            ctx,
            Action.BOOKING_CONFIRM,
            ("appointment", appointment_id),
            patient_id=found.patient_id,
            detail={"step": "asked"},
        )
        return True
    booked = replace(found, consultation_id=ConsultationId(ctx.new_id()))
    await bookings.add_consultation(ctx.tx, booked, ctx.now)
    await record(ctx, Action.BOOKING_CONFIRM, ("appointment", appointment_id), patient_id=found.patient_id)
    await tell(ctx, Notice.APPOINTMENT_MADE, appointment_id)
    return True


async def release(ctx: Context, appointment_id: AppointmentId) -> None:
    """Give the actor's own hold up, so that others can have the slot at once. One that ended stays so.

    So can a request be given up that the hospital's own system has not answered: all that was paid goes back.
    Raise NotFound, ActionRefused for somebody else's, WrongState for what is booked.
    """
    permit(ctx, Action.BOOKING_RELEASE)
    found = await _own(ctx, appointment_id, Action.BOOKING_RELEASE)
    if found.state in (AppointmentState.EXPIRED, AppointmentState.CANCELLED):
        return
    if found.state is AppointmentState.PENDING:
        await _withdraw(ctx, found)
        return
    if found.state is not AppointmentState.HELD:
        raise WrongState(APPOINTMENT.code, APPOINTMENT.what, found.state.value, "release")
    if await bookings.release(ctx.tx, appointment_id):
        await tell_waitlist(ctx, found.practitioner_id)
        await record(
            ctx, Action.BOOKING_RELEASE, ("appointment", appointment_id), patient_id=found.patient_id
        )


async def _withdraw(ctx: Context, found: Booking) -> None:
    # First the request: whatever the HIS says of it waits.
    await give_back(ctx, found.id)
    state = APPOINTMENT.next(found.state, AppointmentEvent.CANCEL)
    if not await his_slots.move_pending(ctx.tx, found.id, state):
        raise WrongState(APPOINTMENT.code, APPOINTMENT.what, "decided", "release")
    await tell_waitlist(ctx, found.practitioner_id)
    await refund_for(ctx, found.id, RefundReason.CANCELLED_BY_PATIENT)
    await record(ctx, Action.BOOKING_RELEASE, ("appointment", found.id), patient_id=found.patient_id)


async def own_bookings(ctx: Context) -> Sequence[Booking]:
    """Return good holds and visits of all the actor's patients: at most LIST_MAX, the latest first."""
    permit(ctx, Action.BOOKING_READ_OWN)
    patient_ids = await acting_patients(ctx)
    found = await bookings.of_patients(ctx.tx, patient_ids, ctx.now, LIST_MAX)
    await record_patients(ctx, Action.BOOKING_READ_OWN, patient_ids)
    return found


async def read_booking(ctx: Context, appointment_id: AppointmentId) -> Booking:
    """Return one of the actor's own bookings. Raise NotFound, ActionRefused for somebody else's."""
    permit(ctx, Action.BOOKING_READ_OWN)
    found = await _own(ctx, appointment_id, Action.BOOKING_READ_OWN)
    await record(ctx, Action.BOOKING_READ_OWN, ("appointment", appointment_id), patient_id=found.patient_id)
    return found


async def tick(work: UnitOfWork, request_id: str) -> int:
    """End the holds that are over, each with its line; return how many there were.

    Nothing waits for it: a hold that is over takes no seat. Raise PartnerDown when the database does not
    answer.
    """
    ended = 0
    count = _DUE_AT_ONCE
    while count == _DUE_AT_ONCE:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.BOOKING_EXPIRE)
            due = await bookings.expire_due(ctx.tx, ctx.now, _DUE_AT_ONCE)
            for appointment_id, patient_id in due:
                await record(
                    ctx, Action.BOOKING_EXPIRE, ("appointment", appointment_id), patient_id=patient_id
                )
        count = len(due)
        ended += count
    return ended


def own_patient(ctx: Context) -> PatientId:
    """Return the patient who the actor is; for whom it may act is actions.acting's to say."""
    if ctx.actor.patient_id is None:
        raise OwnFault(f"account {ctx.actor.account_id} may book but is no patient")
    return ctx.actor.patient_id


async def _book_again(ctx: Context, ended: Booking) -> bool:
    """Book a hold that ended when its slot is free and its patient still comes; say whether it was."""
    # The patient first, as whoever takes a seat: two that are paid late at once see one another.
    if await bookings.lock_patient(ctx.tx, ended.patient_id) is None:
        return False
    # Who held it for a family member may not act for it any more: nobody could come to the visit.
    member = await family.member(ctx.tx, ended.patient_id)
    if member is not None and not (member.right.holds(ctx.now) and member.right.holds(ended.starts_at)):
        return False
    if await bookings.lock_doctor(ctx.tx, ended.practitioner_id) is None:
        return False
    await bookings.by_id(ctx.tx, ended.id, lock=True)
    own = await bookings.own_at(ctx.tx, ended.patient_id, ended.starts_at, ended.ends_at, ctx.now)
    if any(one.id != ended.id for one in own):
        return False
    try:
        _, seat = await seat_at(ctx, ended.practitioner_id, ended.starts_at)
        claim = await claim_at(ctx, ended.practitioner_id, ended.starts_at, but_for=ended.id)
    except (SlotTaken, HisNotConnected):
        return False
    return await bookings.book_again(ctx.tx, ended.id, seat, claim)


async def _own_at(
    ctx: Context,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    start: datetime,
    end: datetime,
) -> AppointmentId | None:
    """Return the patient's hold of this doctor that begins at `start`; raise Conflict for anything else."""
    for one in await bookings.own_at(ctx.tx, patient_id, start, end, ctx.now):
        same = one.practitioner_id == practitioner_id and one.starts_at == start
        if same and one.state is AppointmentState.HELD:
            return one.id
        raise Conflict(Code.BOOKING_OWN_OVERLAP, "You have another visit at this time.")
    return None


async def _check_holds(ctx: Context, patient_id: PatientId) -> None:
    counts = await bookings.hold_counts(ctx.tx, patient_id, ctx.now - HOLDS_WINDOW, ctx.now)
    if counts.open >= HOLDS_MAX:
        raise TooMany(Code.BOOKING_TOO_MANY_HOLDS, "held times", counts.open + 1, HOLDS_MAX)
    if counts.recent >= HOLDS_A_DAY_MAX and counts.first_at is not None:
        raise Throttled(max(int((counts.first_at + HOLDS_WINDOW - ctx.now).total_seconds()), 1))


async def _own(ctx: Context, appointment_id: AppointmentId, action: Action) -> Booking:
    found = await _known(ctx, appointment_id)
    await acting_for(ctx, found.patient_id, action, ("appointment", appointment_id))
    return found


async def _known(ctx: Context, appointment_id: AppointmentId) -> Booking:
    found = await bookings.by_id(ctx.tx, appointment_id)
    if found is None:
        raise NotFound("booking")
    return found
