"""A guardian cancels, moves, chooses anew and waits for a child; nobody else does, nor past its childhood."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import structlog

from actions import absence, booking, changes, family, rebooking, waitlist, waitlist_offers
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import SYSTEM, Account, actor_of
from domain.appointment import AppointmentState
from domain.booking import Booking
from domain.changes import ChangePolicy
from domain.errors import Code, Conflict, InvalidInput
from domain.family import FamilyMember, Gender, NewMember, Relationship
from domain.ids import AppointmentId
from domain.rebooking import OfferReason
from domain.waitlist import WaitlistEntry, WaitlistState
from tests.bookable import answer, give_hours, hold_slot, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.changing import HALF_HOUR
from tests.integration.actions.listed import freed
from tests.integration.actions.paying import NINE
from tests.people import make_appointment, make_doctor, make_patient
from tests.rows import execute, rows, trail

_ZONE = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_NEXT = NINE + _DAY
_CHILD = date(2020, 5, 1)
_ALMOST_OF_AGE = date(2008, 11, 27)
_POLICY = ChangePolicy()
_PLACES_OF = "select state, ended_at from waitlist_entry where patient_id = %s"


async def _family(work: UnitOfWork, born: date = _CHILD) -> tuple[Account, FamilyMember]:
    guardian = await make_patient(work, email="li@example.org")
    async with work.begin(actor_of(guardian), "add") as ctx:
        new = NewMember("李小宝", born, Gender.MALE, Relationship.PARENT, True)
        return guardian, await family.add_member(ctx, new, _ZONE)


async def _booked(work: UnitOfWork, guardian: Account, child: FamilyMember, doctor: Account) -> Booking:
    await make_free(work, doctor)
    async with work.begin(actor_of(guardian), "book") as ctx:
        held = await hold_slot(ctx, doctor, _NEXT, child.patient_id, guardian_consents=True)
        return await booking.confirm_own(ctx, held.id)


async def _move(work: UnitOfWork, who: Account, visit: Booking, at: datetime) -> Booking:
    async with work.begin(actor_of(who), "move") as ctx:
        return await changes.move_own(ctx, visit.id, at, _POLICY)


async def _call_off(work: UnitOfWork, visit_id: AppointmentId) -> UUID:
    async with work.begin(SYSTEM, "call-off") as ctx:
        return await rebooking.offer(ctx, visit_id, OfferReason.TECHNICAL)


async def _wait(
    work: UnitOfWork, who: Account, child: FamilyMember, doctor: Account, *, consents: bool = True
) -> WaitlistEntry:
    async with work.begin(actor_of(who), "wait") as ctx:
        return await waitlist.join(
            ctx, practitioner_of(doctor), None, NINE + 5 * _DAY, child.patient_id, guardian_consents=consents
        )


async def _places(work: UnitOfWork, who: Account) -> list[WaitlistEntry]:
    async with work.begin(actor_of(who), "places") as ctx:
        return await waitlist.own_entries(ctx)


async def test_a_guardian_moves_and_cancels_the_childs_visit_and_nobody_else_does(work: UnitOfWork) -> None:
    guardian, child = await _family(work)
    visit, other = await _booked(work, guardian, child, await make_bookable(work)), await make_patient(work)
    with pytest.raises(ActionRefused):
        await _move(work, other, visit, _NEXT + HALF_HOUR)
    assert (await _move(work, guardian, visit, _NEXT + HALF_HOUR)).starts_at == _NEXT + HALF_HOUR
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "cancel") as ctx:
            await changes.cancel_own(ctx, visit.id, _POLICY, 0)
    async with work.begin(actor_of(guardian), "cancel") as ctx:
        assert (await changes.read_terms(ctx, visit.id, _POLICY)).back_minor == 0
        done = await changes.cancel_own(ctx, visit.id, _POLICY, 0)
    assert done.booking.state is AppointmentState.CANCELLED


async def test_a_visit_is_not_moved_past_the_day_of_coming_of_age(work: UnitOfWork) -> None:
    guardian, child = await _family(work, _ALMOST_OF_AGE)
    visit = await _booked(work, guardian, child, await make_bookable(work))
    with pytest.raises(Conflict) as refusal:
        await _move(work, guardian, visit, NINE + 5 * _DAY)
    assert refusal.value.code is Code.FAMILY_OF_AGE
    offer_id = await _call_off(work, visit.id)
    with pytest.raises(Conflict) as refusal:
        async with work.begin(actor_of(guardian), "accept") as ctx:
            await rebooking.accept(ctx, offer_id, visit.practitioner_id, NINE + 5 * _DAY)
    assert refusal.value.code is Code.FAMILY_OF_AGE


async def test_a_guardian_chooses_another_time_for_a_visit_that_was_called_off(work: UnitOfWork) -> None:
    guardian, child = await _family(work)
    visit, other = await _booked(work, guardian, child, await make_bookable(work)), await make_patient(work)
    offer_id = await _call_off(work, visit.id)
    async with work.begin(actor_of(guardian), "offers") as ctx:
        (choice,) = await rebooking.own_offers(ctx)
    assert (choice.offer.id, choice.offer.patient_name) == (offer_id, "李小宝")
    async with work.begin(actor_of(other), "offers") as ctx:
        assert await rebooking.own_offers(ctx) == []
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "decline") as ctx:
            await rebooking.decline(ctx, offer_id)
    async with work.begin(actor_of(guardian), "accept") as ctx:
        again = await rebooking.accept(ctx, offer_id, visit.practitioner_id, _NEXT + HALF_HOUR)
    assert (again.patient_id, again.starts_at) == (child.patient_id, _NEXT + HALF_HOUR)


async def test_the_visit_that_the_guardian_came_to_is_not_missed(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    guardian, child = await _family(work)
    doctor = await make_bookable(work)
    visit = await _booked(work, guardian, child, doctor)
    execute(
        dsn,
        "insert into archive_entry (conversation_id, seq, message_id, author, kind, recorded_at, sealed,"
        " commitment, entry_hash) values (%s, 1, %s, %s, 'joined', %s, %s, %s, %s)",
        str(visit.consultation_id),
        str(visit.id),
        str(guardian.id),
        _NEXT,
        b"s" * 28,
        b"c" * 32,
        b"h" * 32,
    )
    other = await make_appointment(work, await make_patient(work), doctor, _NEXT + HALF_HOUR)
    clock.at = _NEXT + 2 * _DAY
    assert await absence.tick(work, "test") == 1
    assert rows(dsn, "select id::text from appointment where state = 'noshow'") == [(str(other.id),)]


async def test_a_child_waits_with_consent_and_what_is_kept_for_it_becomes_its_visit(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    guardian, child = await _family(work)
    doctor, other = await make_doctor(work), await make_patient(work)
    await make_free(work, doctor)
    with pytest.raises(InvalidInput):
        await _wait(work, guardian, child, doctor, consents=False)
    with pytest.raises(ActionRefused):
        await _wait(work, other, child, doctor)
    joined_at = clock.at
    entry = await _wait(work, guardian, child, doctor)
    assert (entry.patient_id, entry.patient_name) == (child.patient_id, "李小宝")
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "leave") as ctx:
            await waitlist.leave(ctx, entry.id)
    clock.forward(timedelta(minutes=5))
    await give_hours(work, doctor)
    assert await waitlist_offers.tick(work, _ZONE, "test") == 1
    (kept,) = await _places(work, guardian)
    assert kept.state is WaitlistState.OFFERED and kept.appointment_id is not None
    async with work.begin(actor_of(guardian), "confirm") as ctx:
        await answer(ctx, kept.appointment_id)
        booked = await booking.confirm_own(ctx, kept.appointment_id)
    assert (booked.state, booked.patient_id) == (AppointmentState.BOOKED, child.patient_id)
    assert rows(dsn, "select step, account_id::text, given_at from guardian_consent") == [
        ("booking", str(guardian.id), joined_at)
    ]
    assert [row[0] for row in rows(dsn, "select kind from notice where kind = 'waitlist-offer'")] == [
        "waitlist-offer"
    ]


@pytest.mark.parametrize("ended", ["removed", "of-age"])
async def test_a_right_that_is_over_is_offered_nothing_and_lets_the_next_one_have_it(
    work: UnitOfWork, clock: Clock, dsn: str, ended: str
) -> None:
    guardian, child = await _family(work, _ALMOST_OF_AGE if ended == "of-age" else _CHILD)
    other = await make_patient(work)
    doctor = await make_bookable(work, begins=9 * 60, ends=9 * 60 + 30)
    await make_free(work, doctor)
    for day in range(5):
        await make_appointment(work, await make_patient(work), doctor, NINE + day * _DAY)
    await _wait(work, guardian, child, doctor)
    clock.forward(timedelta(seconds=1))
    async with work.begin(actor_of(other), "wait") as ctx:
        await waitlist.join(ctx, practitioner_of(doctor), None, NINE + 5 * _DAY)
    if ended == "removed":
        async with work.begin(actor_of(guardian), "remove") as ctx:
            await family.remove_member(ctx, child.patient_id)
        assert rows(dsn, _PLACES_OF, str(child.patient_id)) == [("left", clock.at)]
        assert trail(dsn, "waitlist.leave")[0][1] == str(guardian.id)
    await freed(work, dsn, NINE + 4 * _DAY)
    assert await waitlist_offers.tick(work, _ZONE, "test") == 1
    assert [one.state for one in await _places(work, other)] == [WaitlistState.OFFERED]


@pytest.mark.parametrize("ended", ["removed", "of-age"])
async def test_places_in_waitlists_end_with_the_right_and_others_stay(
    work: UnitOfWork, clock: Clock, dsn: str, ended: str
) -> None:
    guardian, child = await _family(work, _ALMOST_OF_AGE if ended == "of-age" else _CHILD)
    doctor = await make_doctor(work)
    await make_free(work, doctor)
    await _wait(work, guardian, child, doctor)
    async with work.begin(actor_of(guardian), "wait") as ctx:
        own = await waitlist.join(ctx, practitioner_of(await make_doctor(work)), None, None)
    clock.forward(timedelta(minutes=5))
    await give_hours(work, doctor, begins=9 * 60, ends=9 * 60 + 30)
    assert await waitlist_offers.tick(work, _ZONE, "test") == 1
    remove = partial(family.remove_member, patient_id=child.patient_id)
    with pytest.raises(Conflict):
        async with work.begin(actor_of(guardian), "remove") as ctx:
            await remove(ctx)
    assert rows(dsn, _PLACES_OF, str(child.patient_id)) == [("offered", None)]

    # What was kept is over, and nobody settled it yet.
    clock.forward(timedelta(days=40 if ended == "of-age" else 1))
    if ended == "removed":
        async with work.begin(actor_of(guardian), "remove") as ctx:
            await remove(ctx)
    else:
        assert await family.tick(work, "test") == 1
    assert rows(dsn, _PLACES_OF, str(child.patient_id)) == [("left", clock.at)]
    assert [(one.id, one.state) for one in await _places(work, guardian)] == [(own.id, WaitlistState.WAITING)]


async def test_one_whose_right_cannot_be_ended_keeps_no_other_from_it(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    _, stuck = await _family(work, _ALMOST_OF_AGE)
    _, other = await _family(work, _ALMOST_OF_AGE)
    execute(
        dsn,
        f"""
        create function fail() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$;
        create trigger stuck before update on related_person for each row
        when (old.patient_id = '{stuck.patient_id}') execute function fail();
        """,
    )
    clock.forward(timedelta(days=40))
    with structlog.testing.capture_logs() as lines:
        assert await family.tick(work, "test") == 1
    states = "select patient_id::text, state from related_person"
    assert dict(rows(dsn, states)) == {str(stuck.patient_id): "active", str(other.patient_id): "ended"}
    assert lines[0]["event"] == "family.not_ended" and lines[0]["id"] == str(stuck.patient_id)
    assert [line[3] for line in trail(dsn, "family.come_of_age")] == [str(other.patient_id)]

    execute(dsn, "drop trigger stuck on related_person")
    assert await family.tick(work, "test") == 1
    assert {state for _, state in rows(dsn, states)} == {"ended"}


async def test_times_after_childhood_keep_no_child_from_the_waitlist(work: UnitOfWork, clock: Clock) -> None:
    guardian, child = await _family(work, _ALMOST_OF_AGE)
    doctor = await make_bookable(work, begins=9 * 60, ends=9 * 60 + 30)
    await make_free(work, doctor)
    for day in range(6):
        await make_appointment(work, await make_patient(work), doctor, NINE + day * _DAY)
    async with work.begin(actor_of(guardian), "wait") as ctx:
        entry = await waitlist.join(
            ctx, practitioner_of(doctor), None, None, child.patient_id, guardian_consents=True
        )
    assert entry.state is WaitlistState.WAITING


async def test_a_whole_batch_whose_rights_cannot_be_ended_keeps_no_later_one_from_it(
    work: UnitOfWork, clock: Clock, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family, "_DUE_AT_ONCE", 2)
    children = [(await _family(work, date(2008, 11, 25 + day)))[1] for day in range(3)]
    execute(
        dsn,
        f"""
        create function fail() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$;
        create trigger stuck before update on related_person for each row
        when (old.patient_id <> '{children[2].patient_id}') execute function fail();
        """,
    )
    clock.forward(timedelta(days=40))
    assert await family.tick(work, "test") == 1
    ended = "select patient_id::text from related_person where state = 'ended'"
    assert rows(dsn, ended) == [(str(children[2].patient_id),)]
