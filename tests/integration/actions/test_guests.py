"""A guest is invited by the doctor alone, let in once by the link, and seen off by either side."""

import asyncio
from hashlib import sha256

import pytest

from actions.consultations import open_room
from actions.context import ActionRefused, UnitOfWork
from actions.conversation import read_entries
from actions.guests import (
    ActiveGuest,
    Entered,
    GuestTold,
    Invited,
    Visited,
    enter,
    hang_up,
    invite,
    look,
    read_invitation,
    resume_guest,
    take_back,
)
from domain.accounts import Actor, Role, actor_of
from domain.errors import Code, Conflict, Forbidden, InvalidInput, NotAuthenticated, TooMany, WrongState
from domain.facts import EntryKind, decode_body, guest_joined_body
from domain.guests import INVITATIONS_MAX, LINK_LIFE, STAY_MAX, GuestConsent, GuestState, Invitation
from providers.throttle import MemoryThrottle
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, keep, make_visit
from tests.people import make_doctor, make_patient
from tests.rows import rows, trail

CONSENT = GuestConsent("2026-11", sha256(b"words").digest())


async def begun(work: UnitOfWork) -> Visit:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    return visit


async def invited(
    visit: Visit, name: str = "王芳", actor: Actor | None = None, relay: bool = True
) -> Invited:
    async with visit.work.begin(actor or visit.as_doctor, "invite") as ctx:
        return await invite(ctx, visit.id, name, relay=relay)


async def known(visit: Visit, actor: Actor | None = None) -> Invitation | None:
    async with visit.work.begin(actor or visit.as_doctor, "read") as ctx:
        return await read_invitation(ctx, visit.id)


async def taken_back(visit: Visit, actor: Actor | None = None) -> GuestTold:
    async with visit.work.begin(actor or visit.as_doctor, "remove") as ctx:
        return await take_back(ctx, visit.id)


async def looked(work: UnitOfWork, token: str) -> Visited:
    return await look(work, MemoryThrottle(work.now), token, "192.0.2.1", "look")


async def entered(work: UnitOfWork, token: str) -> Entered:
    return await enter(work, MemoryThrottle(work.now), token, CONSENT, "192.0.2.1", "enter")


async def refused(work: UnitOfWork, token: str) -> Code:
    with pytest.raises(ActionRefused) as found:
        await entered(work, token)
    return found.value.code


async def over(work: UnitOfWork, session: str) -> Code:
    with pytest.raises(NotAuthenticated) as found:
        await resume_guest(work, session, "resume")
    return found.value.code


async def test_the_link_is_shown_once_and_kept_as_a_hash_and_the_record_says_who_was_invited(
    work: UnitOfWork, dsn: str
) -> None:
    visit = await begun(work)
    made = await invited(visit)
    assert len(made.token) == 43  # 32 bytes in base64url: 256 bits
    kept = rows(dsn, "select token_hash, state, guest_name from guest_invitation")
    assert [(bytes(digest), *rest) for digest, *rest in kept] == [
        (sha256(made.token.encode()).digest(), "open", "王芳")
    ]
    assert made.told.entry is not None and made.told.entry.kind == EntryKind.GUEST_INVITED.value
    for actor in (visit.as_doctor, visit.as_patient):
        found = await known(visit, actor)
        assert found == made.invitation
    assert found is not None and found.expires_at - found.made_at == LINK_LIFE
    assert trail(dsn, "guest.invite") == [
        ("done", str(visit.doctor.id), str(found.id), str(visit.patient.patient_id))
    ]


