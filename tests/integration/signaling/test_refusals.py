"""Bad input: a stable code to its sender, nothing to others, the room unharmed."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from actions.context import UnitOfWork
from domain.accounts import SESSION_COOKIE
from signaling.limits import Limits, Rate
from tests.conftest import Clock
from tests.integration.signaling.conftest import UNKNOWN, Visit, make_visit
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, Page, chat, live_server, page
from tests.people import make_auditor, make_doctor, make_patient
from tests.rows import trail

SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"


async def begin(server: LiveServer, visit: Visit, patient: Page, doctor: Page) -> None:
    """Bring both sides into a visit in progress, and forget what they were told meanwhile."""
    await patient.join(visit.id, PATIENT_ENDPOINT)
    await doctor.join(visit.id, DOCTOR_ENDPOINT)
    await doctor.ok("consultation.admit", visit.room)
    await patient.say(visit.id, "begin")
    await doctor.until("entry.added", lambda body: body["entry"]["text"] == "begin")
    patient.events.clear()
    doctor.events.clear()


async def unharmed(visit: Visit, patient: Page, doctor: Page) -> None:
    """See that both sides still talk, and that nothing came through in between."""
    assert not doctor.events, doctor.events
    await patient.say(visit.id, "still here")
    heard = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
    assert heard["entry"]["text"] == "still here"


BAD_EVENTS: list[tuple[str, tuple[Any, ...], str]] = [
    ("room.destroy", ({},), "event.unknown"),
    ("Chat.Send", ({},), "event.unknown"),
    ("chat.send", ({"text": "x"}, {"text": "y"}), "input.invalid"),
    ("chat.send", ("text",), "input.invalid"),
    ("chat.send", ([1, 2],), "input.invalid"),
    ("chat.send", (None,), "input.invalid"),
    ("chat.send", ({"text": "x" * 100_000},), "input.too_large"),
    ("room.join", ({"consultation_id": "nowhere"},), "input.invalid"),
    ("queue.read", ({"extra": 1},), "input.invalid"),
]


@pytest.mark.parametrize(("event", "args", "code"), BAD_EVENTS, ids=lambda value: str(value)[:24])
async def test_malformed_events(
    server: LiveServer, visit: Visit, event: str, args: tuple[Any, ...], code: str
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        assert await patient.refused(event, *args) == code
        await unharmed(visit, patient, doctor)


async def test_malformed_chat_and_signals(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        to = {**visit.room, "to_endpoint": str(DOCTOR_ENDPOINT)}
        message = chat(visit.id, "x")
        cases: list[tuple[str, dict[str, Any], str]] = [
            ("chat.send", {**message, "text": "   "}, "input.invalid"),
            ("chat.send", {**message, "text": "x" * 4001}, "input.too_large"),
            ("chat.send", {**message, "text": "nul \x00"}, "input.invalid"),
            (
                "signal.description",
                {**to, "description": {"type": "offer", "sdp": "hello"}},
                "signal.bad_sdp",
            ),
            (
                "signal.description",
                {**to, "description": {"type": "offer", "sdp": SDP + "a=x\r\n" * 5000}},
                "signal.bad_sdp",
            ),
            (
                "signal.description",
                {**to, "description": {"type": "offer", "sdp": SDP + "a=" + "x" * 66_000}},
                "input.invalid",
            ),
            ("signal.candidate", {**to, "candidate": {"candidate": "candidate:x"}}, "signal.bad_candidate"),
            ("signal.candidate", {**to, "candidate": {"candidate": "c" * 1025}}, "input.invalid"),
            (
                "signal.candidate",
                {**to, "to_endpoint": str(uuid4()), "candidate": {"candidate": ""}},
                "room.peer_gone",
            ),
        ]
        for event, body, code in cases:
            assert await patient.refused(event, body) == code, body
        await unharmed(visit, patient, doctor)


async def test_the_wrong_people_are_refused_and_it_is_recorded(
    server: LiveServer, visit: Visit, work: UnitOfWork, dsn: str
) -> None:
    strangers = [await make_patient(work), await make_doctor(work), await make_auditor(work)]
    join = {**visit.room, "endpoint_id": str(uuid4())}
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        for stranger in strangers:
            async with page(server, stranger) as other:
                assert await other.refused("room.join", join) == "auth.forbidden"
                assert await other.refused("consultation.finish", visit.room) == "auth.forbidden"
                assert await other.refused("waiting.read", visit.room) == "auth.forbidden"
                assert await other.refused("chat.send", chat(visit.id, "hello")) == "room.not_joined"
                reading = {**visit.room, "after_seq": 0}
                assert await other.refused("entries.read", reading) == "room.not_joined"
                assert await other.refused("ice.read", visit.room) == "room.not_joined"
        assert await patient.refused("queue.read", {}) == "auth.forbidden"
        assert await patient.refused("consultation.finish", visit.room) == "auth.forbidden"
        assert await patient.refused("consultation.admit", visit.room) == "auth.forbidden"
        assert await doctor.refused("room.join", {**join, "consultation_id": str(UNKNOWN)}) == "not_found"
        await unharmed(visit, patient, doctor)
    refused = [line for line in trail(dsn, "room.open") if line[0] == "refused"]
    assert {line[1] for line in refused} == {str(stranger.id) for stranger in strangers}


async def test_events_in_the_wrong_state(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await doctor.join(visit.id, DOCTOR_ENDPOINT)
        for event in ("consultation.admit", "consultation.finish"):
            assert await doctor.refused(event, visit.room) == "consultation.wrong_state"
        assert await doctor.refused("chat.send", chat(visit.id, "anyone?")) == "consultation.wrong_state"
        await patient.join(visit.id, PATIENT_ENDPOINT)
        offer = {
            **visit.room,
            "to_endpoint": str(DOCTOR_ENDPOINT),
            "description": {"type": "offer", "sdp": SDP},
        }
        assert await patient.refused("signal.description", offer) == "consultation.wrong_state"
        assert await doctor.refused("consultation.finish", visit.room) == "consultation.wrong_state"
        await patient.say(visit.id, "in the waiting room one may write")


async def test_it_can_be_too_early_to_arrive(server: LiveServer, work: UnitOfWork, clock: Clock) -> None:
    from datetime import timedelta

    from tests.people import make_appointment

    patient, doctor = await make_patient(work), await make_doctor(work)
    tomorrow = await make_appointment(work, patient, doctor, clock() + timedelta(days=1))
    async with page(server, patient) as early:
        body = {"consultation_id": str(tomorrow.consultation_id), "endpoint_id": str(uuid4())}
        assert await early.refused("room.join", body) == "consultation.too_early"
        assert await early.refused("chat.send", chat(tomorrow.consultation_id, "hello")) == "room.not_joined"


async def test_rooms_do_not_hear_each_other(server: LiveServer, work: UnitOfWork, visit: Visit) -> None:
    other = await make_visit(work)
    async with (
        page(server, visit.patient) as patient,
        page(server, visit.doctor) as doctor,
        page(server, other.patient) as other_patient,
        page(server, other.doctor) as other_doctor,
    ):
        await begin(server, visit, patient, doctor)
        await begin(server, other, other_patient, other_doctor)
        await patient.say(visit.id, "for my doctor alone")
        crossing = {
            **visit.room,
            "to_endpoint": str(DOCTOR_ENDPOINT),
            "description": {"type": "offer", "sdp": SDP},
        }
        assert await other_patient.refused("signal.description", crossing) == "room.not_joined"
        assert await other_doctor.refused("consultation.finish", visit.room) == "auth.forbidden"
        await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
        assert (await other_doctor.ok("queue.read", {}))["entries"][0]["patient_name"]
        assert not other_doctor.events and not other_patient.events
        queues = [
            [entry["consultation_id"] for entry in (await side.ok("queue.read", {}))["entries"]]
            for side in (doctor, other_doctor)
        ]
        assert queues == [[str(visit.id)], [str(other.id)]]


async def test_too_many_events_are_told_when_to_come_back(work: UnitOfWork, visit: Visit) -> None:
    limits = Limits(events=Rate(1, 50), work=Rate(1, 20), chat=Rate(1, 3))
    async with live_server(work, limits=limits) as server, page(server, visit.patient) as patient:
        await patient.join(visit.id)
        for number in range(3):
            await patient.say(visit.id, f"message {number}")
        answer = await patient.ask("chat.send", chat(visit.id, "one too many"))
        assert answer["error"]["code"] == "rate.limited"
        assert answer["error"]["retry_after_s"] >= 1
        await patient.ok("waiting.read", visit.room)


class Wire:
    """A client without manners: raw frames over one WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def say(self, frame: str) -> None:
        await self.socket.send_str(frame)

    async def answer(self) -> Any:
        """Return the next acknowledgement's content; answer pings meanwhile."""
        async with asyncio.timeout(10):
            while True:
                text = await self.socket.receive_str()
                if text == "2":
                    await self.socket.send_str("3")
                elif text.startswith("43/visit,"):
                    return json.loads(text[text.index("[") :])[0]


