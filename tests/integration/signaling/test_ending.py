"""What ends: a session's connections with it and at once, and the live edge as a whole, noticeably."""

import asyncio
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from actions.accounts import disable_account
from actions.context import UnitOfWork
from actions.sessions import revoke_session, sign_out
from domain.accounts import SESSION_COOKIE, actor_of
from domain.errors import NotFound
from domain.ids import SessionId
from signaling.dismissals import Dismissals
from tests.integration.signaling.conftest import Visit
from tests.live import WAIT_S, LiveServer, live_server, page, session_token
from tests.people import make_admin

# The servers of these tests look at their sessions once an hour: nothing here waits for that.


async def test_a_disabled_account_is_put_out_at_once_with_all_its_pages(
    server: LiveServer, visit: Visit
) -> None:
    admin = await make_admin(server.work)
    other = await session_token(server.work, visit.patient)
    async with (
        page(server, visit.patient) as first,
        page(server, visit.patient, token=other) as second,
        page(server, visit.doctor) as doctor,
    ):
        async with server.work.begin(actor_of(admin), "test") as ctx:
            await disable_account(ctx, visit.patient.id)
        for out in (first, second):
            await out.next("session.ended")
            await out.next("disconnect")
        await doctor.ok("queue.read", {})
        assert [connection.account.id for connection in server.edge.connections] == [visit.doctor.id]


async def test_one_revoked_session_ends_and_the_others_go_on(server: LiveServer, visit: Visit) -> None:
    other = await session_token(server.work, visit.patient)
    async with page(server, visit.patient) as stolen, page(server, visit.patient, token=other) as own:
        thiefs, owners = (connection.actor for connection in server.edge.connections)
        assert thiefs.session_id is not None
        async with server.work.begin(owners, "test") as ctx:
            await revoke_session(ctx, thiefs.session_id)
        await stolen.next("session.ended")
        await stolen.next("disconnect")
        await own.ok("waiting.read", visit.room)


async def test_signing_out_ends_the_page_at_once(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient:
        (connection,) = server.edge.connections
        async with server.work.begin(connection.actor, "test") as ctx:
            await sign_out(ctx)
        await patient.next("session.ended")
        await patient.next("disconnect")


async def test_nothing_is_answered_once_the_session_is_over(
    server: LiveServer, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def later(*_: Any) -> None:
        return None

    async with page(server, visit.patient) as patient:
        (connection,) = server.edge.connections
        monkeypatch.setattr(Dismissals, "_end", later)
        async with server.work.begin(connection.actor, "test") as ctx:
            await sign_out(ctx)
        assert await patient.refused("waiting.read", visit.room) == "auth.required"


async def test_what_was_not_committed_has_ended_nothing(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient:
        (connection,) = server.edge.connections
        with pytest.raises(NotFound):
            async with server.work.begin(connection.actor, "test") as ctx:
                await sign_out(ctx)
                await revoke_session(ctx, SessionId(uuid4()))
        await patient.ok("waiting.read", visit.room)


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


async def test_a_stopping_server_closes_open_pages_at_once(work: UnitOfWork, visit: Visit) -> None:
    headers = {"Cookie": f"{SESSION_COOKIE}={await session_token(work, visit.patient)}"}
    async with live_server(work) as server, aiohttp.ClientSession(headers=headers) as session:
        url = f"{server.url}/socket.io/?EIO=4&transport=websocket"
        # Browsers leave only when the WebSocket is closed, whatever was said on it before.
        async with session.ws_connect(url) as browser:
            await browser.receive_str(timeout=WAIT_S)
            await server.edge.stop()
            # Nobody waits for the next round of pings, which comes after five seconds.
            async with asyncio.timeout(3):
                while (await browser.receive()).type is aiohttp.WSMsgType.TEXT:
                    pass
            assert browser.closed
