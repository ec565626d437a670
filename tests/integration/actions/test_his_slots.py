"""Slots of the hospital's own system: requested, confirmed, refused, unanswered, given to somebody else."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from actions import booking, his_slots, rebooking
from actions.consultations import arrive
from actions.context import ActionRefused, Context, UnitOfWork
from domain.accounts import SYSTEM, actor_of
from domain.appointment import AppointmentState
from domain.booking import Booking
from domain.errors import NotFound, OwnFault, PartnerDown, WrongState
from domain.his_slots import ASK_AGAIN, SlotAnswer
from domain.ids import AppointmentId
from domain.jobs import RETRY_WAITS_S, JobCall, JobGivenUp, JobName
from domain.rebooking import OfferReason
from his_bridge.slot_jobs import handlers
from providers.his import DemoAnswers
from storage.pool import Database
from tests.bookable import make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.changing import HALF_HOUR, NEXT, booked, held, read, refunded, told
from tests.integration.actions.his_desk import Desk, open_desk
from tests.rows import execute, rows, trail


@pytest.fixture
async def desk(work: UnitOfWork, database: Database, clock: Clock, dsn: str, tmp_path: Path) -> Desk:
    return await open_desk(work, database, clock, dsn, tmp_path)


async def _state(desk: Desk, visit: Booking) -> AppointmentState:
    return (await read(desk.counter, visit.id)).state


async def _why(desk: Desk) -> list[OfferReason]:
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        return [choice.offer.why for choice in await rebooking.own_offers(ctx)]


async def test_a_paid_visit_is_requested_then_confirmed_and_its_patient_told(desk: Desk) -> None:
    kept = await held(desk.counter)
    assert kept.needs_confirmation
    visit = await booked(desk.counter)
    assert (visit.state, visit.consultation_id) == (AppointmentState.PENDING, None)
    assert visit.answer_by is not None and desk.clock.at < visit.answer_by < visit.starts_at
    assert told(desk.dsn, visit.id) == [] and desk.jobs(JobName.HIS_ASK) == 1
    await desk.run()
    certain = await read(desk.counter, visit.id)
    assert certain.state is AppointmentState.BOOKED and certain.consultation_id is not None
    assert [kind for kind, _, _ in told(desk.dsn, visit.id)] == ["appointment-made"]
    assert refunded(desk.dsn, visit.id) == []
    assert len(trail(desk.dsn, "his.ask")) == len(trail(desk.dsn, "his.hear")) == 1


async def test_a_visit_that_costs_nothing_is_requested_in_the_same_way(desk: Desk) -> None:
    await make_free(desk.work, desk.counter.doctor)
    kept = await held(desk.counter)
    for _ in range(2):
        async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
            visit = await booking.confirm_own(ctx, kept.id)
        assert visit.state is AppointmentState.PENDING
    assert [state for _, state in desk.requests()] == ["open"], "again it is the same request"


async def test_a_repeated_answer_changes_nothing(desk: Desk) -> None:
    visit = await booked(desk.counter)
    for expected in (True, False):
        async with desk.work.begin(SYSTEM, "test") as ctx:
            changed = await his_slots.hear(ctx, desk.requests()[0][0], SlotAnswer.CONFIRMED)
        assert changed is expected
    await desk.run()
    assert [kind for kind, _, _ in told(desk.dsn, visit.id)] == ["appointment-made"]
    assert len(rows(desk.dsn, "select id from consultation")) == 1


async def test_a_refused_visit_is_called_off_with_an_offer_and_the_fee_goes_back_on_asking(
    desk: Desk,
) -> None:
    visit = await booked(desk.counter)
    desk.his.answers = DemoAnswers.REFUSE
    await desk.run()
    assert await _state(desk, visit) is AppointmentState.CANCELLED
    assert [kind for kind, _, _ in told(desk.dsn, visit.id)] == ["rebooking-offer"]
    assert await _why(desk) == [OfferReason.HIS_CONFLICT]
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        (choice,) = await rebooking.own_offers(ctx)
        await rebooking.decline(ctx, choice.offer.id)
    assert refunded(desk.dsn, visit.id) == [(5000, "cancelled-by-hospital")]


async def test_another_time_of_the_his_that_is_chosen_instead_is_requested_anew(desk: Desk) -> None:
    visit = await booked(desk.counter)
    desk.his.answers = DemoAnswers.REFUSE
    await desk.run()
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        (choice,) = await rebooking.own_offers(ctx)
        later = await rebooking.accept(
            ctx, choice.offer.id, practitioner_of(desk.counter.doctor), NEXT + HALF_HOUR
        )
    assert (later.id, later.state) == (visit.id, AppointmentState.PENDING)
    desk.his.answers = DemoAnswers.CONFIRM
    await desk.run()
    certain = await read(desk.counter, visit.id)
    assert (certain.state, certain.starts_at) == (AppointmentState.BOOKED, NEXT + HALF_HOUR)
    assert certain.consultation_id is not None and refunded(desk.dsn, visit.id) == []
    assert [state for _, state in desk.requests()] == ["refused", "confirmed"]


async def test_a_time_of_ours_that_is_chosen_instead_is_booked_at_once(desk: Desk) -> None:
    colleague = await make_bookable(desk.work, name="陈静")
    visit = await booked(desk.counter)
    desk.his.answers = DemoAnswers.REFUSE
    await desk.run()
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        (choice,) = await rebooking.own_offers(ctx)
        certain = await rebooking.accept(ctx, choice.offer.id, practitioner_of(colleague), NEXT)
    assert certain.state is AppointmentState.BOOKED and certain.consultation_id is not None
    assert [kind for kind, _, _ in told(desk.dsn, visit.id)] == ["rebooking-offer", "appointment-changed"]


async def test_while_the_his_is_down_a_visit_stays_requested_and_is_asked_for_again(desk: Desk) -> None:
    visit = await booked(desk.counter)
    desk.his.answers = DemoAnswers.DOWN
    with pytest.raises(PartnerDown):
        await desk.run()
    # The last attempt leaves no dead job behind: the request is brought anew.
    await desk.run(attempt=len(RETRY_WAITS_S) + 1)
    assert await _state(desk, visit) is AppointmentState.PENDING
    assert await desk.tick() == 0 and desk.jobs(JobName.HIS_ASK) == 1
    desk.clock.forward(ASK_AGAIN)
    assert await desk.tick() == 0 and desk.jobs(JobName.HIS_ASK) == 2
    assert await desk.tick() == 0 and desk.jobs(JobName.HIS_ASK) == 2
    desk.his.answers = DemoAnswers.CONFIRM
    await desk.run()
    assert await _state(desk, visit) is AppointmentState.BOOKED


async def test_a_request_that_cannot_be_ended_keeps_no_other_from_ending(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, other = await booked(desk.counter), await booked(desk.counter, NEXT + HALF_HOUR)
    assert other.answer_by is not None
    desk.clock.at = other.answer_by
    offer = rebooking.offer

    async def refuse(ctx: Context, appointment_id: AppointmentId, why: OfferReason) -> None:
        if appointment_id == stuck.id:
            raise OwnFault("what nobody thought of")
        await offer(ctx, appointment_id, why)

    with monkeypatch.context() as broken:
        broken.setattr(rebooking, "offer", refuse)
        assert await desk.tick() == 1
    assert await _state(desk, stuck) is AppointmentState.PENDING
    assert await _state(desk, other) is AppointmentState.CANCELLED
    assert await desk.tick() == 1, "it comes again"
    assert await _state(desk, stuck) is AppointmentState.CANCELLED


async def test_a_visit_without_an_answer_in_time_is_called_off_and_its_slot_given_back(desk: Desk) -> None:
    visit = await booked(desk.counter)
    assert visit.answer_by is not None
    desk.clock.at = visit.answer_by - timedelta(seconds=1)
    assert await desk.tick() == 0
    desk.clock.at = visit.answer_by
    assert await desk.tick() == 1
    assert await desk.tick() == 0
    assert await _state(desk, visit) is AppointmentState.CANCELLED
    assert await _why(desk) == [OfferReason.HIS_CONFLICT]
    assert desk.jobs(JobName.HIS_RELEASE) == 1
    # It was silent and yet had heard us: what it says now is too late, and is given back.
    desk.clock.forward(timedelta(minutes=1))
    await desk.run()
    async with desk.work.begin(SYSTEM, "test") as ctx:
        assert not await his_slots.hear(ctx, desk.requests()[0][0], SlotAnswer.CONFIRMED)
    assert desk.jobs(JobName.HIS_RELEASE) == 2
    assert await _state(desk, visit) is AppointmentState.CANCELLED


async def test_a_request_that_is_given_up_is_paid_back_and_the_his_told(desk: Desk) -> None:
    visit = await booked(desk.counter)
    with pytest.raises(ActionRefused):
        async with desk.work.begin(actor_of(await desk.patient()), "test") as ctx:
            await booking.release(ctx, visit.id)
    for _ in range(2):
        async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
            await booking.release(ctx, visit.id)
    assert await _state(desk, visit) is AppointmentState.CANCELLED
    assert refunded(desk.dsn, visit.id) == [(5000, "cancelled-by-patient")]
    assert [state for _, state in desk.requests()] == ["withdrawn"]
    await desk.run(JobName.HIS_RELEASE)
    await desk.run(JobName.HIS_RELEASE)
    assert (await held(desk.counter)).state is AppointmentState.HELD, "others can have the time"


@pytest.mark.parametrize("quota", [0, 1], ids=["confirmed", "quota"])
async def test_a_late_conflict_calls_a_booked_visit_off_once(desk: Desk, quota: int) -> None:
    await desk.own(desk.counter.doctor, quota)
    visit = await booked(desk.counter)
    if not quota:
        await desk.run()
    assert await _state(desk, visit) is AppointmentState.BOOKED
    for expected in (True, False):
        async with desk.work.begin(SYSTEM, "test") as ctx:
            assert await his_slots.conflict(ctx, visit.id) is expected
    assert await _state(desk, visit) is AppointmentState.CANCELLED
    assert await _why(desk) == [OfferReason.HIS_CONFLICT]
    assert [kind for kind, _, _ in told(desk.dsn, visit.id)] == ["appointment-made", "rebooking-offer"]
    assert desk.jobs(JobName.HIS_RELEASE) == 0, "the HIS knows it best"
    assert len(trail(desk.dsn, "his.hear")) == (1 if quota else 2)


async def test_a_conflict_about_a_visit_whose_patient_has_come_is_for_people_to_see_to(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    visit = await booked(desk.counter)
    assert visit.consultation_id is not None
    safe = "insert into visit_safety values (%s, 1, now(), false, 1, now())"
    execute(desk.dsn, safe, str(visit.consultation_id))
    desk.clock.at = visit.starts_at
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        await arrive(ctx, visit.consultation_id)
    with pytest.raises(WrongState):
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await his_slots.conflict(ctx, visit.id)
    assert await _state(desk, visit) is AppointmentState.BOOKED


async def test_only_the_hospital_itself_hears_its_system(desk: Desk) -> None:
    visit = await booked(desk.counter)
    request_id = desk.requests()[0][0]
    for who in (desk.counter.patient, desk.counter.doctor):
        with pytest.raises(ActionRefused):
            async with desk.work.begin(actor_of(who), "test") as ctx:
                await his_slots.hear(ctx, request_id, SlotAnswer.CONFIRMED)
        with pytest.raises(ActionRefused):
            async with desk.work.begin(actor_of(who), "test") as ctx:
                await his_slots.conflict(ctx, visit.id)
    assert await _state(desk, visit) is AppointmentState.PENDING


async def test_what_nobody_knows_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await his_slots.hear(ctx, uuid4(), SlotAnswer.CONFIRMED)
    with pytest.raises(NotFound):
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await his_slots.conflict(ctx, uuid4())  # type: ignore[arg-type]
    for handler in handlers(desk.work, desk.his).values():
        with pytest.raises(JobGivenUp):
            await handler(JobCall("test", {"request_id": str(uuid4())}, 1))


async def test_an_answer_and_a_withdrawal_at_once_leave_one_of_both(desk: Desk) -> None:
    visit = await booked(desk.counter)
    request_id = desk.requests()[0][0]

    async def answer() -> None:
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await his_slots.hear(ctx, request_id, SlotAnswer.CONFIRMED)

    async def withdraw() -> None:
        async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
            await booking.release(ctx, visit.id)

    await asyncio.gather(answer(), withdraw(), return_exceptions=True)
    pair = (await _state(desk, visit), desk.requests()[0][1])
    assert pair in {(AppointmentState.BOOKED, "confirmed"), (AppointmentState.CANCELLED, "withdrawn")}
