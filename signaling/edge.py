"""The live edge as a whole: made by `attach`, started and stopped with the server."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import socketio
import structlog
from aiohttp import web

from actions.context import Random, UnitOfWork
from domain.client_address import networks
from domain.ids import PractitionerId
from media.turn import TurnSettings
from providers.throttle import Throttle
from rooms.appender import LANES, Appender
from rooms.outputs import RoomMessage
from rooms.registry import Registry
from rooms.switchboard import Switchboard
from rooms.timings import LoopTimers, Timers, Timings
from signaling.connections import Connections
from signaling.dismissals import Dismissals
from signaling.handlers import Desk
from signaling.hints import Hints
from signaling.limits import Limits
from signaling.namespace import VisitNamespace
from signaling.outbox import Outbox, listen, shut_down
from signaling.packets import VisitPacket
from signaling.protocol import NAMESPACE
from signaling.views import room_event

FRAME_BYTES_MAX = 128 * 1024
REDIS_CHANNEL = "televisit-live"
_log = structlog.get_logger("signaling")


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """How the live edge behaves; times are in seconds.

    A client is taken for gone `ping_interval_s` + `ping_timeout_s` after it fell silent. Shorter than this
    they make the server drop live clients under load.
    """

    timings: Timings = field(default_factory=Timings)
    limits: Limits = field(default_factory=Limits)
    ping_interval_s: float = 5.0
    ping_timeout_s: float = 5.0
    session_check_s: float = 30.0
    lanes: int = LANES


class SocketOutput:
    """What rooms say, on its way to Socket.IO: to connections of this process, and hints beyond it."""

    def __init__(self, outbox: Outbox, hints: Hints) -> None:
        self._outbox = outbox
        self._hints = hints

    def to_connections(self, connections: Sequence[str], message: RoomMessage) -> None:
        """See RoomOutput."""
        event, body = room_event(message)
        self._outbox.send(connections, event, body)

    def queue_changed(self, practitioner_id: PractitionerId) -> None:
        """See RoomOutput."""
        self._hints.queue_changed(practitioner_id)

    def waiting_changed(self, practitioner_id: PractitionerId) -> None:
        """See RoomOutput."""
        self._hints.waiting_changed(practitioner_id)


class LiveEdge:
    """Rooms and their wire. `start` before the server listens, `stop` before it closes its connections."""

    def __init__(
        self,
        server: socketio.AsyncServer,
        namespace: VisitNamespace,
        appender: Appender,
        registry: Registry,
        hints: Hints,
        dismissals: Dismissals,
        connections: Connections,
        drain_s: float,
    ) -> None:
        self.registry = registry
        self.connections = connections
        self.hints = hints
        self.dismissals = dismissals
        self._server = server
        self._namespace = namespace
        self._appender = appender
        self._drain_s = drain_s
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work. Returns at once."""
        listen(self._server)
        self._task = asyncio.create_task(self._run(), name="live edge")
        self._task.add_done_callback(_log_crash)
        # One turn of the loop, so that everything runs before anybody connects.
        await asyncio.sleep(0)

    async def ended(self) -> None:
        """Return when the live edge has ended by a fault, which is in the log: nobody is served any more."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """Take nothing new, answer what is under way, close the rooms and all connections.

        Nobody is recorded as having left: clients come back, to this server or to another.
        """
        if self._task is None:
            return
        self._namespace.stop()
        try:
            async with asyncio.timeout(self._drain_s):
                await self._appender.drain()
                self.registry.close()
                await self._namespace.quiet.wait()
        except TimeoutError:
            _log.warning("stopped before everything was answered", rooms=len(self.registry))
        await self.dismissals.close_all()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None
        await shut_down(self._server)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._appender.run(), name="appender")
            tasks.create_task(self.registry.run(), name="rooms")
            tasks.create_task(self.hints.run(), name="hints")
            tasks.create_task(self.dismissals.run(), name="dismissals")
            tasks.create_task(self.dismissals.watch(), name="session watch")


def attach(
    app: web.Application,
    *,
    work: UnitOfWork,
    throttle: Throttle,
    turn: TurnSettings,
    time_zone: str,
    random: Random,
    record_work: UnitOfWork | None = None,
    public_url: str | None = None,
    trusted_proxies: Iterable[str] = (),
    redis_url: str | None = None,
    settings: LiveSettings | None = None,
    switchboard: Switchboard | None = None,
    timers: Timers | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> LiveEdge:
    """Add the live edge at /socket.io/ of `app`; the caller starts and stops what is returned.

    `record_work` is for what rooms keep: with database connections of its own, no flood of anything else
    holds it up. Unless given it is `work`. `trusted_proxies` are addresses or networks whose
    X-Forwarded-For is believed. `public_url` is the origin under which browsers know us, when it is not the
    Host they send. With `redis_url` hints reach the pages of other processes; without it there is only this
    one. `switchboard` says which calls may go p2p, and has the relay. `time_zone` (IANA) says when the
    hospital's day begins.
    """
    chosen = settings or LiveSettings()
    logger = _quiet_logger()
    server = socketio.AsyncServer(
        async_mode="aiohttp",
        client_manager=_manager(redis_url, logger),
        serializer=VisitPacket,
        namespaces=[NAMESPACE],
        # The namespace checks the Origin itself and says so with a code of ours.
        cors_allowed_origins=[],
        max_http_buffer_size=FRAME_BYTES_MAX,
        ping_interval=chosen.ping_interval_s,
        ping_timeout=chosen.ping_timeout_s,
        logger=logger,
        engineio_logger=logger,
    )
    connections = Connections()
    hints = Hints(server)
    outbox = Outbox(server, lambda sid: dismissals.slow(sid))
    appender = Appender(record_work or work, lanes=chosen.lanes)
    registry = Registry(
        work,
        appender,
        SocketOutput(outbox, hints),
        timers or LoopTimers(),
        chosen.timings,
        random,
        switchboard,
    )
    desk = Desk(server, work, registry, connections, turn, ZoneInfo(time_zone))
    proxies = networks(trusted_proxies)
    namespace = VisitNamespace(
        desk,
        hints,
        throttle,
        chosen.limits,
        public_url,
        proxies,
        monotonic,
        lambda sid: dismissals.flooding(sid),
    )
    dismissals = Dismissals(server, outbox, connections, work, chosen.session_check_s, namespace.lost)
    work.session_endings.subscribe(dismissals.sessions_ended)
    server.register_namespace(namespace)
    server.attach(app)
    return LiveEdge(
        server, namespace, appender, registry, hints, dismissals, connections, chosen.timings.drain_s
    )


def _manager(redis_url: str | None, logger: logging.Logger) -> socketio.AsyncManager:
    if redis_url is None:
        return socketio.AsyncManager()
    return socketio.AsyncRedisManager(redis_url, channel=REDIS_CHANNEL, logger=logger)


def _quiet_logger() -> logging.Logger:
    """Return a logger that never shows frames: below ERROR the libraries log what people write."""
    logger = logging.getLogger("televisit.socketio")
    logger.setLevel(logging.ERROR)
    return logger


def _log_crash(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.critical("the live edge has ended", exc_info=task.exception())
