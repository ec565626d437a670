"""Hostile datagrams at the relay while two people talk through it: they hear and see each other all the time.

A third participant is the hostile one: proven, keyed and in their room. What comes is random, or was really
sent (recorded from browsers, or by this very call) and then damaged, or is a packet of hers that was damaged
before she protected it, so that it reaches the relay's innermost parts. The same comes from strangers.
"""

import asyncio
import os
import random
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pylibsrtp
import pytest

from media.ice_lite import Credentials
from media.listening import Loop
from media.relay_events import RelayLimits
from media.track import Limits
from media.transport import ReceiveLimits, TransportState
from tests.integration.media.damage import damaged, noise, resealed, strange_check
from tests.integration.media.relay_client import check_for, free_udp, looping
from tests.integration.media.talkers import Call, Talker, calling
from tests.waiting import until

# Nothing is cut to a limit here: all of it is to be read.
OPEN_DOORS = RelayLimits(
    publishing=Limits(tracks=4), receiving=ReceiveLimits(packets_per_s=1e9, bits_per_s=1e12)
)
# The one that the long run is for.
LOOP: Loop = "python" if os.environ.get("RELAY_LOOP") == "python" else "native"
CORPUS = sorted((Path(__file__).parents[2] / "unit" / "media" / "fixtures" / "datagrams").glob("*.bin"))
GROWTH_MAX = 6 << 20
HEARD_MIN = 0.99
SPEECH_EVERY = 200
TURNS = 30
CONSENT_EVERY_S = 8.0


def from_outside(eve: Talker, chance: random.Random, *, knows: bool) -> Iterator[bytes]:
    """Without end: noise, and damaged datagrams of the corpus and of the call. `knows`: has the password."""
    recorded = [path.read_bytes() for path in CORPUS]
    credentials = eve.credentials if knows else Credentials(eve.credentials.ufrag, "x" * 24)
    while True:
        kind = chance.randrange(4)
        if kind == 0:
            yield noise(chance)
        elif kind == 1:
            yield damaged(chance.choice(recorded), chance)
        elif kind == 2:
            # Checks that prove themselves, DTLS, SRTP and SRTCP, as they went a moment ago.
            yield damaged(eve.sent[chance.randrange(len(eve.sent))], chance)
        elif chance.random() < 0.1:
            yield strange_check(credentials, chance)
        else:
            yield resealed(damaged(check_for(credentials), chance))


def from_within(eve: Talker, chance: random.Random) -> Iterator[bytes]:
    """Without end: her packets and reports, damaged and then protected with her own keys."""
    keys = eve.dtls._tx_srtp
    sources = [sum(b"eve"), sum(b"eve") + 1, *range(5000, 5012)]
    while True:
        if chance.random() < 0.5:
            changed = bytearray(damaged(chance.choice(eve.speech()), chance)).ljust(12, b"\0")
            # In order, also with what she says in between, and of few sources: what SRTP itself would drop
            # tries nothing of what is behind it.
            changed[0] |= 0x80
            changed[2:4] = (eve.said & 0xFFFF).to_bytes(2, "big")
            changed[8:12] = chance.choice(sources).to_bytes(4, "big")
            protect = keys.protect
        else:
            parts = [chance.choice(eve.reports()) for _ in range(chance.randrange(1, 4))]
            changed = bytearray(damaged(b"".join(parts), chance)).ljust(8, b"\0")
            changed[0] = changed[0] & 0x3F | 0x80
            changed[1] = 192 + changed[1] % 32
            changed[4:8] = chance.choice(sources).to_bytes(4, "big")
            protect = keys.protect_rtcp
        try:
            yield protect(bytes(changed))
        except pylibsrtp.Error:
            # The library does not protect what is no packet; the rest of the tries is damaged afterwards.
            continue


