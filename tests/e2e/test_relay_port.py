"""A real browser on the relay's port: its own ICE, DTLS and SRTP, over UDP and TCP, and a restart of ICE."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from media.candidate import Candidate
from media.dtls import Certificate, Fingerprint
from media.ice_lite import Credentials
from media.listening import PortSettings
from media.port import RelayPort, open_port
from media.srtp import CAPACITY
from media.transport import EndReason, RelayTransport, TransportState
from tests.waiting import until

_SCRIPT = Path(__file__).parent / "in_page" / "publish_to_relay.js"
FRAMES_MIN = 5
PAYLOAD_FEEDBACK = 206


class Echo:
    """Sends each packet of a participant back as another source's, and its wish for a keyframe too.

    A browser sends its first pictures before it nominates the path, and until then nothing may be sent to it.
    """

    transport: RelayTransport

    def __init__(self) -> None:
        self._outgoing = bytearray(CAPACITY)
        self._source = b""

    def on_rtp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        self._source = bytes(buffer[8:12])
        self._outgoing[:length] = memoryview(buffer)[:length]
        self._outgoing[11] ^= 1
        self.transport.send_rtp(self._outgoing, length)

    def on_rtcp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        at = 0
        while at < length:
            if buffer[at] & 31 == 1 and buffer[at + 1] == PAYLOAD_FEEDBACK:
                # Picture loss indication (RFC 4585 section 6.3.1), of a source that is nobody's.
                head = bytes((0x81, PAYLOAD_FEEDBACK, 0, 2, 0, 0, 0, 1))
                self.transport.send_rtcp(head + self._source)
            at += 4 + 4 * int.from_bytes(buffer[at + 2 : at + 4], "big")

    def on_state(self, state: TransportState, reason: EndReason | None) -> None:
        pass


def attribute(one: Candidate) -> str:
    extensions = "".join(f" {name} {value}" for name, value in one.extensions)
    return (
        f"{one.foundation} {one.component} {one.transport} {one.priority} {one.address} {one.port} "
        f"typ {one.kind}{extensions}"
    )


@dataclass
class Publisher:
    """A page that publishes to the port and gets its own picture back."""

    page: Page
    port: RelayPort
    transport: RelayTransport
    protocol: str

    async def answer(self, credentials: Credentials) -> None:
        fingerprint = self.transport.fingerprint
        candidates = [attribute(one) for one in self.port.candidates if one.transport == self.protocol]
        told = {
            "ufrag": credentials.ufrag,
            "password": credentials.password,
            "fingerprint": f"{fingerprint.algorithm} {fingerprint.value}",
            "candidates": candidates,
        }
        await self.page.evaluate("(told) => relayTest.answer(told)", told)

    async def see(self, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return what the page's getStats says once it is enough."""
        seen: dict[str, Any] = {}

        async def told() -> bool:
            seen.update(await self.page.evaluate("relayTest.seen()"))
            return enough(seen)

        await until(told)
        return seen


@asynccontextmanager
async def publishing(browser: Browser, protocol: str) -> AsyncIterator[Publisher]:
    page = await browser.new_page()
    settings = PortSettings(host_v4="127.0.0.1", host_v6=None)
    try:
        async with open_port(settings, Certificate()) as port:
            echo = Echo()
            transport = echo.transport = port.add_transport(echo)
            await page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
            algorithm, value = await page.evaluate("relayTest.offer()")
            transport.set_remote_fingerprints([Fingerprint(algorithm, value)])
            publisher = Publisher(page, port, transport, protocol)
            await publisher.answer(transport.credentials)
            yield publisher
            assert port.counters.faults == 0
    finally:
        await page.close()


@pytest.mark.parametrize("protocol", ["udp", "tcp"])
async def test_a_browser_sees_through_the_port_what_it_sends_there(browser: Browser, protocol: str) -> None:
    async with publishing(browser, protocol) as publisher:
        seen = await publisher.see(lambda now: now["frames"] >= FRAMES_MIN)
        assert seen["protocol"] == protocol
        assert seen["cipher"] == "SRTP_AEAD_AES_128_GCM"
        assert publisher.transport.srtp_counters.auth_failures == 0


async def test_a_browsers_restart_of_ice_takes_a_new_path_with_the_same_keys(browser: Browser) -> None:
    async with publishing(browser, "udp") as publisher:
        before = await publisher.see(lambda now: now["frames"] >= FRAMES_MIN)
        await publisher.page.evaluate("relayTest.restart()")
        await publisher.answer(publisher.transport.restart())
        moved = await publisher.see(lambda now: now["pair"] not in ("", before["pair"]))
        await publisher.see(lambda now: now["frames"] >= moved["frames"] + FRAMES_MIN)
        assert publisher.transport.state is TransportState.CONNECTED
