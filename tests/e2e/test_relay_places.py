"""Browsers on networks of their own reach the relay: without UDP, and after their address changed."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright

from tests.e2e.browsers import chromium
from tests.e2e.firefox import empty_page, firefox
from tests.e2e.places import Place, a_place
from tests.e2e.test_relay_call import MEDIA, Call, calling
from tests.waiting import until

RESUMED_S = 3.0
SIZE = (320, 180)
MOVES = 4
IN_FLIGHT_S, FRESH = 0.25, 3


@pytest.mark.full
async def test_chromium_and_firefox_without_udp_have_their_call_by_tcp(
    playwright: Playwright, tmp_path: Path
) -> None:
    with a_place(tmp_path) as place:
        place.drop_udp()
        async with (
            firefox(tmp_path, place) as fox,
            empty_page(place) as url,
            chromium(playwright, place=place) as browser,
            calling(browser, place.outside) as call,
        ):
            await call.join("ann")
            await call.enter("fox", await fox.open(url), MEDIA, SIZE)
            await call.demand_flow("ann", "fox")
            await call.demand_flow("fox", "ann")
            for name in ("ann", "fox"):
                assert await call.protocol(name) == "tcp"


@asynccontextmanager
async def moving(
    kind: str, browser: Browser, playwright: Playwright, folder: Path, place: Place
) -> AsyncIterator[Call]:
    """Give a call of ann, who stays, and of ben in a place, who sits at a browser of this kind."""
    async with AsyncExitStack() as opened:
        enter = opened.enter_async_context
        if kind == "firefox":
            page = await (await enter(firefox(folder, place))).open(await enter(empty_page(place)))
            call = await enter(calling(browser, place.outside))
            await call.enter("ben", page, MEDIA, SIZE)
        else:
            far = await enter(chromium(playwright, place=place))
            call = await enter(calling(browser, place.outside))
            await call.join("ben", browser=far)
        await call.join("ann")
        yield call


async def resumed(call: Call) -> dict[str, float]:
    """Return after how many seconds each side gets new pictures of the other."""
    begun = time.monotonic()
    found: dict[str, float] = {}
    frames: dict[str, int] = {}
    others = {"ann": "ben", "ben": "ann"}
    # What was on its way when the address changed is no new picture.
    await asyncio.sleep(IN_FLIGHT_S)

    async def both() -> bool:
        for name, other in others.items():
            if name not in found:
                now = (await call.figures(name))["got"][other]["video"]["frames"]
                if now >= frames.setdefault(name, now) + FRESH:
                    found[name] = time.monotonic() - begun
        return len(found) == len(others)

    await until(both)
    return found


@pytest.mark.full
@pytest.mark.parametrize("kind", ["chromium", "firefox"])
async def test_a_restart_of_ice_after_the_address_changed_brings_everything_back(
    kind: str, browser: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    with a_place(tmp_path) as place:
        async with moving(kind, browser, playwright, tmp_path, place) as call:
            for _ in range(MOVES):
                await call.demand_flow("ann", "ben")
                await call.demand_flow("ben", "ann")
                place.move()
                call.relay.restart("ben")
                took = await resumed(call)
                print(f"{kind}: pictures again after " + ", ".join(f"{s:.2f} s" for s in took.values()))
                assert max(took.values()) < RESUMED_S
