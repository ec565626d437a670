"""Reads the port's UDP sockets: this is the loop in plain Python, which every platform has.

A reader owns the table of learned addresses, gives each connection its `Lane`, and hands what it does not
deal with itself to the port. The native reader has the same interface.
"""

import socket
import struct
import time
from collections.abc import Callable
from typing import Protocol

from media.ice_lite import Address
from media.lane import Lane
from media.listening import SO_TIMESTAMPNS
from media.path import PortCounters, UdpAddress, UdpPath
from media.srtp import DATAGRAM_MAX, PacketBuffer
from media.transport import RelayTransport

# So many datagrams are read before the event loop has its turn again.
DRAIN_MAX = 64
_TIMESPEC = struct.Struct("@qq")
_ANCILLARY = socket.CMSG_SPACE(_TIMESPEC.size)


class Check(Protocol):
    """Who takes what may be STUN."""

    def __call__(
        self, buffer: PacketBuffer, length: int, address: UdpAddress, host: str, path: UdpPath
    ) -> None:
        """Take a datagram from `address`, whose host without a zone is `host`; `path` leads back to it."""


class Reader(Protocol):
    """One of the loops. `name` is told to operators; `routes` is whose the datagrams of an address are."""

    name: str
    routes: dict[Address, RelayTransport]

    def lane(self) -> Lane:
        """Return a lane for a new connection."""
        ...

    def counters(self) -> PortCounters:
        """Return what the port counts, for the port and this reader."""
        ...

    def read(self, udp: socket.socket, now: float) -> int:
        """Deal with at most DRAIN_MAX datagrams that wait and return how many there were."""
        ...


class PlainReader:
    """The loop in plain Python. All connections share one buffer: a packet is dealt with before the next."""

    name = "python"

    def __init__(self, check: Check, fault: Callable[[], None]) -> None:
        self.routes: dict[Address, RelayTransport] = {}
        self._counters = PortCounters()
        self._check = check
        self._fault = fault
        self._buffer = PacketBuffer()
        self._vectors = [self._buffer.view[: DATAGRAM_MAX + 1]]

    def lane(self) -> Lane:
        """Return a lane for a new connection."""
        return Lane()

    def counters(self) -> PortCounters:
        """Return what the port counts."""
        return self._counters

    def read(self, udp: socket.socket, now: float) -> int:
        """Deal with at most DRAIN_MAX datagrams that wait and return how many there were."""
        # The kernel stamps with the time of day, which may be set back; ours is the monotonic clock.
        monotonic_ns = time.monotonic_ns()
        offset = monotonic_ns - time.time_ns()
        receive, vectors, routes, buffer = udp.recvmsg_into, self._vectors, self.routes, self._buffer
        array, counters = buffer.array, self._counters
        for count in range(DRAIN_MAX):
            try:
                length, ancillary, _flags, address = receive(vectors, _ANCILLARY)
            except BlockingIOError:
                return count
            except OSError:
                counters.receive_errors += 1
                return count + 1
            if not 0 < length <= DATAGRAM_MAX:
                counters.oversized += 1
                continue
            try:
                if array[0] < 4:
                    host = address[0].partition("%")[0]
                    self._check(buffer, length, address, host, UdpPath(udp, address, counters))
                    continue
                transport = routes.get(address)
                if transport is None:
                    counters.unrouted += 1
                    continue
                arrival_ns = monotonic_ns
                if ancillary and ancillary[0][1] == SO_TIMESTAMPNS:
                    seconds, nanoseconds = _TIMESPEC.unpack_from(ancillary[0][2])
                    arrival_ns = seconds * 1_000_000_000 + nanoseconds + offset
                transport.receive(buffer, length, arrival_ns, now)
            except Exception:
                self._fault()
        return DRAIN_MAX