async def test_only_the_doctor_of_this_visit_invites(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    stranger = actor_of(await make_doctor(work))
    for actor in (visit.as_patient, stranger):
        with pytest.raises(ActionRefused):
            await invited(visit, actor=actor)
    assert [line[0] for line in trail(dsn, "guest.invite")] == ["refused", "refused"]
    with pytest.raises(ActionRefused):
        await known(visit, stranger)
    with pytest.raises(ActionRefused):
        await taken_back(visit, actor_of(await make_patient(work)))
    assert rows(dsn, "select count(*) from guest_invitation") == [(0,)]


async def test_nobody_is_invited_before_the_patient_came_after_the_end_or_without_a_relay(
    work: UnitOfWork,
) -> None:
    visit = await make_visit(work)
    with pytest.raises(WrongState):
        await invited(visit)
    await visit.arrive()
    with pytest.raises(Conflict) as no_relay:
        await invited(visit, relay=False)
    assert no_relay.value.code is Code.GUEST_NO_RELAY
    with pytest.raises(InvalidInput):
        await invited(visit, " ")
    await invited(visit)
    await visit.admit()
    await visit.finish()
    with pytest.raises(WrongState):
        await invited(visit)


async def test_one_guest_at_a_time_and_a_few_in_a_visit(work: UnitOfWork) -> None:
    visit = await begun(work)
    await invited(visit)
    with pytest.raises(Conflict) as second:
        await invited(visit, "李明")
    assert second.value.code is Code.GUEST_INVITED
    for _ in range(INVITATIONS_MAX - 1):
        await taken_back(visit)
        await invited(visit, "李明")
    await taken_back(visit)
    with pytest.raises(TooMany) as many:
        await invited(visit)
    assert many.value.code is Code.GUEST_TOO_MANY
    with pytest.raises(WrongState) as none:
        await taken_back(visit)
    assert none.value.code is Code.GUEST_WRONG_STATE


async def test_looking_uses_nothing_up_and_using_does(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    visit = await begun(work)
    made = await invited(visit)
    for _ in range(2):
        assert (await looked(work, made.token)).practitioner_name == visit.doctor.display_name
    found = await entered(work, made.token)
    actor = found.guest.actor
    assert (actor.role, str(actor.account_id)) == (Role.GUEST, str(made.invitation.id))
    assert str(actor.guest_of) == str(visit.id)
    assert await refused(work, made.token) is Code.GUEST_LINK_USED
    with pytest.raises(ActionRefused):
        await looked(work, made.token)
    assert await refused(work, "a" * 43) is Code.GUEST_LINK_UNKNOWN
    lines = rows(
        dsn, "select outcome, detail->>'code' from audit_event where action = 'guest.enter' order by id"
    )
    assert lines == [("done", None), ("refused", "guest.link_used"), ("refused", "guest.link_unknown")]
    assert rows(dsn, "select consent_version from guest_invitation") == [("2026-11",)]
    again = await resume_guest(work, found.token, "resume")
    assert again.actor == actor and again.consent == CONSENT
    clock.at += STAY_MAX
    assert await over(work, found.token) is Code.GUEST_ENDED
    assert await over(work, "nobody's") is Code.AUTH_REQUIRED


async def test_of_two_who_use_one_link_at_once_exactly_one_enters(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    made = await invited(visit)
    outcomes = await asyncio.gather(*(entered(work, made.token) for _ in range(4)), return_exceptions=True)
    let_in = [one for one in outcomes if isinstance(one, Entered)]
    kept_out = [one for one in outcomes if isinstance(one, ActionRefused)]
    assert (len(let_in), len(kept_out)) == (1, 3)
    assert {one.code for one in kept_out} == {Code.GUEST_LINK_USED}
    assert rows(dsn, "select state from guest_invitation") == [("used",)]


async def test_a_link_ends_by_its_time_by_being_taken_back_and_with_the_visit(
    work: UnitOfWork, dsn: str, clock: Clock
) -> None:
    visit = await begun(work)
    first = await invited(visit)
    clock.at += LINK_LIFE
    assert await refused(work, first.token) is Code.GUEST_LINK_EXPIRED
    assert await known(visit) is None
    second = await invited(visit)
    entry = (await taken_back(visit, visit.as_patient)).entry
    assert entry is not None and entry.kind == EntryKind.GUEST_WITHDRAWN.value
    assert (entry.author, entry.body and decode_body(entry.body)) == (str(visit.patient.id), {"name": "王芳"})
    assert await refused(work, second.token) is Code.GUEST_LINK_WITHDRAWN
    third = await invited(visit)
    await visit.finish()
    assert await refused(work, third.token) is Code.GUEST_VISIT_OVER
    ended = rows(dsn, "select state, guest_name from guest_invitation order by state")
    assert ended == [("expired", None), ("expired", None), ("withdrawn", None)]
    assert [line[1] for line in trail(dsn, "guest.withdraw")] == [str(visit.patient.id)]


async def test_a_guest_is_sent_away_by_either_side_and_hangs_up_for_good(work: UnitOfWork, dsn: str) -> None:
    visit = await begun(work)
    ended: list[object] = []
    work.session_endings.subscribe(ended.append)
    first = await entered(work, (await invited(visit)).token)
    await taken_back(visit, visit.as_patient)
    assert await over(work, first.token) is Code.GUEST_ENDED
    second = await entered(work, (await invited(visit)).token)
    for _ in range(2):
        async with work.begin(second.guest.actor, "bye") as ctx:
            told = await hang_up(ctx, second.guest)
        assert told.gone == second.guest.invitation.id
    assert await over(work, second.token) is Code.GUEST_ENDED
    assert len(trail(dsn, "guest.remove")) == len(trail(dsn, "guest.hang_up")) == 1
    assert len(ended) == 3
    third = await entered(work, (await invited(visit)).token)
    await visit.finish()
    assert await over(work, third.token) is Code.GUEST_VISIT_OVER
    assert rows(dsn, "select distinct state from guest_invitation") == [(GuestState.ENDED.value,)]


async def test_a_guest_whose_time_ran_out_is_sent_away_when_the_next_is_invited(
    work: UnitOfWork, clock: Clock
) -> None:
    visit = await begun(work)
    ended: list[object] = []
    work.session_endings.subscribe(ended.append)
    made = await invited(visit)
    await entered(work, made.token)
    clock.at += STAY_MAX
    told = (await invited(visit, "李明")).told
    assert (str(told.gone), told.removed, len(ended)) == (str(made.invitation.id), True, 1)
    clock.at += LINK_LIFE
    # Whose link ran out unused was never there.
    assert (await invited(visit)).told.gone is None
    assert len(ended) == 1


async def a_guest(visit: Visit) -> ActiveGuest:
    return (await entered(visit.work, (await invited(visit)).token)).guest


async def test_a_guest_opens_one_room_and_reads_and_says_nothing(work: UnitOfWork, dsn: str) -> None:
    visit, other = await begun(work), await begun(work)
    guest = (await a_guest(visit)).actor
    async with work.begin(guest, "open") as ctx:
        assert (await open_room(ctx, visit.id)).id == visit.id
    with pytest.raises(ActionRefused):
        async with work.begin(guest, "open") as ctx:
            await open_room(ctx, other.id)
    with pytest.raises(ActionRefused):
        async with work.begin(guest, "read") as ctx:
            await read_entries(ctx, visit.id, 0, 10)
    with pytest.raises(ActionRefused):
        async with work.begin(guest, "invite") as ctx:
            await invite(ctx, visit.id, "李明", relay=True)
    joined = guest_joined_body("王芳", "2026-11", b"\0" * 32)
    outcomes = await keep(
        work,
        visit.chat("hello", actor=guest),
        visit.saying(EntryKind.GUEST_JOINED, joined, actor=guest),
        other.saying(EntryKind.GUEST_JOINED, joined, actor=guest),
        visit.saying(EntryKind.GUEST_JOINED, joined, actor=visit.as_patient),
    )
    assert [isinstance(one, Forbidden) for one in outcomes] == [True, False, True, True]
    assert trail(dsn, "guest.join")[0][:3] == ("done", str(guest.account_id), str(visit.id))
