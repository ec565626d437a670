"""A call whose packets the native loop forwards where it can, for tests that know nothing of that."""

import socket
from contextlib import ExitStack

from media.native.lane import NativeLane
from media.native.library import load
from media.path import PortCounters, UdpPath
from media.srtp import PacketBuffer
from media.track import Limits, TrackSpec
from tests.unit.media.call import Call

NAMES = ("doctor", "patient", "guest")


class NativeCall(Call):
    """A call by lanes of the native loop; nothing is encrypted, what it sends is read from sockets."""

    def __init__(
        self, stack: ExitStack, video: TrackSpec | None = None, *, limits: Limits | None = None
    ) -> None:
        self.library = load()
        ffi, lib = self.library.ffi, self.library.lib
        self.sockets: dict[str, socket.socket] = {}
        self.lanes = {name: NativeLane(self.library) for name in NAMES}
        out = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        for name, lane in self.lanes.items():
            one = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            one.bind(("127.0.0.1", 0))
            one.setblocking(False)
            self.sockets[name] = one
            lane.choose(UdpPath(out, one.getsockname(), PortCounters()))
            lane.memory.outbound = ffi.cast("void *", 1)
        self.same = ffi.callback("int(void *, void *, int *)", lambda session, packet, length: 0)
        functions = ffi.new("void *[]", [ffi.cast("void *", self.same)] * 3)
        self.buffers = [PacketBuffer() for _ in range(lib.RL_BATCH)]
        self.pinned = [ffi.from_buffer("uint8_t[]", one.array) for one in self.buffers]
        self.counters = ffi.new("struct rl_counters *")
        slots = ffi.new("uint8_t *[]", self.pinned)
        self.engine = ffi.gc(lib.rl_open(functions, slots, self.counters, 1), lib.rl_close)
        self.event = ffi.new("struct rl_event *")
        self.fast = 0
        super().__init__(video, limits=limits)

    def lane(self, name: str) -> NativeLane:
        return self.lanes[name]

    def send(self, data: bytes, name: str = "doctor") -> None:
        lib, buffer = self.library.lib, self.buffers[0]
        buffer.array[: len(data)] = data
        arrival_ns = 10**18 + self.now_ns
        lane = self.lanes[name]
        if lib.rl_take(self.engine, lane.memory, self.pinned[0], len(data), arrival_ns, self.now_ns):
            self.fast += 1
            lib.rl_next(self.engine, self.event, 0, 0)
            self.read()
            return
        self.plane.receive_rtp(name, buffer.array, len(data), arrival_ns, self.now_ns)

    def read(self) -> None:
        for name, one in self.sockets.items():
            while True:
                try:
                    self.wires[name].packets.append(one.recv(4096))
                except BlockingIOError:
                    break
