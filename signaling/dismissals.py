"""Ending connections from our side: sessions that are over, clients that do not read, empty transports."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import socketio
import structlog

from actions.context import UnitOfWork
from actions.guests import resume_guest
from actions.session_endings import SessionsEnded
from actions.sessions import resume
from domain.errors import Fault, NotAuthenticated
from signaling.connections import Connection, Connections
from signaling.errors import log_fault
from signaling.outbox import Outbox
from signaling.protocol import NAMESPACE

_log = structlog.get_logger("signaling")
CLOSE_TIMEOUT_S = 5.0


class Dismissals:
    """Two tasks: `run` ends connections one by one, `watch` looks after all of them every so often.

    What ends in this process is ended at once, by `sessions_ended`; the watch finds what ended elsewhere.

    `on_lost` is told connections whose end nobody noticed.
    """

    def __init__(
        self,
        server: socketio.AsyncServer,
        outbox: Outbox,
        connections: Connections,
        work: UnitOfWork,
        check_every_s: float,
        on_lost: Callable[[str], None],
    ) -> None:
        self._server = server
        self._outbox = outbox
        self._connections = connections
        self._work = work
        self._check_every_s = check_every_s
        self._on_lost = on_lost
        # Each connection is in it once, so their number bounds it.
        self._unwanted: dict[str, str] = {}
        self._over: dict[str, Connection] = {}
        self._wake = asyncio.Event()
        self._unclaimed: set[str] = set()

    def slow(self, sid: str) -> None:
        """Have a client dropped that does not read what it is sent. It may come back at once."""
        self._unwanted[sid] = "client does not read"
        self._wake.set()

    def flooding(self, sid: str) -> None:
        """Have a client dropped that goes on asking however often it is refused."""
        self._unwanted[sid] = "client floods"
        self._wake.set()

    def sessions_ended(self, ended: SessionsEnded) -> None:
        """Have the connections of these sessions ended. From now on they are answered nothing."""
        for connection in self._connections:
            if connection.account.id == ended.account_id and ended.session_id in (
                None,
                connection.actor.session_id,
            ):
                connection.ended = True
                self._over[connection.sid] = connection
        self._wake.set()

    async def run(self) -> None:
        """End what is over and drop who is unwanted until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            over, self._over = self._over, {}
            for connection in over.values():
                await self._attempt(self._end(connection))
            unwanted, self._unwanted = self._unwanted, {}
            for sid, reason in unwanted.items():
                _log.warning(reason, sid=sid)
                await self._attempt(self._outbox.drop(sid))

    async def watch(self) -> None:
        """Look at all connections every so often until cancelled."""
        while True:
            await asyncio.sleep(self._check_every_s)
            try:
                await self.look()
            except Exception as error:
                # The live edge ends with any of its tasks: what failed now is looked at again next time.
                log_fault("connections not looked at", error)

    async def look(self) -> None:
        """End connections whose session is over, forget lost ones, drop transports nobody signed in on."""
        for connection in self._connections:
            if not self._outbox.reaches(connection.sid):
                self._on_lost(connection.sid)
        by_token: dict[str, list[Connection]] = {}
        for connection in self._connections:
            by_token.setdefault(connection.token, []).append(connection)
        for token, connections in by_token.items():
            if not await self._holds(token, connections):
                for connection in connections:
                    await self._attempt(self._end(connection))
        unclaimed = {eio_sid for eio_sid, sid in self._outbox.transports().items() if sid is None}
        # Twice without a client: the first time it may just have been about to sign in.
        for eio_sid in unclaimed & self._unclaimed:
            await self._attempt(self._outbox.drop_transport(eio_sid))
        self._unclaimed = unclaimed

    async def close_all(self) -> None:
        """Close every transport: the server stops, and clients come back by themselves."""
        for eio_sid in self._outbox.transports():
            await self._attempt(self._outbox.drop_transport(eio_sid))

    async def _holds(self, token: str, connections: list[Connection]) -> bool:
        """Say whether the session still holds. Being in a visit, or having asked something, is using it."""
        used = any(connection.used or connection.in_visit for connection in connections)
        for connection in connections:
            connection.used = False
        try:
            request_id = f"live-{secrets.token_hex(8)}"
            if connections[0].guest is not None:
                await resume_guest(self._work, token, request_id)
            else:
                await resume(self._work, token, request_id, touch=used)
        except NotAuthenticated:
            return False
        except Fault as fault:
            # Whether it holds cannot be known now: the next time will tell.
            _log.warning("session not checked", code=fault.code.value)
        return True

    async def _end(self, connection: Connection) -> None:
        eio_sid = self._outbox.transport_of(connection.sid)
        self._outbox.send([connection.sid], "session.ended", b"{}")
        await self._server.disconnect(connection.sid, namespace=NAMESPACE, ignore_queue=True)
        if eio_sid is not None:
            await self._outbox.drop_transport(eio_sid)

    async def _attempt(self, ending: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await ending
        except Exception as error:
            # One that cannot be ended properly must not keep the others from it.
            _log.warning("connection not ended", error=type(error).__name__)
