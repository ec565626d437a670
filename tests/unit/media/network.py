"""A network in one thread and in no time: links with delay, loss and a bottleneck, a plane in their middle.

All is decided by a seed. Times are nanoseconds from the beginning. Arrival times at the plane are those of a
kernel: a plane that is stalled gets its packets late, but is told when they really came.
"""

import heapq
import random
from collections.abc import Callable

from media.plane import Plane
from media.track import Extensions
from tests.unit.media.browser import Browser

MS = 1_000_000
SECOND = 1_000_000_000
EXTENSIONS = Extensions(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)
_OVERHEAD = 28 + 16
# The kernel's clock has nothing to do with the loop's.
KERNEL_EPOCH_NS = 1_700_000_000 * SECOND


class Link:
    """One direction of a path. `rate_bps` None: no bottleneck; the queue before one holds `queue_ns`.

    A bottleneck that had nothing to do lets `burst` octets through at any speed, as token buckets do.
    """

    def __init__(self, chance: random.Random, delay_ns: int = 20 * MS) -> None:
        self.chance = chance
        self.delay_ns = delay_ns
        self.loss = 0.0
        self.rate_bps: int | None = None
        self.queue_ns = 200 * MS
        self.burst = 0
        self.dropped = self.carried = 0
        self.octets = 0
        self._free_ns = 0

    def carry(self, size: int, now_ns: int) -> int | None:
        """Return when the packet arrives, or None when it is lost."""
        if self.loss and self.chance.random() < self.loss:
            self.dropped += 1
            return None
        leaves_ns = now_ns
        if self.rate_bps is not None:
            begins_ns = max(now_ns - self.burst * 8 * SECOND // self.rate_bps, self._free_ns)
            if begins_ns - now_ns > self.queue_ns:
                self.dropped += 1
                return None
            self._free_ns = begins_ns + (size + _OVERHEAD) * 8 * SECOND // self.rate_bps
            leaves_ns = max(now_ns, self._free_ns)
        self.carried += 1
        self.octets += size
        return leaves_ns + self.delay_ns


class _Wire:
    """The plane's transport to one browser."""

    def __init__(self, network: "Network", browser: Browser) -> None:
        self._network = network
        self._browser = browser

    def send_rtp(self, buffer: bytearray, length: int) -> None:
        packet = bytes(buffer[:length])
        self._network.towards(self._browser, packet, self._browser.receive_rtp)
        # What encryption in place would do: nobody may lean on the buffer afterwards.
        buffer[:length] = b"\xff" * length

    def send_rtcp(self, packet: bytes) -> None:
        self._network.towards(self._browser, packet, self._browser.receive_rtcp)


class Network:
    """Browsers round one plane. Everything happens in `run`."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.now_ns = 0
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0
        self.plane = Plane(epoch_ns=KERNEL_EPOCH_NS, random_bits=self.chance.getrandbits, observer=self)
        self.layers: list[tuple[int, str, str, int]] = []
        self.requests: list[tuple[int, str, int]] = []
        self.up: dict[str, Link] = {}
        self.down: dict[str, Link] = {}
        self._stalled_until_ns = 0
        self._waiting: list[Callable[[], None]] = []
        self._buffer = bytearray(2048)
        self._tick()

    def layer_changed(self, subscriber: str, track: str, layer: int) -> None:
        self.layers.append((self.now_ns, subscriber, track, layer))

    def keyframe_requested(self, publisher: str, ssrc: int) -> None:
        self.requests.append((self.now_ns, publisher, ssrc))

    def at(self, when_ns: int, action: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._events, (when_ns, self._count, action))

    def after(self, delay_ns: int, action: Callable[[], None]) -> None:
        self.at(self.now_ns + delay_ns, action)

    def join(self, browser: Browser) -> None:
        self.up[browser.name] = Link(self.chance)
        self.down[browser.name] = Link(self.chance)
        self.plane.add_transport(browser.name, _Wire(self, browser), EXTENSIONS, now_ns=self.now_ns)
        browser.begin(self)

    def to_plane(self, browser: Browser, packet: bytes, rtcp: bool) -> None:
        arrival_ns = self.up[browser.name].carry(len(packet), self.now_ns)
        if arrival_ns is not None:
            self.at(arrival_ns, lambda: self._arrive(browser.name, packet, rtcp, arrival_ns))

    def towards(self, browser: Browser, packet: bytes, receive: Callable[[bytes, int], None]) -> None:
        arrival_ns = self.down[browser.name].carry(len(packet), self.now_ns)
        if arrival_ns is not None:
            self.at(arrival_ns, lambda: receive(packet, arrival_ns))

    def stall(self, length_ns: int) -> None:
        """Let the plane do nothing for so long, from now on; the kernel goes on noting arrivals."""
        self._stalled_until_ns = self.now_ns + length_ns

    def _arrive(self, name: str, packet: bytes, rtcp: bool, arrival_ns: int) -> None:
        if self.now_ns < self._stalled_until_ns:
            self.at(self._stalled_until_ns, lambda: self._arrive(name, packet, rtcp, arrival_ns))
            return
        self._buffer[: len(packet)] = packet
        if rtcp:
            self.plane.receive_rtcp(name, self._buffer, len(packet), self.now_ns)
        else:
            self.plane.receive_rtp(name, self._buffer, len(packet), KERNEL_EPOCH_NS + arrival_ns, self.now_ns)

    def _tick(self) -> None:
        if self.now_ns >= self._stalled_until_ns:
            self.plane.tick(self.now_ns)
        self.after(10 * MS, self._tick)

    def run(self, length_ns: int) -> None:
        """Let so much time pass."""
        until_ns = self.now_ns + length_ns
        while self._events and self._events[0][0] <= until_ns:
            self.now_ns, _, action = heapq.heappop(self._events)
            action()
        self.now_ns = until_ns
