"""One of three sits behind a line that becomes too narrow for a large picture, and wide again."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Playwright

from tests.e2e.browsers import chromium
from tests.e2e.places import a_place
from tests.e2e.test_relay_call import LAYERED, Call, calling
from tests.waiting import until

LIMIT_KBIT_PER_S = 300
DOWN_S, UP_S = 5.0, 15.0
NARROW_S = 20
BEST = 2
FRAMES_MIN = 5
VIDEO = "ann.camera"


@dataclass
class Moment:
    """How a call stood: layers and pictures by subscriber, octets sent by layer."""

    at_s: float
    layers: dict[str, int]
    frames: dict[str, int]
    sent: dict[str, int]


def layer(call: Call, name: str) -> int:
    """Return which layer is forwarded to a subscriber, -1 for none."""
    return next((one.layer for one in call.relay.stats(name).media.gets if one.track == VIDEO), -1)


async def look(call: Call) -> Moment:
    """Return how the call stands."""
    frames = {}
    for name in ("ben", "cai"):
        got = (await call.figures(name))["got"]
        frames[name] = int(got["ann"]["video"]["frames"])
    sent = {rid: int(one["octets"]) for rid, one in (await call.figures("ann"))["sent"].items()}
    return Moment(time.monotonic(), {name: layer(call, name) for name in frames}, frames, sent)


async def reached(call: Call, name: str, wanted: range, limit_s: float) -> float:
    """Return after how many seconds a subscriber gets one of these layers."""
    begun = time.monotonic()

    async def there() -> bool:
        return layer(call, name) in wanted

    await until(there, limit_s=limit_s)
    return time.monotonic() - begun


@pytest.mark.full
async def test_a_narrow_line_gets_a_smaller_picture_and_nobody_else_does(
    playwright: Playwright, tmp_path: Path
) -> None:
    # The camera of the other tests is too small for layers; a browser without it has one as large as wanted.
    with a_place(tmp_path) as place:
        async with (
            chromium(playwright) as browser,
            chromium(playwright, place=place) as far,
            calling(browser, place.outside) as call,
        ):
            await call.join("ann", LAYERED, (1280, 720))
            await call.join("ben", (), browser=far)
            await call.join("cai", ())
            for name in ("ben", "cai"):
                await call.sees(name, lambda now: now.get("ann", {}).get("width", 0) == 1280)
            place.narrow(LIMIT_KBIT_PER_S)
            down_s = await reached(call, "ben", range(BEST), DOWN_S)
            moments = await watch(call, NARROW_S)
            place.widen()
            up_s = await reached(call, "ben", range(BEST, BEST + 1), UP_S)
            await call.sees("ben", lambda now: now["ann"]["width"] == 1280)
            assert layer(call, "cai") == BEST
            layers = [moment.layers["ben"] for moment in moments]
            print(f"down after {down_s:.1f} s, up after {up_s:.1f} s; layers each second: {layers}")
            check(moments)


async def watch(call: Call, length_s: int) -> list[Moment]:
    """Return how the call stands at every second of a while."""
    moments = [await look(call)]
    for _ in range(length_s):
        await asyncio.sleep(1)
        moments.append(await look(call))
    return moments


def check(moments: list[Moment]) -> None:
    """Demand that pictures went on for both, that nobody else's became smaller, that all layers were sent."""
    for before, after in zip(moments, moments[3:], strict=False):
        span_s = after.at_s - before.at_s
        gained = {name: after.frames[name] - before.frames[name] for name in after.frames}
        assert min(gained.values()) >= FRAMES_MIN, gained
        rates = {rid: 8 * (after.sent[rid] - before.sent[rid]) / span_s for rid in after.sent}
        assert set(rates) == {"l", "m", "h"}
        assert min(rates.values()) > 30_000, rates
    assert {moment.layers["cai"] for moment in moments} == {BEST}
    # It does not go up and down all the while either.
    layers = [moment.layers["ben"] for moment in moments[3:]]
    assert layers.count(0) >= len(layers) * 3 // 4
