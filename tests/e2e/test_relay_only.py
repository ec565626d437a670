"""A call through a real coturn and nothing else, with the time-limited logins that the server makes."""

from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.e2e.browsers import Stage
from tests.e2e.calls import begin_call
from tests.e2e.conftest import OpenHospital, Sit
from tests.servers import Coturn
from tests.waiting import until

UNAUTHORIZED = 401

pytestmark = pytest.mark.coturn


def told(coturn: Coturn) -> dict[str, str]:
    """Return the settings that make a hospital use this TURN server."""
    return {"TURN_URLS": coturn.url, "TURN_SECRET": coturn.secret}


async def test_a_call_may_go_through_the_relay_alone(
    open_hospital: OpenHospital, coturn_server: Coturn, sit: Sit
) -> None:
    hospital = await open_hospital(told(coturn_server))
    call = await begin_call(hospital, sit, query="?relay=only")
    await call.demand_flow()
    for side in (call.patient, call.doctor):
        assert (await side.stage.received())["paths"] == [["relay", "relay"]]
        await expect(side.stage.root).to_have_attribute("data-path", "relayed")


async def test_a_wrong_secret_leaves_the_stage_in_words_and_the_chat_working(
    open_hospital: OpenHospital, coturn_server: Coturn, sit: Sit
) -> None:
    hospital = await open_hospital(told(replace(coturn_server, secret="another secret")))
    call = await begin_call(hospital, sit, query="?relay=only")
    for side in (call.patient, call.doctor):
        await expect(side.stage.root).to_have_attribute("data-view", "connecting")

        async def refused(stage: Stage = side.stage) -> bool:
            return UNAUTHORIZED in await stage.ice_errors()

        await until(refused)
    await call.doctor.chat.write("Can you read this?")
    await call.doctor.chat.demand_kept("Can you read this?")
    await call.patient.open_chat()
    await call.patient.chat.demand_heard("Can you read this?")
    for side in (call.patient, call.doctor):
        assert (await side.stage.received())["videoFrames"] == 0
        await expect(side.stage.root).to_have_attribute("data-view", "connecting")
