"""Sessions: coming back with a token, two ways of expiring, seeing and revoking one's own."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.accounts import disable_account, enable_account
from actions.context import ActionRefused, UnitOfWork
from actions.passwords import PasswordHasher
from actions.sessions import SignedIn, list_sessions, resume, revoke_session, sign_in, sign_out
from domain.accounts import (
    SESSION_ABSOLUTE,
    SESSION_IDLE,
    SESSION_TOUCH_EVERY,
    SYSTEM,
    Account,
    Actor,
    OpenSession,
    actor_of,
)
from domain.errors import Code, NotAuthenticated, NotFound
from domain.ids import SessionId
from providers.throttle import MemoryThrottle
from storage.pool import Tx
from tests.conftest import Clock
from tests.people import CHEAP, PASSWORD, make_admin, make_patient
from tests.rows import rows, trail

MOMENT = timedelta(seconds=1)


async def enter(work: UnitOfWork, account: Account, user_agent: str = "Browser/1.0") -> SignedIn:
    passwords = PasswordHasher(cost=CHEAP)
    try:
        return await sign_in(
            work,
            passwords,
            MemoryThrottle(work.now),
            login=account.login,
            password=PASSWORD,
            client_address="192.0.2.1",
            user_agent=user_agent,
            request_id="test",
        )
    finally:
        passwords.close()


async def seen(work: UnitOfWork, actor: Actor) -> list[OpenSession]:
    async with work.begin(actor, "test") as ctx:
        return await list_sessions(ctx)


async def revoke(work: UnitOfWork, actor: Actor, session_id: SessionId) -> None:
    async with work.begin(actor, "test") as ctx:
        await revoke_session(ctx, session_id)


async def leave(work: UnitOfWork, actor: Actor) -> None:
    async with work.begin(actor, "test") as ctx:
        await sign_out(ctx)


def last_seen(dsn: str) -> datetime:
    [(at,)] = rows(dsn, "select last_seen_at from session")
    assert isinstance(at, datetime)
    return at


class TestComingBack:
    @pytest.mark.parametrize("token", ["", "unknown", "\udcff", "'; drop table session --", "x" * 10_000])
    async def test_a_token_that_is_none_is_refused(self, work: UnitOfWork, token: str) -> None:
        await enter(work, await make_patient(work))
        with pytest.raises(NotAuthenticated) as refusal:
            await resume(work, token, "test")
        assert refusal.value.code is Code.AUTH_REQUIRED

    async def test_a_token_is_not_its_hash(self, work: UnitOfWork, dsn: str) -> None:
        await enter(work, await make_patient(work))
        [(kept,)] = rows(dsn, "select encode(token_hash, 'hex') from session")
        with pytest.raises(NotAuthenticated):
            await resume(work, kept, "test")

    async def test_the_token_against_forged_requests_stays_the_same(
        self, work: UnitOfWork, clock: Clock
    ) -> None:
        signed_in = await enter(work, await make_patient(work))
        clock.forward(timedelta(minutes=10))
        active = await resume(work, signed_in.token, "test")
        assert active.csrf_token == signed_in.active.csrf_token

    async def test_it_ends_when_it_was_not_used(self, work: UnitOfWork, clock: Clock) -> None:
        signed_in = await enter(work, await make_patient(work))
        clock.forward(SESSION_IDLE)
        with pytest.raises(NotAuthenticated):
            await resume(work, signed_in.token, "test")

    async def test_use_keeps_it_open_up_to_the_last_hour(self, work: UnitOfWork, clock: Clock) -> None:
        signed_in = await enter(work, await make_patient(work))
        end = clock.at + SESSION_ABSOLUTE
        while clock.at + SESSION_IDLE - MOMENT < end:
            clock.forward(SESSION_IDLE - MOMENT)
            active = await resume(work, signed_in.token, "test")
            assert active.expires_at == min(clock.at + SESSION_IDLE, end)
        assert active.expires_at == end
        clock.at = end - MOMENT
        assert (await resume(work, signed_in.token, "test")).expires_at == end
        clock.at = end
        with pytest.raises(NotAuthenticated):
            await resume(work, signed_in.token, "test")

    async def test_its_deadline_moves_at_most_once_a_minute(
        self, work: UnitOfWork, dsn: str, clock: Clock
    ) -> None:
        signed_in = await enter(work, await make_patient(work))
        began = clock.at
        clock.forward(SESSION_TOUCH_EVERY - MOMENT)
        assert (await resume(work, signed_in.token, "test")).expires_at == began + SESSION_IDLE
        assert last_seen(dsn) == began
        clock.forward(MOMENT)
        assert (await resume(work, signed_in.token, "test")).expires_at == clock.at + SESSION_IDLE
        assert last_seen(dsn) == clock.at

    async def test_reading_is_one_statement(
        self, work: UnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        signed_in = await enter(work, await make_patient(work))
        ran: list[str] = []
        one, run = Tx.one, Tx.run

        async def counted_one(self: Tx, name: str, params: dict[str, object]) -> object:
            ran.append(name)
            return await one(self, name, params)

        async def counted_run(self: Tx, name: str, params: dict[str, object]) -> int:
            ran.append(name)
            return await run(self, name, params)

        monkeypatch.setattr(Tx, "one", counted_one)
        monkeypatch.setattr(Tx, "run", counted_run)
        await resume(work, signed_in.token, "test")
        assert ran == ["session_resume"]
        clock.forward(SESSION_TOUCH_EVERY)
        await resume(work, signed_in.token, "test")
        assert ran == ["session_resume", "session_resume", "session_touch"]

    async def test_it_ends_with_the_account_and_does_not_come_back(self, work: UnitOfWork) -> None:
        admin, patient = await make_admin(work), await make_patient(work)
        signed_in = await enter(work, patient)
        async with work.begin(actor_of(admin), "test") as ctx:
            await disable_account(ctx, patient.id)
        with pytest.raises(NotAuthenticated):
            await resume(work, signed_in.token, "test")
        async with work.begin(actor_of(admin), "test") as ctx:
            await enable_account(ctx, patient.id)
        with pytest.raises(NotAuthenticated):
            await resume(work, signed_in.token, "test")


class TestSigningOut:
    async def test_it_ends_this_session_only(self, work: UnitOfWork, dsn: str) -> None:
        patient = await make_patient(work)
        here, there = await enter(work, patient), await enter(work, patient)
        await leave(work, here.active.actor)
        with pytest.raises(NotAuthenticated):
            await resume(work, here.token, "test")
        assert await resume(work, there.token, "test") == there.active
        assert trail(dsn, "session.sign_out") == [
            ("done", str(patient.id), str(here.active.session_id), None)
        ]

    async def test_twice_is_once(self, work: UnitOfWork, dsn: str) -> None:
        signed_in = await enter(work, await make_patient(work))
        await leave(work, signed_in.active.actor)
        with pytest.raises(NotAuthenticated):
            await leave(work, signed_in.active.actor)
        assert len(trail(dsn, "session.sign_out")) == 1

    async def test_without_a_session_there_is_nothing_to_end(self, work: UnitOfWork) -> None:
        patient = await make_patient(work)
        with pytest.raises(NotAuthenticated):
            await leave(work, actor_of(patient))
        with pytest.raises(ActionRefused):
            await leave(work, SYSTEM)


class TestOnesOwnSessions:
    async def test_they_are_listed_newest_first(self, work: UnitOfWork, dsn: str, clock: Clock) -> None:
        patient = await make_patient(work)
        first_at = clock.at
        first = await enter(work, patient, "Phone/1.0")
        clock.forward(timedelta(minutes=5))
        second = await enter(work, patient, "Desktop/1.0")
        await enter(work, await make_patient(work))
        assert await seen(work, first.active.actor) == [
            OpenSession(
                second.active.session_id,
                False,
                "Desktop/1.0",
                clock.at,
                clock.at,
                clock.at + SESSION_IDLE,
            ),
            OpenSession(
                first.active.session_id, True, "Phone/1.0", first_at, first_at, first_at + SESSION_IDLE
            ),
        ]
        assert trail(dsn, "session.list") == [("done", str(patient.id), str(patient.id), None)]

    async def test_ended_ones_are_not_listed(self, work: UnitOfWork, clock: Clock) -> None:
        patient = await make_patient(work)
        await enter(work, patient)
        clock.forward(SESSION_IDLE)
        revoked, current = await enter(work, patient), await enter(work, patient)
        await revoke(work, current.active.actor, revoked.active.session_id)
        assert [item.id for item in await seen(work, current.active.actor)] == [current.active.session_id]

    async def test_one_of_them_is_revoked(self, work: UnitOfWork, dsn: str) -> None:
        patient = await make_patient(work)
        here, there = await enter(work, patient), await enter(work, patient)
        await revoke(work, here.active.actor, there.active.session_id)
        with pytest.raises(NotAuthenticated):
            await resume(work, there.token, "test")
        assert await resume(work, here.token, "test") == here.active
        assert trail(dsn, "session.revoke") == [("done", str(patient.id), str(there.active.session_id), None)]

    async def test_another_persons_cannot_be_revoked_nor_guessed(self, work: UnitOfWork, dsn: str) -> None:
        own, other = await enter(work, await make_patient(work)), await enter(work, await make_patient(work))
        for session_id in (other.active.session_id, SessionId(own.active.account.id)):
            with pytest.raises(NotFound) as refusal:
                await revoke(work, own.active.actor, session_id)
            assert refusal.value.sentence == "There is no such session."
        assert await resume(work, other.token, "test") == other.active
        assert trail(dsn, "session.revoke") == []

    async def test_administrators_have_no_more_rights_over_sessions_of_others(self, work: UnitOfWork) -> None:
        admin, patient = await make_admin(work), await enter(work, await make_patient(work))
        with pytest.raises(NotFound):
            await revoke(work, actor_of(admin), patient.active.session_id)

    async def test_nobody_in_particular_has_none(self, work: UnitOfWork) -> None:
        patient = await make_patient(work)
        nobody = replace(actor_of(patient), account_id=None)
        with pytest.raises(NotAuthenticated):
            await seen(work, nobody)
        with pytest.raises(NotAuthenticated):
            await revoke(work, nobody, SessionId(patient.id))
        with pytest.raises(ActionRefused):
            await seen(work, SYSTEM)
