"""The clock of retention in a running server: a database that is away does not stop it."""

import asyncio
from contextlib import suppress

import pytest

from actions.context import UnitOfWork
from domain.errors import PartnerDown
from server import retention


async def test_it_goes_on_after_a_round_that_failed(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []
    third = asyncio.Event()

    async def tick(_: UnitOfWork, request_id: str) -> int:
        rounds.append(request_id)
        if len(rounds) == 1:
            raise PartnerDown("database", "It does not answer.")
        if len(rounds) == 3:
            third.set()
        return 1

    monkeypatch.setattr(retention, "tick", tick)
    monkeypatch.setattr(retention, "TICK_EVERY_S", 0)
    task = asyncio.create_task(retention.keep_retention(work))
    async with asyncio.timeout(10):
        await third.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
