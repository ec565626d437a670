"""ICE-TCP, the passive side (RFC 6544): connections that carry framed datagrams for those whose network drops
UDP.

A connection is a path like a UDP address: what comes is handed up datagram by datagram. Every connection must
prove itself by a check within `PROVE_S`, and again when its consent ended; numbers, read sizes and write
buffers are bounded. A client that does not read loses media, and nobody waits for it.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from domain.client_address import one_client
from media.rfc4571 import FrameTooLong, framed, frames
from media.srtp import DATAGRAM_MAX
from media.token_bucket import TokenBucket

CONNECTIONS_MAX = 1024
# A whole clinic may stand behind one address.
PER_HOST_MAX = 128
UNPROVEN_MAX = 128
# Whoever opens connections and proves none must not keep all others out.
UNPROVEN_PER_HOST_MAX = 32
PROVE_S = 10.0
# Frames that a connection may send before it is proven: a browser's first is its check.
UNPROVEN_FRAMES_MAX = 32
# A read holds thousands of frames of one byte. A check takes as long to judge as so many packets.
FRAMES_PER_S = 10_000
CHECK_COST = 50
# What is read at once, which bounds how long one connection keeps the loop: some eight packets.
READ_MAX = 8192
# A second of video at 1 Mbit/s; what waits longer than that is of no use to a call.
WRITE_MAX = 128 << 10


@dataclass(slots=True)
class TcpCounters:
    """What was refused or dropped."""

    refused: int = 0
    ended_unproven: int = 0
    bad_frames: int = 0
    dropped_out: int = 0
    throttled: int = 0


class TcpConnection(asyncio.BufferedProtocol):
    """One client's connection; as a `Path` it sends datagrams in frames. Its own identity is its address."""

    def __init__(self, table: "TcpConnections") -> None:
        self.host = ""
        self.port = 0
        # What all addresses of this client have in common.
        self.client = ""
        self.proven_at: float | None = None
        self.opened_at = 0.0
        self.frames_unproven = 0
        self._frames = TokenBucket(FRAMES_PER_S, FRAMES_PER_S, table.clock())
        self._table = table
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray(READ_MAX)
        self._view = memoryview(self._buffer)
        self._end = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection in, or end it when there are too many."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # Streams alone come to a server's protocol.
        self._transport = transport
        name = transport.get_extra_info("peername")
        if not name or not self._table.admit(self, name[0].partition("%")[0], name[1]):
            transport.abort()
            return
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Only a figure for pause_writing, which nobody needs here; what bounds the buffer is `send`.
        transport.set_write_buffer_limits(high=WRITE_MAX)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return the room behind what is not a whole frame yet; there always is some."""
        return self._view[self._end :]

    def buffer_updated(self, nbytes: int) -> None:
        """Hand up the frames that are whole."""
        self._end += nbytes
        try:
            whole, rest = frames(self._buffer, self._end, DATAGRAM_MAX)
        except FrameTooLong:
            self._table.counters.bad_frames += 1
            self.abort()
            return
        now = self._table.clock()
        for start, stop in whole:
            if self.proven_at is None:
                self.frames_unproven += 1
                if self.frames_unproven > UNPROVEN_FRAMES_MAX:
                    self._table.counters.ended_unproven += 1
                    self.abort()
                    return
            if self._transport is None:
                return
            if not self._frames.take(CHECK_COST if self._buffer[start] < 4 else 1, now):
                self._table.counters.throttled += 1
                continue
            self._table.deliver(self._view[start:stop], self)
        if rest:
            # Less than one frame is left, so that this copies little.
            self._buffer[: self._end - rest] = self._buffer[rest : self._end]
            self._end -= rest

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._transport = None
        self._table.gone(self)

    def send(self, datagram: bytes | memoryview) -> bool:
        """Send a datagram as a frame, or drop it when the client has not read what went before."""
        transport = self._transport
        if (
            transport is None
            or transport.is_closing()
            or transport.get_write_buffer_size() + len(datagram) + 2 > WRITE_MAX
        ):
            self._table.counters.dropped_out += 1
            return False
        transport.write(framed(datagram))
        return True

    @property
    def waiting(self) -> int:
        """Bytes that the client has not taken yet, without what the kernel holds."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def abort(self) -> None:
        """End the connection at once, whatever still waits to be written."""
        if self._transport is not None:
            self._transport.abort()
            self._transport = None


class TcpConnections:
    """Every connection of a port. `deliver` gets each datagram as a view that is valid until it returns."""

    def __init__(
        self,
        clock: Callable[[], float],
        deliver: Callable[[memoryview, TcpConnection], None],
        gone: Callable[[TcpConnection], None],
    ) -> None:
        self.counters = TcpCounters()
        self.deliver = deliver
        self.clock = clock
        self._gone = gone
        self._open: set[TcpConnection] = set()
        self._hosts: Counter[str] = Counter()
        # The oldest first.
        self._unproven: dict[TcpConnection, None] = {}
        self._unproven_hosts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: TcpConnection, host: str, port: int) -> bool:
        """Count a new connection in, or say that there are too many.

        Of too many that prove nothing the oldest makes room: a browser proves its own within a round trip.
        """
        client = one_client(host)
        if (
            len(self._open) >= CONNECTIONS_MAX
            or self._hosts[client] >= PER_HOST_MAX
            or self._unproven_hosts[client] >= UNPROVEN_PER_HOST_MAX
        ):
            self.counters.refused += 1
            return False
        if len(self._unproven) >= UNPROVEN_MAX:
            self.counters.ended_unproven += 1
            oldest = next(iter(self._unproven))
            oldest.abort()
            self.gone(oldest)
        connection.host, connection.port, connection.opened_at = host, port, self.clock()
        connection.client = client
        self._open.add(connection)
        self._hosts[client] += 1
        self._unproven[connection] = None
        self._unproven_hosts[client] += 1
        return True

    def proven(self, connection: TcpConnection, now: float) -> None:
        """Note that a check came on the connection and was good."""
        if connection.proven_at is None:
            self._count_proven(connection)
        connection.proven_at = now

    def gone(self, connection: TcpConnection) -> None:
        """Count a connection out, once."""
        if connection not in self._open:
            return
        self._open.discard(connection)
        _count_out(self._hosts, connection.client)
        self._count_proven(connection)
        self._gone(connection)

    def _count_proven(self, connection: TcpConnection) -> None:
        if connection in self._unproven:
            del self._unproven[connection]
            _count_out(self._unproven_hosts, connection.client)

    def sweep(self, now: float, routed: Callable[[TcpConnection], bool]) -> None:
        """End the connections that lead to nobody and had their time to."""
        for connection in list(self._open):
            since = connection.opened_at if connection.proven_at is None else connection.proven_at
            if now - since > PROVE_S and not routed(connection):
                self.counters.ended_unproven += 1
                connection.abort()

    def waiting(self) -> list[int]:
        """Return the bytes that wait in each connection's write buffer."""
        return [connection.waiting for connection in self._open]

    def close(self) -> None:
        """End every connection."""
        for connection in list(self._open):
            connection.abort()
            self.gone(connection)


def _count_out(counter: Counter[str], client: str) -> None:
    counter[client] -= 1
    if not counter[client]:
        del counter[client]
