"""A call on ways that lose packets in both directions: what is heard and seen of it."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Playwright

from tests.e2e.browsers import chromium
from tests.e2e.camera import write_bar
from tests.e2e.lossy_way import a_lossy_way
from tests.e2e.spoken import write_voice
from tests.e2e.test_relay_call import calling

LOSS = 0.05
SPAN_S = 60.0
CONCEALED_MAX, FROZEN_MAX = 0.03, 0.05


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_five_percent_lost_each_way_are_not_heard_and_hardly_seen(
    playwright: Playwright, tmp_path: Path, seed: int
) -> None:
    write_bar(tmp_path / "small.y4m")
    write_voice(tmp_path / "voice.wav")
    flags = (
        f"--use-file-for-fake-video-capture={tmp_path / 'small.y4m'}",
        f"--use-file-for-fake-audio-capture={tmp_path / 'voice.wav'}",
    )
    async with (
        chromium(playwright, *flags) as browser,
        calling(browser) as call,
        a_lossy_way(("127.0.0.1", call.relay.port.number), seed=seed) as way,
    ):
        told = call.relay.port.candidates
        told[:] = [replace(one, port=way.port) for one in told if one.transport == "udp"]
        for name in ("ann", "ben"):
            await call.join(name)
        await call.demand_flow("ann", "ben")
        await call.demand_flow("ben", "ann")
        way.loss = LOSS
        sides = {"ann": "ben", "ben": "ann"}
        before = {name: (await call.figures(name))["got"][other] for name, other in sides.items()}
        begun = time.monotonic()
        await asyncio.sleep(SPAN_S)
        after = {name: (await call.figures(name))["got"][other] for name, other in sides.items()}
        span_s = time.monotonic() - begun
        assert 0.04 < way.lost / (way.lost + way.passed) < 0.06
        for name in sides:
            sound, picture = (
                {key: after[name][kind][key] - before[name][kind][key] for key in after[name][kind]}
                for kind in ("audio", "video")
            )
            concealed = sound["concealed"] / sound["samples"]
            frozen = picture["frozenS"] / span_s
            print(
                f"{name}, {span_s:.0f} s: concealed {concealed:.2%} of {sound['samples']} samples"
                f" ({sound['events']} times, {sound['silent']} silent, {sound['fec']} packets repair others)"
                f", frozen {frozen:.2%} ({picture['freezes']} times), {picture['frames']} pictures"
            )
            assert concealed < CONCEALED_MAX
            # What Opus sends beside its sound for packets that may be lost comes through the relay.
            assert sound["fec"] > 0
            assert frozen < FROZEN_MAX
            assert picture["frames"] > 10 * span_s
