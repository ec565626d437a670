"""Family: who may act for whom, where, until when; and what a guardian has to agree to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from actions import booking, family
from actions.acting import acting_patients
from actions.appointments import create_appointment, own_appointments, read_appointment
from actions.consultations import admit, arrive, finish, open_room
from actions.context import ActionRefused, Context, UnitOfWork
from actions.conversation import Saying, keep_batch, read_entries
from actions.files import Upload, _begin
from actions.follow_up import dismiss_follow_up, own_follow_ups, propose_follow_up
from actions.identity import own_identity, submit_identity
from actions.log_proofs import receipt
from actions.payment_reading import list_own
from actions.payments import _held
from actions.readers import read_accesses
from actions.safety import read_safety
from actions.waiting import waiting_place
from domain.accounts import SYSTEM, Account, actor_of
from domain.booking import Booking
from domain.consultation import ConsultationState
from domain.errors import (
    Code,
    Conflict,
    Fault,
    InvalidInput,
    NotFound,
    Throttled,
    TooMany,
    UserFault,
    WrongState,
)
from domain.facts import EntryKind, chat_body
from domain.family import (
    ADDED_A_DAY_MAX,
    FAMILY_MAX,
    FamilyMember,
    FamilyState,
    Gender,
    NewMember,
    Relationship,
)
from domain.identity import DocumentKind
from domain.ids import PatientId
from storage import appointments
from tests.bookable import hold_slot, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.people import make_admin, make_doctor, make_patient, note_safe
from tests.rows import rows, trail

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BORN = date(2020, 5, 1)
NEARLY_OF_AGE = date(2008, 12, 1)
GROWN_UP = date(1955, 3, 8)


async def add(
    work: UnitOfWork,
    account: Account,
    born: date = BORN,
    relationship: Relationship = Relationship.PARENT,
    name: str = "李小宝",
) -> FamilyMember:
    async with work.begin(actor_of(account), "add") as ctx:
        return await family.add_member(ctx, NewMember(name, born, Gender.MALE, relationship, True), ZONE)


async def hold(
    work: UnitOfWork, account: Account, doctor: Account, patient_id: UUID | None, at: datetime = NINE
) -> Booking:
    async with work.begin(actor_of(account), "hold") as ctx:
        return await hold_slot(ctx, doctor, at, patient_id, guardian_consents=True)


@dataclass(frozen=True, slots=True)
class ChildsVisit:
    """A child's visit that is booked, its guardian and its doctor."""

    work: UnitOfWork
    guardian: Account
    child: FamilyMember
    doctor: Account
    booked: Booking
    id: UUID

    async def consent(self, account: Account | None = None) -> None:
        async with self.work.begin(actor_of(account or self.guardian), "consent") as ctx:
            await family.consent_to_visit(ctx, self.id)

    async def arrive(self, account: Account | None = None) -> None:
        async with self.work.begin(actor_of(account or self.guardian), "arrive") as ctx:
            await arrive(ctx, self.id)


async def childs_visit(work: UnitOfWork, clock: Clock, born: date = BORN) -> ChildsVisit:
    """A visit that begins in half an hour, booked by the guardian."""
    guardian, doctor = await make_patient(work), await make_bookable(work)
    await make_free(work, doctor)
    child = await add(work, guardian, born)
    held = await hold(work, guardian, doctor, child.patient_id)
    async with work.begin(actor_of(guardian), "confirm") as ctx:
        booked = await booking.confirm_own(ctx, held.id)
    assert booked.consultation_id is not None
    async with work.begin(SYSTEM, "safe") as ctx:
        found = await appointments.by_id(ctx.tx, booked.id)
        assert found is not None
        await note_safe(ctx, found)
    clock.at = NINE - timedelta(minutes=30)
    return ChildsVisit(work, guardian, child, doctor, booked, booked.consultation_id)


