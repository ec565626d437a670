"""One connection of the relay benchmark's load: ICE, DTLS and SRTP, what it sends, and what it tells of what
it got.

Every server gets the same legs with the same packets and the same feedback: reports each second,
transport-wide feedback each 100 ms where packets carry its number, a NACK for one packet of each hundred, and
a request for a keyframe every ten seconds. What is asked for as lost was not: the packet came, so that the
counting of what was forwarded stays exact.
"""

import asyncio
import os
import socket
import struct
import time
from dataclasses import dataclass

from aiortc.rtcdtlstransport import (
    SRTP_PROFILES,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    State,
)

from bench.relay_counts import Counts, Got, Sent
from media import stun
from media.rtcp import KeyframeRequest, Nack, ReceiverReport, ReportBlock, SenderReport, write_report
from media.srtp import PacketBuffer, SrtpContext
from media.transport_feedback import TICK_NS, Feedback

AUDIO, VIDEO, RTX = 111, 96, 97
TRANSPORT_SEQUENCE, AUDIO_LEVEL, MID = 3, 1, 4
VIDEO_BYTES, AUDIO_BYTES = 1088, 120
FRAMES_PER_S, PACKETS_PER_FRAME, SOUNDS_PER_S = 30, 5, 50
# What one sender sends each second.
PACKETS_PER_S = FRAMES_PER_S * PACKETS_PER_FRAME + SOUNDS_PER_S
_NACK_EACH = 100
_KEYFRAME_EACH_S = 10.0
_CHECK_EACH_S = 2.0
_RECEIVE_BUFFER = 4 << 20
_HEAD = struct.Struct("!BBHII")
_U16 = struct.Struct("!H")
_U32 = struct.Struct("!I")
_U64 = struct.Struct("!Q")
_NTP_EPOCH = 2208988800
# One of each so many packets tells how long it was on its way.
_TIMED = 16


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
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        self.socket.setblocking(False)
        self.counts = Counts()
        self.sending: list[Sent] = []
        self.getting: dict[int, Got] = {}
        self._wire = _Wire(self)
        self.dtls = RTCDtlsTransport(self._wire, [self.certificate])  # type: ignore[arg-type]  # Duck-typed.
        self.dtls._set_role("client")
        self.dtls._srtp_profiles = [one for one in SRTP_PROFILES if one.openssl_profile.decode() == cipher]
        self._in, self._out = PacketBuffer(), PacketBuffer()
        self._srtp: SrtpContext | None = None
        self._proven = asyncio.Event()
        self._server: Server | None = None
        self._transport_sequence = 0
        self._arrivals: dict[int, int] = {}
        self._transport_ssrc = 0
        self._asked: dict[int, list[int]] = {}
        self._reports_at = self._checks_at = self._keyframes_at = 0.0
        self.transport_number = TRANSPORT_SEQUENCE
        self._own = int.from_bytes(os.urandom(4), "big") | 1

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
        """Prove the path, shake hands, and take what comes from then on."""
        self._server = server
        self.socket.connect(server.address)
        asyncio.get_running_loop().add_reader(self.socket.fileno(), self._readable)
        async with asyncio.timeout(10):
            while not self._proven.is_set():
                self._check()
                try:
                    async with asyncio.timeout(0.1):
                        await self._proven.wait()
                except TimeoutError:
                    continue
            await self.dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(*server.fingerprint)]))
        if self.dtls._state is not State.CONNECTED:
            raise RuntimeError("the DTLS handshake failed")
        self._srtp = SrtpContext(self.dtls._rx_srtp, self.dtls._tx_srtp)
        now = time.monotonic()
        # Not everybody at the same moment.
        self._reports_at = now + os.urandom(1)[0] / 256
        self._keyframes_at = now + _KEYFRAME_EACH_S * os.urandom(1)[0] / 256
        self._checks_at = now + _CHECK_EACH_S

    async def close(self) -> None:
        """Say goodbye and let the socket go."""
        self._srtp = None
        await self.dtls.stop()
        if self.socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.socket.fileno())
            self.socket.close()

    def reset(self) -> None:
        """Count from here."""
        self.counts = Counts()
        for one in self.getting.values():
            one.first, one.packets = one.highest + 1, 0

    def settle(self) -> Counts:
        """Return the counts, with what never came of each stream between its first and last packet."""
        expected = sum(one.highest - one.first + 1 for one in self.getting.values())
        self.counts.missing = max(0, expected - sum(one.packets for one in self.getting.values()))
        return self.counts

    def send_frame(self, stream: Sent) -> None:
        """Send a picture of `PACKETS_PER_FRAME` packets."""
        stream.timestamp += 90_000 // FRAMES_PER_S
        stream.picture = (stream.picture + 1) & 0x7FFF
        for place in range(PACKETS_PER_FRAME):
            head = bytes(
                (0x90 if place == 0 else 0x80, 0x80, 0x80 | stream.picture >> 8, stream.picture & 255)
            )
            if place == 0:
                begin = b"\x10\x00\x00\x9d\x01\x2a\x00\x05\xd0\x02" if stream.keyframe else b"\x11" + bytes(9)
                head += begin
                stream.keyframe = False
            self._send(stream, VIDEO, head, VIDEO_BYTES, marker=place == PACKETS_PER_FRAME - 1)

    def send_sound(self, stream: Sent) -> None:
        """Send 20 ms of sound."""
        stream.timestamp += 48_000 // SOUNDS_PER_S
        self._send(stream, AUDIO, b"", AUDIO_BYTES, marker=False)

    def _send(self, stream: Sent, kind: int, head: bytes, length: int, *, marker: bool) -> None:
        out = self._out.array
        second = kind | 0x80 if marker else kind
        timestamp = stream.timestamp & 0xFFFFFFFF
        _HEAD.pack_into(out, 0, 0x90, second, stream.sequence & 0xFFFF, timestamp, stream.ssrc)
        mid = stream.mid.encode()
        number = self._transport_sequence & 0xFFFF
        elements = (
            bytes((TRANSPORT_SEQUENCE << 4 | 1, number >> 8, number & 255, MID << 4 | len(mid) - 1)) + mid
        )
        if kind == AUDIO:
            elements += bytes((AUDIO_LEVEL << 4, 0x80 | 40))
        elements += bytes(-len(elements) % 4)
        block = struct.pack("!HH", 0xBEDE, len(elements) // 4) + elements
        at = 12 + len(block)
        out[12:at] = block
        out[at : at + len(head)] = head
        _U64.pack_into(out, length - 8, time.monotonic_ns())
        stream.sequence += 1
        stream.packets += 1
        stream.octets += length
        self._transport_sequence += 1
        assert self._srtp is not None
        size = self._srtp.protect(self._out, length)
        try:
            self.socket.send(self._out.view[:size])
            self.counts.sent += 1
        except (BlockingIOError, ConnectionRefusedError):
            self.counts.unsent += 1

    def _send_rtcp(self, packet: bytes) -> None:
        self._out.array[: len(packet)] = packet
        assert self._srtp is not None
        size = self._srtp.protect_rtcp(self._out, len(packet))
        try:
            self.socket.send(self._out.view[:size])
        except (BlockingIOError, ConnectionRefusedError):
            self.counts.unsent += 1

    def tell(self, now: float) -> None:
        """Send the feedback that is due; call each 100 ms."""
        if self._srtp is None:
            return
        if now >= self._checks_at:
            self._checks_at = now + _CHECK_EACH_S
            self._check()
        reports, keyframes = now >= self._reports_at, now >= self._keyframes_at
        if reports:
            self._reports_at += 1.0
            self._sender_reports()
        if keyframes:
            self._keyframes_at += _KEYFRAME_EACH_S
        for ssrc, one in self.getting.items():
            # Compound packets, since reduced sizes were not agreed on (RFC 5506); one for each stream, as
            # browsers do.
            packet = b""
            if asked := self._asked.pop(ssrc, None):
                packet += write_report(Nack(self._own, ssrc, tuple(asked)))
                self.counts.feedback["nack sent"] += 1
            if keyframes and one.video:
                packet += write_report(KeyframeRequest(self._own, ssrc))
                self.counts.feedback["pli sent"] += 1
            if packet or reports:
                self._send_rtcp(self._receiver_report(ssrc, one) + packet)
                self.counts.feedback["rr sent"] += 1
        if self._arrivals:
            self._transport_feedback()

    def _sender_reports(self) -> None:
        ntp = int((time.time() + _NTP_EPOCH) * 2**32)
        for stream in self.sending:
            said = SenderReport(
                stream.ssrc, ntp, stream.timestamp & 0xFFFFFFFF, stream.packets, stream.octets
            )
            self._send_rtcp(write_report(said))
            self.counts.feedback["sr sent"] += 1

    def _receiver_report(self, ssrc: int, one: Got) -> bytes:
        delay = (time.monotonic_ns() - one.reported_ns) * 65536 // 10**9 if one.report else 0
        block = ReportBlock(ssrc, 0, 0, one.highest & 0xFFFFFFFF, 20, one.report, delay)
        return write_report(ReceiverReport(self._own, (block,)))

    def _transport_feedback(self) -> None:
        numbers = sorted(self._arrivals)
        if numbers[-1] - numbers[0] > 0x8000:
            numbers = [one for one in numbers if one < 0x8000]
        first = numbers[0]
        arrivals = tuple(self._arrivals.get(one, -1) for one in range(first, numbers[-1] + 1))
        count = self.counts.feedback["twcc sent"]
        report = Feedback(self._own, self._transport_ssrc, first, count, arrivals).written()
        self._send_rtcp(report)
        self.counts.feedback["twcc sent"] += 1
        self._arrivals.clear()

    def _check(self) -> None:
        assert self._server is not None
        attributes = [
            (stun.Attribute.USERNAME, f"{self._server.ufrag}:{self.ufrag}".encode()),
            (stun.Attribute.ICE_CONTROLLING, bytes(8)),
            (stun.Attribute.PRIORITY, (1853824767).to_bytes(4, "big")),
            (stun.Attribute.USE_CANDIDATE, b""),
        ]
        self.socket.send(
            stun.build(stun.MessageClass.REQUEST, os.urandom(12), attributes, self._server.password.encode())
        )

    def _stun(self, datagram: bytes) -> None:
        message = stun.parse(datagram)
        if message.message_class is stun.MessageClass.REQUEST:
            assert self._server is not None
            self.socket.send(stun.success(message, *self._server.address, self.password.encode()))
        elif message.message_class is stun.MessageClass.SUCCESS:
            self._proven.set()

    def _readable(self) -> None:
        buffer = self._in
        for _ in range(64):
            try:
                length = self.socket.recv_into(buffer.view)
            except BlockingIOError:
                return
            except OSError:
                self.counts.feedback["refused"] += 1
                return
            first = buffer.array[0]
            if first >= 128:
                if self._srtp is None:
                    continue
                if 192 <= buffer.array[1] <= 223:
                    size = self._srtp.unprotect_rtcp(buffer, length)
                    if size:
                        self._rtcp(size)
                else:
                    size = self._srtp.unprotect(buffer, length)
                    if size:
                        self._rtp(size)
            elif first < 4:
                self._stun(bytes(buffer.view[:length]))
            else:
                self._wire.inbox.put_nowait(bytes(buffer.view[:length]))

    def _rtp(self, length: int) -> None:
        data = self._in.array
        kind = data[1] & 0x7F
        ssrc = _U32.unpack_from(data, 8)[0]
        sequence = _U16.unpack_from(data, 2)[0]
        if data[0] & 0x10:
            self._transport_number(data, ssrc)
        if kind not in (AUDIO, VIDEO) or data[0] & 0x20:
            # Retransmissions and probes of the server's own.
            self.counts.repeated += 1
            return
        one = self.getting.get(ssrc)
        if one is None:
            one = self.getting[ssrc] = Got(sequence, kind == VIDEO, first=sequence)
            one.packets = 1
        else:
            forward = (sequence - one.highest) & 0xFFFF
            if 0 < forward < 0x8000:
                one.highest += forward
                one.packets += 1
            else:
                # Under the first number again, as a server repeats it that has no stream for repairs.
                self.counts.repeated += 1
                return
        self.counts.got += 1
        if sequence % _NACK_EACH == 0 and kind == VIDEO:
            self._asked.setdefault(ssrc, []).append(sequence)
        if sequence % _TIMED == 0:
            self.counts.late_ns.append(time.monotonic_ns() - _U64.unpack_from(data, length - 8)[0])

    def _transport_number(self, data: bytearray, ssrc: int) -> None:
        if data[12] != 0xBE or data[13] != 0xDE:
            return
        at = 16
        end = at + 4 * _U16.unpack_from(data, 14)[0]
        while at < end:
            one = data[at]
            if one == 0:
                at += 1
                continue
            if one >> 4 == self.transport_number:
                self._transport_ssrc = ssrc
                self._arrivals[_U16.unpack_from(data, at + 1)[0]] = time.monotonic_ns() // TICK_NS
                return
            at += 2 + (one & 15)

    def _rtcp(self, length: int) -> None:
        """Count what the server says, note its reports, and answer its requests for keyframes."""
        data = self._in.array
        at = 0
        while at + 8 <= length:
            kind, count = data[at + 1], data[at] & 31
            size = 4 + 4 * _U16.unpack_from(data, at + 2)[0]
            name = {200: "sr got", 201: "rr got"}.get(kind)
            if kind == 200 and at + 28 <= length:
                one = self.getting.get(_U32.unpack_from(data, at + 4)[0])
                if one is not None:
                    one.report = _U32.unpack_from(data, at + 10)[0]
                    one.reported_ns = time.monotonic_ns()
            elif kind == 205:
                name = {1: "nack got", 15: "twcc got"}.get(count)
            elif kind == 206:
                name = {1: "pli got", 4: "fir got", 15: "remb got"}.get(count)
                if count in (1, 4):
                    for stream in self.sending:
                        stream.keyframe = stream.keyframe or stream.kind == "video"
            if name:
                self.counts.feedback[name] += 1
            at += size
