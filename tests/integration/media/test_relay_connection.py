import asyncio
import time

import pytest
from aioice import Connection
from aiortc.rtcdtlstransport import (
    SRTP_AES128_CM_SHA1_80,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)

from domain.errors import WrongState
from media.transport import EndReason, RelayTransport, TransportState
from tests.integration.media.relay_client import (
    BOTH,
    Client,
    Heard,
    aioice_connection,
    check_for,
    join,
    open_relay,
    receiver_report,
    rtp,
    send,
    tcp_client,
    udp_client,
)

pytestmark = pytest.mark.usefixtures("loop")


async def both_ways(client: Client, transport: RelayTransport, heard: Heard) -> None:
    client.send_rtp(rtp(1, b"to the relay"))
    client.send_rtcp(receiver_report())
    async with asyncio.timeout(5):
        assert await heard.rtp.get() == rtp(1, b"to the relay")
        assert await heard.rtcp.get() == receiver_report()
    assert all(abs(time.monotonic_ns() - one) < 1_000_000_000 for one in heard.arrivals)
    assert send(transport, rtp(7, b"from the relay"))
    assert await client.receive_rtp() == rtp(7, b"from the relay")
    transport.send_rtcp(receiver_report(9))
    assert await client.receive_rtcp() == receiver_report(9)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_media_goes_both_ways_over_udp(host: str) -> None:
    async with open_relay(BOTH) as port, udp_client(port, host) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        await both_ways(client, transport, heard)
        assert [state for state, _ in heard.states] == [TransportState.CHECKING, TransportState.CONNECTED]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_media_goes_both_ways_over_tcp(host: str) -> None:
    async with open_relay(BOTH) as port, tcp_client(port, host) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        await both_ways(client, transport, heard)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_aioice_and_aiortc_connect_as_they_would_to_any_lite_peer(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_relay(BOTH) as port:
        transport, heard = join(port)
        client = Client()
        transport.set_remote_fingerprints([client.fingerprint])
        async with aioice_connection(port, transport, host, monkeypatch) as connection:
            dtls = over_aioice(connection, client)
            found = transport.fingerprint
            await dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(found.algorithm, found.value)]))
            await heard.until(TransportState.CONNECTED)
            await dtls._send_rtp(rtp(3))
            async with asyncio.timeout(5):
                assert await heard.rtp.get() == rtp(3)
            await dtls.stop()
            assert await heard.until(TransportState.CLOSED) is EndReason.PEER_LEFT


def over_aioice(connection: Connection, client: Client) -> RTCDtlsTransport:
    class Ice:
        role = "controlling"
        _recv = connection.recv
        _send = connection.send

    dtls = RTCDtlsTransport(Ice(), [client.certificate])  # type: ignore[arg-type]  # Duck-typed.
    dtls._set_role("client")
    return dtls


async def test_gcm_with_128_bits_is_chosen_whatever_the_client_likes_best() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        assert client.dtls._ssl is not None
        assert client.dtls._ssl.get_selected_srtp_profile() == b"SRTP_AEAD_AES_128_GCM"


async def test_a_client_without_gcm_is_served_with_what_every_client_must_have() -> None:
    async with open_relay() as port, udp_client(port) as client:
        client.dtls._srtp_profiles = [SRTP_AES128_CM_SHA1_80]
        transport, heard = join(port)
        await client.connect(transport, heard)
        await both_ways(client, transport, heard)


async def test_the_first_client_hello_is_answered_even_when_the_fingerprint_comes_after_it() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.check(transport.credentials)
        began = time.monotonic()
        handshake = asyncio.create_task(client.handshake(transport.fingerprint))
        # The answer to a second check says that the port has read the ClientHello, which was sent before it.
        await asyncio.sleep(0)
        await client.check(transport.credentials)
        transport.set_remote_fingerprints([client.fingerprint])
        await handshake
        await heard.until(TransportState.CONNECTED)
        # OpenSSL repeats a ClientHello after a second.
        assert time.monotonic() - began < 0.9


async def test_a_wrong_fingerprint_ends_the_connection_for_good() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        transport.set_remote_fingerprints([Client().fingerprint])
        await client.check(transport.credentials)
        await client.handshake(transport.fingerprint)
        assert await heard.until(TransportState.FAILED) is EndReason.FINGERPRINT_MISMATCH
        client.send(check_for(transport.credentials))
        assert not send(transport, rtp(1))
        assert port.number and transport.state is TransportState.FAILED