async def wire(http: aiohttp.ClientSession, server: LiveServer, visit: Visit) -> Wire:
    token = await server.token(visit.patient)
    socket = await http.ws_connect(
        f"{server.url}/socket.io/?EIO=4&transport=websocket", headers={"Cookie": f"{SESSION_COOKIE}={token}"}
    )
    await socket.receive_str()
    await socket.send_str("40/visit,")
    assert (await socket.receive_str()).startswith("40/visit")
    return Wire(socket)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("42/visit,1{not json", "input.not_json"),
        ("42/visit,1[]", "event.unknown"),
        ('42/visit,1["disconnect"]', "event.unknown"),
        ('42/visit,1["connect",{}]', "event.unknown"),
        ('451-/visit,1["chat.send",{"_placeholder":true,"num":0}]', "input.invalid"),
        ('42/visit,1["chat.send",NaN]', "input.not_json"),
        ('42/visit,1["chat.send",' + "[" * 3000 + "]" * 3000 + "]", "input.not_json"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_raw_frames_that_are_no_events(server: LiveServer, visit: Visit, frame: str, code: str) -> None:
    async with aiohttp.ClientSession() as http:
        raw = await wire(http, server, visit)
        for junk in ("4", "4x", '4{"a":1}', "4null", "46", "43/visit,5[]", '42["event",{}]'):
            await raw.say(junk)
        await raw.socket.send_bytes(b'2/visit,9["chat.send",{}]')
        await raw.say(frame)
        answer = await raw.answer()
        assert answer["error"]["code"] == code
        assert not answer["ok"] and "Traceback" not in json.dumps(answer)
        assert len(server.edge.connections) == 1
        await raw.socket.close()


async def test_a_frame_beyond_all_measure_costs_the_sender_the_connection_alone(
    server: LiveServer, visit: Visit
) -> None:
    async with page(server, visit.doctor) as doctor, aiohttp.ClientSession() as http:
        raw = await wire(http, server, visit)
        await raw.say('42/visit,1["chat.send",{"text":"' + "x" * 200_000 + '"}]')
        async with asyncio.timeout(10):
            while (await raw.socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        await doctor.ok("queue.read", {})


async def test_a_client_that_does_not_read_is_dropped(
    server: LiveServer, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        monkeypatch.setattr("signaling.outbox.OUTBOX_MAX", 0)
        await patient.say(visit.id, "are you listening?")
        await doctor.next("disconnect")
        monkeypatch.undo()
        async with page(server, visit.doctor) as again:
            snapshot = await again.join(visit.id, DOCTOR_ENDPOINT)
            texts = [entry["text"] for entry in snapshot["entries"] if entry["kind"] == "chat"]
            assert texts[-1] == "are you listening?"
