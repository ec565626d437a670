"""A call goes from p2p to the relay and back while people talk: how long sound and picture stand still."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from domain.accounts import Actor, Role
from domain.ids import AccountId
from rooms.call_inputs import Settle
from rooms.participants import Asker
from rooms.timings import Timings
from server.embedded_postgres import EmbeddedPostgres
from tests.e2e.calls import Call, begin_call
from tests.e2e.conftest import Sit
from tests.e2e.hospital_here import HospitalHere, hospital_here
from tests.waiting import until

# Longest gaps, in ms: what is promised, and what tells a broken switch from a busy machine.
PROMISED = {"picture": 1000, "sound": 300}
UNBROKEN = {"picture": 5000, "sound": 5000}
_GAPS = Path(__file__).parent / "in_page" / "call_gaps.js"
_THIRD, _PAGE = UUID(int=0x3), UUID(int=0x33)


async def test_a_call_goes_on_by_the_relay_and_back_again(
    durable_cluster: EmbeddedPostgres, web_app: None, sit: Sit, tmp_path: Path
) -> None:
    await switch_and_measure(durable_cluster, sit, tmp_path, 2, UNBROKEN)


@pytest.mark.full
async def test_twenty_switches_each_way_are_hardly_noticed(
    durable_cluster: EmbeddedPostgres, web_app: None, sit: Sit, tmp_path: Path
) -> None:
    await switch_and_measure(durable_cluster, sit, tmp_path, 20, PROMISED)


async def switch_and_measure(
    cluster: EmbeddedPostgres, sit: Sit, folder: Path, times: int, limits: dict[str, int]
) -> None:
    # Two people are left with the relay for 30 s after the third one; here for one.
    async with hospital_here(cluster, folder, Timings(quiet_s=1.0)) as here:
        call = await begin_call(here.hospital, sit)
        await call.demand_flow()
        await demand_route(call, "p2p")
        found: dict[str, list[dict[str, Any]]] = {"relay": [], "p2p": []}
        for _ in range(times):
            for route in ("relay", "p2p"):
                found[route] += await one_switch(here, call, route)
        for route, gaps in found.items():
            for kind, limit in limits.items():
                measured = sorted(round(gap[kind]) for gap in gaps)
                print(f"to {route}: {kind} ms {measured}")
                assert measured[-1] < limit, (route, kind, measured)
        await call.doctor.page.context.close()
        await call.patient.page.context.close()


async def one_switch(here: HospitalHere, call: Call, route: str) -> list[dict[str, Any]]:
    """Have the path change by a third person's coming or going; return both sides' longest gaps."""
    sides = (call.patient, call.doctor)
    for side in sides:
        await side.page.evaluate("(text) => void (0, eval)(text)", _GAPS.read_text(encoding="utf-8"))
        await side.page.evaluate("callGaps.start()")
    room_call = here.call_of(call.visit.appointment.consultation_id)
    if route == "relay":
        room_call.here(_THIRD, _PAGE, "nobody's")
    else:
        room_call.gone(_THIRD)
    await demand_route(call, route)
    if route == "relay":
        # The third person gets sound and picture as well: now p2p is closed.
        asker = Asker(Actor(AccountId(_THIRD), Role.PATIENT), "nobody's", "test")
        room_call.answer(Settle(asker, room_call.view.generation), _THIRD)
    for side in sides:
        await until(partial(has_one_connection, side.page))
    await call.demand_flow()
    return list(await asyncio.gather(*(side.page.evaluate("callGaps.stop()") for side in sides)))


async def has_one_connection(page: Page) -> bool:
    """Say whether the way that is left has been closed."""
    return bool(await page.evaluate("window.seenByTests.peers().length") == 1)


async def demand_route(call: Call, route: str) -> None:
    for side in (call.patient, call.doctor):
        await expect(side.stage.root).to_have_attribute("data-route", route)
