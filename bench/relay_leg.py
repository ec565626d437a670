"""One connection of the relay benchmark's load until it is connected: ICE, DTLS and the keys of SRTP.

From then on the load in C has its socket. Every server gets the same legs with the same packets and the same
feedback: reports each second, transport-wide feedback each 100 ms where packets carry its number, a NACK for
one picture packet of each hundred, and a request for a keyframe every ten seconds. What is asked for as lost
was not: the packet came, so that the counting of what was forwarded stays exact.
"""

import asyncio
import os
import socket
from dataclasses import dataclass

from aiortc.rtcdtlstransport import (
    SRTP_PROFILES,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    State,
)

from bench.relay_counts import Sent
from media import stun
from media.srtp import SrtpContext

AUDIO, VIDEO, RTX = 111, 96, 97
TRANSPORT_SEQUENCE, AUDIO_LEVEL, MID = 3, 1, 4
# As relay_load.c sends.
FRAMES_PER_S, PACKETS_PER_FRAME, SOUNDS_PER_S = 30, 5, 50
# What one sender sends each second.
PACKETS_PER_S = FRAMES_PER_S * PACKETS_PER_FRAME + SOUNDS_PER_S
_RECEIVE_BUFFER = 4 << 20
# Linux's numbers, which Python has no names for.
_SO_TIMESTAMPNS, _SO_RCVBUFFORCE = 35, 33


@dataclass(frozen=True)
class Server:
    """Where a leg connects to, as an offer or answer says."""

    address: tuple[str, int]
    ufrag: str
    password: str
    fingerprint: tuple[str, str]


class _Wire:
    """What RTCDtlsTransport wants of an ICE transport."""

    role = "controlling"

    def __init__(self, leg: "Leg") -> None:
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self._leg = leg

    async def _recv(self) -> bytes:
        return await self.inbox.get()

    async def _send(self, data: bytes) -> None:
        self._leg.socket.send(data)


class Leg:
    """One connection. `cipher` is the one SRTP profile offered, by OpenSSL's name."""

    def __init__(self, cipher: str) -> None:
        self.certificate = RTCCertificate.generateCertificate()
        self.ufrag, self.password = os.urandom(4).hex(), os.urandom(16).hex()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _RECEIVE_BUFFER)
        self.socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self.socket.setblocking(False)
        self.sending: list[Sent] = []
        self._wire = _Wire(self)
        self.dtls = RTCDtlsTransport(self._wire, [self.certificate])  # type: ignore[arg-type]  # Duck-typed.
        self.dtls._set_role("client")
        self.dtls._srtp_profiles = [one for one in SRTP_PROFILES if one.openssl_profile.decode() == cipher]
        self._srtp: SrtpContext | None = None
        self._proven = asyncio.Event()
        self._server: Server | None = None
        # The server's number of the transport-wide sequence, for what it sends.
        self.transport_number = TRANSPORT_SEQUENCE

    @property
    def fingerprint(self) -> str:
        """The certificate's, as SDP writes it."""
        found = next(one for one in self.certificate.getFingerprints() if one.algorithm == "sha-256")
        return f"{found.algorithm} {found.value}"

    def bind(self, host: str) -> int:
        """Take a port at a local address and return it: a description may name it before connecting."""
        self.socket.bind((host, 0))
        return int(self.socket.getsockname()[1])

    async def connect(self, server: Server) -> None:
        """Prove the path and shake hands. What comes is dropped until the load has the leg."""
        self._server = server
        self.socket.connect(server.address)
        asyncio.get_running_loop().add_reader(self.socket.fileno(), self._readable)
        async with asyncio.timeout(10):
            while not self._proven.is_set():
                self.socket.send(self.check())
                try:
                    async with asyncio.timeout(0.1):
                        await self._proven.wait()
                except TimeoutError:
                    continue
            await self.dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(*server.fingerprint)]))
        if self.dtls._state is not State.CONNECTED:
            raise RuntimeError("the DTLS handshake failed")
        self._srtp = SrtpContext(self.dtls._rx_srtp, self.dtls._tx_srtp)

    def hand_over(self) -> None:
        """Read no more here: the load does."""
        asyncio.get_running_loop().remove_reader(self.socket.fileno())

    def sessions(self) -> tuple[int, int]:
        """Return the addresses of SRTP's sessions, inbound and outbound, which live as long as the leg."""
        assert self._srtp is not None
        return self._srtp.sessions()

    async def close(self) -> None:
        """Say goodbye and let the socket go."""
        await self.dtls.stop()
        if self.socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.socket.fileno())
            self.socket.close()

    def check(self) -> bytes:
        """Return a check that nominates the path, also to keep the server's consent."""
        assert self._server is not None
        attributes = [
            (stun.Attribute.USERNAME, f"{self._server.ufrag}:{self.ufrag}".encode()),
            (stun.Attribute.ICE_CONTROLLING, bytes(8)),
            (stun.Attribute.PRIORITY, (1853824767).to_bytes(4, "big")),
            (stun.Attribute.USE_CANDIDATE, b""),
        ]
        return stun.build(
            stun.MessageClass.REQUEST, os.urandom(12), attributes, self._server.password.encode()
        )

    def take_stun(self, datagram: bytes) -> None:
        """Answer a check, or see one answered."""
        message = stun.parse(datagram)
        if message.message_class is stun.MessageClass.REQUEST:
            assert self._server is not None
            self.socket.send(stun.success(message, *self._server.address, self.password.encode()))
        elif message.message_class is stun.MessageClass.SUCCESS:
            self._proven.set()

    def _readable(self) -> None:
        for _ in range(64):
            try:
                datagram = self.socket.recv(2048)
            except OSError:
                return
            if datagram and datagram[0] < 4:
                self.take_stun(datagram)
            elif datagram and datagram[0] < 128:
                self._wire.inbox.put_nowait(datagram)
