"""The namespace /visit: who may connect, and one way for every event from its frame to its answer."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any

import socketio
from aiohttp import web

from actions.sessions import resume
from domain.accounts import SESSION_COOKIE
from domain.errors import Code, Fault, NotAuthenticated, PartnerDown, Throttled
from providers.throttle import Throttle
from rooms.inputs import ConnectionLost
from signaling.connections import Connection
from signaling.errors import error_view, log_fault
from signaling.handlers import HANDLERS, Desk
from signaling.hints import Hints
from signaling.limits import REFRESHES, Allowance, Limits
from signaling.origin import same_origin
from signaling.parsing import parse
from signaling.protocol import NAMESPACE

CONNECTS_PER_MINUTE = 120
_RETRY_S = 10
_CONNECT = "connect"
_DISCONNECT = "disconnect"


class VisitNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # socketio ships no types
    """Connects pages to rooms. What an event means is in the handlers, what went wrong in errors."""

    def __init__(
        self,
        desk: Desk,
        hints: Hints,
        throttle: Throttle,
        limits: Limits,
        public_url: str | None,
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(NAMESPACE)
        self._desk = desk
        self._hints = hints
        self._throttle = throttle
        self._limits = limits
        self._public_url = public_url
        self._monotonic = monotonic
        self._under_way = 0
        self._stopping = False
        self.quiet = asyncio.Event()
        """Set while no event is being handled."""
        self.quiet.set()

    def stop(self) -> None:
        """Let nobody in from now on."""
        self._stopping = True

    async def trigger_event(self, event: str, *args: Any) -> dict[str, object] | None:
        """Handle whatever Socket.IO brings; return the answer of a client's event."""
        if event == _CONNECT:
            await self._connect(args[0], args[1]["aiohttp.request"])
            return None
        if event == _DISCONNECT:
            self.lost(args[0])
            return None
        self._under_way += 1
        self.quiet.clear()
        try:
            return await self._answer(event, args[0], args[1:])
        finally:
            self._under_way -= 1
            if not self._under_way:
                self.quiet.set()

    def lost(self, sid: str) -> None:
        """Forget a connection and tell its rooms."""
        connection = self._desk.connections.remove(sid)
        if connection is None:
            return
        for room in connection.rooms.values():
            room.tell(ConnectionLost(sid))
        self._doctor_came_or_went(connection)

    async def _connect(self, sid: str, request: web.Request) -> None:
        """Take a page in, or refuse it with a stable code as the message."""
        try:
            connection = await self._authenticated(sid, request)
        except Fault as fault:
            raise socketio.exceptions.ConnectionRefusedError(fault.code.value) from None
        except Exception as error:
            log_fault("connect failed", error)
            raise socketio.exceptions.ConnectionRefusedError(Code.INTERNAL.value) from None
        self._desk.connections.add(connection)
        self._doctor_came_or_went(connection)

    async def _authenticated(self, sid: str, request: web.Request) -> Connection:
        if self._stopping:
            raise PartnerDown("server", "The server is restarting.")
        if not same_origin(request.headers.get("Origin"), request.headers.get("Host"), self._public_url):
            raise NotAuthenticated("This page is not one of ours.", Code.AUTH_ORIGIN)
        token = request.cookies.get(SESSION_COOKIE)
        if not token:
            raise NotAuthenticated
        # Pages connect again by themselves, so that alone is no use of the session.
        active = await resume(self._desk.work, token, f"live-{secrets.token_hex(8)}", touch=False)
        account_id = active.account.id
        if self._desk.connections.of_account(account_id) >= self._limits.connections_per_account:
            raise Throttled(_RETRY_S)
        try:
            wait_s = await self._throttle.hit(
                f"live-connect:{account_id}", limit=CONNECTS_PER_MINUTE, window_s=60
            )
        except PartnerDown:
            # A visit matters more than counting who comes to it.
            wait_s = 0
        if wait_s:
            raise Throttled(wait_s)
        return Connection(
            sid, active.account, active.actor, token, Allowance(self._limits, self._monotonic())
        )

    async def _answer(self, event: str, sid: str, args: tuple[Any, ...]) -> dict[str, object]:
        connection = self._desk.connections.get(sid)
        try:
            if connection is None or connection.ended:
                raise NotAuthenticated
            if self._stopping:
                raise PartnerDown("server", "The server is restarting. Nothing was lost; try again.")
            connection.used = connection.used or event not in REFRESHES
            connection.allowance.spend(event, self._monotonic())
            body = parse(event, args)
            data = await HANDLERS[event](self._desk, connection, body)
        except Exception as error:
            # The one place where whatever went wrong in an event becomes its answer.
            return {"ok": False, "data": None, "error": error_view(error, event)}
        return {"ok": True, "data": data, "error": None}

    def _doctor_came_or_went(self, connection: Connection) -> None:
        practitioner_id = connection.actor.practitioner_id
        if practitioner_id is not None:
            self._hints.waiting_changed(practitioner_id)
