"""Crowds at the door: whoever floods us keeps nobody else from a visit, nor a visit from its record."""

import asyncio
import os
from contextlib import AsyncExitStack

import pytest

from actions.context import UnitOfWork
from actions.sessions import ActiveSession
from domain.errors import NotAuthenticated, PartnerDown
from providers.throttle import MemoryThrottle
from signaling.limits import Limits, Rate
from signaling.protocol import NAMESPACE
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.signaling.conftest import Visit
from tests.integration.signaling.test_connecting import refusal
from tests.live import PATIENT_ENDPOINT, live_server, page


async def test_an_address_that_tries_without_end_is_not_listened_to(work: UnitOfWork, visit: Visit) -> None:
    limits = Limits(connects_per_min_per_address=2)
    async with live_server(work, limits=limits, trusted_proxies=("127.0.0.1",)) as server:
        stranger, clinic = ({"X-Forwarded-For": address} for address in ("203.0.113.7", "198.51.100.4"))
        for token in ("guess-1", "guess-2"):
            assert await refusal(server, visit.patient, token=token, headers=stranger) == "auth.required"
        assert await refusal(server, visit.patient, token="guess-3", headers=stranger) == "rate.limited"
        assert await refusal(server, visit.patient, headers=stranger) == "rate.limited"
        async with page(server, visit.patient, headers=clinic) as patient:
            await patient.join(visit.id)


async def test_who_cannot_be_counted_is_let_in(
    work: UnitOfWork, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> int:
        raise PartnerDown("redis", "Redis does not answer.")

    monkeypatch.setattr(MemoryThrottle, "hit", away)
    async with live_server(work) as server, page(server, visit.patient) as patient:
        await patient.join(visit.id)


async def test_few_sessions_are_looked_up_at_once(
    work: UnitOfWork, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, most = 0, 0
    enough, go_on = asyncio.Event(), asyncio.Event()

    async def slow(*_: object, **__: object) -> ActiveSession:
        nonlocal looking, most
        looking += 1
        most = max(most, looking)
        if looking == 2:
            enough.set()
        await go_on.wait()
        looking -= 1
        raise NotAuthenticated

    monkeypatch.setattr("signaling.namespace.resume", slow)
    async with live_server(work, limits=Limits(connects_at_once=2)) as server:
        async with asyncio.TaskGroup() as group:
            tries = [group.create_task(refusal(server, visit.patient, token=f"{n}")) for n in range(6)]
            await asyncio.wait_for(enough.wait(), 10)
            go_on.set()
        assert [one.result() for one in tries] == ["auth.required"] * 6
        assert most == 2


async def test_what_is_said_is_kept_while_nobody_else_gets_at_the_database(
    work: UnitOfWork, database: Database, dsn: str, clock: Clock, visit: Visit
) -> None:
    own = await Database.connect(dsn, size=2)
    try:
        async with (
            live_server(work, record_work=UnitOfWork(own, clock, os.urandom, work.keys)) as server,
            page(server, visit.patient) as patient,
        ):
            await patient.join(visit.id, PATIENT_ENDPOINT)
            async with AsyncExitStack() as flood:
                for _ in range(10):
                    await flood.enter_async_context(database.transaction())
                assert (await patient.say(visit.id, "is anybody there?"))["seq"] > 0
    finally:
        await own.close()


async def test_a_page_that_goes_on_however_often_it_is_refused_is_disconnected(
    work: UnitOfWork, visit: Visit
) -> None:
    limits = Limits(events=Rate(0.001, 5), work=Rate(0.001, 5), refusals=Rate(0.001, 10))
    async with (
        live_server(work, limits=limits) as server,
        page(server, visit.patient) as flood,
        page(server, visit.doctor) as doctor,
    ):
        await doctor.join(visit.id)
        for _ in range(5):
            await flood.ok("waiting.read", visit.room)
        for _ in range(10):
            assert await flood.refused("waiting.read", visit.room) == "rate.limited"
        assert len(server.edge.connections) == 2
        await flood.client.emit("waiting.read", visit.room, namespace=NAMESPACE)
        await flood.next("disconnect")
        await doctor.ok("queue.read", {})
        async with page(server, visit.patient) as again:
            await again.ok("waiting.read", visit.room)
