"""The server's loop is held up again and again: publishers must not take that for a narrow network."""

import asyncio
import time

import pytest
from playwright.async_api import Playwright

from tests.e2e.browsers import chromium
from tests.e2e.test_relay_call import LAYERED, Call, calling

STALL_S, STALLS = 0.2, 10
KEPT = 0.8
SPAN_S = 10


async def rate_bps(call: Call, length_s: float, stalls: int) -> tuple[float, float]:
    """Return what the publisher sends while the loop is held up so often, and takes its path for at least."""
    begun, before = time.monotonic(), await call.figures("ann")
    lowest = float(before["availableBps"])
    for _ in range(stalls):
        time.sleep(STALL_S)  # noqa: ASYNC251  # Holding up the loop is what is tried.
        await asyncio.sleep(length_s / stalls - STALL_S)
        lowest = min(lowest, (await call.figures("ann"))["availableBps"])
    await asyncio.sleep(max(0.0, begun + length_s - time.monotonic()))
    after = await call.figures("ann")
    octets = sum(one["octets"] - before["sent"][rid]["octets"] for rid, one in after["sent"].items())
    return 8 * octets / (time.monotonic() - begun), min(lowest, float(after["availableBps"]))


@pytest.mark.full
async def test_a_loop_that_is_held_up_does_not_lower_what_publishers_send(playwright: Playwright) -> None:
    async with chromium(playwright) as browser, calling(browser) as call:
        await call.join("ann", LAYERED, (1280, 720))
        await call.join("ben", ())
        await call.sees("ben", lambda now: now.get("ann", {}).get("width", 0) == 1280)
        calm = await rate_bps(call, SPAN_S, 0)
        held_up = await rate_bps(call, SPAN_S, STALLS)
        for name, (sent, room) in (("calm", calm), (f"{STALLS} stalls of {STALL_S} s", held_up)):
            print(f"{name}: sends {sent / 1000:.0f} kbit/s, takes its path for {room / 1000:.0f} kbit/s")
        assert held_up[0] >= KEPT * calm[0]
        assert held_up[1] >= KEPT * calm[1]
        await call.demand_flow("ben", "ann")
