"""One participant's connection to the relay: ICE, then DTLS, then SRTP over the path that ICE chose.

No socket is here: the port hands up what came for this participant, and a `Path` takes what goes out.
Everything runs on the event loop's thread.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from domain.errors import Code, WrongState
from media.dtls import Certificate, DtlsServer, Fingerprint, HandshakeFailed, HandshakeFailure
from media.ice_lite import Credentials, IceAgent, IceSession
from media.lane import Lane
from media.path import Path
from media.srtp import DATAGRAM_MAX, PacketBuffer, SrtpContext, SrtpCounters, buffer_of

# How long a proven path waits for signalling to bring the peer's fingerprint.
FINGERPRINT_S = 30.0

_log = structlog.get_logger(__name__)


class TransportState(StrEnum):
    """Where a connection is. `_NEXT` says what may follow."""

    NEW = "new"
    CHECKING = "checking"
    CONNECTED = "connected"
    FAILED = "failed"
    CLOSED = "closed"


_NEXT = {
    TransportState.NEW: {TransportState.CHECKING, TransportState.FAILED, TransportState.CLOSED},
    TransportState.CHECKING: {TransportState.CONNECTED, TransportState.FAILED, TransportState.CLOSED},
    TransportState.CONNECTED: {TransportState.FAILED, TransportState.CLOSED},
    # Only after a restart of ICE, and only when it was a path that was missing.
    TransportState.FAILED: {TransportState.CHECKING, TransportState.CLOSED},
    TransportState.CLOSED: set[TransportState](),
}


class EndReason(StrEnum):
    """Why a connection failed or closed."""

    NO_PATH = "no_path"
    CONSENT_LOST = "consent_lost"
    HANDSHAKE_TOO_LATE = HandshakeFailure.TOO_LATE.value
    HANDSHAKE_REFUSED = HandshakeFailure.REFUSED.value
    FINGERPRINT_MISMATCH = HandshakeFailure.FINGERPRINT.value
    FAULT = "fault"
    PEER_LEFT = "peer_left"
    CLOSED_HERE = "closed_here"


class Listener(Protocol):
    """Who uses a connection. Calls come from the loop's thread and must not block.

    A packet is in the first `length` bytes of `buffer`, which may be written to and is the port's again when
    the call returns: it then holds the next packet. Behind the packet is room for more, `CAPACITY` bytes in
    all. `arrival_ns` is when the kernel got the datagram, in nanoseconds of the monotonic clock.
    """

    def on_rtp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        """Take an RTP packet, proven and decrypted."""
        ...

    def on_rtcp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        """Take a compound RTCP packet, proven and decrypted."""
        ...

    def on_state(self, state: TransportState, reason: EndReason | None) -> None:
        """Learn of a new state; `reason` comes with FAILED and CLOSED."""
        ...


@dataclass(frozen=True, slots=True)
class ReceiveLimits:
    """What one participant may send, on average and at once, whatever it is; the rest is dropped unread.

    Three simulcast layers of 720p and sound are some 4 Mbit/s and 600 packets a second.
    """

    packets_per_s: float = 2000
    bits_per_s: float = 12_000_000
    burst_s: float = 1.0


class RelayTransport:
    """One connection. Made by `RelayPort.add_transport`; the port alone calls `checked`, `receive` and the
    like.
    """

    def __init__(
        self,
        agent: "IceAgent[RelayTransport]",
        certificate: Certificate,
        listener: Listener,
        limits: ReceiveLimits,
        clock: Callable[[], float],
        spawn: Callable[[Coroutine[None, None, None]], "asyncio.Task[None]"],
        lane: Lane,
    ) -> None:
        now = clock()
        self.lane = lane
        self.counters = lane.counters()
        self.state = TransportState.NEW
        self.reason: EndReason | None = None
        self.fingerprint = certificate.fingerprint
        self._agent = agent
        self._clock = clock
        self._spawn = spawn
        self._listener = listener
        self._on_rtp = listener.on_rtp
        self._on_rtcp = listener.on_rtcp
        octets_per_s = limits.bits_per_s / 8
        self._packets, self._bytes = lane.limits(
            (limits.packets_per_s, limits.packets_per_s * limits.burst_s),
            (octets_per_s, octets_per_s * limits.burst_s),
            now,
        )
        self._dtls = DtlsServer(certificate, self._send_dtls, now)
        self._srtp: SrtpContext | None = None
        self._outgoing = PacketBuffer()
        self._send: Callable[[bytes | memoryview], bool] | None = None
        self._proven: Path | None = None
        self._fingerprints: asyncio.Future[Sequence[Fingerprint]] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[None] | None = None
        self._session: IceSession[RelayTransport] = agent.add(self, now)

    @property
    def credentials(self) -> Credentials:
        """The ufrag and password for our SDP, the newest after a restart."""
        return self._session.credentials

    @property
    def srtp_counters(self) -> SrtpCounters:
        """Packets that SRTP dropped; all zero before there are keys."""
        return SrtpCounters() if self._srtp is None else self._srtp.counters

    @property
    def handshake_dropped(self) -> int:
        """DTLS datagrams that came faster than any handshake sends them."""
        return self._dtls.dropped

    def set_remote_fingerprints(self, fingerprints: Sequence[Fingerprint]) -> None:
        """Say what certificate the peer announced by signalling. What it sent meanwhile is answered then.

        WrongState when they were said already, or when the connection has ended.
        """
        if self._fingerprints.done() or self.state is TransportState.CLOSED:
            raise WrongState(Code.INTERNAL, "connection", self.state, "fingerprints")
        self._fingerprints.set_result(tuple(fingerprints))

    def restart(self) -> Credentials:
        """Restart ICE and return the new credentials; what is connected goes on until the new ones are used.

        A connection whose path was lost lives again by it, with the same keys. WrongState when it failed
        otherwise or is closed.
        """
        path_lost = self.reason in (EndReason.NO_PATH, EndReason.CONSENT_LOST)
        if self.state is TransportState.CLOSED or (self.state is TransportState.FAILED and not path_lost):
            raise WrongState(Code.INTERNAL, "connection", self.state, "ICE restart")
        return self._agent.restart(self._session, self._clock())

    def send_rtp(self, buffer: bytearray, length: int) -> None:
        """Protect the RTP packet in the first `length` bytes in place and send it, or count it as `unsent`.

        There must be room for TRAILER_MAX bytes behind it. The buffer is the caller's again on return, and
        its bytes are then the protected ones, for this receiver alone: to send to n, write the packet into
        the buffer n times. The first sequence number of an SSRC should be below 32768. Nothing is kept,
        nothing waits, nothing raises. The fastest is to use one buffer always.
        """
        srtp, send = self._srtp, self._send
        if srtp is not None and send is not None:
            packet = buffer_of(buffer)
            length = srtp.protect(packet, length)
            if length and send(packet.view[:length]):
                self.counters.packets_out += 1
                self.counters.bytes_out += length
                return
        self.counters.unsent += 1

    def send_rtcp(self, packet: bytes | bytearray | memoryview) -> None:
        """Send a copy of a compound RTCP packet, protected, or count it as `unsent`."""
        srtp, send, length = self._srtp, self._send, len(packet)
        if srtp is not None and send is not None and length <= DATAGRAM_MAX:
            buffer = self._outgoing
            buffer.view[:length] = packet
            length = srtp.protect_rtcp(buffer, length)
            if length and send(buffer.view[:length]):
                self.counters.packets_out += 1
                self.counters.bytes_out += length
                return
        self.counters.unsent += 1

    def forget(self, ssrc: int) -> None:
        """Let go of what is kept of an SSRC that was sent and never will be again."""
        if self._srtp is not None:
            self._srtp.forget(ssrc)

    def close(self) -> None:
        """Say goodbye and let go of everything. Closing twice is no error; nothing is received afterwards."""
        self._end(EndReason.CLOSED_HERE)

    def take_rtp(self, buffer: PacketBuffer, length: int, arrival_ns: int) -> None:
        """Take an RTP packet that was counted, proven and decrypted already."""
        self._on_rtp(buffer.array, length, arrival_ns)

    def take_rtcp(self, buffer: PacketBuffer, length: int, arrival_ns: int) -> None:
        """As `take_rtp`, for a compound RTCP packet."""
        self._on_rtcp(buffer.array, length, arrival_ns)

    def receive(self, buffer: PacketBuffer, length: int, arrival_ns: int, now: float) -> None:
        """Take a datagram, not empty and no STUN, from a learned address. The buffer stays the port's."""
        counters = self.counters
        counters.packets_in += 1
        counters.bytes_in += length
        if not (self._packets.take(1, now) and self._bytes.take(length, now)):
            counters.throttled += 1
            return
        # RFC 7983 section 7; within RTP's range RFC 5761 section 4 tells RTCP by its packet type.
        first = buffer.array[0]
        if 128 <= first < 192:
            srtp = self._srtp
            if srtp is None:
                counters.early += 1
            elif 192 <= buffer.array[1] < 224 and length > 1:
                if length := srtp.unprotect_rtcp(buffer, length):
                    self.lane.reported(buffer.array)
                    self._on_rtcp(buffer.array, length, arrival_ns)
            elif length := srtp.unprotect(buffer, length):
                self._on_rtp(buffer.array, length, arrival_ns)
        elif 20 <= first < 64:
            self._dtls.feed(bytes(buffer.view[:length]), now)
        else:
            counters.unknown += 1

    def checked(self, path: Path, selected: bool) -> None:
        """Learn that a check proved `path`; `selected` says that media goes there from now on."""
        self._proven = path
        if selected:
            self._choose(path)
        if self.state in (TransportState.NEW, TransportState.FAILED):
            self._enter(TransportState.CHECKING, None)
        # Whoever was told of it may have closed the connection.
        if self._task is None and self.state is not TransportState.CLOSED:
            self._task = self._spawn(self._secure())
        self._settle()

    def unselect(self) -> None:
        """Stop sending media: its address is no longer consented to."""
        self._choose(None)

    def lose(self) -> None:
        """Fail because no path was found or the peer's consent ended. A restart may bring it back."""
        self._proven = None
        self._choose(None)
        if self.state in (TransportState.NEW, TransportState.CHECKING, TransportState.CONNECTED):
            lost = self.state is TransportState.CONNECTED
            self._enter(TransportState.FAILED, EndReason.CONSENT_LOST if lost else EndReason.NO_PATH)

    async def _secure(self) -> None:
        try:
            async with asyncio.timeout(FINGERPRINT_S):
                fingerprints = await self._fingerprints
            self._srtp = await self._dtls.handshake(fingerprints)
            self.lane.secure(self._srtp)
            self._settle()
            await self._dtls.until_goodbye()
            self._end(EndReason.PEER_LEFT)
        except HandshakeFailed as failed:
            self._fail(EndReason(failed.failure.value))
        except TimeoutError:
            self._fail(EndReason.HANDSHAKE_TOO_LATE)
        except Exception:
            _log.exception("relay.connection_fault")
            self._fail(EndReason.FAULT)
        finally:
            await self._dtls.stop()

    def _settle(self) -> None:
        if self.state is TransportState.CHECKING and self._srtp is not None and self._send is not None:
            self._enter(TransportState.CONNECTED, None)

    def _choose(self, path: Path | None) -> None:
        self._send = None if path is None else path.send
        self.lane.choose(path)

    def _fail(self, reason: EndReason) -> None:
        self._agent.remove(self._session)
        self._choose(None)
        if self.state is not TransportState.CLOSED:
            if self.state is TransportState.FAILED:
                # The path was lost first; what failed now rules a restart out.
                self.reason = reason
            else:
                self._enter(TransportState.FAILED, reason)

    def _end(self, reason: EndReason) -> None:
        if self.state is TransportState.CLOSED:
            return
        self._agent.remove(self._session)
        self._choose(None)
        task, self._task = self._task, None
        if task is not None and reason is EndReason.CLOSED_HERE:
            task.cancel()
        self._enter(TransportState.CLOSED, reason)

    def _enter(self, state: TransportState, reason: EndReason | None) -> None:
        if state not in _NEXT[self.state]:
            raise WrongState(Code.INTERNAL, "connection", self.state, state)
        _log.debug("relay.connection_state", old=self.state, new=state, reason=reason)
        self.state = state
        self.reason = reason
        try:
            self._listener.on_state(state, reason)
        except Exception:
            # The state holds all the same: a listener's fault must not end the port's tasks.
            _log.exception("relay.listener_fault", state=state)

    def _send_dtls(self, data: bytes) -> None:
        # Until a path is nominated a proven one serves, for the handshake's few datagrams alone.
        send = self._send or (self._proven.send if self._proven is not None else None)
        if send is not None and send(data):
            self.counters.packets_out += 1
            self.counters.bytes_out += len(data)
