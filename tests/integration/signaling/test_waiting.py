"""The waiting room and the queue: hints reach those who look, and places are honest."""

from datetime import timedelta
from uuid import uuid4

from actions.context import UnitOfWork
from actions.conversation import Saying
from domain.accounts import actor_of
from domain.facts import EntryKind
from domain.safety import QUESTIONS_VERSION, answer_body
from media.turn import TurnSettings
from tests.conftest import Clock
from tests.integration.signaling.conftest import Visit
from tests.live import DOCTOR_ENDPOINT, PATIENT_ENDPOINT, LiveServer, live_server, page
from tests.people import make_appointment, make_patient


async def test_places_move_up_when_somebody_is_admitted(
    server: LiveServer, work: UnitOfWork, visit: Visit, clock: Clock
) -> None:
    second = await make_patient(work, "陈美玲")
    later = await make_appointment(work, second, visit.doctor, clock() + timedelta(minutes=30))
    room = {"consultation_id": str(later.consultation_id)}
    async with (
        page(server, visit.patient) as first_page,
        page(server, second) as second_page,
        page(server, visit.doctor) as doctor,
    ):
        await first_page.join(visit.id, PATIENT_ENDPOINT)
        clock.forward(timedelta(minutes=1))
        await second_page.join(later.consultation_id)
        place = await second_page.ok("waiting.read", room)
        assert (place["before"], place["doctor_present"]) == (1, True)
        assert place["wait_from_min"] <= place["wait_to_min"]
        second_page.events.clear()
        await doctor.ok("consultation.admit", visit.room)
        await second_page.next("waiting.changed")
        assert (await second_page.ok("waiting.read", room))["before"] == 0
        queue = (await doctor.ok("queue.read", {}))["entries"]
        assert [entry["patient_name"] for entry in queue] == ["陈美玲", visit.patient.display_name]
        assert [entry["presence"] for entry in queue] == ["here", "here"]


async def test_the_waiting_patient_learns_that_the_doctor_comes_and_goes(
    server: LiveServer, visit: Visit
) -> None:
    async with page(server, visit.patient) as patient:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        assert (await patient.ok("waiting.read", visit.room))["doctor_present"] is False
        async with page(server, visit.doctor):
            await patient.next("waiting.changed")
            assert (await patient.ok("waiting.read", visit.room))["doctor_present"] is True
        await patient.next("waiting.changed")
        assert (await patient.ok("waiting.read", visit.room))["doctor_present"] is False


async def test_the_queue_sees_a_patient_lose_the_connection(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await doctor.ok("queue.read", {})
        doctor.events.clear()
        await patient.drop()
        await doctor.next("queue.changed")
        (entry,) = (await doctor.ok("queue.read", {}))["entries"]
        assert (entry["state"], entry["presence"]) == ("arrived", "reconnecting")


async def test_turn_credentials_are_fresh_and_personal(work: UnitOfWork, visit: Visit, clock: Clock) -> None:
    turn = TurnSettings(
        stun_urls=("stun:stun.example:3478",), turn_urls=("turn:turn.example:3478",), turn_secret="s"
    )
    async with live_server(work, turn=turn) as server, page(server, visit.patient) as patient:
        stun, first = (await patient.join(visit.id, PATIENT_ENDPOINT))["ice_servers"]
        assert stun == {"urls": ["stun:stun.example:3478"], "username": None, "credential": None}
        expiry, account = first["username"].split(":")
        assert account == str(visit.patient.id) and int(expiry) > clock().timestamp()
        clock.forward(timedelta(minutes=10))
        _, second = (await patient.ok("ice.read", visit.room))["ice_servers"]
        assert int(second["username"].split(":")[0]) == int(expiry) + 600


async def test_the_doctor_may_look_before_the_patient_came(server: LiveServer, visit: Visit) -> None:
    async with page(server, visit.doctor) as doctor, page(server, visit.patient) as patient:
        snapshot = await doctor.join(visit.id, DOCTOR_ENDPOINT)
        assert snapshot["consultation"]["state"] == "planned"
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await doctor.until("room.state", lambda body: body["consultation"]["state"] == "arrived")
        came = await doctor.next("room.presence")
        assert came["participant"]["presence"] == "here"


async def test_a_red_flag_stands_in_the_queue_and_is_hinted_at(
    server: LiveServer, work: UnitOfWork, visit: Visit
) -> None:
    async with page(server, visit.patient) as patient, page(server, visit.doctor) as doctor:
        await patient.join(visit.id, PATIENT_ENDPOINT)
        await doctor.join(visit.id, DOCTOR_ENDPOINT)
        (entry,) = (await doctor.ok("queue.read", {}))["entries"]
        assert entry["red_flags"] == []
        doctor.events.clear()
        said = Saying(
            actor_of(visit.patient),
            "test",
            visit.id,
            uuid4(),
            EntryKind.SAFETY,
            answer_body(QUESTIONS_VERSION, ["stroke"]),
        )
        await server.edge.registry.keep_file(said)
        told = await doctor.until("entry.added", lambda body: body["entry"]["kind"] == "safety")
        assert told["entry"]["detail"]["stroke"] is True
        await doctor.next("queue.changed")
        (entry,) = (await doctor.ok("queue.read", {}))["entries"]
        assert entry["red_flags"] == ["stroke"]
