"""A visit in the pages that people use, one of whom comes to another network in the middle of it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Playwright, expect

from domain.accounts import Account, Role
from tests.e2e.browsers import Person, chromium
from tests.e2e.calls import begin_call
from tests.e2e.camera import write_bar
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.places import a_place

GAPS = Path(__file__).parent / "in_page" / "call_gaps.js"
GAP_MS = 3000
MOVES = 3


@pytest.mark.full
async def test_whoever_comes_to_another_network_is_soon_seen_and_heard_again(
    open_hospital: OpenHospital, sit: Sit, playwright: Playwright, tmp_path: Path
) -> None:
    write_bar(tmp_path / "small.y4m")
    camera = f"--use-file-for-fake-video-capture={tmp_path / 'small.y4m'}"
    with a_place(tmp_path) as place:
        everywhere = "0.0.0.0"  # noqa: S104  # In the place it is reached from another side.
        settings = {"HOST": everywhere, "RELAY_PORT": "0", "RELAY_ADDRESSES": place.outside, "P2P": "never"}
        hospital = await open_hospital(settings, named=True)
        async with chromium(playwright, camera, place=place) as far:

            async def sit_apart(account: Account, **options: Any) -> Person:
                one = await sit(account, through=far if account.role is Role.PATIENT else None, **options)
                # The connection to the hospital breaks with the old address.
                one.expect_complaint(r"net::ERR_|WebSocket")
                return one

            call = await begin_call(hospital, sit_apart)
            await call.demand_flow()
            sides = (call.patient, call.doctor)
            for side in sides:
                await expect(side.stage.root).to_have_attribute("data-route", "relay")
            for _ in range(MOVES):
                for side in sides:
                    await side.page.evaluate(
                        "(text) => void (0, eval)(text)", GAPS.read_text(encoding="utf-8")
                    )
                    await side.page.evaluate("callGaps.start()")
                place.move()
                await asyncio.sleep(1)
                await call.demand_flow()
                gaps = [await side.page.evaluate("callGaps.stop()") for side in sides]
                for name, gap in zip(("patient", "doctor"), gaps, strict=True):
                    print(f"{name}: picture stood still {gap['picture']:.0f} ms, sound {gap['sound']:.0f} ms")
                assert max(gap[kind] for gap in gaps for kind in ("picture", "sound")) < GAP_MS
            for side in sides:
                await side.page.context.close()
