"""The live edge for tests: a real server on a loopback port, and pages that connect to it.

async with live_server(work, clock) as server:
    async with visit_page(server, patient) as page:
        snapshot = await page.ok("room.join", ...)
        body = await page.next("entry.added")
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import socketio
from aiohttp import web

from actions.context import UnitOfWork
from domain.accounts import SESSION_ABSOLUTE, SESSION_COOKIE, SESSION_IDLE, SYSTEM, Account, SessionState
from domain.guests import GUEST_COOKIE
from domain.ids import SessionId
from media.turn import TurnSettings
from providers.throttle import MemoryThrottle
from rooms.switchboard import Switchboard
from rooms.timings import Timer, Timings
from signaling import LiveEdge, LiveSettings, attach
from signaling.guest_protocol import AS_GUEST
from signaling.limits import Limits, Rate
from signaling.protocol import NAMESPACE, SERVER_EVENTS
from storage import sessions
from storage.sessions import Deadlines

WAIT_S = 10.0
PATIENT_ENDPOINT = UUID("018f0000-0000-7000-8000-0000000000a1")
DOCTOR_ENDPOINT = UUID("018f0000-0000-7000-8000-0000000000b1")
WIDE = Limits(events=Rate(10_000, 10_000), work=Rate(10_000, 10_000), chat=Rate(10_000, 10_000))
"""Limits that no test meets by accident."""


@dataclass
class HandTimers:
    """Timers that go off when a test says so."""

    waiting: list["HandTimer"] = field(default_factory=list)

    def after(self, delay_s: float, callback: Callable[[], None]) -> Timer:
        timer = HandTimer(self, delay_s, callback)
        self.waiting.append(timer)
        return timer

    def fire(self, delay_s: float) -> None:
        """Let all timers of this delay go off."""
        due = [timer for timer in self.waiting if timer.delay_s == delay_s]
        assert due, f"no timer waits {delay_s} s"
        for timer in due:
            self.waiting.remove(timer)
            timer.callback()


@dataclass(eq=False)
class HandTimer:
    timers: HandTimers
    delay_s: float
    callback: Callable[[], None]

    def cancel(self) -> None:
        with suppress(ValueError):
            self.timers.waiting.remove(self)


@dataclass
class LiveServer:
    """A running server. `timers` go off by hand: 30 s of grace, 60 s of an empty room, 2 s between tries."""

    url: str
    edge: LiveEdge
    work: UnitOfWork
    timers: HandTimers
    tokens: dict[UUID, str] = field(default_factory=dict)

    async def token(self, account: Account) -> str:
        """Return a session's token of this account; the same one each time."""
        if account.id not in self.tokens:
            self.tokens[account.id] = await session_token(self.work, account)
        return self.tokens[account.id]


async def session_token(work: UnitOfWork, account: Account, state: SessionState = SessionState.OPEN) -> str:
    """Open a session and return the token that a browser would keep.

    Without signing in: a password is hashed for a tenth of a second. Unless told, it is as after
    the second factor.
    """
    token = secrets.token_urlsafe(32)
    async with work.begin(SYSTEM, "test") as ctx:
        deadlines = Deadlines(ctx.now, ctx.now + SESSION_IDLE, ctx.now + SESSION_ABSOLUTE)
        opened = await sessions.insert(
            ctx.tx,
            SessionId(ctx.new_id()),
            account.id,
            sha256(token.encode()).digest(),
            "tests",
            deadlines,
            state,
            ctx.now if state is SessionState.OPEN else None,
        )
    assert opened, "the account is disabled"
    return token


@asynccontextmanager
async def live_server(
    work: UnitOfWork,
    *,
    redis_url: str | None = None,
    limits: Limits = WIDE,
    turn: TurnSettings | None = None,
    session_check_s: float = 3600,
    public_url: str | None = None,
    record_work: UnitOfWork | None = None,
    trusted_proxies: tuple[str, ...] = (),
    grace_s: float = 30.0,
    switchboard: Switchboard | None = None,
) -> AsyncIterator[LiveServer]:
    """Run the live edge alone on a free loopback port."""
    app = web.Application()
    timers = HandTimers()
    edge = attach(
        app,
        work=work,
        throttle=MemoryThrottle(work.now),
        turn=turn or TurnSettings(),
        time_zone="Asia/Shanghai",
        random=os.urandom,
        record_work=record_work,
        public_url=public_url,
        trusted_proxies=trusted_proxies,
        redis_url=redis_url,
        timers=timers,
        switchboard=switchboard,
        settings=LiveSettings(
            timings=Timings(grace_s=grace_s), limits=limits, session_check_s=session_check_s
        ),
    )
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await edge.start()
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield LiveServer(f"http://127.0.0.1:{port}", edge, work, timers)
    finally:
        await edge.stop()
        await runner.cleanup()


