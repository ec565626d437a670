"""Signing in: what opens a session, what is refused, and that refusals tell nobody anything."""

import asyncio
import base64
from dataclasses import replace
from hashlib import sha256

import pytest

from actions.accounts import NewAccount, disable_account, enable_account
from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from actions.sessions import (
    resume,
)
from domain.accounts import SESSION_IDLE, SYSTEM, Account, Actor, Role, SessionState, actor_of
from domain.errors import Code, NotAuthenticated
from domain.second_factor import PENDING_LIFE
from storage import accounts
from tests.conftest import Clock
from tests.integration.actions.doors import Door
from tests.people import (
    CHEAP,
    PASSWORD,
    Maker,
    make_account,
    make_admin,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import blocked, rows, trail
from tests.waiting import until


async def disable(work: UnitOfWork, account: Account) -> None:
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "test") as ctx:
        await disable_account(ctx, account.id)


class TestWhatOpensASession:
    @pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor, make_admin])
    async def test_every_role_signs_in(self, door: Door, dsn: str, clock: Clock, maker: Maker) -> None:
        account = await maker(door.work)
        signed_in = await door.enter(account.login)
        active = signed_in.active
        assert active.account == account
        assert active.actor == actor_of(account, active.session_id, active.state)
        if account.role is Role.PATIENT:
            assert (active.state, active.expires_at) == (SessionState.OPEN, clock.at + SESSION_IDLE)
        else:
            pending = SessionState.SECOND_FACTOR_PENDING
            assert (active.state, active.expires_at) == (pending, clock.at + PENDING_LIFE)
        assert await resume(door.work, signed_in.token, "test") == active
        assert rows(
            dsn, "select actor_id::text, session_id::text from audit_event where action = 'session.sign_in'"
        ) == [(str(account.id), str(active.session_id))]
        assert trail(dsn, "session.sign_in") == [("done", str(account.id), str(active.session_id), None)]

    async def test_a_login_may_be_typed_in_any_case(self, door: Door) -> None:
        account = await make_patient(door.work, login="li.xiaolan")
        assert (await door.enter(" Li.XiaoLan ")).active.account == account

    async def test_the_token_is_32_bytes_and_only_its_hash_is_kept(self, door: Door, dsn: str) -> None:
        account = await make_patient(door.work)
        token = (await door.enter(account.login)).token
        assert len(base64.urlsafe_b64decode(token + "=")) == 32
        assert rows(dsn, "select token_hash from session")[0][0].tobytes() == sha256(token.encode()).digest()
        everything = str(rows(dsn, "select s::text, e::text from session s, audit_event e"))
        assert token not in everything
        assert PASSWORD not in everything

    async def test_two_sessions_have_nothing_in_common(self, door: Door) -> None:
        account = await make_patient(door.work)
        one, other = await door.enter(account.login), await door.enter(account.login)
        assert one.token != other.token
        assert one.active.session_id != other.active.session_id
        assert one.active.csrf_token != other.active.csrf_token
        assert one.token not in one.active.csrf_token

    async def test_a_strange_user_agent_is_cut_to_what_can_be_kept(self, door: Door, dsn: str) -> None:
        account = await make_patient(door.work)
        await door.enter(account.login, user_agent="a\x00b\r\n\udcff" + "c" * 400)
        assert rows(dsn, "select user_agent from session") == [("ab" + "c" * 298,)]

    async def test_a_hash_of_an_older_cost_is_made_anew(self, door: Door, dsn: str) -> None:
        older = PasswordHasher(cost=replace(CHEAP, time_cost=2))
        try:
            stored = await older.hash(PASSWORD)
        finally:
            older.close()
        await make_account(door.work, NewAccount("auditor", stored, Role.AUDITOR, "周正"))
        await door.enter("auditor")
        [(kept,)] = rows(dsn, "select password_hash from account")
        assert kept != stored
        assert not door.passwords.needs_rehash(kept)
        await door.enter("auditor")
        assert rows(dsn, "select password_hash from account") == [(kept,)]


