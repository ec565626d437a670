"""A real Firefox and a real Chromium see and hear each other through the relay."""

import socket
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.firefox import empty_page, firefox
from tests.e2e.test_relay_call import LAYERED, calling, has_left
from tests.waiting import until


def own_address() -> str:
    """Return an address of this machine that is not loopback's; skip without one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.254", 9))
        except OSError:
            pytest.skip("this machine has no address besides loopback's")
        return str(probe.getsockname()[0])


async def test_firefox_and_chromium_see_each_other_whoever_comes_first(
    browser: Browser, tmp_path: Path
) -> None:
    async with firefox(tmp_path) as fox, empty_page() as url:
        for order in (("fox", "ann"), ("ann", "fox")):
            async with calling(browser, own_address()) as call:
                for name in order:
                    if name == "ann":
                        await call.join("ann")
                    else:
                        await call.enter("fox", await fox.open(url), LAYERED, (640, 360))
                await call.demand_flow("ann", "fox")
                await call.demand_flow("fox", "ann")
                assert call.relay.stats("fox").media.malformed == 0


async def test_firefox_rejects_a_line_and_goes_on_with_those_who_leave_and_come(
    browser: Browser, tmp_path: Path
) -> None:
    async with firefox(tmp_path) as fox, empty_page() as url, calling(browser, own_address()) as call:
        await call.join("ann")
        # The first two lines are its own, the next two for what ann sends.
        await call.enter("fox", await fox.open(url), LAYERED, (640, 360), refused=["3"])
        await call.sees("fox", lambda now: now.get("ann", {}).get("packets", 0) > 0)
        assert "m=video 0 " in call.signals.answers["fox"][0]
        await call.signals.pages["ann"].evaluate("relayCall.connection.close()")
        await until(lambda: has_left(call, "ann"))
        await call.join("dee")
        await call.demand_flow("fox", "dee")
        await call.demand_flow("dee", "fox")
        lines = await call.signals.pages["fox"].evaluate("relayCall.lines()")
        # One line was rejected; the others are used again.
        assert [mid for mid, direction in lines if direction == "recvonly"] == ["2", "4"]
