"""A participant for tests of the relay: ICE and DTLS by aioice and aiortc over UDP, or by hand over UDP and
TCP.
"""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import cast

import aioice.ice
import pytest
from aioice import Candidate as AioiceCandidate
from aioice import Connection
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport

from media import stun
from media.dtls import Certificate, Fingerprint
from media.ice_lite import Credentials
from media.listening import Loop, PortSettings
from media.port import RelayPort, open_port
from media.rfc4571 import framed
from media.srtp import CAPACITY
from media.transport import EndReason, ReceiveLimits, RelayTransport, TransportState

V4 = PortSettings(host_v4="127.0.0.1", host_v6=None)
BOTH = PortSettings(host_v4="127.0.0.1", host_v6="::1")


class Heard:
    """A listener that keeps what it hears, as bytes, and wakes whoever waits for it."""

    def __init__(self) -> None:
        self.rtp: asyncio.Queue[bytes] = asyncio.Queue()
        self.rtcp: asyncio.Queue[bytes] = asyncio.Queue()
        self.arrivals: list[int] = []
        self.states: list[tuple[TransportState, EndReason | None]] = []
        self._changed = asyncio.Event()

    def on_rtp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        self.arrivals.append(arrival_ns)
        self.rtp.put_nowait(bytes(buffer[:length]))

    def on_rtcp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        self.arrivals.append(arrival_ns)
        self.rtcp.put_nowait(bytes(buffer[:length]))

    def on_state(self, state: TransportState, reason: EndReason | None) -> None:
        self.states.append((state, reason))
        self._changed.set()

    async def until(self, state: TransportState) -> EndReason | None:
        """Wait until the connection is in `state`; return the reason that came with it."""
        async with asyncio.timeout(5):
            while not self.states or self.states[-1][0] is not state:
                self._changed.clear()
                await self._changed.wait()
        return self.states[-1][1]


class Wire:
    """What RTCDtlsTransport wants of an ICE transport, over any way to send, with an inbox."""

    role = "controlling"

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self.send = send

    async def _recv(self) -> bytes:
        return await self.inbox.get()

    async def _send(self, data: bytes) -> None:
        self.send(data)


def rtp(sequence: int, payload: bytes = b"x" * 100, ssrc: int = 0x1234, timestamp: int = 0) -> bytes:
    head = bytes((0x80, 96)) + sequence.to_bytes(2, "big") + timestamp.to_bytes(4, "big")
    return head + ssrc.to_bytes(4, "big") + payload


def receiver_report(ssrc: int = 0x1234) -> bytes:
    return bytes((0x80, 201, 0, 1)) + ssrc.to_bytes(4, "big")


_OUTGOING = bytearray(CAPACITY)


def send(transport: RelayTransport, packet: bytes) -> bool:
    """Send RTP as the data plane does, out of a buffer that is used again; say whether it went."""
    before = transport.counters.packets_out
    _OUTGOING[: len(packet)] = packet
    transport.send_rtp(_OUTGOING, len(packet))
    return transport.counters.packets_out == before + 1


def check_for(credentials: Credentials, nominate: bool = True, transaction: bytes | None = None) -> bytes:
    """A check as a controlling browser sends it."""
    attributes: list[tuple[int, bytes]] = [
        (stun.Attribute.USERNAME, f"{credentials.ufrag}:peer".encode()),
        (stun.Attribute.ICE_CONTROLLING, bytes(8)),
        (stun.Attribute.PRIORITY, (1853824767).to_bytes(4, "big")),
    ]
    if nominate:
        attributes.append((stun.Attribute.USE_CANDIDATE, b""))
    return stun.build(
        stun.MessageClass.REQUEST,
        transaction or os.urandom(12),
        attributes,
        credentials.password.encode(),
    )


