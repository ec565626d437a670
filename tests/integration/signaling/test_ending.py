"""The live edge ends as a whole, and whoever runs it notices."""

import asyncio
from typing import Any

import pytest

from actions.context import UnitOfWork
from signaling.dismissals import Dismissals
from tests.live import LiveServer, live_server


async def test_a_fault_in_one_task_ends_the_live_edge(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Any) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(Dismissals, "run", broken)
    async with live_server(work) as server:
        await asyncio.wait_for(server.edge.ended(), 5)


async def test_a_live_edge_without_a_fault_goes_on(server: LiveServer) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await server.edge.ended()
