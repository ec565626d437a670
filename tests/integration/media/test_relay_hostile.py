"""Datagrams of strangers and of a participant who is none: the port outlives them, and repeats nothing
larger.
"""

import asyncio
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.ice_lite import Credentials
from media.transport import ReceiveLimits
from tests.integration.media.relay_client import (
    BOTH,
    Heard,
    UdpClient,
    check_for,
    free_udp,
    join,
    open_relay,
    receiver_report,
    rtp,
    udp_client,
)

pytestmark = pytest.mark.usefixtures("loop")

CORPUS = sorted((Path(__file__).parents[2] / "unit" / "media" / "fixtures" / "datagrams").glob("*.bin"))


def hostile(seeds: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Without end: random bytes, and seeds with bytes changed, cut, repeated and appended."""
    while True:
        kind = chance.randrange(6)
        if kind == 0:
            yield chance.randbytes(chance.randrange(1, 200))
            continue
        if kind == 1:
            # Each of the ranges of RFC 7983, with nothing behind that holds.
            yield bytes(
                (chance.choice((0, 1, 20, 22, 23, 63, 128, 144, 191, 64, 200, 255)),)
            ) + chance.randbytes(chance.randrange(0, 120))
            continue
        changed = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 5)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        if kind == 2:
            del changed[chance.randrange(1, len(changed) + 1) :]
        elif kind == 3:
            changed += chance.randbytes(chance.randrange(1, 64))
        yield bytes(changed)


def seeds_for(client: UdpClient, credentials: Credentials) -> list[bytes]:
    """What was captured, and what this very call sends: the right ufrag, keys and sources."""
    return [
        *(path.read_bytes() for path in CORPUS),
        check_for(credentials),
        check_for(Credentials(credentials.ufrag, "x" * 24)),
        client.dtls._tx_srtp.protect(rtp(1)),
        client.dtls._tx_srtp.protect_rtcp(receiver_report()),
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_strangers_never_get_more_than_they_sent(host: str) -> None:
    chance = random.Random(3)  # noqa: S311
    async with open_relay(BOTH) as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        source = hostile(seeds_for(client, transport.credentials), chance)
        stranger = free_udp(host)
        stranger.connect((host, port.number))
        try:
            for path in CORPUS:
                assert await answered(stranger, path.read_bytes()) <= path.stat().st_size
            for _ in range(400):
                datagram = next(source)
                assert await answered(stranger, datagram) <= len(datagram)
        finally:
            stranger.close()
        assert port.ice_counters.errors_sent > 0


async def answered(stranger: socket.socket, datagram: bytes) -> int:
    """How many bytes come back, once the port had its turns."""
    stranger.send(datagram)
    for _ in range(3):
        await asyncio.sleep(0)
    got = 0
    while True:
        try:
            got += len(stranger.recv(4096))
        except BlockingIOError:
            return got


async def test_one_participants_flood_is_cut_to_its_limit_and_others_hear_each_other() -> None:
    async with open_relay() as port, udp_client(port) as loud, udp_client(port) as quiet:
        (one, one_heard), (two, two_heard) = (
            join(port, ReceiveLimits(packets_per_s=10, burst_s=1)),
            join(port),
        )
        await loud.connect(one, one_heard)
        await quiet.connect(two, two_heard)
        for number in range(200):
            loud.send_rtp(rtp(number))
        quiet.send_rtp(rtp(1))
        async with asyncio.timeout(5):
            assert await two_heard.rtp.get() == rtp(1)
        await loud.check(one.credentials)
        assert one_heard.rtp.qsize() <= 12
        assert one.counters.throttled >= 188
        assert two.counters.throttled == 0


async def test_bytes_are_limited_as_packets_are() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port, ReceiveLimits(bits_per_s=80_000, burst_s=1))
        await client.connect(transport, heard)
        for number in range(30):
            client.send_rtp(rtp(number, bytes(1000)))
        await client.check(transport.credentials)
        assert 5 <= heard.rtp.qsize() <= 11
        assert transport.counters.throttled >= 19


async def test_a_listeners_fault_does_not_stop_the_port() -> None:
    class Faulty(Heard):
        def on_rtp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
            raise RuntimeError("a fault of ours")

    async with open_relay(faults=1) as port, udp_client(port) as client:
        heard = Faulty()
        transport = port.add_transport(heard)
        await client.connect(transport, heard)
        client.send_rtp(rtp(1))
        client.send_rtcp(receiver_report())
        async with asyncio.timeout(5):
            assert await heard.rtcp.get() == receiver_report()


async def test_what_is_longer_than_a_datagram_may_be_is_dropped() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        client.send(b"\x80" + bytes(1600))
        with free_udp() as stranger:
            stranger.sendto(b"", ("127.0.0.1", port.number))
        await client.check(transport.credentials)
        assert port.counters.oversized == 2
