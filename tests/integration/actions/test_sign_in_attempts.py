"""Signing in too often: guessing ends, and nobody is locked out by a stranger."""

import asyncio
from datetime import timedelta

import pytest

from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from actions.sessions import (
    SIGN_IN_WINDOW_S,
    SIGN_INS_PER_ADDRESS,
    SIGN_INS_PER_LOGIN,
    SIGN_INS_PER_LOGIN_AND_ADDRESS,
    resume,
)
from domain.errors import Code, NotAuthenticated, PartnerDown, Throttled
from tests.conftest import Clock
from tests.integration.actions.doors import Door
from tests.people import make_doctor, make_patient
from tests.rows import rows, trail


class _CountedOut:
    """A throttle whose counter is out of reach, for all calls or for forgetting alone."""

    def __init__(self, *, counts: bool) -> None:
        self._counts = counts

    async def hit(self, key: str, *, limit: int, window_s: int) -> int:
        if not self._counts:
            raise PartnerDown("redis", "Redis does not answer.")
        return 0

    async def clear(self, key: str) -> None:
        raise PartnerDown("redis", "Redis does not answer.")


class _Heard:
    """A throttle that lets everybody pass and remembers the keys."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    async def hit(self, key: str, *, limit: int, window_s: int) -> int:
        self.keys.append(key)
        return 0

    async def clear(self, key: str) -> None:
        self.keys.append(key)


async def test_a_login_can_be_tried_so_often_and_then_even_the_password_does_not_help(
    door: Door, dsn: str, clock: Clock
) -> None:
    account = await make_patient(door.work)
    for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS):
        with pytest.raises(NotAuthenticated):
            await door.enter(account.login, "a wrong password", client_address="203.0.113.7")
    with pytest.raises(Throttled) as refusal:
        await door.enter(account.login, client_address="203.0.113.7")
    assert refusal.value.code is Code.AUTH_THROTTLED
    assert 0 < refusal.value.retry_after_s <= SIGN_IN_WINDOW_S
    assert len(trail(dsn, "session.sign_in_refused")) == SIGN_INS_PER_LOGIN_AND_ADDRESS
    clock.forward(timedelta(seconds=refusal.value.retry_after_s))
    signed_in = await door.enter(account.login, client_address="203.0.113.7")
    assert signed_in.active.account == account


async def test_a_stranger_elsewhere_locks_nobody_out(door: Door) -> None:
    account = await make_doctor(door.work)
    for _ in range(SIGN_INS_PER_LOGIN + 1):
        with pytest.raises((NotAuthenticated, Throttled)):
            await door.enter(account.login, "a wrong password", client_address="203.0.113.7")
    await door.enter(account.login, client_address="198.51.100.4")


async def test_guessing_from_everywhere_ends_too(door: Door, clock: Clock) -> None:
    account = await make_patient(door.work)
    for _ in range(SIGN_INS_PER_LOGIN):
        with pytest.raises(NotAuthenticated):
            await door.enter(account.login, "a wrong password")
    with pytest.raises(Throttled) as refusal:
        await door.enter(account.login)
    clock.forward(timedelta(seconds=refusal.value.retry_after_s))
    assert (await door.enter(account.login)).active.account == account


async def test_a_login_that_does_not_exist_is_throttled_alike(door: Door) -> None:
    for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS):
        with pytest.raises(NotAuthenticated):
            await door.enter("nobody.here", client_address="203.0.113.7")
    with pytest.raises(Throttled):
        await door.enter("Nobody.Here ", client_address="203.0.113.7")


async def test_others_are_not_affected(door: Door) -> None:
    account, other = await make_patient(door.work), await make_patient(door.work)
    for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS + 1):
        with pytest.raises((NotAuthenticated, Throttled)):
            await door.enter(account.login, "a wrong password", client_address="203.0.113.7")
    await door.enter(other.login, client_address="203.0.113.7")


async def test_getting_in_forgets_the_attempts_before(door: Door) -> None:
    account = await make_patient(door.work)
    for _ in range(3):
        for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS - 1):
            with pytest.raises(NotAuthenticated):
                await door.enter(account.login, "a wrong password", client_address="203.0.113.7")
        await door.enter(account.login, client_address="203.0.113.7")


async def test_an_address_is_throttled_over_all_logins(door: Door) -> None:
    account = await make_patient(door.work)
    for attempt in range(SIGN_INS_PER_ADDRESS):
        with pytest.raises(NotAuthenticated):
            await door.enter(f"nobody.{attempt}", client_address="203.0.113.7")
    with pytest.raises(Throttled):
        await door.enter(account.login, client_address="203.0.113.7")
    await door.enter(account.login, client_address="203.0.113.8")


async def test_all_addresses_of_one_ipv6_client_count_as_one(door: Door) -> None:
    account = await make_patient(door.work)
    for attempt in range(SIGN_INS_PER_ADDRESS):
        with pytest.raises(NotAuthenticated):
            await door.enter(f"nobody.{attempt}", client_address=f"2001:db8:0:1::{attempt:x}")
    with pytest.raises(Throttled):
        await door.enter(account.login, client_address="2001:db8:0:1:ffff::1")
    await door.enter(account.login, client_address="2001:db8:0:2::1")


async def test_attempts_at_once_are_counted_before_any_is_judged(door: Door) -> None:
    account = await make_patient(door.work)
    outcomes = await asyncio.gather(
        *(
            door.enter(account.login, "a wrong password", client_address="203.0.113.7")
            for _ in range(SIGN_INS_PER_LOGIN_AND_ADDRESS + 5)
        ),
        return_exceptions=True,
    )
    waits = [outcome.retry_after_s for outcome in outcomes if isinstance(outcome, Throttled)]
    # Others may have been told to wait for a place at the hasher, which is a matter of seconds.
    assert waits.count(SIGN_IN_WINDOW_S) == 5


async def test_keys_name_nobody(work: UnitOfWork, passwords: PasswordHasher) -> None:
    heard = _Heard()
    account = await make_patient(work)
    await Door(work, passwords, heard).enter(account.login, client_address="203.0.113.7")
    assert len(set(heard.keys)) == 3
    assert not any(account.login in key or "203.0.113.7" in key for key in heard.keys)


async def test_when_attempts_cannot_be_counted_nobody_gets_in(
    work: UnitOfWork, passwords: PasswordHasher, dsn: str
) -> None:
    account = await make_patient(work)
    with pytest.raises(PartnerDown):
        await Door(work, passwords, _CountedOut(counts=False)).enter(account.login)
    assert rows(dsn, "select id from session") == []


async def test_when_attempts_cannot_be_forgotten_the_session_is_open_all_the_same(
    work: UnitOfWork, passwords: PasswordHasher
) -> None:
    account = await make_patient(work)
    signed_in = await Door(work, passwords, _CountedOut(counts=True)).enter(account.login)
    assert await resume(work, signed_in.token, "test") == signed_in.active