class Client:
    """A participant with a certificate of its own. `send` puts one datagram on the wire.

    What comes is parted into `answers` (STUN), DTLS, and `media` (protected RTP and RTCP).
    """

    def __init__(self) -> None:
        self.certificate = RTCCertificate.generateCertificate()
        self.answers: asyncio.Queue[stun.Message] = asyncio.Queue()
        self.media: asyncio.Queue[bytes] = asyncio.Queue()
        self.bytes_in = 0
        self.wire = Wire(self.send)
        self.dtls = RTCDtlsTransport(self.wire, [self.certificate])  # type: ignore[arg-type]  # Duck-typed.
        self.dtls._set_role("client")

    def send(self, datagram: bytes) -> None:
        raise NotImplementedError

    def take(self, datagram: bytes) -> None:
        self.bytes_in += len(datagram)
        if datagram[0] < 4:
            self.answers.put_nowait(stun.parse(datagram))
        elif datagram[0] < 64:
            self.wire.inbox.put_nowait(datagram)
        else:
            self.media.put_nowait(datagram)

    @property
    def fingerprint(self) -> Fingerprint:
        found = next(one for one in self.certificate.getFingerprints() if one.algorithm == "sha-256")
        return Fingerprint(found.algorithm, found.value)

    async def check(self, credentials: Credentials, nominate: bool = True) -> stun.Message:
        self.send(check_for(credentials, nominate))
        async with asyncio.timeout(5):
            return await self.answers.get()

    async def handshake(self, of_relay: Fingerprint) -> None:
        expected = RTCDtlsParameters([RTCDtlsFingerprint(of_relay.algorithm, of_relay.value)])
        async with asyncio.timeout(5):
            await self.dtls.start(expected)

    async def connect(self, transport: RelayTransport, heard: Heard) -> None:
        transport.set_remote_fingerprints([self.fingerprint])
        await self.check(transport.credentials)
        await self.handshake(transport.fingerprint)
        await heard.until(TransportState.CONNECTED)

    def send_rtp(self, packet: bytes) -> None:
        self.send(self.dtls._tx_srtp.protect(packet))

    def send_rtcp(self, packet: bytes) -> None:
        self.send(self.dtls._tx_srtp.protect_rtcp(packet))

    async def receive_rtp(self) -> bytes:
        async with asyncio.timeout(5):
            return self.dtls._rx_srtp.unprotect(await self.media.get())

    async def receive_rtcp(self) -> bytes:
        async with asyncio.timeout(5):
            return self.dtls._rx_srtp.unprotect_rtcp(await self.media.get())

    async def leave(self) -> None:
        await self.dtls.stop()


class UdpClient(Client, asyncio.DatagramProtocol):
    """Over UDP, from an address of its own."""

    transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.take(data)

    def send(self, datagram: bytes) -> None:
        self.transport.sendto(datagram)


class TcpClient(Client, asyncio.Protocol):
    """Over one TCP connection, with frames."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        super().__init__()
        self.closed = asyncio.Event()
        self._stream = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._stream += data
        while len(self._stream) >= 2 and len(self._stream) >= 2 + int.from_bytes(self._stream[:2], "big"):
            end = 2 + int.from_bytes(self._stream[:2], "big")
            self.take(self._stream[2:end])
            self._stream = self._stream[end:]

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed.set()

    def send(self, datagram: bytes) -> None:
        self.transport.write(framed(datagram))


@asynccontextmanager
async def udp_client(port: RelayPort, host: str = "127.0.0.1") -> AsyncIterator[UdpClient]:
    loop = asyncio.get_running_loop()
    transport, client = await loop.create_datagram_endpoint(UdpClient, remote_addr=(host, port.number))
    try:
        yield client
    finally:
        await client.leave()
        transport.close()


@asynccontextmanager
async def tcp_client(port: RelayPort, host: str = "127.0.0.1") -> AsyncIterator[TcpClient]:
    transport, client = await asyncio.get_running_loop().create_connection(TcpClient, host, port.number)
    try:
        yield client
    finally:
        await client.leave()
        transport.close()
        await client.closed.wait()


class _Chosen:
    loop: Loop = "native"


def by_loop(settings: PortSettings) -> PortSettings:
    """The same, by the loop that the test is for: `loop` of conftest, else the native one, never another."""
    return replace(settings, loop=_Chosen.loop)


@contextmanager
def looping(loop: Loop) -> Iterator[None]:
    """Ports that are opened meanwhile have this loop."""
    before, _Chosen.loop = _Chosen.loop, loop
    try:
        yield
    finally:
        _Chosen.loop = before


@asynccontextmanager
async def open_relay(
    settings: PortSettings = V4, clock: Callable[[], float] = time.monotonic, faults: int = 0
) -> AsyncIterator[RelayPort]:
    """A port with a certificate of its own; so many packets may have raised something when it is closed."""
    async with open_port(by_loop(settings), Certificate(), clock) as port:
        yield port
        assert port.counters.faults == faults


def join(port: RelayPort, limits: ReceiveLimits | None = None) -> tuple[RelayTransport, Heard]:
    heard = Heard()
    return port.add_transport(heard, limits), heard


@asynccontextmanager
async def aioice_connection(
    port: RelayPort, transport: RelayTransport, host: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Connection]:
    """An aioice Connection, controlling, with the relay as its lite peer, connected."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: [host])
    connection = Connection(
        ice_controlling=True, use_ipv4=":" not in host, use_ipv6=":" in host, stun_server=None
    )
    try:
        await connection.gather_candidates()
        connection.remote_is_lite = True
        connection.remote_username = transport.credentials.ufrag
        connection.remote_password = transport.credentials.password
        for one in port.candidates:
            if one.transport == "udp":
                await connection.add_remote_candidate(
                    AioiceCandidate(one.foundation, 1, "udp", one.priority, one.address, one.port, "host")
                )
        await connection.add_remote_candidate(None)
        async with asyncio.timeout(5):
            await connection.connect()
        yield connection
    finally:
        await connection.close()


def free_udp(host: str = "127.0.0.1") -> socket.socket:
    """A plain UDP socket with an address of its own, for strangers."""
    udp = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((host, 0))
    udp.setblocking(False)
    return udp
