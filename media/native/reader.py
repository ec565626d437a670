"""Reads the port's UDP sockets by the native loop, and does what that leaves to Python."""

import secrets
import socket
import time
from collections.abc import Callable
from typing import Any

import structlog

from media.ice_lite import Address
from media.lane import Lane
from media.listening import Loop
from media.native.cells import NativePortCounters
from media.native.lane import NativeLane, shared_address
from media.native.library import Library, NoNativeLoop, load
from media.path import PortCounters, UdpAddress, UdpPath
from media.reader import Check, PlainReader, Reader
from media.srtp import PacketBuffer, native_functions
from media.transport import RelayTransport

_log = structlog.get_logger(__name__)


class _Routes(dict[Address, RelayTransport]):
    """Whose the datagrams of an address are. `known` has those of UDP, by the address as the loop has it."""

    def __init__(self, library: Library, engine: Any) -> None:
        super().__init__()
        self.known: dict[bytes, RelayTransport] = {}
        self._library = library
        self._engine = engine
        # The loop points to the memory of these.
        self._lanes: dict[bytes, Lane] = {}

    def __setitem__(self, address: Address, owner: RelayTransport) -> None:
        super().__setitem__(address, owner)
        if isinstance(address, tuple):
            shared = shared_address(self._library, address)
            key = bytes(self._library.ffi.buffer(shared))
            self.known[key] = owner
            lane = owner.lane
            if isinstance(lane, NativeLane) and self._library.lib.rl_learn(self._engine, shared, lane.memory):
                self._lanes[key] = lane

    def __delitem__(self, address: Address) -> None:
        super().__delitem__(address)
        if isinstance(address, tuple):
            shared = shared_address(self._library, address)
            key = bytes(self._library.ffi.buffer(shared))
            del self.known[key]
            self._library.lib.rl_forget(self._engine, shared)
            self._lanes.pop(key, None)


class NativeReader:
    """The native loop. Its batches are read into buffers that Python has, too."""

    name = "native"

    def __init__(self, library: Library, check: Check, fault: Callable[[], None]) -> None:
        ffi, lib = library.ffi, library.lib
        self._library = library
        self._check = check
        self._fault = fault
        self._buffers = [PacketBuffer() for _ in range(lib.RL_BATCH)]
        self._pinned = [ffi.from_buffer("uint8_t[]", one.array) for one in self._buffers]
        self._memory = ffi.new("struct rl_counters *")
        self._event = ffi.new("struct rl_event *")
        self._sender = ffi.addressof(self._event, "sender")
        self._counters = NativePortCounters(self._memory)
        functions = ffi.new("void *[]", [ffi.cast("void *", one) for one in native_functions()])
        slots = ffi.new("uint8_t *[]", self._pinned)
        engine = lib.rl_open(functions, slots, self._memory, secrets.randbits(64))
        if engine == ffi.NULL:
            raise MemoryError
        self._engine = ffi.gc(engine, lib.rl_close)
        self._routes = _Routes(library, self._engine)
        self.routes: dict[Address, RelayTransport] = self._routes

    def lane(self) -> Lane:
        """Return a lane for a new connection."""
        return NativeLane(self._library)

    def counters(self) -> PortCounters:
        """Return what the port counts."""
        return self._counters

    def read(self, udp: socket.socket, now: float) -> int:
        """Deal with at most one batch of datagrams that wait and return how many there were."""
        lib, engine, event = self._library.lib, self._engine, self._event
        # The kernel stamps with the time of day, which may be set back; ours is the monotonic clock.
        count: int = lib.rl_fill(engine, udp.fileno(), time.monotonic_ns() - time.time_ns())
        if count <= 0:
            return -count
        now_ns = int(now * 1_000_000_000)
        while what := lib.rl_next(engine, event, now, now_ns):
            try:
                self._take(udp, self._buffers[event.slot], what, now)
            except Exception:
                self._fault()
        return count

    def _take(self, udp: socket.socket, buffer: PacketBuffer, what: int, now: float) -> None:
        event, lib = self._event, self._library.lib
        length: int = event.length
        if buffer.array[0] < 4:
            address = self._address()
            self._check(buffer, length, address, address[0], UdpPath(udp, address, self._counters))
            return
        transport = self._routes.known.get(bytes(self._library.ffi.buffer(self._sender)))
        if transport is None:
            self._counters.unrouted += 1
        elif what == lib.RL_REPORTS:
            transport.take_rtcp(buffer, length, event.arrival_ns)
        elif what == lib.RL_PACKET:
            transport.take_rtp(buffer, length, event.arrival_ns)
        else:
            transport.receive(buffer, length, event.arrival_ns, now)

    def _address(self) -> UdpAddress:
        told = self._event.sender
        host = bytes(self._library.ffi.buffer(told.host))
        port = socket.ntohs(told.port)
        if told.family == socket.AF_INET:
            return socket.inet_ntop(socket.AF_INET, host[:4]), port
        return socket.inet_ntop(socket.AF_INET6, host), port, 0, told.scope


def native_library(loop: Loop) -> Library | None:
    """Return what the native loop needs, None where the plain one runs; the first time it may be compiled.

    `native` is NoNativeLoop where it cannot be had; `auto` then logs why, and does without.
    """
    if loop == "python":
        return None
    try:
        return load()
    except NoNativeLoop as missing:
        if loop == "native":
            raise
        _log.warning("relay.native_loop_missing", why=str(missing))
        return None


def make_reader(library: Library | None, check: Check, fault: Callable[[], None]) -> Reader:
    """Return the native loop by this library, or the plain one without."""
    return PlainReader(check, fault) if library is None else NativeReader(library, check, fault)
