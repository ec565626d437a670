"""Real browsers see and hear each other through the relay."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.async_api import Browser, Page, Playwright

from media.listening import PortSettings
from media.negotiation import Offer, Publication
from media.relay import Relay, open_relay
from media.transport import EndReason, TransportState
from tests.e2e.browsers import chromium
from tests.waiting import until

_SCRIPT = Path(__file__).parent / "in_page" / "relay_call.js"
# A page of its own origin: only there a browser opens a camera.
_PAGE = "http://localhost/relay"
MEDIA = (Publication("audio", "microphone"), Publication("video", "camera"))
LAYERED = (MEDIA[0], Publication("video", "camera", simulcast=True))
FRAMES, PACKETS = 5, 15


class Screen(Protocol):
    """A page of either browser."""

    async def evaluate(self, expression: str, argument: Any = None, /) -> Any: ...
    def is_closed(self) -> bool: ...
    async def close(self) -> None: ...


class Signals:
    """Carries offers to the pages and their answers back, in the order of the offers of each."""

    def __init__(self) -> None:
        self.relay: Relay
        self.pages: dict[str, Screen] = {}
        self.ends: dict[str, EndReason] = {}
        self.answers: dict[str, list[str]] = {}
        self.offers: asyncio.Queue[tuple[str, Offer]] = asyncio.Queue()

    def offered(self, participant: str, offer: Offer) -> None:
        self.offers.put_nowait((participant, offer))

    def connected(self, participant: str) -> None:
        pass

    def lost(self, participant: str) -> None:
        pass

    def ended(self, participant: str, reason: EndReason) -> None:
        self.ends[participant] = reason

    async def exchange(self) -> None:
        """Answer what is offered, until cancelled."""
        while True:
            participant, offer = await self.offers.get()
            if participant not in self.pages or self.pages[participant].is_closed():
                continue
            told = {"sdp": offer.sdp, "sources": offer.sources}
            sdp = await self.pages[participant].evaluate("(told) => relayCall.answer(told)", told)
            self.answers.setdefault(participant, []).append(sdp)
            self.relay.answer(participant, offer.revision, sdp)


class Call:
    """One room of the relay, and the pages in it."""

    def __init__(self, browser: Browser, signals: Signals) -> None:
        self.browser = browser
        self.signals = signals
        self.relay = signals.relay

    async def join(
        self,
        name: str,
        publications: Sequence[Publication] = MEDIA,
        size: tuple[int, int] = (320, 180),
        *,
        browser: Browser | None = None,
        **choices: object,
    ) -> Page:
        """Join from a new page. `choices`: see relay_call.js."""
        page = await (browser or self.browser).new_page()
        await page.route(_PAGE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        await page.goto(_PAGE)
        await self.enter(name, page, publications, size, **choices)
        return page

    async def enter(
        self,
        name: str,
        page: Screen,
        publications: Sequence[Publication],
        size: tuple[int, int],
        **choices: object,
    ) -> None:
        """Join from a page that is there."""
        await page.evaluate("(text) => void (0, eval)(text)", _SCRIPT.read_text(encoding="utf-8"))
        kinds = {one.kind for one in publications}
        wanted = {"width": size[0], "height": size[1], "audio": "audio" in kinds, "video": "video" in kinds}
        await page.evaluate("(wanted) => relayCall.open(wanted)", {**wanted, **choices})
        self.signals.pages[name] = page
        self.signals.offered(name, self.relay.join("visit", name, publications))

    def without_udp(self) -> None:
        """Tell browsers of no UDP port from now on, as if a network let none through."""
        told = self.relay.port.candidates
        told[:] = [one for one in told if one.transport == "tcp"]

    async def sees(self, name: str, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return what a participant gets, by publisher, once it is enough."""
        seen: dict[str, Any] = {}

        async def told() -> bool:
            seen.clear()
            seen.update(await self.signals.pages[name].evaluate("relayCall.stats()"))
            return enough(seen)

        await until(told)
        return dict(seen)

    async def figures(self, name: str) -> dict[str, Any]:
        """Return what a page sends by layer, gets by publisher, and believes of its path."""
        found = await self.signals.pages[name].evaluate("relayCall.figures()")
        assert isinstance(found, dict)
        return found

    async def protocol(self, name: str) -> str:
        """Return how a participant reaches the relay: udp or tcp."""
        found = await self.signals.pages[name].evaluate("relayCall.protocol()")
        assert isinstance(found, str)
        return found

    async def demand_flow(self, name: str, publisher: str) -> None:
        """Return once sound and picture of a publisher keep coming to a participant."""
        before = await self.sees(name, lambda now: publisher in now)
        old = before[publisher]

        def grew(now: dict[str, Any]) -> bool:
            new = now.get(publisher, old)
            return bool(
                new["frames"] >= old["frames"] + FRAMES and new["packets"] >= old["packets"] + PACKETS
            )

        await self.sees(name, grew)


@asynccontextmanager
async def calling(browser: Browser, host: str = "127.0.0.1") -> AsyncIterator[Call]:
    signals = Signals()
    v4, v6 = (None, host) if ":" in host else (host, None)
    settings = PortSettings(host_v4=v4, host_v6=v6)
    async with (
        open_relay(settings, signals) as relay,
        asyncio.TaskGroup() as tasks,
    ):
        signals.relay = relay
        exchange = tasks.create_task(signals.exchange())
        try:
            yield Call(browser, signals)
            assert relay.port.counters.faults == 0
            assert relay.faults == 0
        finally:
            exchange.cancel()
            for page in signals.pages.values():
                await page.close()