class Page:
    """One open page: a real Socket.IO client. Events are kept, in their order, until they are asked for."""

    def __init__(self, server: LiveServer, account: Account) -> None:
        self.server = server
        self.account = account
        self.events: list[tuple[str, Any]] = []
        self._arrived = asyncio.Condition()
        self.client = socketio.AsyncClient(reconnection=False)
        for event in SERVER_EVENTS:
            self.client.on(event, self._keep(event), namespace=NAMESPACE)
        self.client.on("disconnect", self._keep("disconnect"), namespace=NAMESPACE)

    def _keep(self, event: str) -> Callable[..., Any]:
        async def keep(body: Any = None) -> None:
            async with self._arrived:
                self.events.append((event, body))
                self._arrived.notify_all()

        return keep

    async def connect_as_guest(self, token: str) -> None:
        """Connect as an invited guest, beside whoever is signed in."""
        await self.client.connect(
            self.server.url,
            auth=AS_GUEST,
            namespaces=[NAMESPACE],
            headers={"Cookie": f"{GUEST_COOKIE}={token}"},
            transports=["websocket"],
            wait_timeout=WAIT_S,
        )

    async def connect(self, *, token: str | None = None, headers: dict[str, str] | None = None) -> None:
        """Connect as the account, or with another token."""
        chosen = await self.server.token(self.account) if token is None else token
        await self.client.connect(
            self.server.url,
            namespaces=[NAMESPACE],
            headers={"Cookie": f"{SESSION_COOKIE}={chosen}", **(headers or {})},
            transports=["websocket"],
            wait_timeout=WAIT_S,
        )

    async def ask(self, event: str, *args: Any) -> dict[str, Any]:
        """Send an event; return its answer as it came."""
        answer = await self.client.call(
            event, args if len(args) != 1 else args[0], namespace=NAMESPACE, timeout=WAIT_S
        )
        assert isinstance(answer, dict), answer
        return answer

    async def ok(self, event: str, body: Any) -> dict[str, Any]:
        """Send an event that succeeds; return its data."""
        answer = await self.ask(event, body)
        assert answer["ok"], answer
        assert answer["error"] is None
        data = answer["data"]
        assert isinstance(data, dict)
        return data

    async def refused(self, event: str, *args: Any) -> str:
        """Send an event that fails; return its code."""
        answer = await self.ask(event, *args)
        assert not answer["ok"] and answer["data"] is None, answer
        assert isinstance(answer["error"]["message"], str)
        return str(answer["error"]["code"])

    async def next(self, event: str) -> Any:
        """Wait for the next event of this name that was not asked for yet; return its body."""
        return await self.until(event, lambda _: True)

    async def until(self, event: str, fits: Callable[[Any], bool]) -> Any:
        """Wait for an event of this name that fits; drop those of this name before it."""
        async with asyncio.timeout(WAIT_S), self._arrived:
            while True:
                for index, (name, body) in enumerate(self.events):
                    if name == event and fits(body):
                        self.events[: index + 1] = [item for item in self.events[:index] if item[0] != event]
                        return body
                await self._arrived.wait()

    def has(self, event: str) -> bool:
        """Say whether an event of this name came and was not asked for."""
        return any(name == event for name, _ in self.events)

    async def join(
        self, consultation_id: UUID, endpoint_id: UUID | None = None, **more: Any
    ) -> dict[str, Any]:
        """Join a room; return the snapshot."""
        return await self.ok(
            "room.join",
            {"consultation_id": str(consultation_id), "endpoint_id": str(endpoint_id or uuid4()), **more},
        )

    async def say(self, consultation_id: UUID, text: str, message_id: UUID | None = None) -> dict[str, Any]:
        """Write a chat message; return where it was kept."""
        return await self.ok("chat.send", chat(consultation_id, text, message_id))

    async def drop(self) -> None:
        """Lose the connection as a network does: without a word."""
        websocket = self.client.eio.ws
        transport = websocket._response.connection.transport
        transport.abort()
        await self.next("disconnect")

    async def close(self) -> None:
        """Close the connection, if it is open."""
        with suppress(Exception):
            await self.client.disconnect()


def chat(consultation_id: UUID, text: str, message_id: UUID | None = None) -> dict[str, str]:
    """Return the body of a chat message."""
    return {
        "consultation_id": str(consultation_id),
        "message_id": str(message_id or uuid4()),
        "text": text,
    }


@asynccontextmanager
async def page(server: LiveServer, account: Account, **options: Any) -> AsyncIterator[Page]:
    """Open a page and connect it."""
    opened = Page(server, account)
    try:
        await opened.connect(**options)
        yield opened
    finally:
        await opened.close()
