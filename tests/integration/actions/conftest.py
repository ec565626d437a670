"""Who acts in many of these tests."""

from collections.abc import Iterator

import pytest

from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from domain.accounts import Actor, actor_of
from providers.throttle import MemoryThrottle
from tests.conftest import Clock
from tests.integration.actions.doors import Door
from tests.integration.actions.retention_desk import Desk, open_desk
from tests.people import CHEAP, make_auditor


@pytest.fixture
async def auditor(work: UnitOfWork) -> Actor:
    return actor_of(await make_auditor(work))


@pytest.fixture
def passwords() -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(cost=CHEAP)
    yield hasher
    hasher.close()


@pytest.fixture
def door(work: UnitOfWork, passwords: PasswordHasher, clock: Clock) -> Door:
    return Door(work, passwords, MemoryThrottle(clock))


@pytest.fixture
async def desk(work: UnitOfWork, clock: Clock, passwords: PasswordHasher) -> Desk:
    return await open_desk(work, clock, passwords)
