"""Visits whose sound and picture go through the hospital's own relay, in the pages that people use."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.calls import Call, begin_call
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.narrow_way import a_way, without_udp
from tests.waiting import until

GAPS = Path(__file__).parent / "in_page" / "call_gaps.js"
LOSS_GAP_MS = 5000
_PROTOCOL = """async () => {
  const report = await window.seenByTests.peers()[0].getStats();
  const { selectedCandidatePairId } = [...report.values()].find(({ type }) => type === 'transport');
  return report.get(report.get(selectedCandidatePairId).localCandidateId).protocol;
}"""
WITH_RELAY = {"RELAY_PORT": "0"}
_REMOTE = "window.seenByTests.peers()[0].currentRemoteDescription.sdp.match(/ice-ufrag:(\\S+)/)[1]"
RELAY_ALONE = {"RELAY_PORT": "0", "P2P": "never"}


async def demand_route(call: Call, route: str) -> None:
    for side in (call.patient, call.doctor):
        await expect(side.stage.root).to_have_attribute("data-route", route)


async def test_a_hospital_that_forbids_p2p_lets_people_meet_by_its_relay(
    open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital(RELAY_ALONE)
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    await demand_route(call, "relay")
    for side in (call.patient, call.doctor):
        await expect(side.stage.root).to_have_attribute("data-path", "relayed")

    # The doctor sees in figures how it goes for both, as the relay measures it.
    words = call.doctor.words
    opener = words("features/call", "quality.open", word="|").partition("|")[0]
    await call.doctor.page.get_by_role("button", name=re.compile(f"^{opener}")).click()
    table = call.doctor.page.get_by_role("table", name=words("features/call", "figures.title"))
    for what in ("sends", "gets", "loss", "roundTrip", "jitter", "picture"):
        row = table.get_by_role("row", name=re.compile(f"^{words('features/call', f'figures.{what}')}"))
        await expect(row.get_by_role("cell")).to_have_text([re.compile(r"\d")] * 2)

    # A camera that is off sends nothing, and comes back by the same line.
    told = call.doctor.words("features/call", "cameraOff.what", name=call.visit.patient.display_name)
    await call.patient.control("cameraOff").click()
    await expect(call.doctor.page.get_by_text(told)).to_be_visible()
    await call.patient.control("cameraOn").click()
    await expect(call.doctor.page.get_by_text(told)).to_have_count(0)
    await call.demand_flow()

    # On another network the way to the relay is another one.
    before = await call.patient.page.evaluate(_REMOTE)
    await call.patient.page.evaluate("window.dispatchEvent(new Event('online'))")

    async def restarted() -> bool:
        return bool(await call.patient.page.evaluate(_REMOTE) != before)

    await until(restarted)
    await call.demand_flow()

    # A page that is loaded anew joins anew.
    await call.patient.page.reload()
    await call.patient.demand_step("call")
    await call.demand_flow()
    await demand_route(call, "relay")


@pytest.mark.full
async def test_p2p_that_does_not_connect_gives_way_to_the_relay(
    open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital(WITH_RELAY)
    async with a_way() as way:
        way.cut = True
        call = await begin_call(hospital, sit, prepare=way.lead)
        await call.demand_flow()
        await demand_route(call, "relay")


async def test_p2p_that_is_lost_in_a_call_is_followed_by_the_relay_within_five_seconds(
    open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital(WITH_RELAY)
    async with a_way() as way:
        call = await begin_call(hospital, sit, prepare=way.lead)
        await call.demand_flow()
        await demand_route(call, "p2p")
        assert way.passed > 100
        sides = (call.patient, call.doctor)
        for side in sides:
            await side.page.evaluate("(text) => void (0, eval)(text)", GAPS.read_text(encoding="utf-8"))
            await side.page.evaluate("callGaps.start()")
        way.cut = True
        await demand_route(call, "relay")
        await call.demand_flow()
        for side in sides:
            gaps = await side.page.evaluate("callGaps.stop()")
            print(f"stood still: picture {gaps['picture']:.0f} ms, sound {gaps['sound']:.0f} ms")
            assert 1000 < gaps["picture"] < LOSS_GAP_MS
            assert 1000 < gaps["sound"] < LOSS_GAP_MS


@pytest.mark.full
async def test_a_network_without_udp_has_its_call_by_tcp(open_hospital: OpenHospital, sit: Sit) -> None:
    hospital = await open_hospital(WITH_RELAY)
    call = await begin_call(hospital, sit, prepare=without_udp)
    await call.demand_flow()
    await demand_route(call, "relay")
    for side in (call.patient, call.doctor):
        assert await side.page.evaluate(_PROTOCOL) == "tcp"
