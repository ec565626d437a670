"""Passwords are hashed off the loop, at a cost that can be raised, and never by more callers than fit."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import argon2
import pytest

from actions.passwords import COST, PasswordHasher
from domain.errors import Code, Throttled
from tests.people import CHEAP, PASSWORD, PASSWORD_HASH


@pytest.fixture
def passwords() -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(cost=CHEAP)
    yield hasher
    hasher.close()


async def test_a_password_matches_its_own_hash_only(passwords: PasswordHasher) -> None:
    stored = await passwords.hash("correct horse battery")
    assert await passwords.verify(stored, "correct horse battery")
    assert not await passwords.verify(stored, "correct horse batterY")
    assert not await passwords.verify(stored, "")


async def test_one_password_has_another_hash_each_time(passwords: PasswordHasher) -> None:
    assert await passwords.hash(PASSWORD) != await passwords.hash(PASSWORD)


async def test_a_hash_says_how_it_was_made(passwords: PasswordHasher) -> None:
    assert (await passwords.hash(PASSWORD)).startswith("$argon2id$v=19$m=8,t=1,p=1$")


async def test_the_hash_of_the_tests_is_of_their_password(passwords: PasswordHasher) -> None:
    assert await passwords.verify(PASSWORD_HASH, PASSWORD)
    assert not passwords.needs_rehash(PASSWORD_HASH)


async def test_spellings_of_one_letter_are_one_password(passwords: PasswordHasher) -> None:
    assert await passwords.verify(await passwords.hash("caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301")


async def test_broken_characters_are_a_wrong_password_and_no_crash(passwords: PasswordHasher) -> None:
    assert not await passwords.verify(PASSWORD_HASH, "\ud800\x00")
    await passwords.verify_nobody("\ud800")


async def test_a_stored_hash_that_is_none_is_not_taken_for_a_wrong_password(
    passwords: PasswordHasher,
) -> None:
    with pytest.raises(argon2.exceptions.InvalidHashError):
        await passwords.verify("plain text", PASSWORD)


def test_a_hash_made_at_another_cost_is_to_be_made_anew() -> None:
    dearer = PasswordHasher(cost=replace(CHEAP, time_cost=2))
    try:
        assert dearer.needs_rehash(PASSWORD_HASH)
    finally:
        dearer.close()


def test_the_cost_in_service_is_that_of_the_standard() -> None:
    assert (COST.time_cost, COST.memory_kib, COST.parallelism) == (3, 65_536, 4)


async def test_nobody_is_verified_at_the_same_cost(
    passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = argon2.PasswordHasher.verify

    def verify(self: argon2.PasswordHasher, stored: str, password: bytes) -> bool:
        tried.append(stored)
        return real(self, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", verify)
    await passwords.verify_nobody(PASSWORD)
    [stored] = tried
    assert argon2.extract_parameters(stored) == argon2.extract_parameters(PASSWORD_HASH)


async def test_a_flood_is_told_to_come_back_and_then_let_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def wait(self: argon2.PasswordHasher, password: bytes) -> str:
        gate.wait(10)
        return "hashed"

    monkeypatch.setattr(argon2.PasswordHasher, "hash", wait)
    passwords = PasswordHasher(cost=CHEAP, waiting_max=3)
    try:
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(passwords.hash(PASSWORD)) for _ in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(Throttled) as refusal:
                await passwords.hash(PASSWORD)
            assert refusal.value.code is Code.AUTH_THROTTLED
            gate.set()
        assert [task.result() for task in waiting] == ["hashed"] * 3
        assert await passwords.hash(PASSWORD) == "hashed"
    finally:
        gate.set()
        passwords.close()


async def test_one_client_that_floods_leaves_places_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def wait(self: argon2.PasswordHasher, password: bytes) -> str:
        gate.wait(10)
        return "hashed"

    monkeypatch.setattr(argon2.PasswordHasher, "hash", wait)
    passwords = PasswordHasher(cost=CHEAP, waiting_max=5, waiting_per_client_max=2)
    try:
        async with asyncio.TaskGroup() as group:
            flood = [group.create_task(passwords.hash(PASSWORD, client="192.0.2.1")) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Throttled) as refusal:
                await passwords.hash(PASSWORD, client="192.0.2.1")
            assert refusal.value.code is Code.AUTH_THROTTLED
            other = group.create_task(passwords.hash(PASSWORD, client="192.0.2.2"))
            own = [group.create_task(passwords.hash(PASSWORD)) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Throttled):
                await passwords.hash(PASSWORD, client="192.0.2.3")
            gate.set()
        assert [task.result() for task in (*flood, other, *own)] == ["hashed"] * 5
        assert await passwords.hash(PASSWORD, client="192.0.2.1") == "hashed"
    finally:
        gate.set()
        passwords.close()


async def test_a_caller_that_went_away_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    entered = threading.Event()

    def wait(self: argon2.PasswordHasher, password: bytes) -> str:
        entered.set()
        gate.wait(10)
        return "hashed"

    monkeypatch.setattr(argon2.PasswordHasher, "hash", wait)
    passwords = PasswordHasher(cost=CHEAP, waiting_max=2)
    try:
        running = asyncio.create_task(passwords.hash(PASSWORD))
        queued = asyncio.create_task(passwords.hash(PASSWORD))
        await asyncio.to_thread(entered.wait, 10)
        queued.cancel()
        await asyncio.gather(queued, return_exceptions=True)
        # The one that never began has left; the running one holds its place until it is done.
        third = asyncio.create_task(passwords.hash(PASSWORD))
        await asyncio.sleep(0)
        with pytest.raises(Throttled):
            await passwords.hash(PASSWORD)
        gate.set()
        assert (await running, await third) == ("hashed", "hashed")
    finally:
        gate.set()
        passwords.close()


async def test_the_loop_runs_while_a_password_is_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = threading.Event()

    def wait(self: argon2.PasswordHasher, password: bytes) -> str:
        assert turn.wait(10), "the loop stood still"
        return "hashed"

    monkeypatch.setattr(argon2.PasswordHasher, "hash", wait)
    passwords = PasswordHasher(cost=CHEAP)
    try:
        hashing = asyncio.create_task(passwords.hash(PASSWORD))
        await asyncio.sleep(0)
        turn.set()
        assert await hashing == "hashed"
    finally:
        passwords.close()
