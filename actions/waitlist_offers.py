"""Offering what becomes free to who waits: the first seat to who waits longest of those who can use it.

An offer is a hold like any other, only longer, so that the same constraint keeps its seat. It is taken by
paying or booking the hold, and declined by giving the hold up.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from actions.booking_slots import hold_seat, seat_at
from actions.context import Context, UnitOfWork, permit, record
from actions.family import keep_consent_of
from actions.in_turn import in_turn
from actions.notices import tell
from domain.accounts import SYSTEM
from domain.booking import SlotTaken
from domain.errors import OwnFault, PartnerDown
from domain.family import ConsentStep
from domain.his_slots import HisNotConnected
from domain.ids import PatientId, PractitionerId
from domain.notices import Notice
from domain.permissions import Action
from domain.schedule import HORIZON, Slot, free_slots
from domain.waitlist import LEAST_BEFORE, WaitlistState, kept_until
from storage import bookings, family, schedules, waitlist
from storage.waitlist import Place

_DOCTORS_AT_ONCE: Final = 200

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Offered:
    """How many offers were made, and how many could not be for a fault of ours."""

    made: int
    failed: int


async def tick(work: UnitOfWork, zone: ZoneInfo, request_id: str) -> int:
    """Settle what became of offers, then offer what is free to who waits first; return how many offers.

    `zone` is the hospital's: at night a slot is kept into the morning. A place or a doctor at which something
    fails stands in nobody's way: it is logged, counted, and tried again the next time. Raise PartnerDown when
    the database does not answer.
    """
    made, failed = 0, 0
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.WAITLIST_SETTLE)
        await settle(ctx)

    async def page(after: UUID | None) -> list[UUID]:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.WAITLIST_OFFER)
            last = None if after is None else PractitionerId(after)
            return list(await waitlist.wanted_doctors(ctx.tx, ctx.now, last, _DOCTORS_AT_ONCE))

    async def offer_of(doctor: UUID) -> None:
        nonlocal made, failed
        try:
            found = await offer_free(work, PractitionerId(doctor), zone, request_id)
        except PartnerDown:
            raise
        except Exception as error:
            _log.error("waitlist.doctor_failed", practitioner_id=str(doctor), error=type(error).__name__)
            failed += 1
            return
        made, failed = made + found.made, failed + found.failed

    await in_turn(page, offer_of)
    if failed:
        _log.error("waitlist.not_all_offered", made=made, failed=failed)
    return made


async def offer_free(
    work: UnitOfWork, practitioner_id: PractitionerId, zone: ZoneInfo, request_id: str
) -> Offered:
    """Offer what is free of a doctor, each seat in a transaction of its own; durable on return.

    When an offer fails the seat goes to the next who waits; why it failed is logged. Raise PartnerDown when
    the database does not answer.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.WAITLIST_OFFER)
        seats = await _free_seats(ctx, practitioner_id, zone)
    made, failed = 0, 0
    passed_over: list[UUID] = []
    while seats:
        at, place = 0, None
        try:
            async with work.begin(SYSTEM, request_id) as ctx:
                permit(ctx, Action.WAITLIST_OFFER)
                first = await waitlist.first(ctx.tx, practitioner_id, seats, passed_over, ctx.now)
                if first is None:
                    break
                at, place = first
                offered = await _offer(ctx, place, seats[at], zone)
        except SlotTaken:
            # Somebody was faster, or what is free was a mistake: the next slot may do.
            seats = [seat for seat in seats[at + 1 :] if seat.starts_at != seats[at].starts_at]
            continue
        except Exception as error:
            if place is None:
                raise
            _log.error("waitlist.offer_failed", entry_id=str(place.id), error=type(error).__name__)
            offered, failed = False, failed + 1
        if offered:
            made, seats = made + 1, seats[at + 1 :]
        else:
            assert place is not None, "an offer is made to somebody"  # noqa: S101
            passed_over.append(place.id)
            seats = seats[at:]
    return Offered(made, failed)


async def settle(ctx: Context, of: PatientId | None = None) -> None:
    """Keep what became of offers, and that days are over: of one patient or of all. A part of actions."""
    for entry_id, patient_id, state in await waitlist.settle(ctx.tx, ctx.now, of):
        await record(
            ctx,
            Action.WAITLIST_SETTLE,
            ("waitlist_entry", entry_id),
            patient_id=patient_id,
            detail={"state": state.value},
        )


async def _free_seats(ctx: Context, practitioner_id: PractitionerId, zone: ZoneInfo) -> list[Slot]:
    """Return the doctor's free slots that can be kept for somebody, each as often as it has seats."""
    wanted = await waitlist.wanted(ctx.tx, practitioner_id, ctx.now)
    if wanted is None:
        return []
    start = max(wanted[0], ctx.now + LEAST_BEFORE)
    end = min(wanted[1], ctx.now + HORIZON)
    if end <= start:
        return []
    plan = (await schedules.plans(ctx.tx, [practitioner_id], start, end))[practitioner_id]
    taken = (await schedules.booked(ctx.tx, [practitioner_id], start, end, ctx.now))[practitioner_id]
    return [
        slot
        for slot in free_slots(plan, taken, start, end, ctx.now)
        if kept_until(slot.starts_at, ctx.now, zone) is not None
        for _ in range(slot.free)
    ]


async def _offer(ctx: Context, place: Place, slot: Slot, zone: ZoneInfo) -> bool:
    """Offer the slot; False when this place cannot be offered it any more. Raise SlotTaken."""
    until = kept_until(slot.starts_at, ctx.now, zone)
    if until is None:
        raise SlotTaken(place.practitioner_id, slot.starts_at)
    patient_name = await bookings.lock_patient(ctx.tx, place.patient_id)
    if patient_name is None:
        return False
    member = await family.member(ctx.tx, place.patient_id)
    if member is not None and not (member.right.holds(ctx.now) and member.right.holds(slot.starts_at)):
        return False
    doctor = await bookings.lock_doctor(ctx.tx, place.practitioner_id)
    if doctor is None:
        raise SlotTaken(place.practitioner_id, slot.starts_at)
    now = await waitlist.locked(ctx.tx, place.id)
    if now is None or now.state is not WaitlistState.WAITING:
        return False
    found, seat = await seat_at(ctx, doctor.id, slot.starts_at)
    if await bookings.own_at(ctx.tx, place.patient_id, found.starts_at, found.ends_at, ctx.now):
        return False
    try:
        held = await hold_seat(ctx, (place.patient_id, patient_name), doctor, found, seat, held_until=until)
    except HisNotConnected:
        # Nobody could confirm it: for who waits it is not free.
        raise SlotTaken(doctor.id, slot.starts_at) from None
    # The guardian consented when the child was put on the list.
    await keep_consent_of(ctx, member, held.id, ConsentStep.BOOKING, now.created_at)
    if not await waitlist.offer(ctx.tx, place.id, held.id, held.starts_at, ctx.now):
        raise OwnFault(f"place {place.id} changed while it was locked")
    await record(
        ctx,
        Action.WAITLIST_OFFER,
        ("waitlist_entry", place.id),
        patient_id=place.patient_id,
        detail={"appointment_id": str(held.id)},
    )
    await tell(ctx, Notice.WAITLIST_OFFER, held.id, occasion=held.id, offer_ends_at=until)
    return True
