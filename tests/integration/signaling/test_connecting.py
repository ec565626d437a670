"""Connecting: only signed-in people from our own pages; a session that ends takes its connection along."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
import socketio

from actions.context import UnitOfWork
from actions.sessions import sign_out
from domain.accounts import SESSION_ABSOLUTE, SESSION_IDLE, Account, SessionState, actor_of
from domain.errors import PartnerDown
from providers.throttle import MemoryThrottle
from rooms.inputs import Close, Leave
from signaling.limits import Limits
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.signaling.conftest import Visit
from tests.integration.signaling.test_coming_back import unreachable
from tests.live import LiveServer, Page, live_server, page, session_token
from tests.people import make_patient
from tests.rows import execute, rows


async def refusal(server: LiveServer, account: Account, **options: object) -> str:
    """Return why a page was not let in, as the browser's client would see it."""
    reasons: list[object] = []
    opened = Page(server, account)
    opened.client.on("connect_error", reasons.append, namespace="/visit")
    try:
        with pytest.raises(socketio.exceptions.ConnectionError):
            await opened.connect(**options)  # type: ignore[arg-type]
    finally:
        await opened.close()
    (reason,) = reasons
    assert isinstance(reason, dict)
    return str(reason["message"])


async def test_nobody_without_a_session_gets_in(server: LiveServer, visit: Visit) -> None:
    assert await refusal(server, visit.patient, token="") == "auth.required"
    assert await refusal(server, visit.patient, token="no such token") == "auth.required"
    assert len(server.edge.connections) == 0


async def test_nobody_gets_in_whose_second_factor_is_pending(server: LiveServer, visit: Visit) -> None:
    token = await session_token(server.work, visit.doctor, SessionState.SECOND_FACTOR_PENDING)
    assert await refusal(server, visit.doctor, token=token) == "auth.second_factor_pending"
    assert len(server.edge.connections) == 0


async def test_pages_of_other_sites_do_not_get_in(server: LiveServer, visit: Visit) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert await refusal(server, visit.patient, headers=foreign) == "auth.origin"
    async with page(server, visit.patient, headers={"Origin": server.url}):
        assert len(server.edge.connections) == 1


async def test_the_public_address_is_one_of_ours(work: UnitOfWork, visit: Visit) -> None:
    async with live_server(work, public_url="https://visits.example") as server:
        async with page(server, visit.patient, headers={"Origin": "https://visits.example"}):
            pass
        assert await refusal(server, visit.patient, headers={"Origin": "https://a.example"}) == "auth.origin"


