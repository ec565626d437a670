"""A visit from the waiting room to its end, over a real server, a real client and a real database."""

from uuid import uuid4

from domain.facts import EntryKind
from tests.integration.signaling.conftest import Visit
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, page
from tests.rows import rows, trail

OFFER = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
CANDIDATE = "candidate:1 1 udp 2113937151 192.0.2.17 59225 typ host"


async def test_a_visit_from_the_waiting_room_to_its_end(server: LiveServer, visit: Visit, dsn: str) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        assert (await doctor.ok("queue.read", {}))["entries"][0]["state"] == "planned"

        arrived = await patient.join(visit.id, PATIENT_ENDPOINT, camera=False)
        assert arrived["consultation"]["state"] == "arrived"
        assert arrived["polite"] is True
        assert arrived["at"] == arrived["consultation"]["arrived_at"], "the clock of these tests stands still"
        assert arrived["me"]["role"] == "patient" and arrived["me"]["camera"] is False
        assert arrived["other"]["presence"] == "away"

        await doctor.next("queue.changed")
        (queued,) = (await doctor.ok("queue.read", {}))["entries"]
        assert (queued["state"], queued["presence"]) == ("arrived", "here")
        place = await patient.ok("waiting.read", visit.room)
        assert (place["state"], place["before"], place["doctor_present"]) == ("arrived", 0, True)

        joined = await doctor.join(visit.id, DOCTOR_ENDPOINT)
        assert joined["polite"] is False
        assert joined["other"]["endpoint_id"] == str(PATIENT_ENDPOINT)
        seen = await patient.next("room.presence")
        assert seen["participant"]["endpoint_id"] == str(DOCTOR_ENDPOINT)
        assert seen["participant"]["presence"] == "here"

        await doctor.ok("consultation.admit", visit.room)
        for side in (patient, doctor):
            moved = await side.until(
                "room.state", lambda body: body["consultation"]["state"] == "in-progress"
            )
            assert moved["consultation"]["admitted_at"] is not None

        await patient.ok(
            "signal.description",
            {
                **visit.room,
                "to_endpoint": str(DOCTOR_ENDPOINT),
                "description": {"type": "offer", "sdp": OFFER},
            },
        )
        offered = await doctor.next("signal.description")
        assert offered["from_endpoint"] == str(PATIENT_ENDPOINT)
        assert offered["description"] == {"type": "offer", "sdp": OFFER}
        await doctor.ok(
            "signal.candidate",
            {
                **visit.room,
                "to_endpoint": str(PATIENT_ENDPOINT),
                "candidate": {"candidate": CANDIDATE, "sdpMid": "0"},
            },
        )
        trickled = await patient.next("signal.candidate")
        assert trickled["candidate"]["candidate"] == CANDIDATE
        assert trickled["from_endpoint"] == str(DOCTOR_ENDPOINT)

        kept = await patient.say(visit.id, "医生您好 👋")
        heard = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
        assert heard["entry"]["text"] == "医生您好 👋"
        assert heard["entry"]["seq"] == kept["seq"]
        assert heard["entry"]["author_id"] == str(visit.patient.id)

        await patient.ok("media.set", {**visit.room, "microphone": True, "camera": True})
        changed = await doctor.until("room.presence", lambda body: body["participant"]["camera"])
        assert changed["participant"]["microphone"] is True
        await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "media")

        await doctor.ok("consultation.finish", visit.room)
        for side in (patient, doctor):
            await side.until("room.state", lambda body: body["consultation"]["state"] == "finished")
        late = await patient.refused(
            "chat.send", {**visit.room, "message_id": str(uuid4()), "text": "one more thing"}
        )
        assert late == "chat.conversation_closed"

        record = await patient.ok("entries.read", {**visit.room, "after_seq": 0})
        kinds = [entry["kind"] for entry in record["entries"]]
        assert [entry["seq"] for entry in record["entries"]] == list(range(1, len(kinds) + 1))
        assert kinds[0] == "arrived" and kinds[-1] == "finished"
        assert {"joined", "admitted", "chat", "media"} <= set(kinds)
        assert record["more_entries"] is False
    stored = rows(
        dsn, "select kind from archive_entry where conversation_id = %s order by seq", str(visit.id)
    )
    assert [EntryKind(kind) for (kind,) in stored] == [EntryKind(kind) for kind in kinds]


async def test_a_waiting_patient_is_told_why_the_visit_is_not_suitable_online(
    server: LiveServer, visit: Visit
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        decision = {
            **visit.room,
            "message_id": str(uuid4()),
            "reason": "first_visit",
            "referral": "department",
            "place": "眼科",
        }
        refused = await doctor.refused("consultation.unsuitable", {**decision, "place": ""})
        assert refused == "input.invalid"
        assert await patient.refused("consultation.unsuitable", decision) == "auth.forbidden"
        await doctor.ok("consultation.unsuitable", decision)
        told = await patient.until("entry.added", lambda body: body["entry"]["kind"] == "unsuitable")
        assert told["entry"]["detail"]["place"] == "眼科"
        await patient.until("room.state", lambda body: body["consultation"]["state"] == "finished")
        await doctor.ok("consultation.unsuitable", decision)


async def test_only_who_joined_is_in_the_trail_as_joined(server: LiveServer, visit: Visit, dsn: str) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await doctor.ok("consultation.admit", visit.room)
        await patient.until("room.state", lambda body: body["consultation"]["state"] == "in-progress")
        assert await doctor.refused("consultation.admit", visit.room) == "consultation.wrong_state"
        patient_line, doctor_line = (
            ("done", str(account.id), str(visit.id), str(visit.patient.patient_id))
            for account in (visit.patient, visit.doctor)
        )
        assert trail(dsn, "room.join") == [patient_line]
        assert doctor_line in trail(dsn, "room.open")
        await doctor.join(visit.id, DOCTOR_ENDPOINT)
        joined = (EntryKind.JOINED.value, str(visit.doctor.id))
        await patient.until(
            "entry.added", lambda body: (body["entry"]["kind"], body["entry"]["author_id"]) == joined
        )
        assert trail(dsn, "room.join") == [patient_line, doctor_line]
