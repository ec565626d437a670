"""Browsers on networks of their own reach the relay: without UDP, and after their address changed."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright

from tests.e2e.browsers import chromium
from tests.e2e.firefox import empty_page, firefox
from tests.e2e.places import a_place
from tests.e2e.test_relay_call import LAYERED, MEDIA, Call, calling
from tests.waiting import until

RESUMED_S = 3.0
SIZE = (320, 180)


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
