"""One server of the relay benchmark with its rooms and its load: filled, warmed up, measured."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from bench.relay_leg import PACKETS_PER_S, Leg
from bench.relay_load import Load
from bench.relay_peers import Janus, Ours, Participant, Peer
from bench.report import progress, quantile

Start = Callable[[], AbstractAsyncContextManager[Ours | Janus]]
WARM_UP_S = 3.0
# With less than this the load was what held packets up.
OFFERED_MIN = 0.98
# Rooms that are filled at the same time.
_AT_ONCE = 20


@dataclass(frozen=True)
class Scenario:
    """Rooms with so many senders who see each other and so many watchers who only see."""

    name: str
    senders: int
    watchers: int

    @property
    def streams(self) -> int:
        """How many streams a room's participants get in all: each sender has a voice and a picture."""
        return 2 * self.senders * (self.senders + self.watchers - 1)

    @property
    def packets_per_s(self) -> int:
        """How many packets a second a room's participants should get in all."""
        return self.senders * (self.senders + self.watchers - 1) * PACKETS_PER_S


ONE_TO_ONE = Scenario("1:1", 2, 0)
ONE_TO_FIVE = Scenario("1 to 5", 1, 5)


@dataclass
class Turn:
    """What one turn measured. `lost` is the share of what subscribers should have got of what was sent,
    `offered` how much of what it should the load did send.
    """

    rooms: int
    seconds: float
    cpu_s: float
    load_share: float
    rss_kb: int
    got: int
    offered: float
    lost: float
    missing: int
    repeated: int
    late_ns: list[int] = field(default_factory=list)
    feedback: Counter[str] = field(default_factory=Counter)

    @property
    def us_per_packet(self) -> float:
        """Processor time of the server for each packet that a subscriber got for the first time."""
        return self.cpu_s * 1e6 / self.got if self.got else float("inf")

    @property
    def share(self) -> float:
        """The part of its core that the server used."""
        return self.cpu_s / self.seconds

    @property
    def packets_per_s(self) -> float:
        """Packets that subscribers got."""
        return self.got / self.seconds

    def late_ms(self, q: float) -> float:
        """The q-quantile of the time on the way, in milliseconds."""
        return round(quantile(self.late_ns, q) / 1e6, 2) if self.late_ns else float("inf")


class Hall:
    """A running server with its rooms."""

    def __init__(self, peer: Peer, load: Load, scenario: Scenario) -> None:
        self.peer = peer
        self.rooms = 0
        self.legs: list[Leg] = []
        self._load = load
        self._scenario = scenario

    async def fill(self, rooms: int) -> None:
        """Add rooms until there are so many, several at once: Janus leaves the first word of a handshake
        unanswered, and a client of OpenSSL's says it again after a second.
        """
        while self.rooms < rooms:
            some = range(self.rooms + 1, min(rooms, self.rooms + _AT_ONCE) + 1)
            self.rooms = some[-1]
            for people in await asyncio.gather(*(self._room(number) for number in some)):
                for number, one in enumerate(people):
                    for leg in one.legs:
                        sends = number < self._scenario.senders and leg.sending
                        # Spread evenly, whatever the number of rooms: the golden ratio.
                        phase = len(self.legs) * 0.6180339887
                        self._load.add(leg, len(people) - 1 if sends else 0, phase)
                        self.legs.append(leg)

    async def _room(self, room: int) -> list[Participant]:
        scenario = self._scenario
        people: list[Participant] = []
        for number in range(scenario.senders + scenario.watchers):
            name = f"r{room}p{number}"
            people.append(await self.peer.join(room, name, sends=number < scenario.senders))
        for one in people:
            await self.peer.watch(room, one, [other for other in people if other is not one])
        return people

    async def measure(self, seconds: float, warm_up_s: float = WARM_UP_S) -> Turn:
        """Run the load and measure so many seconds of it."""
        child = self.peer.child
        async with self._load.flowing():
            await asyncio.sleep(warm_up_s)
            self._load.reset()
            began, cpu, own = time.monotonic(), child.cpu_s(), time.process_time()
            await asyncio.sleep(seconds)
            took, cpu, own = time.monotonic() - began, child.cpu_s() - cpu, time.process_time() - own
            counts = self._load.counts(took)
            rss_kb = child.rss_kb()
        expected = self.rooms * self._scenario.streams
        silent = counts.silent + max(0, expected - counts.streams)
        turn = Turn(
            rooms=self.rooms,
            seconds=took,
            cpu_s=cpu,
            load_share=own / took,
            rss_kb=rss_kb,
            got=counts.got,
            offered=counts.owed / (self.rooms * self._scenario.packets_per_s * took),
            lost=max(0.0, 1 - counts.got / counts.owed) if counts.owed else 1.0,
            missing=counts.missing,
            repeated=counts.repeated,
            late_ns=counts.late_ns,
            feedback=counts.feedback,
        )
        lost = f"lost {turn.lost:.3%} ({turn.missing} gaps, {silent} streams silent, {counts.unsent} unsent)"
        if turn.offered < OFFERED_MIN:
            lost += f", the load fell behind: {turn.offered:.0%}"
        progress(
            f"{self._scenario.name} {self.peer.name}, {self.rooms} rooms: "
            f"{turn.us_per_packet:.1f} us a packet, {turn.packets_per_s:.0f}/s, "
            f"server {turn.share:.0%}, load {turn.load_share:.0%}, {lost}, {counts.refused} refused, "
            f"late p50 {turn.late_ms(0.5)} p99 {turn.late_ms(0.99)} ms, {rss_kb / 1024:.0f} MB, {told(turn)}"
        )
        return turn


def told(turn: Turn) -> dict[str, int]:
    """Return the counts of feedback, as the clients saw them; what was repeated answers their NACKs."""
    return {"repeated": turn.repeated, **dict(sorted(turn.feedback.items()))}


@asynccontextmanager
async def hall(start: Start, scenario: Scenario) -> AsyncIterator[Hall]:
    """Run a server with an empty hall; on leaving, everybody says goodbye."""
    async with start() as peer:
        load = Load()
        opened = Hall(peer, load, scenario)
        try:
            yield opened
        finally:
            load.close()
            await asyncio.gather(*(leg.close() for leg in opened.legs), return_exceptions=True)
