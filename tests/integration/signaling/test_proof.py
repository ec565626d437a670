"""A doctor whose proof is old is asked for it on the live connection, which stays as it is."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.context import UnitOfWork
from chat_archive.data_keys import KeyRing
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.signaling.conftest import Visit
from tests.live import LiveServer, live_server, page
from tests.rows import execute


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    return UnitOfWork(database, clock, os.urandom, keys, proof_max_age=timedelta(hours=4))


@pytest.fixture
async def server(work: UnitOfWork) -> AsyncIterator[LiveServer]:
    async with live_server(work) as running:
        yield running


async def test_admitting_asks_for_a_proof_and_goes_on_on_the_same_connection(
    server: LiveServer, visit: Visit, clock: Clock, dsn: str
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id)
        await doctor.join(visit.id)
        execute(dsn, "update session set proved_at = %s", clock() - timedelta(hours=4))
        assert await doctor.refused("consultation.admit", visit.room) == "auth.proof_needed"
        assert (await patient.ok("waiting.read", visit.room))["state"] == "arrived"
        execute(dsn, "update session set proved_at = %s", clock())
        await doctor.ok("consultation.admit", visit.room)
        for side in (patient, doctor):
            await side.until("room.state", lambda body: body["consultation"]["state"] == "in-progress")