async def test_a_replayed_a_damaged_and_an_early_packet_reach_nobody() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        transport.set_remote_fingerprints([client.fingerprint])
        await client.check(transport.credentials)
        client.send(rtp(1))
        await client.check(transport.credentials)
        assert transport.counters.early == 1
        await client.handshake(transport.fingerprint)
        await heard.until(TransportState.CONNECTED)

        protected = client.dtls._tx_srtp.protect(rtp(5))
        client.send(protected)
        client.send(protected)
        damaged = bytearray(client.dtls._tx_srtp.protect(rtp(6)))
        damaged[-1] ^= 1
        client.send(bytes(damaged))
        client.send(protected[:11])
        client.send(bytes((70, 1, 2)))
        client.send_rtp(rtp(7))
        async with asyncio.timeout(5):
            assert [await heard.rtp.get(), await heard.rtp.get()] == [rtp(5), rtp(7)]
        assert transport.srtp_counters.replayed == 1
        assert transport.srtp_counters.auth_failures == 1
        assert transport.srtp_counters.refused == 1
        assert transport.counters.unknown == 1


async def test_closing_says_goodbye_to_the_client() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        ended = asyncio.Event()
        client.dtls.on("statechange", ended.set)
        transport.close()
        transport.close()
        async with asyncio.timeout(5):
            await ended.wait()
        assert client.dtls.state == "closed"
        assert heard.states[-1] == (TransportState.CLOSED, EndReason.CLOSED_HERE)
        assert not send(transport, rtp(1))


async def test_leaving_the_port_closes_every_connection() -> None:
    async with open_relay() as port, udp_client(port) as client, tcp_client(port) as other:
        first, first_heard = join(port)
        second, second_heard = join(port)
        await client.connect(first, first_heard)
        await other.connect(second, second_heard)
        port.stop()
        assert first.state is second.state is TransportState.CLOSED


def stall() -> None:
    """Keep the loop from reading, as a long computation would."""
    time.sleep(0.04)


async def test_arrival_is_when_the_kernel_got_a_packet_and_not_when_it_was_read() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        client.send_rtp(rtp(1))
        stall()
        client.send_rtp(rtp(2))
        async with asyncio.timeout(5):
            await heard.rtp.get()
            await heard.rtp.get()
        first, second = heard.arrivals
        assert 0.03 < (second - first) / 1e9 < 1
        assert 0 <= time.monotonic_ns() - second < 1_000_000_000


async def test_a_listener_that_fails_at_news_leaves_the_connection_as_it_is() -> None:
    class Faulty(Heard):
        def on_state(self, state: TransportState, reason: EndReason | None) -> None:
            super().on_state(state, reason)
            raise RuntimeError("a fault of ours")

    async with open_relay() as port, udp_client(port) as client:
        heard = Faulty()
        transport = port.add_transport(heard)
        await client.connect(transport, heard)
        await both_ways(client, transport, heard)


@pytest.mark.parametrize("last", [TransportState.CHECKING, TransportState.CONNECTED])
async def test_a_listener_may_close_the_connection_when_it_hears_of_a_state(last: TransportState) -> None:
    class Leaving(Heard):
        transport: RelayTransport

        def on_state(self, state: TransportState, reason: EndReason | None) -> None:
            super().on_state(state, reason)
            if state is last:
                self.transport.close()

    async with open_relay() as port, udp_client(port) as client:
        heard = Leaving()
        transport = heard.transport = port.add_transport(heard)
        transport.set_remote_fingerprints([client.fingerprint])
        await client.check(transport.credentials)
        if last is TransportState.CONNECTED:
            await client.handshake(transport.fingerprint)
        assert await heard.until(TransportState.CLOSED) is EndReason.CLOSED_HERE
        assert not send(transport, rtp(1))


async def test_fingerprints_are_said_once_and_not_to_what_has_ended() -> None:
    async with open_relay() as port:
        transport, _ = join(port)
        transport.set_remote_fingerprints([Client().fingerprint])
        with pytest.raises(WrongState):
            transport.set_remote_fingerprints([Client().fingerprint])
        closed, _ = join(port)
        closed.close()
        with pytest.raises(WrongState):
            closed.set_remote_fingerprints([Client().fingerprint])
