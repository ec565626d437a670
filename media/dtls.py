"""The DTLS server of one connection (RFC 5763, RFC 5764), by aiortc's RTCDtlsTransport over a path of our
own.

aiortc asks of its transport no more than `_recv`, `_send` and `role`. This is the one file that knows
aiortc's private names; `check_dtls_names` says at start-up when they are gone. It holds no address: what it
sends goes to `send`, what it is fed must come from a proven address.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiortc import rtcdtlstransport
from aiortc.rtcdtlstransport import (
    SRTP_AEAD_AES_128_GCM,
    SRTP_AEAD_AES_256_GCM,
    SRTP_AES128_CM_SHA1_80,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)

from domain.errors import OwnFault
from media.srtp import SrtpContext
from media.token_bucket import TokenBucket

HANDSHAKE_S = 10.0
# Datagrams that wait for the handshake's task. A client's flight is one to four datagrams.
WAITING_MAX = 16
# A handshake takes two datagrams from the client, with retransmissions some more; afterwards only an alert
# comes.
DATAGRAMS_PER_S = 10
DATAGRAMS_BURST = 60
FINGERPRINTS_MAX = 8
# The server chooses (RFC 5764 section 4.1.2): AES-128 in GCM costs the least with AES instructions.
_PROFILES = [SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80, SRTP_AEAD_AES_256_GCM]
_DIGESTS = {"sha-256": 32, "sha-384": 48, "sha-512": 64}
_HEX = re.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*")


class HandshakeFailure(StrEnum):
    """Why no keys came of a handshake."""

    TOO_LATE = "handshake_too_late"
    REFUSED = "handshake_refused"
    FINGERPRINT = "fingerprint_mismatch"


class HandshakeFailed(Exception):
    """The peer's fault: the handshake brought no keys."""

    def __init__(self, failure: HandshakeFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A certificate's digest as SDP's a=fingerprint has it (RFC 8122): sha-256, sha-384 or sha-512, and hex
    pairs.
    """

    algorithm: str
    value: str

    def __post_init__(self) -> None:
        size = _DIGESTS.get(self.algorithm)
        if size is None or len(self.value) != 3 * size - 1 or not _HEX.fullmatch(self.value):
            raise ValueError("not a fingerprint that can be checked")


class Certificate:
    """A key and a self-signed certificate, made anew for each process and never written anywhere."""

    def __init__(self) -> None:
        self.rtc = RTCCertificate.generateCertificate()
        sha256 = next(one for one in self.rtc.getFingerprints() if one.algorithm == "sha-256")
        self.fingerprint = Fingerprint(sha256.algorithm, sha256.value)


def check_dtls_names() -> None:
    """Raise OwnFault when aiortc is not the one that this was written against."""

    class _Nowhere:
        role = "controlled"

    dtls = RTCDtlsTransport(_Nowhere(), [RTCCertificate.generateCertificate()])  # type: ignore[arg-type]  # Duck-typed.
    names = ("_set_role", "_srtp_profiles", "_rx_srtp", "_tx_srtp", "_state", "_validate_peer_identity")
    missing = [name for name in names if not hasattr(dtls, name)]
    if missing or not hasattr(rtcdtlstransport, "State"):
        raise OwnFault(f"aiortc's RTCDtlsTransport lacks what the relay leans on: {missing or 'its State'}")


class _Path:
    """What RTCDtlsTransport takes for an ICE transport."""

    # aiortc only reads it for its statistics once the role is set.
    role = "controlled"

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(WAITING_MAX)
        self._out = send

    async def _recv(self) -> bytes:
        return await self.waiting.get()

    async def _send(self, data: bytes) -> None:
        self._out(data)


class _Server(RTCDtlsTransport):
    """RTCDtlsTransport that says whether it was the fingerprint that it failed for."""

    mismatched = False

    def _validate_peer_identity(self, remoteParameters: RTCDtlsParameters) -> None:
        super()._validate_peer_identity(remoteParameters)
        self.mismatched = self._state == rtcdtlstransport.State.FAILED


class DtlsServer:
    """One connection's handshake, and the watch for the peer's goodbye after it.

    `dropped` counts datagrams that came too fast. `send` is called within the handshake's task, with bytes of
    its own.
    """

    def __init__(self, certificate: Certificate, send: Callable[[bytes], object], now: float) -> None:
        self.dropped = 0
        self._path = _Path(send)
        self._budget = TokenBucket(DATAGRAMS_PER_S, DATAGRAMS_BURST, now)
        self._dtls = _Server(self._path, [certificate.rtc])  # type: ignore[arg-type]  # Duck-typed.
        self._dtls._set_role("server")
        self._dtls._srtp_profiles = list(_PROFILES)
        self._ended = asyncio.Event()
        self._dtls.on("statechange", self._watch)

    def feed(self, datagram: bytes, now: float) -> None:
        """Take one datagram whose first byte is 20 to 63. Never blocks: what is too much is dropped.

        What comes before `handshake` waits for it, so that the first ClientHello is answered at once.
        """
        if self._path.waiting.full() or not self._budget.take(1, now):
            self.dropped += 1
            return
        self._path.waiting.put_nowait(datagram)

    async def handshake(self, fingerprints: Sequence[Fingerprint]) -> SrtpContext:
        """Return the keyed SRTP of both directions once the peer proved to have the certificate announced.

        Every fingerprint must match. HandshakeFailed says why not; the time for it is bounded by HANDSHAKE_S.
        """
        if not 0 < len(fingerprints) <= FINGERPRINTS_MAX:
            raise HandshakeFailed(HandshakeFailure.FINGERPRINT)
        expected = [RTCDtlsFingerprint(one.algorithm, one.value) for one in fingerprints]
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                await self._dtls.start(RTCDtlsParameters(expected))
        except TimeoutError:
            raise HandshakeFailed(HandshakeFailure.TOO_LATE) from None
        if self._dtls.state != "connected":
            refused = HandshakeFailure.FINGERPRINT if self._dtls.mismatched else HandshakeFailure.REFUSED
            raise HandshakeFailed(refused)
        return SrtpContext(self._dtls._rx_srtp, self._dtls._tx_srtp)

    async def until_goodbye(self) -> None:
        """Wait until the peer closed the connection (close_notify)."""
        await self._ended.wait()

    async def stop(self) -> None:
        """Say goodbye to the peer, as far as there is a connection, and let go of everything."""
        await self._dtls.stop()
        self._dtls.remove_all_listeners()

    def _watch(self) -> None:
        if self._dtls.state == "closed":
            self._ended.set()
