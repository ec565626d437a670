"""Restarts, consent, wrong passwords and taken addresses, with the clock in hand."""

import asyncio

import pytest

from domain.errors import WrongState
from media import stun
from media.ice_lite import CONNECT_S, CONSENT_S, Credentials
from media.transport import EndReason, TransportState
from tests.integration.media.relay_client import (
    BOTH,
    Client,
    aioice_connection,
    check_for,
    join,
    open_relay,
    rtp,
    send,
    tcp_client,
    udp_client,
)

pytestmark = pytest.mark.usefixtures("loop")


class Clock:
    def __init__(self) -> None:
        self.now = 5000.0

    def __call__(self) -> float:
        return self.now


async def nothing_comes(client: Client, credentials: Credentials) -> None:
    """Show that nothing but the answer to a check is under way to the client."""
    await client.check(credentials, nominate=False)
    assert client.media.empty()


async def test_a_restart_moves_the_media_to_the_new_address_and_keeps_the_keys() -> None:
    async with open_relay(BOTH) as port, udp_client(port) as client, udp_client(port, "::1") as moved:
        transport, heard = join(port)
        await client.connect(transport, heard)
        old = transport.credentials
        new = transport.restart()
        assert new == transport.credentials != old
        # Make before break: the old address serves until the new one is nominated.
        assert send(transport, rtp(1))
        assert await client.receive_rtp() == rtp(1)
        moved.dtls = client.dtls
        answer = await moved.check(new)
        assert answer.message_class is stun.MessageClass.SUCCESS
        assert send(transport, rtp(2))
        assert await moved.receive_rtp() == rtp(2)
        moved.send_rtp(rtp(3))
        async with asyncio.timeout(5):
            assert await heard.rtp.get() == rtp(3)
        assert (await client.check(old)).error_code() == 401
        assert [state for state, _ in heard.states] == [TransportState.CHECKING, TransportState.CONNECTED]


async def test_aioice_gets_through_with_restarted_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        transport.restart()
        async with aioice_connection(port, transport, "127.0.0.1", monkeypatch) as connection:
            assert send(transport, rtp(4))
            async with asyncio.timeout(5):
                assert client.dtls._rx_srtp.unprotect(await connection.recv()) == rtp(4)


async def test_a_move_within_the_same_credentials_needs_a_nomination() -> None:
    async with open_relay() as port, tcp_client(port) as client, udp_client(port) as other:
        transport, heard = join(port)
        await client.connect(transport, heard)
        await other.check(transport.credentials, nominate=False)
        assert send(transport, rtp(1))
        assert await client.receive_rtp() == rtp(1)
        await other.check(transport.credentials)
        other.dtls = client.dtls
        assert send(transport, rtp(2))
        assert await other.receive_rtp() == rtp(2)


async def test_media_stops_when_consent_ends_and_a_restart_brings_it_back() -> None:
    clock = Clock()
    async with open_relay(clock=clock) as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        clock.now += CONSENT_S - 1
        port.sweep(clock.now)
        assert send(transport, rtp(1))
        await client.check(transport.credentials, nominate=False)
        clock.now += CONSENT_S
        port.sweep(clock.now)
        assert send(transport, rtp(2))
        clock.now += 1
        port.sweep(clock.now)
        assert heard.states[-1] == (TransportState.FAILED, EndReason.CONSENT_LOST)
        assert not send(transport, rtp(3))
        assert await client.receive_rtp() == rtp(1)
        assert await client.receive_rtp() == rtp(2)
        assert client.media.empty()

        assert (await client.check(transport.credentials)).error_code() == 401
        await client.check(transport.restart())
        assert await heard.until(TransportState.CONNECTED) is None
        assert send(transport, rtp(4))
        assert await client.receive_rtp() == rtp(4)


async def test_a_connection_that_nobody_comes_to_fails() -> None:
    clock = Clock()
    async with open_relay(clock=clock) as port:
        transport, heard = join(port)
        clock.now += CONNECT_S + 1
        port.sweep(clock.now)
        assert heard.states == [(TransportState.FAILED, EndReason.NO_PATH)]
        transport.close()
        assert heard.states[-1] == (TransportState.CLOSED, EndReason.CLOSED_HERE)
        with pytest.raises(WrongState):
            transport.restart()


async def test_a_wrong_password_gets_an_error_and_no_connection() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        transport.set_remote_fingerprints([client.fingerprint])
        answer = await client.check(Credentials(transport.credentials.ufrag, "x" * 24))
        assert answer.error_code() == 401
        # What is no STUN gets nothing from an address that is not proven.
        handshake = asyncio.create_task(client.handshake(transport.fingerprint))
        await asyncio.sleep(0)
        assert (await client.check(Credentials("nobodyss", "x" * 24))).error_code() == 401
        assert client.wire.inbox.empty()
        assert transport.state is TransportState.NEW and heard.states == []
        handshake.cancel()
        assert port.counters.unrouted == 1


async def test_media_waits_for_a_nomination() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        transport.set_remote_fingerprints([client.fingerprint])
        await client.check(transport.credentials, nominate=False)
        await client.handshake(transport.fingerprint)
        await nothing_comes(client, transport.credentials)
        assert transport.state is TransportState.CHECKING
        assert not send(transport, rtp(1))
        await client.check(transport.credentials)
        await heard.until(TransportState.CONNECTED)
        assert send(transport, rtp(2))
        assert await client.receive_rtp() == rtp(2)


async def test_another_participant_cannot_take_an_address_that_is_in_use() -> None:
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port)
        await client.connect(transport, heard)
        eve, eve_heard = join(port)
        client.send(check_for(eve.credentials))
        await nothing_comes(client, transport.credentials)
        client.send_rtp(rtp(1))
        async with asyncio.timeout(5):
            assert await heard.rtp.get() == rtp(1)
        assert eve.state is TransportState.NEW and eve_heard.states == []
        assert port.ice_counters.contested == 1


async def test_two_participants_share_the_port_without_meeting() -> None:
    async with open_relay(BOTH) as port, udp_client(port) as ann, udp_client(port, "::1") as bob:
        (one, one_heard), (two, two_heard) = join(port), join(port)
        await ann.connect(one, one_heard)
        await bob.connect(two, two_heard)
        ann.send_rtp(rtp(1, b"ann"))
        bob.send_rtp(rtp(1, b"bob"))
        async with asyncio.timeout(5):
            assert await one_heard.rtp.get() == rtp(1, b"ann")
            assert await two_heard.rtp.get() == rtp(1, b"bob")
        one.close()
        assert send(two, rtp(9))
        assert await bob.receive_rtp() == rtp(9)
