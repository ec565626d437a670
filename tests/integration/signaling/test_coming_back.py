"""Reloads, lost sockets, resends, a database that goes away: the visit goes on and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from actions.context import UnitOfWork
from actions.conversation import read_entries
from domain.errors import PartnerDown
from storage.pool import Database, Tx
from tests.integration.signaling.conftest import Visit
from tests.integration.signaling.test_refusals import begin
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, Page, chat, live_server, page
from tests.rows import rows

GRACE_S = 30
SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
NEW_PAGE = UUID("018f0000-0000-7000-8000-0000000000a2")


async def test_a_reload_comes_back_into_the_same_visit_with_the_whole_chat(
    server: LiveServer, visit: Visit
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        async with page(server, visit.patient) as reloaded:
            snapshot = await reloaded.join(visit.id, NEW_PAGE)
            assert snapshot["consultation"]["state"] == "in-progress"
            assert [entry["text"] for entry in snapshot["entries"] if entry["kind"] == "chat"] == ["begin"]
            await patient.next("room.superseded")
            assert await patient.refused("chat.send", chat(visit.id, "old page")) == "room.superseded"
            seen = await doctor.next("room.presence")
            assert seen["participant"]["endpoint_id"] == str(NEW_PAGE)
            assert seen["participant"]["presence"] == "here"
            await reloaded.say(visit.id, "I am back")
            await doctor.until("entry.added", lambda body: body["entry"]["text"] == "I am back")
            assert not doctor.has("room.state")


async def test_a_dropped_socket_comes_back_as_the_same_page(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        await patient.drop()
        lost = await doctor.next("room.presence")
        assert lost["participant"]["presence"] == "reconnecting"
        assert lost["participant"]["endpoint_id"] == str(PATIENT_ENDPOINT)
        missed = await doctor.say(visit.id, "while you were away")
        async with page(server, visit.patient) as again:
            snapshot = await again.join(visit.id, PATIENT_ENDPOINT, after_seq=missed["seq"] - 1)
            assert [entry["seq"] for entry in snapshot["entries"]] == [missed["seq"]]
            back = await doctor.next("room.presence")
            assert back["participant"]["presence"] == "here"
            await doctor.ok(
                "signal.description",
                {
                    **visit.room,
                    "to_endpoint": str(PATIENT_ENDPOINT),
                    "description": {"type": "offer", "sdp": SDP},
                },
            )
            await again.next("signal.description")
            record = await again.ok("entries.read", {**visit.room, "after_seq": 0})
            assert "left" not in [entry["kind"] for entry in record["entries"]]


async def test_after_the_grace_it_is_gone_and_the_visit_goes_on(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        await patient.drop()
        await doctor.next("room.presence")
        server.timers.fire(GRACE_S)
        gone = await doctor.next("room.presence")
        assert gone["participant"]["presence"] == "away"
        left = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "left")
        assert left["entry"]["detail"] == {"reason": "connection-lost"}
        async with page(server, visit.patient) as again:
            snapshot = await again.join(visit.id, PATIENT_ENDPOINT)
            assert snapshot["consultation"]["state"] == "in-progress"


async def test_an_earlier_page_of_the_same_connection_leaves_alone(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await patient.join(visit.id, NEW_PAGE)
        await patient.ok("room.leave", visit.room | {"endpoint_id": str(PATIENT_ENDPOINT)})
        await patient.say(visit.id, "still here")
        await patient.ok("room.leave", visit.room | {"endpoint_id": str(NEW_PAGE)})
        assert await patient.refused("chat.send", chat(visit.id, "gone")) == "room.not_joined"


async def test_leaving_and_stepping_out(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await doctor.ok("queue.read", {})
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await patient.ok("room.leave", visit.room)
        await patient.ok("room.leave", visit.room)
        (entry,) = (await doctor.ok("queue.read", {}))["entries"]
        assert (entry["state"], entry["presence"], entry["arrived_at"]) == ("planned", "away", None)
        assert await patient.refused("chat.send", chat(visit.id, "hello")) == "room.not_joined"
        snapshot = await patient.join(visit.id, NEW_PAGE)
        assert snapshot["consultation"]["state"] == "arrived"
        await doctor.join(visit.id, DOCTOR_ENDPOINT)
        await doctor.ok("consultation.admit", visit.room)
        await doctor.ok("room.leave", visit.room)
        away = await patient.until("room.presence", lambda body: body["participant"]["presence"] == "away")
        assert away["participant"]["endpoint_id"] is None
        assert (await patient.join(visit.id, NEW_PAGE))["consultation"]["state"] == "in-progress"


async def test_a_resend_is_kept_once(server: LiveServer, visit: Visit, dsn: str) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        message_id = uuid4()
        first = await patient.say(visit.id, "once", message_id)
        assert await patient.say(visit.id, "once", message_id) == first
        other = chat(visit.id, "something else", message_id)
        assert await patient.refused("chat.send", other) == "chat.message_id_reused"
        await doctor.ok("consultation.finish", visit.room)
        assert await patient.say(visit.id, "once", message_id) == first, "also after the end"
    kept = rows(dsn, "select count(*) from archive_entry where message_id = %s", str(message_id))
    assert kept == [(1,)]


async def test_the_record_is_read_in_pages(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await asyncio.gather(*(patient.say(visit.id, f"message {number}") for number in range(205)))
        async with page(server, visit.doctor) as doctor:
            snapshot = await doctor.join(visit.id, DOCTOR_ENDPOINT)
            assert len(snapshot["entries"]) == 200 and snapshot["more_entries"] is True
            rest = await doctor.ok("entries.read", {**visit.room, "after_seq": 200, "limit": 5})
            assert [entry["seq"] for entry in rest["entries"]] == [201, 202, 203, 204, 205]
            assert rest["more_entries"] is True


@asynccontextmanager
async def unreachable(*, each_alone: bool) -> AsyncIterator[Tx]:
    raise PartnerDown("database", "The database does not answer.")
    yield


async def terminate(dsn: str) -> None:
    """Kill every connection to this database, as a failing server would."""
    await asyncio.to_thread(
        rows,
        dsn,
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()",
    )


async def kept_at_last(writer: Page, body: dict[str, str]) -> tuple[dict[str, object], list[str]]:
    """Send again, as clients do, until it is kept; return the answer and the codes before it."""
    codes: list[str] = []
    async with asyncio.timeout(30):
        while True:
            answer = await writer.ask("chat.send", body)
            if answer["ok"]:
                return answer["data"], codes
            codes.append(answer["error"]["code"])


async def test_a_database_that_breaks_off_is_told_and_the_resend_is_kept(
    server: LiveServer, visit: Visit, dsn: str
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await begin(server, visit, patient, doctor)
        await terminate(dsn)
        message = chat(visit.id, "through the storm")
        kept, codes = await kept_at_last(patient, message)
        assert set(codes) <= {"partner.down"}
        heard = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
        assert heard["entry"]["seq"] == kept["seq"]
    stored = rows(dsn, "select count(*) from archive_entry where message_id = %s", message["message_id"])
    assert stored == [(1,)]


async def test_while_the_database_is_away_signals_pass_and_messages_are_refused(
    work: UnitOfWork, database: Database, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        live_server(work) as server,
        page(server, visit.patient) as patient,
        page(server, visit.doctor) as doctor,
    ):
        await begin(server, visit, patient, doctor)
        monkeypatch.setattr(database, "transaction", unreachable)
        offer = {
            **visit.room,
            "to_endpoint": str(DOCTOR_ENDPOINT),
            "description": {"type": "offer", "sdp": SDP},
        }
        await patient.ok("signal.description", offer)
        await doctor.next("signal.description")
        message = chat(visit.id, "hello")
        assert await patient.refused("chat.send", message) == "partner.down"
        assert await doctor.refused("consultation.finish", visit.room) == "partner.down"
        assert not doctor.has("entry.added") and not doctor.has("room.state")
        monkeypatch.undo()
        kept = await patient.ok("chat.send", message)
        heard = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "chat")
        assert heard["entry"]["seq"] == kept["seq"]


async def test_a_server_that_stops_lets_everyone_come_back(work: UnitOfWork, visit: Visit, dsn: str) -> None:
    async with live_server(work) as server:
        patient, doctor = Page(server, visit.patient), Page(server, visit.doctor)
        await patient.connect()
        await doctor.connect()
        await begin(server, visit, patient, doctor)
        saying = asyncio.ensure_future(patient.ask("chat.send", chat(visit.id, "just in time")))
        await doctor.until("entry.added", lambda body: body["entry"]["text"] == "just in time")
        await server.edge.stop()
        assert (await saying)["ok"]
        await patient.next("disconnect")
        await doctor.next("disconnect")
        await patient.close()
        await doctor.close()
    async with live_server(work) as server, page(server, visit.patient) as again:
        snapshot = await again.join(visit.id, PATIENT_ENDPOINT)
        assert snapshot["consultation"]["state"] == "in-progress"
        assert snapshot["other"]["presence"] == "reconnecting"
    kinds = rows(dsn, "select kind from archive_entry where conversation_id = %s", str(visit.id))
    assert ("left",) not in kinds


async def test_a_page_that_is_superseded_while_it_joins_is_told(
    server: LiveServer, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, may_read = asyncio.Event(), asyncio.Event()

    async def slow(*args: Any) -> Any:
        reading.set()
        await may_read.wait()
        return await read_entries(*args)

    async with page(server, visit.patient) as old, page(server, visit.patient) as new:
        monkeypatch.setattr("signaling.handlers.read_entries", slow)
        joining = asyncio.ensure_future(
            old.refused("room.join", {**visit.room, "endpoint_id": str(PATIENT_ENDPOINT)})
        )
        await asyncio.wait_for(reading.wait(), 10)
        monkeypatch.undo()
        await new.join(visit.id, NEW_PAGE)
        may_read.set()
        assert await joining == "room.superseded"
