"""Participants of a relay's room who say who they are in every packet, and count whom they hear."""

import asyncio
import re
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from media.dtls import Fingerprint
from media.ice_lite import Credentials
from media.listening import PortSettings
from media.negotiation import Offer, Publication
from media.relay import Relay, open_relay
from media.relay_events import RelayLimits
from media.rtcp import (
    BitrateLimit,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    read_reports,
    write_report,
)
from media.transport import EndReason, TransportState
from tests.integration.media.answering import answer_to
from tests.integration.media.relay_client import V4, UdpClient, by_loop, check_for
from tests.unit.media.packets import elements, rtp, vp8
from tests.waiting import until

MEDIA = (Publication("audio", "microphone"), Publication("video", "camera"))
TWCC = bytes.fromhex("8fcd000500000001000000010001000a000000c8200a0404")


class Talker(UdpClient):
    """A participant who says what it says and hears what the others do. `sent`: what really went, lately.

    `told`: of each stream that the relay reported on, its last report (RFC 3550, LSR) and when it came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.credentials = Credentials("", "")
        self.heard: Counter[str] = Counter()
        self.said = 0
        self.sent: deque[bytes] = deque(maxlen=64)
        self.told: dict[int, tuple[int, float]] = {}

    def send(self, datagram: bytes) -> None:
        self.sent.append(datagram)
        self.transport.sendto(datagram)

    def take(self, datagram: bytes) -> None:
        if datagram[0] < 128:
            super().take(datagram)
            while self.answers.qsize() > 8:
                self.answers.get_nowait()
            return
        if 192 <= datagram[1] < 224:
            self._learn(datagram)
            return
        clear = self.dtls._rx_srtp.unprotect(datagram)
        whose = re.search(rb"<(\w+ \w+)>", clear)
        if whose:
            self.heard[whose[1].decode()] += 1

    def speech(self) -> list[bytes]:
        """Return the next packets of voice and picture."""
        self.said += 1
        own = sum(self.name.encode())
        count = self.said.to_bytes(4, "big")[2:]
        voice = rtp(
            own, self.said, self.said * 960, b"<%s voice>" % self.name.encode(), payload_type=111,
            extension=elements((3, count), (4, b"0"), (1, b"\x90")),
        )  # fmt: skip
        frame = vp8(self.said, self.said, keyframe=True, begins=True, fill=200)
        picture = rtp(
            own + 1, self.said, self.said * 3000, frame + b"<%s picture>" % self.name.encode(), marker=True,
            extension=elements((3, count), (4, b"1")),
        )  # fmt: skip
        return [voice, picture]

    def talk(self) -> None:
        for packet in self.speech():
            self.send_rtp(packet)

    def _learn(self, datagram: bytes) -> None:
        # Each protected packet can be read once; the hostile ones' replays are none of ours.
        clear = bytearray(self.dtls._rx_srtp.unprotect_rtcp(datagram))
        for report in read_reports(clear, len(clear)):
            if isinstance(report, SenderReport):
                self.told[report.ssrc] = (report.ntp >> 16 & 0xFFFFFFFF, time.monotonic())

    def report(self) -> None:
        """Report on what is said, and on what is heard: one in a hundred was lost, 10 ms of jitter."""
        own = sum(self.name.encode())
        now = time.monotonic()
        blocks = tuple(
            ReportBlock(ssrc, 2, 1, 100, 480, ntp, int((now - at) * 65536))
            for ssrc, (ntp, at) in self.told.items()
        )
        said = SenderReport(own, (1 << 40) + self.said, self.said * 960, self.said, self.said * 100, blocks)
        self.send_rtcp(write_report(said))

    def reports(self) -> list[bytes]:
        """Return RTCP as clients send it, of every kind."""
        own = sum(self.name.encode())
        block = ReportBlock(own + 1, 3, 7, 100, 20, 1, 1)
        return [
            write_report(SenderReport(own, 1 << 40, 5, 6, 7, (block,))),
            write_report(ReceiverReport(own, (block,))),
            write_report(Nack(own, own + 1, (1, 2, 9, 300))),
            write_report(KeyframeRequest(own, own + 1)),
            write_report(KeyframeRequest(own, own + 1, 3)),
            write_report(BitrateLimit(own, 300_000, (own,))),
            write_report(Goodbye((own,))),
            TWCC,
        ]

    async def consent(self) -> None:
        """Have a check answered: consent holds, and all that was sent before has been read."""
        # Checks of one participant are bounded, and the hostile ones count.
        async with asyncio.timeout(20):
            while True:
                check = check_for(self.credentials)
                self.send(check)
                try:
                    async with asyncio.timeout(0.2):
                        while (await self.answers.get()).transaction_id != check[8:20]:
                            pass
                    return
                except TimeoutError:
                    continue


class Call:
    """The room, and who is in it; answers every offer at once."""

    def __init__(self) -> None:
        self.relay: Relay
        self.talkers: dict[str, Talker] = {}

    async def enter(self, name: str, talker: Talker) -> None:
        """Join, and return once connected."""
        talker.name = name
        self.talkers[name] = talker
        offer = self.relay.join("visit", name, MEDIA)
        found = dict(re.findall(r"^a=(ice-ufrag|ice-pwd|fingerprint):(.*)\r$", offer.sdp, re.MULTILINE))
        talker.credentials = Credentials(found["ice-ufrag"], found["ice-pwd"])
        self._answer(name, offer)
        await talker.consent()
        await talker.handshake(Fingerprint(*found["fingerprint"].split(" ")))
        await until(lambda: self._is_connected(name))

    async def _is_connected(self, name: str) -> bool:
        return self.relay.stats(name).state is TransportState.CONNECTED

    def _answer(self, name: str, offer: Offer) -> None:
        if name not in self.relay.rooms().get("visit", ()):
            return
        self.relay.answer(name, offer.revision, answer_to(offer.sdp, self.talkers[name].fingerprint))

    def offered(self, participant: str, offer: Offer) -> None:
        asyncio.get_running_loop().call_soon(self._answer, participant, offer)

    def connected(self, participant: str) -> None:
        pass

    def lost(self, participant: str) -> None:
        raise AssertionError(f"{participant} lost the way")

    def ended(self, participant: str, reason: EndReason) -> None:
        raise AssertionError(f"{participant}: {reason}")


@asynccontextmanager
async def calling(
    *names: str, settings: PortSettings = V4, limits: RelayLimits | None = None
) -> AsyncIterator[Call]:
    """Open a relay and let these people into one room of it."""
    call = Call()
    loop = asyncio.get_running_loop()
    async with open_relay(by_loop(settings), call, limits=limits) as call.relay, AsyncExitStack() as stack:
        address = (settings.addresses()[0], call.relay.port.number)
        for name in names:
            transport, talker = await loop.create_datagram_endpoint(Talker, remote_addr=address)
            stack.callback(transport.close)
            await call.enter(name, talker)
            stack.push_async_callback(talker.leave)
        yield call
        for name in names:
            call.relay.leave(name)
