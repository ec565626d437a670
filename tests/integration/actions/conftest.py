"""Who acts in many of these tests."""

import pytest

from actions.context import UnitOfWork
from domain.accounts import Actor, actor_of
from tests.people import make_auditor


@pytest.fixture
async def auditor(work: UnitOfWork) -> Actor:
    return actor_of(await make_auditor(work))