async def test_the_database_being_away_is_said(
    server: LiveServer, database: Database, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await server.token(visit.patient)
    monkeypatch.setattr(database, "transaction", unreachable)
    assert await refusal(server, visit.patient, token=token) == "partner.down"


async def test_a_fault_of_ours_while_connecting_says_nothing_of_it(
    server: LiveServer, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.token(visit.patient)
    monkeypatch.setattr("signaling.namespace.resume", None)
    assert await refusal(server, visit.patient) == "internal"


async def test_an_account_has_so_many_pages_and_no_more(work: UnitOfWork, visit: Visit) -> None:
    async with live_server(work, limits=Limits(connections_per_account=1)) as server:
        async with page(server, visit.patient):
            assert await refusal(server, visit.patient) == "rate.limited"
        async with page(server, visit.doctor):
            pass


async def test_reconnecting_without_end_is_throttled(server: LiveServer, visit: Visit) -> None:
    throttle = server.edge._namespace._throttle
    assert isinstance(throttle, MemoryThrottle)
    for _ in range(120):
        await throttle.hit(f"live-connect:{visit.patient.id}", limit=120, window_s=60)
    assert await refusal(server, visit.patient) == "rate.limited"


async def test_other_namespaces_do_not_exist(server: LiveServer, visit: Visit) -> None:
    client = socketio.AsyncClient(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(server.url, namespaces=["/"], transports=["websocket"], wait_timeout=5)
    await client.disconnect()


async def test_signing_out_ends_the_connection(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        (connection,) = [item for item in server.edge.connections if item.account.id == visit.patient.id]
        async with server.work.begin(actor_of(visit.patient, connection.actor.session_id), "sign out") as ctx:
            await sign_out(ctx)
        await server.edge.dismissals.look()
        await patient.next("session.ended")
        await patient.next("disconnect")
        assert len(server.edge.connections) == 1
        await doctor.ok("queue.read", {})


async def test_an_expired_session_ends_the_connection(server: LiveServer, visit: Visit, clock: Clock) -> None:
    async with page(server, visit.patient) as patient:
        clock.forward(SESSION_ABSOLUTE + timedelta(seconds=1))
        await server.edge.dismissals.look()
        await patient.next("session.ended")


async def test_an_idle_page_is_no_use_of_its_session_and_a_visit_is(
    server: LiveServer, visit: Visit, clock: Clock, dsn: str
) -> None:
    seen = "select last_seen_at from session"
    async with page(server, visit.patient) as patient:
        await server.edge.dismissals.look()
        clock.forward(timedelta(minutes=5))
        before = rows(dsn, seen)
        await server.edge.dismissals.look()
        assert rows(dsn, seen) == before
        await patient.join(visit.id)
        for _ in range(2):
            clock.forward(timedelta(minutes=5))
            await server.edge.dismissals.look()
            assert rows(dsn, seen) == [(clock(),)]


async def test_a_page_that_only_refreshes_itself_keeps_no_session_alive(
    server: LiveServer, visit: Visit, clock: Clock, dsn: str
) -> None:
    seen = "select last_seen_at from session"
    async with page(server, visit.doctor) as doctor:
        await doctor.ok("queue.read", {})
        before = rows(dsn, seen)
        clock.forward(timedelta(minutes=5))
        await doctor.ok("queue.read", {})
        await server.edge.dismissals.look()
        assert rows(dsn, seen) == before
        await doctor.drop()
        async with page(server, visit.doctor) as again:
            await again.ok("queue.read", {})
            await server.edge.dismissals.look()
            assert rows(dsn, seen) == before
            clock.forward(SESSION_IDLE)
            await server.edge.dismissals.look()
            await again.next("session.ended")


async def test_a_visit_that_is_over_keeps_no_session_alive(
    server: LiveServer, visit: Visit, clock: Clock, dsn: str
) -> None:
    seen = "select a.role, s.last_seen_at from session s join account a on a.id = s.account_id order by 1"
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id)
        await doctor.join(visit.id)
        await doctor.ok("consultation.admit", visit.room)
        await server.edge.dismissals.look()
        clock.forward(timedelta(minutes=5))
        await server.edge.dismissals.look()
        during = rows(dsn, seen)
        assert ("doctor", clock()) in during and ("patient", clock()) in during
        await doctor.ok("consultation.finish", visit.room)
        await patient.until("room.state", lambda body: body["consultation"]["state"] == "finished")
        await server.edge.dismissals.look()
        clock.forward(timedelta(minutes=5))
        await server.edge.dismissals.look()
        assert rows(dsn, seen) == during


async def test_a_page_that_was_taken_over_from_keeps_no_session_alive(
    server: LiveServer, visit: Visit, clock: Clock, dsn: str
) -> None:
    seen = "select last_seen_at from session where id = %s"
    async with page(server, visit.patient) as old:
        await old.join(visit.id)
        (connection,) = server.edge.connections
        token = await session_token(server.work, visit.patient)
        async with page(server, visit.patient, token=token) as new:
            await new.join(visit.id)
            await old.next("room.superseded")
            await server.edge.dismissals.look()
            before = rows(dsn, seen, connection.actor.session_id)
            clock.forward(timedelta(minutes=5))
            await server.edge.dismissals.look()
            assert rows(dsn, seen, connection.actor.session_id) == before


async def test_leaving_a_room_that_has_closed_is_leaving(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.doctor) as doctor:
        await doctor.join(visit.id)
        (connection,) = server.edge.connections
        room = connection.rooms[visit.id]
        room.tell(Close())
        with pytest.raises(PartnerDown):
            await room.ask(Leave(connection.asker()))
        await doctor.ok("room.leave", visit.room)
        assert not connection.rooms


async def test_a_disabled_account_is_put_out(server: LiveServer, visit: Visit, dsn: str) -> None:
    async with page(server, visit.patient) as patient:
        execute(dsn, "update account set disabled_at = now() where id = %s", str(visit.patient.id))
        await server.edge.dismissals.look()
        await patient.next("session.ended")


async def test_transports_that_nobody_signs_in_on_are_dropped(server: LiveServer, work: UnitOfWork) -> None:
    someone = await make_patient(work)
    async with page(server, someone), aiohttp.ClientSession() as http:
        socket = await http.ws_connect(f"{server.url}/socket.io/?EIO=4&transport=websocket")
        await socket.receive_str()
        await server.edge.dismissals.look()
        assert not socket.closed
        await server.edge.dismissals.look()
        async with asyncio.timeout(5):
            assert (await socket.receive_str()) == "1"
        await socket.close()
        assert len(server.edge.connections) == 1
