"""The relay's one port: reads what comes on it, gives each datagram to the connection it belongs to, keeps
the time.

A datagram is STUN (RFC 7983: first byte 0 to 3) and goes to the ICE agent, or comes from a learned address
and goes to that connection, or is dropped. Which loop reads them is chosen when the port is opened.
"""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import structlog

from media.candidate import Candidate
from media.dtls import Certificate, check_dtls_names
from media.ice_lite import IceAgent, IceCounters
from media.ice_tcp import TcpConnection, TcpConnections, TcpCounters
from media.listening import (
    RECEIVE_BUFFER,
    PortSettings,
    Sockets,
    dropped_by_kernel,
    host_candidates,
    open_sockets,
    receive_room,
)
from media.native.library import Library
from media.native.reader import make_reader, native_library
from media.path import Path, UdpAddress, UdpPath
from media.srtp import PacketBuffer, check_native_names
from media.transport import Listener, ReceiveLimits, RelayTransport

SWEEP_S = 1.0

_log = structlog.get_logger(__name__)


class RelayPort:
    """The port of a process. Made by `open_port`; everything happens on the loop's thread."""

    def __init__(
        self,
        settings: PortSettings,
        sockets: Sockets,
        certificate: Certificate,
        clock: Callable[[], float],
        spawn: Callable[[Coroutine[None, None, None]], "asyncio.Task[None]"],
        library: Library | None,
    ) -> None:
        self.number = sockets.number
        self._reader = make_reader(library, self._check_udp, self._fault)
        self.counters = self._reader.counters()
        self.certificate = certificate
        self.candidates: list[Candidate] = host_candidates(settings, sockets.number)
        self._clock = clock
        self._spawn = spawn
        self._sockets = sockets
        self._routes = self._reader.routes
        self._agent: IceAgent[RelayTransport] = IceAgent(clock(), routes=self._routes)
        self._frame = PacketBuffer()
        self._tcp = TcpConnections(clock, self._take_frame, self._lose_connection)
        self._servers: list[asyncio.Server] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def loop(self) -> str:
        """Which loop reads the datagrams: `native` or `python`."""
        return self._reader.name

    @property
    def ice_counters(self) -> IceCounters:
        """What became of the checks."""
        return self._agent.counters

    @property
    def tcp_counters(self) -> TcpCounters:
        """What became of the TCP connections."""
        return self._tcp.counters

    def kernel_drops(self) -> int:
        """Return how many datagrams came when there was no room left for them to wait in."""
        return sum(dropped_by_kernel(udp) for udp in self._sockets.udp)

    def tcp_waiting(self) -> list[int]:
        """Return how many bytes wait to be read by each TCP client, a figure for the console."""
        return self._tcp.waiting()

    def add_transport(self, listener: Listener, limits: ReceiveLimits | None = None) -> RelayTransport:
        """Return a new connection, for one participant and one RTCPeerConnection, that waits for its first
        check.
        """
        return RelayTransport(
            self._agent,
            self.certificate,
            listener,
            limits or ReceiveLimits(),
            self._clock,
            self._spawn,
            self._reader.lane(),
        )

    def sweep(self, now: float) -> None:
        """Let go of what ran out of time. Called each `SWEEP_S`, with the port's clock."""
        for session in self._agent.expire(now):
            session.owner.lose()
        for session in self._agent.sessions:
            if session.selected is None:
                session.owner.unselect()
        self._tcp.sweep(now, self._routes.__contains__)

    async def start(self) -> None:
        """Begin to read."""
        loop = asyncio.get_running_loop()
        for udp in self._sockets.udp:
            loop.add_reader(udp, self._drain, udp)
        for listener in self._sockets.tcp:
            self._servers.append(await loop.create_server(lambda: TcpConnection(self._tcp), sock=listener))
        self._timer = loop.call_later(SWEEP_S, self._tick)
        room = min(receive_room(udp) for udp in self._sockets.udp)
        _log.info("relay.port_opened", port=self.number, receive_room=room, loop=self.loop)
        if room < RECEIVE_BUFFER:
            # Then a moment in which the loop is held up loses packets: net.core.rmem_max allows no more.
            _log.warning("relay.receive_room_small", wanted=RECEIVE_BUFFER, got=room)

    def stop(self) -> None:
        """Read no more and close every connection; their goodbyes are sent by the tasks that this ends."""
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        for udp in self._sockets.udp:
            loop.remove_reader(udp)
        for server in self._servers:
            server.close()
        for session in list(self._agent.sessions):
            session.owner.close()

    def shut(self) -> None:
        """Close the sockets, after the last goodbye."""
        self._tcp.close()
        self._sockets.close()

    def _tick(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(SWEEP_S, self._tick)
        try:
            self.sweep(self._clock())
        except Exception:
            self._fault()

    def _drain(self, udp: socket.socket) -> None:
        try:
            self._reader.read(udp, self._clock())
        except Exception:
            self._fault()

    def _fault(self) -> None:
        """Count what reached the top of what the loop calls: one packet does not end everybody's calls."""
        self.counters.faults += 1
        # Every fault may be one packet's of thousands a second: the log gets the first, second, fourth,
        # eighth ...
        if self.counters.faults & (self.counters.faults - 1) == 0:
            _log.exception("relay.packet_fault", faults=self.counters.faults)

    def _take_frame(self, view: memoryview, connection: TcpConnection) -> None:
        try:
            length = len(view)
            self._frame.view[:length] = view
            if view[0] < 4:
                self._check(self._frame, length, connection, connection.host, connection.port, connection)
                return
            transport = self._routes.get(connection)
            if transport is None:
                self.counters.unrouted += 1
                return
            transport.receive(self._frame, length, time.monotonic_ns(), self._clock())
        except Exception:
            self._fault()

    def _check_udp(
        self, buffer: PacketBuffer, length: int, address: UdpAddress, host: str, path: UdpPath
    ) -> None:
        self._check(buffer, length, address, host, address[1], path)

    def _check(
        self, buffer: PacketBuffer, length: int, address: object, host: str, port: int, path: Path
    ) -> None:
        self.counters.stun_in += 1
        self.counters.stun_bytes_in += length
        now = self._clock()
        checked = self._agent.handle(buffer.view[:length], address, host, port, now)
        # The answer first: the client's handshake waits for it.
        if checked.answer is not None and path.send(checked.answer):
            self.counters.stun_bytes_out += len(checked.answer)
        if checked.session is not None:
            if isinstance(path, TcpConnection):
                self._tcp.proven(path, now)
            checked.session.owner.checked(path, checked.selected)

    def _lose_connection(self, connection: TcpConnection) -> None:
        owner = self._agent.forget(connection)
        if owner is not None:
            owner.unselect()


@asynccontextmanager
async def open_port(
    settings: PortSettings, certificate: Certificate, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[RelayPort]:
    """Open the port; on leaving, every connection is told goodbye and the sockets are closed.

    `clock` gives seconds that never go back. OSError when a socket cannot be bound; OwnFault when the
    settings name no address for clients or the libraries are not those that this was written against;
    NoNativeLoop when the settings demand the native loop where it cannot be had. Leaving with an error of the
    body gives an ExceptionGroup, as a TaskGroup does.
    """
    check_native_names()
    check_dtls_names()
    settings.addresses()
    # The first time, a compiler may run.
    library = await asyncio.to_thread(native_library, settings.loop)
    sockets = open_sockets(settings)
    port: RelayPort | None = None
    try:
        async with asyncio.TaskGroup() as tasks:
            port = RelayPort(settings, sockets, certificate, clock, tasks.create_task, library)
            try:
                await port.start()
                yield port
            finally:
                port.stop()
    finally:
        if port is not None:
            port.shut()
        sockets.close()
