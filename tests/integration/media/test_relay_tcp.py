"""What a TCP connection may do before and after it is proven, and what becomes of it."""

import asyncio

import pytest

from media import ice_tcp
from media.ice_lite import CONSENT_S
from media.ice_tcp import CHECK_COST, FRAMES_PER_S, PROVE_S, UNPROVEN_FRAMES_MAX, WRITE_MAX
from media.rfc4571 import framed
from media.transport import TransportState
from tests.integration.media.relay_client import (
    BOTH,
    TcpClient,
    check_for,
    join,
    open_relay,
    rtp,
    send,
    tcp_client,
    udp_client,
)
from tests.integration.media.test_relay_ice import Clock
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("loop")


async def closed(client: TcpClient) -> None:
    async with asyncio.timeout(5):
        await client.closed.wait()


async def test_a_stream_cut_into_single_bytes_is_understood() -> None:
    async with open_relay() as port, tcp_client(port) as client:
        transport, heard = join(port)
        for byte in framed(check_for(transport.credentials)):
            client.transport.write(bytes((byte,)))
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            assert stun_success(await client.answers.get())
        assert transport.state is TransportState.CHECKING
        assert heard.states == [(TransportState.CHECKING, None)]


def stun_success(message: object) -> bool:
    return getattr(message, "message_class", None) == 0x100


async def test_several_frames_in_one_piece_are_all_taken() -> None:
    async with open_relay() as port, tcp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        packets = [rtp(number, bytes(1000)) for number in range(30)]
        client.transport.write(b"".join(framed(client.dtls._tx_srtp.protect(one)) for one in packets))
        async with asyncio.timeout(5):
            assert [await heard.rtp.get() for _ in packets] == packets


async def test_a_frame_that_no_datagram_could_be_ends_the_connection() -> None:
    async with open_relay() as port, tcp_client(port) as client:
        client.transport.write(b"\xff\xff")
        await closed(client)
        assert port.tcp_counters.bad_frames == 1


async def test_a_stranger_who_only_talks_is_shown_out() -> None:
    async with open_relay() as port, tcp_client(port) as client:
        for _ in range(UNPROVEN_FRAMES_MAX + 1):
            client.send(b"\x80" + bytes(20))
        await closed(client)
        assert port.tcp_counters.ended_unproven == 1
        assert port.counters.unrouted == UNPROVEN_FRAMES_MAX


async def test_frames_beyond_measure_are_dropped_unread() -> None:
    clock = Clock()
    async with open_relay(clock=clock) as port, tcp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        before = port.counters.stun_in
        client.transport.write(framed(b"\0") * FRAMES_PER_S)

        async def all_are_dealt_with() -> bool:
            return port.counters.stun_in + port.tcp_counters.throttled == before + FRAMES_PER_S

        await until(all_are_dealt_with)
        assert port.counters.stun_in - before <= FRAMES_PER_S // CHECK_COST
        clock.now += 1
        await client.check(transport.credentials)


async def test_a_connection_that_proves_nothing_in_time_is_ended() -> None:
    clock = Clock()
    async with open_relay(clock=clock) as port, tcp_client(port) as slow, tcp_client(port) as good:
        transport, heard = join(port)
        await good.connect(transport, heard)
        # One byte of a frame at a time, for ever.
        slow.transport.write(b"\x00")
        clock.now += PROVE_S - 1
        port.sweep(clock.now)
        assert not slow.closed.is_set()
        clock.now += 2
        port.sweep(clock.now)
        await closed(slow)
        assert send(transport, rtp(1))
        assert await good.receive_rtp() == rtp(1)


async def test_a_connection_whose_consent_ended_is_closed() -> None:
    clock = Clock()
    async with open_relay(clock=clock) as port, tcp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        clock.now += CONSENT_S + 1
        port.sweep(clock.now)
        await closed(client)
        assert transport.state is TransportState.FAILED


async def test_a_closed_connection_is_sent_no_media_and_another_path_takes_over() -> None:
    async with open_relay() as port, tcp_client(port) as client, udp_client(port) as other:
        transport, heard = join(port)
        await client.connect(transport, heard)
        client.transport.abort()
        await closed(client)
        # The port learns of it no later than it answers what was sent afterwards.
        await other.check(transport.credentials, nominate=False)
        assert not send(transport, rtp(1))
        other.dtls = client.dtls
        await other.check(transport.credentials)
        assert send(transport, rtp(2))
        assert await other.receive_rtp() == rtp(2)


async def test_a_client_that_does_not_read_loses_media_and_costs_no_memory() -> None:
    async with open_relay() as port, tcp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        client.transport.pause_reading()
        sent = 0
        # The kernel takes some megabytes before the buffer of our own begins to fill.
        while send(transport, rtp(sent % 30_000, bytes(1200))):
            sent += 1
            assert sent < 50_000
        assert port.tcp_counters.dropped_out == 1
        (waiting,) = port.tcp_waiting()
        assert WRITE_MAX - 2000 < waiting <= WRITE_MAX
        for number in range(100):
            assert not send(transport, rtp(number, bytes(1200)))
        assert port.tcp_waiting() == [waiting]


@pytest.mark.parametrize("limit", ["CONNECTIONS_MAX", "UNPROVEN_PER_HOST_MAX", "PER_HOST_MAX"])
async def test_connections_beyond_the_limit_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice_tcp, limit, 2)
    async with open_relay() as port, tcp_client(port) as first, tcp_client(port) as second:
        async with tcp_client(port) as third:
            await closed(third)
        assert port.tcp_counters.refused == 1
        second.transport.abort()
        await closed(second)
        async with tcp_client(port) as fourth:
            transport, heard = join(port)
            await fourth.connect(transport, heard)
        assert not first.closed.is_set()


async def test_one_host_that_proves_nothing_keeps_no_other_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice_tcp, "UNPROVEN_PER_HOST_MAX", 1)
    async with open_relay(BOTH) as port, tcp_client(port), tcp_client(port) as second:
        await closed(second)
        async with tcp_client(port, "::1") as other:
            transport, heard = join(port)
            await other.connect(transport, heard)


async def test_of_too_many_that_prove_nothing_the_oldest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice_tcp, "UNPROVEN_MAX", 2)
    async with open_relay() as port, tcp_client(port) as first, tcp_client(port) as second:
        transport, heard = join(port)
        async with tcp_client(port) as third:
            await closed(first)
            await third.connect(transport, heard)
        assert not second.closed.is_set()
        assert port.tcp_counters.ended_unproven == 1


async def test_a_proven_connection_leaves_room_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice_tcp, "UNPROVEN_PER_HOST_MAX", 1)
    async with open_relay() as port, tcp_client(port) as first:
        transport, heard = join(port)
        await first.connect(transport, heard)
        async with tcp_client(port) as second:
            other, other_heard = join(port)
            await second.connect(other, other_heard)