class TestWhatIsRefused:
    async def test_unknown_wrong_and_disabled_look_alike(self, door: Door) -> None:
        account, disabled = await make_patient(door.work), await make_patient(door.work)
        await disable(door.work, disabled)
        answers = set()
        for login, password in [
            ("nobody.here", PASSWORD),
            ("not a login", PASSWORD),
            (account.login, "a wrong password"),
            (account.login, ""),
            (account.login, "\ud800"),
            (disabled.login, PASSWORD),
            (disabled.login, "a wrong password"),
        ]:
            with pytest.raises(NotAuthenticated) as refusal:
                await door.enter(login, password)
            answers.add((refusal.value.code, refusal.value.sentence))
        assert answers == {(Code.AUTH_INVALID_CREDENTIALS, "The login or the password is wrong.")}

    async def test_a_refusal_leaves_a_line_without_the_login(self, door: Door, dsn: str) -> None:
        patient, disabled = await make_patient(door.work), await make_doctor(door.work)
        await disable(door.work, disabled)
        for login, password in [
            ("nobody.here", PASSWORD),
            (patient.login, "a wrong password"),
            (disabled.login, PASSWORD),
        ]:
            with pytest.raises(NotAuthenticated):
                await door.enter(login, password)
        assert trail(dsn, "session.sign_in_refused") == [
            ("refused", None, None, None),
            ("refused", None, str(patient.id), str(patient.patient_id)),
            ("refused", None, str(disabled.id), None),
        ]
        kept = str(rows(dsn, "select e::text from audit_event e where action = 'session.sign_in_refused'"))
        for reason in ("unknown_login", "wrong_password", "disabled"):
            assert reason in kept
        for secret in ("nobody.here", patient.login, disabled.login, "a wrong password", "192.0.2."):
            assert secret not in kept
        assert rows(dsn, "select id from session") == []

    async def test_nobody_costs_as_much_as_somebody(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried = 0

        async def verify_nobody(password: str, **_: object) -> None:
            nonlocal tried
            tried += 1

        monkeypatch.setattr(door.passwords, "verify_nobody", verify_nobody)
        for login in ("nobody.here", "not a login"):
            with pytest.raises(NotAuthenticated):
                await door.enter(login)
        assert tried == 2

    async def test_an_account_enabled_again_gets_in(self, door: Door) -> None:
        account, admin = await make_patient(door.work), await make_admin(door.work)
        await disable(door.work, account)
        async with door.work.begin(actor_of(admin), "test") as ctx:
            await enable_account(ctx, account.id)
        assert (await door.enter(account.login)).active.account == account

    async def test_disabling_wins_over_a_sign_in_under_way(self, door: Door, dsn: str) -> None:
        account, admin = await make_patient(door.work), await make_admin(door.work)

        async def waits() -> bool:
            return await asyncio.to_thread(blocked, dsn)

        async with door.work.begin(actor_of(admin), "test") as ctx:
            await disable_account(ctx, account.id)
            entering = asyncio.create_task(door.enter(account.login))
            await until(waits)
        with pytest.raises(NotAuthenticated):
            await entering
        assert rows(dsn, "select id from session") == []

    async def test_a_session_opened_while_it_is_being_disabled_is_revoked(
        self, door: Door, dsn: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = await make_patient(door.work)
        opened, go_on = asyncio.Event(), asyncio.Event()
        real = door.work.begin

        # The sign-in has written its session but not committed yet when the account is disabled.
        def begin(actor: Actor, request_id: str, *, each_alone: bool = False) -> object:
            transaction = real(actor, request_id, each_alone=each_alone)
            return _Held(transaction, opened, go_on) if actor.account_id == account.id else transaction

        monkeypatch.setattr(door.work, "begin", begin)
        entering = asyncio.create_task(door.enter(account.login))
        await opened.wait()
        disabling = asyncio.create_task(disable(door.work, account))

        async def waits() -> bool:
            return await asyncio.to_thread(blocked, dsn)

        await until(waits)
        go_on.set()
        signed_in = await entering
        await disabling
        assert rows(dsn, "select count(*) from session where revoked_at is null") == [(0,)]
        with pytest.raises(NotAuthenticated):
            await resume(door.work, signed_in.token, "test")


class _Held:
    """A transaction that, all its work done, waits before it commits."""

    def __init__(self, inner: object, opened: asyncio.Event, go_on: asyncio.Event) -> None:
        self._inner, self._opened, self._go_on = inner, opened, go_on

    async def __aenter__(self) -> object:
        return await self._inner.__aenter__()  # type: ignore[attr-defined]

    async def __aexit__(self, *failure: object) -> object:
        self._opened.set()
        await self._go_on.wait()
        return await self._inner.__aexit__(*failure)  # type: ignore[attr-defined]


async def test_a_changed_password_hash_is_not_overwritten_by_an_older_one(work: UnitOfWork, dsn: str) -> None:
    account = await make_patient(work)
    async with work.begin(SYSTEM, "test") as ctx:
        assert not await accounts.rehash(ctx.tx, account.id, "another hash", "a new hash")
    assert rows(dsn, "select count(*) from account where password_hash = 'a new hash'") == [(0,)]
