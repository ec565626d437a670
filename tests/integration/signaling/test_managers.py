"""The contract of both managers: hints reach those who look, here and, with Redis, in other processes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from actions.context import UnitOfWork
from tests.integration.signaling.conftest import Visit
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, live_server, page
from tests.servers import redis_server, running_redis

__all__ = ["redis_server"]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def pair(
    request: pytest.FixtureRequest, work: UnitOfWork
) -> AsyncIterator[tuple[LiveServer, LiveServer]]:
    """Two servers that share what they can: in memory that is one and the same."""
    redis_url = request.getfixturevalue("redis_server") if request.param == "redis" else None
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(live_server(work, redis_url=redis_url))
        if redis_url is None:
            yield first, first
        else:
            yield first, await stack.enter_async_context(live_server(work, redis_url=redis_url))


async def test_a_queue_elsewhere_hears_of_an_arrival(
    pair: tuple[LiveServer, LiveServer], visit: Visit
) -> None:
    here, there = pair
    async with page(here, visit.patient) as patient, page(there, visit.doctor) as doctor:
        await doctor.ok("queue.read", {})
        await patient.join(visit.id, PATIENT_ENDPOINT)
        assert await doctor.next("queue.changed") == {}
        (entry,) = (await doctor.ok("queue.read", {}))["entries"]
        assert entry["state"] == "arrived"


async def test_a_waiting_patient_elsewhere_hears_of_the_doctor(
    pair: tuple[LiveServer, LiveServer], visit: Visit
) -> None:
    here, there = pair
    async with page(here, visit.patient) as patient:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await patient.ok("waiting.read", visit.room)
        async with page(there, visit.doctor):
            assert await patient.next("waiting.changed") == {}


async def test_a_whole_visit_works_on_either_manager(
    pair: tuple[LiveServer, LiveServer], visit: Visit
) -> None:
    here, _ = pair
    async with page(here, visit.patient) as patient, page(here, visit.doctor) as doctor:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await doctor.join(visit.id, DOCTOR_ENDPOINT)
        await doctor.ok("consultation.admit", visit.room)
        await patient.say(visit.id, "hello")
        await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
        await doctor.ok("consultation.finish", visit.room)
        await patient.until("room.state", lambda body: body["consultation"]["state"] == "finished")


@pytest.mark.redis
async def test_rooms_go_on_without_redis(work: UnitOfWork, visit: Visit) -> None:
    with running_redis() as redis_url:
        server_context = live_server(work, redis_url=redis_url)
        server = await server_context.__aenter__()
    try:
        async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
            await patient.join(visit.id, PATIENT_ENDPOINT)
            await doctor.join(visit.id, DOCTOR_ENDPOINT)
            await patient.say(visit.id, "without redis")
            await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
    finally:
        await server_context.__aexit__(None, None, None)