class Flood:
    """Sends so many hostile datagrams while the call goes on."""

    def __init__(self, call: Call, stranger: socket.socket, chance: random.Random) -> None:
        self.call = call
        self.eve = call.talkers["eve"]
        raw = self.eve.transport.sendto
        strange = stranger.send, from_outside(self.eve, chance, knows=False)
        proven = raw, from_outside(self.eve, chance, knows=True)
        keyed = raw, from_within(self.eve, chance)
        self.ways: list[tuple[Callable[[bytes], object], Iterator[bytes]]] = [
            strange, proven, strange, proven, keyed,
        ]  # fmt: skip
        self.count = 0
        self.consented = time.monotonic()

    async def send(self, count: int) -> None:
        for _ in range(count):
            send, source = self.ways[self.count % len(self.ways)]
            self.count += 1
            try:
                send(next(source))
            except BlockingIOError:
                await asyncio.sleep(0)
            if self.count % 48 == 0:
                await asyncio.sleep(0)
            if self.count % SPEECH_EVERY == 0:
                await self.go_on()

    async def go_on(self) -> None:
        for talker in self.call.talkers.values():
            talker.talk()
        # In each turn of the loop a client reads one datagram.
        for _ in range(TURNS):
            await asyncio.sleep(0)
        now = time.monotonic()
        if now - self.consented > CONSENT_EVERY_S:
            self.consented = now
            for talker in self.call.talkers.values():
                await talker.consent()


@pytest.mark.parametrize(
    ("loop", "count"),
    [
        ("native", 100_000),
        ("python", 20_000),
        pytest.param(LOOP, 10_000_000, marks=pytest.mark.full, id=f"full-{LOOP}"),
    ],
)
async def test_a_call_outlives_hostile_datagrams_and_memory_stays_flat(loop: Loop, count: int) -> None:
    with looping(loop):
        await outlive(count)


async def outlive(count: int) -> None:
    # A fixed seed: what fails once fails again.
    chance = random.Random(20)  # noqa: S311
    process = psutil.Process()
    async with calling("ann", "ben", "eve", limits=OPEN_DOORS) as call:
        ann, ben, eve = call.talkers.values()
        for talker in (ann, ben, eve):
            talker.talk()
        await until(lambda: heard_all(ann, ben))
        stranger = free_udp()
        stranger.connect(("127.0.0.1", call.relay.port.number))
        try:
            flood = Flood(call, stranger, chance)
            # A tenth first, so that what is allocated once is.
            await flood.send(count // 10)
            before, began = process.memory_info().rss, time.monotonic()
            await flood.send(count - count // 10)
            for talker in (ann, ben, eve):
                await talker.consent()
            took, after = time.monotonic() - began, process.memory_info().rss
        finally:
            stranger.close()
        relay, port = call.relay, call.relay.port
        worst = min(ann.heard[f"ben {one}"] / ben.said for one in ("voice", "picture"))
        worst = min(worst, *(ben.heard[f"ann {one}"] / ann.said for one in ("voice", "picture")))
        print(
            f"{relay.port.loop} loop: {count} hostile datagrams, the last nine tenths in {took:.0f} s; "
            f"memory {before >> 10} KiB, then {after >> 10} KiB; "
            f"of {ann.said + ben.said} times that the two spoke {worst:.2%} were heard and seen"
        )
        assert (relay.faults, port.counters.faults) == (0, 0)
        assert after - before < GROWTH_MAX
        assert worst > HEARD_MIN
        await demand_read(call, count)
        # And it goes on.
        for talker in (ann, ben):
            talker.heard.clear()
        for talker in (ann, ben):
            talker.talk()
        await until(lambda: heard_all(ann, ben))


async def heard_all(ann: Talker, ben: Talker) -> bool:
    return all(ann.heard[f"ben {one}"] and ben.heard[f"ann {one}"] for one in ("voice", "picture"))


async def demand_read(call: Call, count: int) -> None:
    """Show that what was sent was read, and reached every part that reads."""
    port, eve = call.relay.port, call.relay.stats("eve")
    read = port.counters.stun_in + port.counters.unrouted + port.counters.oversized + eve.datagrams.packets_in
    assert read > 0.99 * count
    assert eve.state is TransportState.CONNECTED
    transport = call.relay._members["eve"].transport
    some = count // 1000
    reached = {
        "stun_malformed": port.ice_counters.malformed,
        "stun_unproven": port.ice_counters.unproven,
        "unrouted": port.counters.unrouted,
        "dtls": transport.handshake_dropped,
        "srtp": transport.srtp_counters.auth_failures,
        "replayed": transport.srtp_counters.replayed,
        "malformed": eve.media.malformed,
        "unknown": eve.media.unknown,
    }
    print(reached)
    assert all(number >= some for number in reached.values()), reached
