"""What the relay carries between real browsers: every codec it offers, silence that is not sent, IPv6."""

import pytest
from playwright.async_api import Browser

from media.negotiation import Publication
from tests.e2e.test_relay_call import MEDIA, Call, calling
from tests.waiting import until

LONG = pytest.mark.full


@pytest.mark.parametrize(
    "codec", [pytest.param("VP8", marks=LONG), "H264", pytest.param("VP9", marks=LONG), "AV1"]
)
async def test_pictures_of_every_codec_are_seen_by_who_is_there_and_by_who_comes_later(
    browser: Browser, codec: str
) -> None:
    async with calling(browser) as call:
        await call.join("ann", MEDIA, codec=codec)
        await call.join("ben", ())
        await call.demand_flow("ben", "ann")
        # Only a keyframe that the relay knew for one lets it begin.
        await call.join("cai", ())
        await call.demand_flow("cai", "ann")
        for name in ("ben", "cai"):
            seen = await call.sees(name, lambda now: "codec" in now["ann"])
            assert seen["ann"]["codec"] == f"video/{codec}"
        (camera,) = [one for one in call.relay.stats("ann").media.sends if one.track == "ann.camera"]
        assert camera.rate_bps > 0


async def test_a_call_goes_by_ipv6(browser: Browser) -> None:
    async with calling(browser, "::1") as call:
        await call.join("ann")
        await call.join("ben")
        await call.demand_flow("ben", "ann")
        await call.demand_flow("ann", "ben")


@pytest.mark.full
async def test_silence_is_hardly_sent_and_speech_comes_back(browser: Browser) -> None:
    async with calling(browser) as call:
        await call.join("ann")
        await call.join("ben", ())
        await call.demand_flow("ben", "ann")
        page = call.signals.pages["ann"]
        answered = call.signals.answers["ann"][0]
        assert "useinbandfec=1" in answered
        await page.evaluate("void (relayCall.sources.microphone.enabled = false)")
        # Opus sends one packet in 400 ms then (RFC 7587 section 3.1.3), and the participant is not lost.
        await until(lambda: quiet(call))
        before = (await call.sees("ben", lambda now: "ann" in now))["ann"]
        await call.sees("ben", lambda now: now["ann"]["frames"] >= before["frames"] + 45)
        after = (await call.sees("ben", lambda now: "ann" in now))["ann"]
        assert after["packets"] - before["packets"] < 45
        await page.evaluate("void (relayCall.sources.microphone.enabled = true)")
        await call.demand_flow("ben", "ann")


async def quiet(call: Call) -> bool:
    sends = call.relay.stats("ann").media.sends
    return all(one.rate_bps < 6_000 for one in sends if one.track == "ann.microphone")


async def test_a_camera_that_is_added_later_and_taken_back_comes_and_goes_for_the_others(
    browser: Browser,
) -> None:
    async with calling(browser) as call:
        await call.join("ann", MEDIA[:1], video=True)
        await call.join("ben", ())
        await call.sees("ben", lambda now: now.get("ann", {}).get("packets", 0) > 0)
        call.relay.publish("ann", MEDIA[1:])
        await call.demand_flow("ben", "ann")
        call.relay.unpublish("ann", "camera")
        await until(lambda: inactive(call, "ben", 1))
        call.relay.publish("ann", MEDIA[1:])
        await call.demand_flow("ben", "ann")


async def inactive(call: Call, name: str, count: int) -> bool:
    lines = await call.signals.pages[name].evaluate("relayCall.lines()")
    free = [mid for mid, direction in lines if mid != "0" and direction == "inactive"]
    return len(free) == count


async def test_a_line_that_a_browser_rejects_is_given_up_and_another_track_finds_a_new_one(
    browser: Browser,
) -> None:
    async with calling(browser) as call:
        await call.join("ann")
        # The first line is for the voice that ben does not raise, the second for ann's.
        await call.join("ben", (), refused=["2"])
        await call.sees("ben", lambda now: now.get("ann", {}).get("packets", 0) > 0)
        assert "m=video 0 " in call.signals.answers["ben"][0]
        assert [one.track for one in call.relay.stats("ben").media.gets] == ["ann.microphone"]
        page = call.signals.pages["ann"]
        await page.evaluate("void (relayCall.sources.screen = relayCall.sources.camera.clone())")
        call.relay.publish("ann", [Publication("video", "screen")])
        await call.demand_flow("ben", "ann")
        lines = await page_lines(call, "ben")
        assert "2" not in lines and len(lines) == 3


async def page_lines(call: Call, name: str) -> list[str]:
    return [mid for mid, _ in await call.signals.pages[name].evaluate("relayCall.lines()") if mid]
