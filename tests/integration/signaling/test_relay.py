"""The way of a call over the wire, with the real relay: offers, answers, connections that come and go."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from actions.context import UnitOfWork
from media.dtls import Fingerprint
from media.ice_lite import Credentials
from media.relay import Relay, open_relay
from rooms.switchboard import Switchboard
from rooms.timings import Timings
from tests.integration.media.relay_client import V4, UdpClient, udp_client
from tests.integration.signaling.conftest import Visit, make_visit
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, Page, live_server, page
from tests.unit.media.test_relay_sdp import changed

RELAYED = {"path": "relay", "reason": "not-connected", "generation": 2, "relay": True}


@dataclass
class Stage:
    """A visit in progress at a hospital with a relay."""

    server: LiveServer
    relay: Relay
    visit: Visit
    patient: Page
    doctor: Page

    async def fail_p2p(self) -> None:
        body = {**self.visit.room, "trouble": "not-connected", "generation": 1}
        await self.patient.ok("call.trouble", body)

    async def answer(self, by: Page, offer: dict[str, Any], client: UdpClient) -> None:
        """Answer an offer as Chromium does, with the certificate of a client of the test."""
        told = client.fingerprint
        line = f"a=fingerprint:{told.algorithm} {told.value}"
        watched = "chromium_layers_and_watched" if offer["sdp"].count("m=") == 4 else "chromium_layers"
        await by.ok(
            "relay.answer", {**self.answered(offer), "sdp": changed(watched, "^a=fingerprint:.*$", line)}
        )

    def answered(self, offer: dict[str, Any]) -> dict[str, Any]:
        return {**self.visit.room, "seat": offer["seat"], "revision": offer["revision"]}


@asynccontextmanager
async def visit_with_relay(work: UnitOfWork, *, p2p: bool = True) -> AsyncIterator[Stage]:
    switchboard = Switchboard(p2p_allowed=p2p)
    visit = await make_visit(work)
    async with open_relay(V4, switchboard) as relay:
        switchboard.connect(relay)
        async with (
            live_server(work, switchboard=switchboard) as server,
            page(server, visit.patient) as patient,
            page(server, visit.doctor) as doctor,
        ):
            await patient.join(visit.id, PATIENT_ENDPOINT)
            await doctor.join(visit.id, DOCTOR_ENDPOINT)
            await doctor.ok("consultation.admit", visit.room)
            yield Stage(server, relay, visit, patient, doctor)
        assert relay.rooms() == {} or len(relay.rooms()) == 1
        assert relay.faults == 0 and relay.port.counters.faults == 0


def line(offer: dict[str, Any], name: str) -> str:
    found = re.search(rf"^a={name}:(.*?)\r?$", offer["sdp"], flags=re.MULTILINE)
    assert found
    return found[1]


async def connect(client: UdpClient, offer: dict[str, Any]) -> None:
    """Connect to the relay as the offer says."""
    await client.check(Credentials(line(offer, "ice-ufrag"), line(offer, "ice-pwd")))
    algorithm, _, value = line(offer, "fingerprint").partition(" ")
    await client.handshake(Fingerprint(algorithm, value))


async def test_trouble_brings_the_relay_and_both_are_offered_each_other(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        await it.fail_p2p()
        for side in (it.patient, it.doctor):
            assert (await side.next("call.path"))["call"] == RELAYED
        async with udp_client(it.relay.port) as first, udp_client(it.relay.port) as second:
            offers = {}
            for side, client in ((it.patient, first), (it.doctor, second)):
                offer = await side.next("relay.offer")
                assert offer["sources"] == {"0": "microphone", "1": "camera"}
                await it.answer(side, offer, client)
                await connect(client, offer)
                offers[side.account.id] = offer
            # Each is offered what the other sends, and told whose it is.
            for side, other in ((it.patient, it.doctor), (it.doctor, it.patient)):
                seat = offers[other.account.id]["seat"]
                again = await side.until("relay.offer", lambda body: body["revision"] > 1)
                assert again["publishers"][seat] == str(other.account.id)
                assert f"a=msid:{seat} {seat}.camera" in again["sdp"]
            it.server.timers.fire(Timings().figures_s)
            patient, doctor = str(it.visit.patient.id), str(it.visit.doctor.id)
            # Everybody is told of everybody; figures of others are for the doctor alone.
            for side, may_read in ((it.doctor, {patient, doctor}), (it.patient, {patient})):
                told = (await side.next("call.figures"))["figures"]
                assert {one["account_id"] for one in told} == {patient, doctor}
                assert {one["account_id"] for one in told if one["measured"] is not None} == may_read


async def test_a_page_that_lost_its_socket_keeps_its_seat_and_a_reload_takes_another(
    work: UnitOfWork,
) -> None:
    async with visit_with_relay(work) as it:
        await it.fail_p2p()
        offer = await it.patient.next("relay.offer")
        await it.patient.drop()
        async with page(it.server, it.visit.patient) as back:
            snapshot = await back.join(it.visit.id, PATIENT_ENDPOINT)
            assert snapshot["call"] == RELAYED
            again = await back.next("relay.offer")
            assert (again["seat"], again["revision"]) == (offer["seat"], offer["revision"])
        async with page(it.server, it.visit.patient) as reloaded:
            await reloaded.join(it.visit.id, uuid4())
            assert (await reloaded.next("relay.offer"))["seat"] != offer["seat"]


async def test_what_is_no_answer_is_refused_and_the_offer_stays_open(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        await it.fail_p2p()
        offer, other = await it.patient.next("relay.offer"), await it.doctor.next("relay.offer")
        answer = it.answered(offer)
        broken = (
            "v=0\r\n",
            "no description",
            changed("chromium_layers", "a=setup:active", "a=setup:passive"),
        )
        for sdp in broken:
            assert await it.patient.refused("relay.answer", {**answer, "sdp": sdp}) == "signal.bad_sdp"
        good = changed("chromium_layers", "^s=.*$", "s=-")
        seat = {**answer, "seat": other["seat"], "sdp": good}
        assert await it.patient.refused("relay.answer", seat) == "signal.wrong_state"
        late = {**answer, "revision": 7, "sdp": good}
        assert await it.patient.refused("relay.answer", late) == "signal.wrong_state"
        named = {**answer, "seat": "../../etc", "sdp": good}
        assert await it.patient.refused("relay.answer", named) == "input.invalid"
        await it.patient.ok("relay.answer", {**answer, "sdp": good})


async def test_strangers_have_no_part_in_it(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        await it.fail_p2p()
        offer = await it.patient.next("relay.offer")
        other = await make_visit(work)
        async with page(it.server, other.patient) as stranger:
            for event, body in (
                ("call.trouble", {**it.visit.room, "trouble": "lost", "generation": 2}),
                ("call.settled", {**it.visit.room, "generation": 2}),
                ("relay.restart", {**it.visit.room, "seat": offer["seat"]}),
                ("relay.answer", {**it.answered(offer), "sdp": "v=0\r\n"}),
            ):
                assert await stranger.refused(event, body) == "room.not_joined"


async def test_where_policy_forbids_p2p_no_signal_passes(work: UnitOfWork) -> None:
    async with visit_with_relay(work, p2p=False) as it:
        await it.doctor.next("relay.offer")
        candidate = {"candidate": "candidate:1 1 udp 2113937151 192.0.2.17 59225 typ host"}
        body = {**it.visit.room, "to_endpoint": str(DOCTOR_ENDPOINT), "candidate": candidate}
        assert await it.patient.refused("signal.candidate", body) == "signal.wrong_state"


async def test_a_restart_brings_other_credentials_and_is_limited(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        assert await it.patient.refused("relay.restart", it.visit.room) == "signal.wrong_state"
        await it.fail_p2p()
        async with udp_client(it.relay.port) as client:
            offer = await it.patient.next("relay.offer")
            await it.answer(it.patient, offer, client)
            await connect(client, offer)
            await it.patient.ok("relay.restart", {**it.visit.room, "seat": offer["seat"]})
            again = await it.patient.until("relay.offer", lambda body: body["revision"] > 1)
            assert again["seat"] == offer["seat"]
            assert line(again, "ice-ufrag") != line(offer, "ice-ufrag")
        codes = {
            (await it.patient.ask("relay.restart", {**it.visit.room, "seat": None}))["ok"] for _ in range(6)
        }
        assert codes == {True, False}


async def test_the_end_of_the_visit_empties_the_relay(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        await it.fail_p2p()
        await it.doctor.next("relay.offer")
        assert len(it.relay.rooms()) == 1
        await it.doctor.ok("consultation.finish", it.visit.room)
        async with asyncio.timeout(5):
            await it.patient.until("room.state", lambda body: body["consultation"]["state"] == "finished")
        assert it.relay.rooms() == {}
