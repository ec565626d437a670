"""Safety at a visit over HTTP: what is asked, what is kept, what is refused with which code."""

from uuid import uuid4

from actions.context import UnitOfWork
from domain.accounts import Role
from tests.integration.actions.visits import make_visit
from tests.integration.booking_api.conftest import People

HOME = {"country": "CN", "province": "上海市", "city": "上海市", "line": "", "phone": "+8613800138000"}


async def test_a_patient_is_asked_answers_and_confirms(work: UnitOfWork, people: People) -> None:
    visit = await make_visit(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR], safe=False)
    path = f"/api/consultations/{visit.id}"
    asked = (await people.patient.get(f"{path}/safety")).json
    assert (asked["answered_at"], asked["flags"], asked["location"]) == (None, None, None)
    said = {"message_id": str(uuid4()), "version": asked["version"], "flags": ["stroke"]}
    kept = await people.patient.post(f"{path}/safety", said)
    assert (kept.status, kept.json["seq"]) == (201, 1)
    assert (await people.patient.post(f"{path}/safety", said)).json == kept.json
    place = {"message_id": str(uuid4()), **HOME}
    assert (await people.patient.post(f"{path}/location", place)).status == 201
    asked = (await people.patient.get(f"{path}/safety")).json
    assert (asked["flags"], asked["location"]) == (["stroke"], HOME)


async def test_every_wrong_field_is_named(work: UnitOfWork, people: People) -> None:
    visit = await make_visit(work, people.accounts[Role.PATIENT], safe=False)
    place = {"message_id": str(uuid4()), **HOME, "city": "", "phone": "none"}
    answer = await people.patient.post(f"/api/consultations/{visit.id}/location", place)
    assert answer.status == 422
    assert answer.json["fields"] == {"city": "missing", "phone": "bad_format"}


async def test_only_the_patient_of_the_visit_may(work: UnitOfWork, people: People) -> None:
    visit = await make_visit(work, safe=False)
    path = f"/api/consultations/{visit.id}/safety"
    assert (await people.patient.get(path)).status == 403
    assert (await people.doctor.get(path)).status == 403


async def test_a_patient_reads_who_used_the_record(work: UnitOfWork, people: People) -> None:
    await make_visit(work, people.accounts[Role.PATIENT])
    page = (await people.patient.get("/api/accesses?limit=1")).json
    (access,) = page["accesses"]
    assert (await people.patient.get("/api/accesses?by=people")).json["accesses"] == []
    assert len((await people.patient.get("/api/accesses?by=system")).json["accesses"]) == 2
    assert (await people.patient.get("/api/accesses?by=nobody")).fields == {"by": "not_a_choice"}
    assert (access["action"], access["actor_name"]) == ("appointment.create", None)
    older = (await people.patient.get(f"/api/accesses?before={page['next_before']}")).json
    assert [item["action"] for item in older["accesses"]] == ["account.create"]
    assert older["next_before"] is None
    assert (await people.doctor.get("/api/accesses")).status == 403