async def test_guardian_booking(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    # From adding a child to booked and joined.
    visit = await childs_visit(work, clock)
    assert (visit.booked.patient_id, visit.booked.patient_name) == (visit.child.patient_id, "李小宝")
    with pytest.raises(UserFault) as refused:
        await visit.arrive()
    assert refused.value.code is Code.GUARDIAN_CONSENT_NEEDED
    await visit.consent()
    await visit.consent()
    await visit.arrive()
    async with work.begin(actor_of(visit.doctor), "admit") as ctx:
        moved = await admit(ctx, visit.id)
    assert moved.consultation.state is ConsultationState.IN_PROGRESS
    kept = rows(
        dsn,
        "select step, account_id::text, relationship, age_years, specialty from guardian_consent order by 1",
    )
    account = str(visit.guardian.id)
    assert kept == [("booking", account, "parent", 6, "心内科"), ("joining", account, "parent", 6, "心内科")]
    # The line names who acted and for whom.
    detail = rows(
        dsn,
        "select actor_id::text, patient_id::text, detail ->> 'acted_for' from audit_event "
        "where action = any(%s) order by id",
        ["booking.hold", "booking.confirm", "guardian.consent", "consultation.arrive"],
    )
    assert detail == [(account, str(visit.child.patient_id), str(visit.child.patient_id))] * 4
    told = rows(dsn, "select distinct account_id::text from notice")
    assert told in ([(account,)], [])


Use = Callable[[Context, ChildsVisit], Awaitable[object]]


async def _file(ctx: Context, visit: ChildsVisit) -> object:
    return await _begin(ctx, Upload(visit.id, UUID(int=7), "a.png"))


USES: dict[str, Use] = {
    "booking": lambda ctx, visit: booking.read_booking(ctx, visit.booked.id),
    "release": lambda ctx, visit: booking.release(ctx, visit.booked.id),
    "appointment": lambda ctx, visit: read_appointment(ctx, visit.booked.id),
    "room": lambda ctx, visit: open_room(ctx, visit.id),
    "arrive": lambda ctx, visit: arrive(ctx, visit.id),
    "safety": lambda ctx, visit: read_safety(ctx, visit.id),
    "waiting": lambda ctx, visit: waiting_place(ctx, visit.id),
    "chat": lambda ctx, visit: read_entries(ctx, visit.id, 0, 10),
    "file": _file,
    "consent": lambda ctx, visit: family.consent_to_visit(ctx, visit.id),
    "receipt": lambda ctx, visit: receipt(ctx, visit.id),
    "pay": lambda ctx, visit: _held(ctx, visit.booked.id),
    "identity": lambda ctx, visit: own_identity(ctx, visit.child.patient_id),
    "document": lambda ctx, visit: submit_identity(
        ctx, DocumentKind.PASSPORT, "EA1234567", visit.child.patient_id
    ),
    "hold": lambda ctx, visit: hold_slot(
        ctx,
        visit.doctor,
        NINE + timedelta(hours=1),
        visit.child.patient_id,
        guardian_consents=True,
    ),
}


async def refused(work: UnitOfWork, account: Account, use: Use, visit: ChildsVisit) -> bool:
    """Say whether the action is refused for who acts, and not for another reason."""
    try:
        async with work.begin(actor_of(account), "use") as ctx:
            await use(ctx, visit)
    except ActionRefused:
        return True
    except Fault:
        return False
    return False


async def everywhere(work: UnitOfWork, account: Account, visit: ChildsVisit) -> dict[str, bool]:
    return {name: await refused(work, account, use, visit) for name, use in USES.items()}


async def says(work: UnitOfWork, account: Account, visit: ChildsVisit) -> object:
    said = Saying(actor_of(account), "say", visit.id, UUID(int=9), EntryKind.CHAT, chat_body("您好"))
    async with work.begin(SYSTEM, "say") as ctx:
        (outcome,) = await keep_batch(ctx, [said])
    return outcome


async def test_a_guardian_does_what_the_patient_may_and_nobody_else(work: UnitOfWork, clock: Clock) -> None:
    visit = await childs_visit(work, clock)
    stranger = await make_patient(work)
    await add(work, stranger)
    assert await everywhere(work, stranger, visit) == dict.fromkeys(USES, True)
    assert not any((await everywhere(work, visit.guardian, visit)).values())


async def test_once_removed_nothing_is_left_of_the_right(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    visit = await childs_visit(work, clock)
    async with work.begin(actor_of(visit.guardian), "remove") as ctx:
        with pytest.raises(Conflict) as busy:
            await family.remove_member(ctx, visit.child.patient_id)
    assert busy.value.code is Code.FAMILY_HAS_VISITS
    clock.at = NINE + timedelta(hours=13)
    async with work.begin(actor_of(visit.guardian), "remove") as ctx:
        await family.remove_member(ctx, visit.child.patient_id)
    assert await everywhere(work, visit.guardian, visit) == dict.fromkeys(USES, True)
    assert getattr(await says(work, visit.guardian, visit), "code", None) is Code.FORBIDDEN
    async with work.begin(actor_of(visit.guardian), "read") as ctx:
        assert await acting_patients(ctx) == [visit.guardian.patient_id]
        assert await booking.own_bookings(ctx) == []
        assert await family.own_members(ctx) == []
    with pytest.raises(ActionRefused):
        await hold(work, visit.guardian, visit.doctor, visit.child.patient_id, NINE + timedelta(days=1))
    async with work.begin(actor_of(visit.guardian), "remove") as ctx:
        with pytest.raises(WrongState):
            await family.remove_member(ctx, visit.child.patient_id)
    assert trail(dsn, "family.remove")[-1][0] == "done"


async def test_coming_of_age_ends_the_right_at_that_moment(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    guardian, doctor = await make_patient(work), await make_bookable(work)
    child = await add(work, guardian, NEARLY_OF_AGE)
    birthday = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert (child.state, child.ends_at) == (FamilyState.ACTIVE, birthday)
    with pytest.raises(Conflict) as later:
        await hold(work, guardian, doctor, child.patient_id, datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    assert later.value.code is Code.FAMILY_OF_AGE
    visit = await childs_visit(work, clock, NEARLY_OF_AGE)
    clock.at = birthday
    assert (await everywhere(work, visit.guardian, visit)) == dict.fromkeys(USES, True)
    # The clock ends what was over already.
    assert await family.tick(work, "tick") == 2
    assert await family.tick(work, "tick") == 0
    assert rows(dsn, "select distinct state, ended_at from related_person") == [("ended", birthday)]
    assert len(trail(dsn, "family.come_of_age")) == 2


async def test_an_adult_has_to_agree_before_anybody_acts(work: UnitOfWork, dsn: str) -> None:
    account, doctor, admin = await make_patient(work), await make_bookable(work), await make_admin(work)
    parent = await add(work, account, GROWN_UP, Relationship.CHILD, "李建军")
    assert (parent.state, parent.ends_at) == (FamilyState.PROPOSED, None)
    with pytest.raises(ActionRefused):
        await hold(work, account, doctor, parent.patient_id)
    async with work.begin(actor_of(admin), "list") as ctx:
        (proposal,) = await family.proposed_members(ctx)
        assert (proposal.member.patient_id, proposal.holder_name) == (parent.patient_id, "李晓兰")
        await family.approve_member(ctx, parent.patient_id, "委托书原件")
    async with work.begin(actor_of(account), "hold") as ctx:
        held = await hold_slot(ctx, doctor, NINE, parent.patient_id)
    assert held.patient_name == "李建军"
    assert rows(dsn, "select count(*) from guardian_consent") == [(0,)]
    async with work.begin(actor_of(admin), "again") as ctx:
        with pytest.raises(WrongState):
            await family.return_member(ctx, parent.patient_id, "late")


async def test_a_returned_proposal_says_why_and_gives_no_right(work: UnitOfWork) -> None:
    account, admin = await make_patient(work), await make_admin(work)
    parent = await add(work, account, GROWN_UP, Relationship.CHILD)
    async with work.begin(actor_of(admin), "return") as ctx:
        with pytest.raises(InvalidInput):
            await family.return_member(ctx, parent.patient_id, " ")
        await family.return_member(ctx, parent.patient_id, "没有签名")
    async with work.begin(actor_of(account), "read") as ctx:
        (member,) = await family.own_members(ctx)
        assert (member.state, member.reason) == (FamilyState.RETURNED, "没有签名")
        assert await acting_patients(ctx) == [account.patient_id]
        await family.remove_member(ctx, parent.patient_id)
        assert await family.own_members(ctx) == []


async def test_a_childs_visit_is_not_held_without_the_guardians_consent(work: UnitOfWork) -> None:
    account, doctor = await make_patient(work), await make_bookable(work)
    child = await add(work, account)
    async with work.begin(actor_of(account), "hold") as ctx:
        with pytest.raises(InvalidInput) as refused:
            await hold_slot(ctx, doctor, NINE, child.patient_id)
    assert list(refused.value.fields) == ["guardian_consents"]


async def test_only_the_own_members_are_removed_and_only_a_child_has_a_guardian(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await childs_visit(work, clock)
    stranger = await make_patient(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(stranger), "remove") as ctx:
            await family.remove_member(ctx, visit.child.patient_id)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(stranger), "remove") as ctx:
            await family.remove_member(ctx, PatientId(UUID(int=1)))
    assert stranger.patient_id is not None
    own = await hold(work, stranger, await free_doctor(work), None)
    async with work.begin(actor_of(stranger), "confirm") as ctx:
        booked = await booking.confirm_own(ctx, own.id)
        assert booked.consultation_id is not None
        with pytest.raises(InvalidInput):
            await family.consent_to_visit(ctx, booked.consultation_id)


async def free_doctor(work: UnitOfWork) -> Account:
    doctor = await make_bookable(work)
    await make_free(work, doctor)
    return doctor


async def test_a_family_has_a_limit_and_so_has_a_day(work: UnitOfWork, clock: Clock) -> None:
    account = await make_patient(work)
    for index in range(FAMILY_MAX):
        last = await add(work, account, name=f"孩子{index}")
    with pytest.raises(TooMany):
        await add(work, account)
    for _ in range(ADDED_A_DAY_MAX - FAMILY_MAX):
        async with work.begin(actor_of(account), "remove") as ctx:
            await family.remove_member(ctx, last.patient_id)
        last = await add(work, account)
    async with work.begin(actor_of(account), "remove") as ctx:
        await family.remove_member(ctx, last.patient_id)
    with pytest.raises(Throttled):
        await add(work, account)
    clock.forward(timedelta(days=1))
    await add(work, account)


async def test_lists_hold_the_whole_family_and_name_each(work: UnitOfWork, clock: Clock, dsn: str) -> None:
    visit = await childs_visit(work, clock)
    actor = actor_of(visit.guardian)
    await visit.consent()
    await visit.arrive()
    async with work.begin(actor_of(visit.doctor), "doctor") as ctx:
        await admit(ctx, visit.id)
        await propose_follow_up(ctx, visit.id, date(2026, 12, 1), "复查", date(2026, 11, 24))
        await finish(ctx, visit.id)
    async with work.begin(actor, "read") as ctx:
        (seen,) = await own_appointments(ctx, NINE - timedelta(hours=1), NINE + timedelta(hours=1))
        (proposed,) = await own_follow_ups(ctx)
        (booked,) = await booking.own_bookings(ctx)
        assert await list_own(ctx) == []
        accesses = (await read_accesses(ctx, None, 50)).accesses
        assert [item.name for item in (await family.own_members(ctx))] == ["李小宝"]
        await dismiss_follow_up(ctx, visit.id)
    assert {seen.patient_name, proposed.patient_name, booked.patient_name} == {"李小宝"}
    assert {item.actor_id for item in accesses} >= {visit.doctor.id}
    for action in ("appointment.read_own", "follow_up.read_own", "booking.read_own"):
        assert str(visit.child.patient_id) in {line[3] for line in trail(dsn, action)}, action


async def test_the_staff_books_for_a_child_until_it_is_of_age(work: UnitOfWork) -> None:
    account, doctor = await make_patient(work), await make_doctor(work)
    child = await add(work, account, NEARLY_OF_AGE)
    half_hour = timedelta(minutes=30)
    async with work.begin(SYSTEM, "staff") as ctx:
        await create_appointment(ctx, child.patient_id, practitioner_of(doctor), NINE, NINE + half_hour)
        late = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
        with pytest.raises(NotFound):
            await create_appointment(ctx, child.patient_id, practitioner_of(doctor), late, late + half_hour)