@pytest.mark.parametrize("order", [("ann", "ben"), ("ben", "ann")], ids=["ann-first", "ben-first"])
async def test_two_see_and_hear_each_other_whoever_comes_first(
    browser: Browser, order: tuple[str, str]
) -> None:
    async with calling(browser) as call:
        first, second = order
        await call.join(first)
        await until(lambda: connected(call, first))
        await call.join(second)
        await call.demand_flow(first, second)
        await call.demand_flow(second, first)
        stats = call.relay.stats(first)
        assert stats.media.malformed == 0
        assert {one.track for one in stats.media.gets} == {f"{second}.camera", f"{second}.microphone"}


async def connected(call: Call, name: str) -> bool:
    return call.relay.stats(name).state is TransportState.CONNECTED


async def test_a_third_is_seen_and_its_lines_are_free_for_whoever_comes_next(browser: Browser) -> None:
    async with calling(browser) as call:
        for name in ("ann", "ben", "cai"):
            await call.join(name)
        for name in ("ann", "ben", "cai"):
            for other in {"ann", "ben", "cai"} - {name}:
                await call.demand_flow(name, other)
        lines = await call.signals.pages["ann"].evaluate("relayCall.lines()")
        await call.signals.pages["cai"].evaluate("relayCall.connection.close()")
        await until(lambda: has_left(call, "cai"))
        assert call.signals.ends == {"cai": EndReason.PEER_LEFT}
        await call.demand_flow("ann", "ben")
        await call.join("dee")
        await call.demand_flow("ann", "dee")
        await call.demand_flow("dee", "ann")
        again = await call.signals.pages["ann"].evaluate("relayCall.lines()")
        assert again == lines


async def has_left(call: Call, name: str) -> bool:
    return name not in call.relay.rooms()["visit"]


async def test_a_muted_camera_sends_nothing_and_comes_back(browser: Browser) -> None:
    async with calling(browser) as call:
        await call.join("ann")
        await call.join("ben")
        await call.demand_flow("ben", "ann")
        page = call.signals.pages["ann"]
        await page.evaluate("relayCall.mute('camera', true)")

        def camera_bps() -> int:
            sends = call.relay.stats("ann").media.sends
            return sum(one.rate_bps for one in sends if one.track == "ann.camera")

        async def silent() -> bool:
            return camera_bps() == 0

        await until(silent)
        before = await call.sees("ben", lambda now: "ann" in now)
        after = await call.sees("ben", lambda now: now["ann"]["packets"] >= before["ann"]["packets"] + 50)
        assert after["ann"]["frames"] <= before["ann"]["frames"] + 1
        await page.evaluate("relayCall.mute('camera', false)")
        await call.demand_flow("ben", "ann")


async def test_whoever_has_neither_camera_nor_microphone_sees_the_others(browser: Browser) -> None:
    async with calling(browser) as call:
        await call.join("ann")
        await call.join("ben", ())
        await call.demand_flow("ben", "ann")
        assert call.relay.stats("ann").media.gets == ()


async def test_a_call_goes_by_tcp_where_nothing_else_is_left(browser: Browser) -> None:
    async with calling(browser) as call:
        call.without_udp()
        await call.join("ann")
        await call.join("ben")
        await call.demand_flow("ben", "ann")
        await call.demand_flow("ann", "ben")


async def test_a_restart_of_ice_keeps_the_call(browser: Browser) -> None:
    async with calling(browser) as call:
        await call.join("ann")
        await call.join("ben")
        await call.demand_flow("ben", "ann")
        call.relay.restart("ben")
        await call.demand_flow("ben", "ann")
        await call.demand_flow("ann", "ben")


async def test_a_subscriber_is_shown_the_layer_it_can_use(playwright: Playwright) -> None:
    # The camera of the other tests is too small for layers; a browser without it has one as large as wanted.
    async with chromium(playwright) as browser, calling(browser) as call:
        await call.join("ann", LAYERED, (1280, 720))
        await call.join("ben", ())
        await call.sees("ben", lambda now: now.get("ann", {}).get("width", 0) >= 640)
        call.relay.wish("ben", "ann.camera", ceiling=0)
        await call.sees("ben", lambda now: now["ann"]["width"] == 320)
        await call.demand_flow("ben", "ann")
        call.relay.wish("ben", "ann.camera", ceiling=2)
        await call.sees("ben", lambda now: now["ann"]["width"] >= 640)
        sent = await call.signals.pages["ann"].evaluate("relayCall.sent()")
        assert set(sent) == {"l", "m", "h"}
        call.relay.pause("ben", "ann.camera", True)
        before = await call.sees("ben", lambda now: "ann" in now)
        after = await call.sees("ben", lambda now: now["ann"]["packets"] >= before["ann"]["packets"] + 50)
        # What was on its way is shown still.
        assert after["ann"]["frames"] <= before["ann"]["frames"] + 5
        call.relay.pause("ben", "ann.camera", False)
        await call.demand_flow("ben", "ann")
