"""The plain classes of media/, with their numbers in memory that the native loop shares.

Each does what its parent does, by its parent's code; only where a number lies is another matter. So there is
one owner of every number, and Python may take over at any packet. None of it adds a rule.
"""

from operator import attrgetter
from typing import Any

from media.incoming import IncomingStream, IncomingTrack
from media.keyframe import Vp8Numbers
from media.nack_generator import NackGenerator
from media.packet_cache import Kept, PacketCache
from media.path import PortCounters, TransportCounters
from media.receiver_report import Reception
from media.rewriter import Rewriter
from media.rtp import Octets
from media.speaker import Voice
from media.srtp import SrtpCounters
from media.token_bucket import TokenBucket


def cell(name: str) -> Any:
    """Return a property that is the member `name` of the shared memory `_c`."""

    def put(self: Any, value: Any) -> None:
        setattr(self._c, name, value)

    return property(attrgetter(f"_c.{name}"), put)


def flag(name: str) -> Any:
    """As `cell`, for True and False."""

    def get(self: Any) -> bool:
        return bool(getattr(self._c, name))

    def put(self: Any, value: bool) -> None:
        setattr(self._c, name, value)

    return property(get, put)


class NativeBucket(TokenBucket):
    """`memory`: struct rl_bucket."""

    __slots__ = ("_c",)
    rate, burst, _tokens, _at = cell("rate"), cell("burst"), cell("tokens"), cell("at")

    def __init__(self, memory: Any, rate: float, burst: float, now: float) -> None:
        self._c = memory
        super().__init__(rate, burst, now)

    @property
    def memory(self) -> Any:
        """What is shared."""
        return self._c


class NativePortCounters(PortCounters):
    """`memory`: struct rl_counters. `fast`: packets that never came to Python."""

    __slots__ = ("_c",)
    oversized, receive_errors = cell("oversized"), cell("receive_errors")
    send_full, send_errors, fast = cell("send_full"), cell("send_errors"), cell("fast")

    def __init__(self, memory: Any) -> None:
        self._c = memory
        super().__init__()


class NativeTransportCounters(TransportCounters):
    """`memory`: struct rl_transport."""

    __slots__ = ("_c",)
    packets_in, bytes_in, packets_out = cell("packets_in"), cell("bytes_in"), cell("packets_out")
    bytes_out, throttled, early = cell("bytes_out"), cell("throttled"), cell("early")
    unknown, unsent = cell("unknown"), cell("unsent")

    def __init__(self, memory: Any) -> None:
        self._c = memory
        super().__init__()


class NativeSrtpCounters(SrtpCounters):
    """`memory`: struct rl_transport."""

    __slots__ = ("_c",)
    auth_failures, replayed = cell("auth_failures"), cell("replayed")
    refused, too_many_ssrc = cell("refused"), cell("too_many_ssrc")

    def __init__(self, memory: Any, before: SrtpCounters) -> None:
        self._c = memory
        super().__init__(before.auth_failures, before.replayed, before.refused, before.too_many_ssrc)


class NativeVoice(Voice):
    """`memory`: struct rl_transport."""

    __slots__ = ("_c",)
    loudness, heard_ns = cell("loudness"), cell("voice_ns")

    def __init__(self, memory: Any) -> None:
        self._c = memory
        super().__init__()


class NativeReception(Reception):
    """`memory`: struct rl_stream."""

    __slots__ = ("_c",)
    clock_rate, received, octets = cell("clock_rate"), cell("received"), cell("octets")
    _highest, _start, _timestamp = cell("highest"), cell("start"), cell("timestamp")
    _transit_ns, jitter_ns = cell("transit_ns"), cell("jitter_ns")

    def __init__(self, memory: Any, clock_rate: int) -> None:
        self._c = memory
        super().__init__(clock_rate)


class NativeNacks(NackGenerator):
    """`memory`: struct rl_stream."""

    __slots__ = ("_c",)
    _highest = cell("nack_highest")

    def __init__(self, memory: Any) -> None:
        self._c = memory
        super().__init__()


class NativeRewriter(Rewriter):
    """`memory`: struct rl_route."""

    __slots__ = ("_c",)
    _highest, _next, _sent_ns = cell("highest"), cell("next"), cell("sent_ns")
    sequence_offset, timestamp_offset = cell("sequence_offset"), cell("timestamp_offset")
    last_timestamp = cell("last_timestamp")

    def __init__(self, memory: Any, sequence: int, timestamp: int, clock_rate: int) -> None:
        self._c = memory
        super().__init__(sequence, timestamp, clock_rate)


class NativeVp8Numbers(Vp8Numbers):
    """`memory`: struct rl_route."""

    __slots__ = ("_c",)
    _picture_offset, _key_offset = cell("picture_offset"), cell("key_offset")
    _last_picture, _last_key = cell("last_picture"), cell("last_key")

    def __init__(self, memory: Any) -> None:
        self._c = memory
        super().__init__()
        memory.renumbers = 1


class NativeCache(PacketCache):
    """`memory`: struct rl_route. It keeps the packets themselves, as they were sent."""

    __slots__ = ("_c", "_ffi", "_packets")
    _newest = cell("newest")

    def __init__(self, memory: Any, ffi: Any, slots: int, burst_octets: int) -> None:
        self._c = memory
        self._ffi = ffi
        super().__init__(slots, burst_octets)

    def store(self, kept: Kept) -> None:
        """Keep one packet as it was sent; the one a ring's length before it goes."""
        sequence, timestamp, second, payload, head = kept
        size = len(payload)
        slot = self._packets[sequence & self._mask]
        if size > len(slot.payload):
            slot.used = 0
            return
        slot.sequence, slot.timestamp, slot.second = sequence, timestamp, second
        slot.length, slot.used = size, 1
        room = self._ffi.buffer(slot.payload)
        room[:size] = payload
        room[: len(head)] = head
        self._newest = sequence

    def _make_ring(self, slots: int) -> None:
        self._packets = self._ffi.new("struct rl_kept[]", slots)
        self._c.ring = self._packets
        self._c.mask = slots - 1

    def _at(self, sequence: int) -> Kept | None:
        slot = self._packets[sequence & self._mask]
        if not slot.used:
            return None
        payload: Octets = bytes(self._ffi.buffer(slot.payload, slot.length))
        return slot.sequence, slot.timestamp, slot.second, payload, b""


class NativeStream(IncomingStream):
    """`memory`: struct rl_stream, whose `id` no other stream of the process has."""

    __slots__ = ("_c",)
    ssrc, heard_ns, wanted = cell("ssrc"), cell("heard_ns"), flag("wanted")

    def __init__(
        self, memory: Any, track: IncomingTrack, layer: int, ssrc: int, rtx_ssrc: int, now_ns: int
    ) -> None:
        self._c = memory
        memory.video = track.video
        if not track.video and isinstance(track.allowance, NativeBucket):
            # The track, which holds it, lives as long as this.
            memory.allowance = track.allowance.memory
        for codec in track.spec.codecs:
            if 0 <= codec.payload_type < 128:
                memory.types[codec.payload_type] = 2 if codec.name == "vp8" else 1
        super().__init__(track, layer, ssrc, rtx_ssrc, now_ns)

    @property
    def memory(self) -> Any:
        """What is shared."""
        return self._c

    def _make_nacks(self) -> NackGenerator:
        return NativeNacks(self._c)

    def _make_reception(self) -> Reception:
        return NativeReception(self._c, self.track.clock_rate)
