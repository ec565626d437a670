"""The namespace /visit: who may connect, and one way for every event from its frame to its answer."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import socketio
from aiohttp import web

from actions.guests import resume_guest
from actions.sessions import resume
from domain.accounts import SESSION_COOKIE, SessionState
from domain.client_address import Network, client_address, one_client
from domain.errors import Code, Fault, Forbidden, NotAuthenticated, PartnerDown, Throttled
from domain.guests import GUEST_COOKIE
from domain.origin import is_ours
from providers.throttle import Throttle
from rooms.inputs import ConnectionLost
from signaling.connections import Connection, account_of_guest
from signaling.errors import error_view, log_fault
from signaling.guest_protocol import AS_GUEST, GUEST_EVENTS
from signaling.handlers import HANDLERS, Desk
from signaling.hints import Hints
from signaling.limits import REFRESHES, Allowance, Limits
from signaling.parsing import parse
from signaling.protocol import NAMESPACE

T = TypeVar("T")
CONNECTS_PER_MINUTE = 120
CONNECT_WAIT_S = 10.0
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
        trusted_proxies: Sequence[Network],
        monotonic: Callable[[], float],
        on_flood: Callable[[str], None],
    ) -> None:
        super().__init__(NAMESPACE)
        self._desk = desk
        self._hints = hints
        self._throttle = throttle
        self._limits = limits
        self._public_url = public_url
        self._trusted_proxies = trusted_proxies
        self._connecting = asyncio.Semaphore(limits.connects_at_once)
        self._monotonic = monotonic
        self._on_flood = on_flood
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
            await self._connect(args[0], args[1]["aiohttp.request"], args[2] if len(args) > 2 else None)
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

    async def _connect(self, sid: str, request: web.Request, auth: object) -> None:
        """Take a page in, or refuse it with a stable code as the message."""
        try:
            connection = await self._authenticated(sid, request, as_guest=auth == AS_GUEST)
        except Fault as fault:
            raise socketio.exceptions.ConnectionRefusedError(fault.code.value) from None
        except Exception as error:
            log_fault("connect failed", error)
            raise socketio.exceptions.ConnectionRefusedError(Code.INTERNAL.value) from None
        self._desk.connections.add(connection)
        self._doctor_came_or_went(connection)

    async def _authenticated(self, sid: str, request: web.Request, *, as_guest: bool) -> Connection:
        if self._stopping:
            raise PartnerDown("server", "The server is restarting.")
        if not is_ours(request.headers.get("Origin"), request.headers.get("Host"), self._public_url):
            raise NotAuthenticated("This page is not one of ours.", Code.AUTH_ORIGIN)
        # One browser may have both: who is signed in, and has a guest's page open as well.
        token = request.cookies.get(GUEST_COOKIE if as_guest else SESSION_COOKIE)
        if not token:
            raise NotAuthenticated
        address = client_address(
            request.remote, request.headers.getall("X-Forwarded-For", []), self._trusted_proxies
        )
        # Before the database is asked: a cookie may be anything.
        await self._count(
            f"live-connect:address:{one_client(address)}", self._limits.connects_per_min_per_address
        )
        if as_guest:
            guest = await self._looked_up(lambda request_id: resume_guest(self._desk.work, token, request_id))
            account, actor = account_of_guest(guest), guest.actor
        else:
            guest = None
            # Pages connect again by themselves, so that alone is no use of the session.
            active = await self._looked_up(
                lambda request_id: resume(self._desk.work, token, request_id, touch=False)
            )
            if active.state is not SessionState.OPEN:
                raise Forbidden("Give your second factor first.", Code.AUTH_SECOND_FACTOR)
            account, actor = active.account, active.actor
        account_id = account.id
        if self._desk.connections.of_account(account_id) >= self._limits.connections_per_account:
            raise Throttled(_RETRY_S)
        await self._count(f"live-connect:{account_id}", CONNECTS_PER_MINUTE)
        allowance = Allowance(self._limits, self._monotonic())
        return Connection(sid, account, actor, token, allowance, guest=guest)

    async def _count(self, key: str, per_min: int) -> None:
        """Count one connecting; raise Throttled when there were too many."""
        try:
            wait_s = await self._throttle.hit(key, limit=per_min, window_s=60)
        except PartnerDown:
            # A visit matters more than counting who comes to it.
            return
        if wait_s:
            raise Throttled(wait_s)

    async def _looked_up(self, look: Callable[[str], Awaitable[T]]) -> T:
        """Return the session; raise NotAuthenticated without one, Throttled when too many wait before."""
        try:
            async with asyncio.timeout(CONNECT_WAIT_S):
                await self._connecting.acquire()
        except TimeoutError:
            raise Throttled(_RETRY_S) from None
        try:
            return await look(f"live-{secrets.token_hex(8)}")
        finally:
            self._connecting.release()

    async def _answer(self, event: str, sid: str, args: tuple[Any, ...]) -> dict[str, object]:
        connection = self._desk.connections.get(sid)
        try:
            if connection is None or connection.ended:
                raise NotAuthenticated
            if self._stopping:
                raise PartnerDown("server", "The server is restarting. Nothing was lost; try again.")
            connection.used = connection.used or event not in REFRESHES
            self._spend(connection, event)
            if connection.guest is not None and event not in GUEST_EVENTS:
                raise Forbidden
            body = parse(event, args)
            data = await HANDLERS[event](self._desk, connection, body)
        except Exception as error:
            # The one place where whatever went wrong in an event becomes its answer.
            return {"ok": False, "data": None, "error": error_view(error, event)}
        return {"ok": True, "data": data, "error": None}

    def _spend(self, connection: Connection, event: str) -> None:
        """Count an event; raise Throttled past the allowance, and have who does not care disconnected."""
        now = self._monotonic()
        try:
            connection.allowance.spend(event, now)
        except Throttled:
            if connection.allowance.refuse(now):
                self._on_flood(connection.sid)
            raise

    def _doctor_came_or_went(self, connection: Connection) -> None:
        practitioner_id = connection.actor.practitioner_id
        if practitioner_id is not None:
            self._hints.waiting_changed(practitioner_id)
