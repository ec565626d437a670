"""The same packets through the native loop and through plain Python: the same go out and are counted."""

import random
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from media.native.lane import NativeLane
from media.native.library import load
from media.path import PortCounters, UdpPath
from media.rtcp import KeyframeRequest, Nack
from media.srtp import PacketBuffer
from media.track import RouteSpec, TrackSpec
from tests.unit.media.call import LAYERS, VP8, Call
from tests.unit.media.packets import elements, rtp, vp8

NAMES = ("doctor", "patient", "guest")


class NativeCall(Call):
    """A call by lanes of the native loop; nothing is encrypted, what it sends is read from sockets."""

    def __init__(self, video: TrackSpec, stack: ExitStack) -> None:
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
        super().__init__(video)

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


def events(seed: int, layers: int) -> Iterator[tuple[object, ...]]:
    """A publisher on a bad path: lost, late, damaged and padded packets; subscribers who complain."""
    chance = random.Random(seed)  # noqa: S311
    waiting: list[bytes] = []
    for number in range(65_300, 65_900):
        for layer in range(layers):
            keyframe = number == 65_300 or chance.random() < 0.02
            payload = vp8(number, number, keyframe=keyframe, begins=True, fill=chance.randrange(1200))
            pairs = [(3, struct.pack("!H", number & 0xFFFF)), (4, b"1"), (10, LAYERS[layer].encode())]
            extension = elements(*(pairs if layers > 1 else pairs[:2]))
            padding = chance.choice((0, 0, 0, 5))
            empty = chance.random() < 0.03
            packet = rtp(
                50 + 2 * layer, number, number * 3000, b"" if empty else payload,
                extension=extension, padding=padding or 9 * empty,
            )  # fmt: skip
            if chance.random() < 0.05:
                waiting.append(packet)
                continue
            if chance.random() < 0.03:
                damaged = bytearray(packet)
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                packet = bytes(damaged[: chance.randrange(12, len(damaged) + 1)])
            yield "send", packet
        voice = elements(
            (3, struct.pack("!H", number & 0xFFFF)), (4, b"0"), (1, bytes((chance.randrange(256),)))
        )
        yield "send", rtp(40, number, number * 960, b"opus", payload_type=111, extension=voice)
        if waiting and chance.random() < 0.3:
            yield "send", waiting.pop(chance.randrange(len(waiting)))
        if chance.random() < 0.2:
            yield "wait", chance.choice((10, 20, 250))
        if chance.random() < 0.1:
            yield (
                "report",
                chance.choice(NAMES[1:]),
                Nack(1, 500, tuple(range(number % 300, number % 300 + 9))),
            )
        if chance.random() < 0.03:
            yield "report", chance.choice(NAMES[1:]), KeyframeRequest(1, 500)
        if chance.random() < 0.02:
            yield "pause", chance.choice(NAMES[1:]), chance.random() < 0.5


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("seed", range(8))
def test_both_loops_send_the_same(seed: int, layers: int) -> None:
    streams = ((50, 51),) if layers == 1 else ()
    video = TrackSpec("face", "1", "video", (VP8,), LAYERS[:layers] if layers > 1 else (), streams)
    with ExitStack() as stack:
        native = NativeCall(video, stack)
        calls = (Call(video), native)
        for call in calls:
            for name in NAMES[1:]:
                call.route("voice", name, RouteSpec(400, mid="a"))
                call.route("face", name, RouteSpec(500, 501, mid="v"))
        for what, *rest in events(seed, layers):
            for call in calls:
                match what:
                    case "send":
                        call.send(rest[0])  # type: ignore[arg-type]
                    case "wait":
                        call.wait(rest[0] * 1_000_000)  # type: ignore[operator]
                    case "report":
                        call.report(rest[0], rest[1])  # type: ignore[arg-type]
                    case "pause":
                        call.plane.pause_route("face", rest[0], rest[1], now_ns=call.now_ns)  # type: ignore[arg-type]
            for name in NAMES:
                plain, other = calls[0].wires[name], native.wires[name]
                assert other.packets == plain.packets
                assert other.rtcp == plain.rtcp
                plain.packets.clear()
                other.packets.clear()
        assert native.fast > 300
        for name in NAMES:
            now_ns = native.now_ns
            assert native.plane.stats(name, now_ns) == calls[0].plane.stats(name, now_ns)
        assert native.speakers.current(now_ns) == calls[0].speakers.current(now_ns)
