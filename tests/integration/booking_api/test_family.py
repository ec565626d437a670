"""Family over HTTP: from adding a child to a booked visit; the staff's word about an adult; wrong fields."""

from datetime import timedelta
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from booking_api.idempotency import HEADER
from domain.accounts import Account, Role
from domain.safety import QUESTIONS_VERSION
from tests.bookable import give_hours, make_free
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_patient

CHILD: dict[str, object] = {
    "name": "李小宝",
    "birth_date": "2021-05-01",
    "gender": "male",
    "relationship": "parent",
    "declared": True,
}
PARENT: dict[str, object] = {
    "name": "李建军",
    "birth_date": "1955-03-08",
    "gender": "male",
    "relationship": "child",
    "declared": True,
}


def _key() -> dict[str, str]:
    return {HEADER: uuid4().hex}


async def _add(browser: Browser, body: dict[str, object] = CHILD) -> Answer:
    return await browser.post("/api/family", body, headers=_key())


@pytest.fixture
async def doctor(people: People, work: UnitOfWork) -> Account:
    """The doctor of these people, with hours, who costs nothing."""
    await give_hours(work, people.accounts[Role.DOCTOR])
    await make_free(work, people.accounts[Role.DOCTOR])
    return people.accounts[Role.DOCTOR]


async def test_a_guardian_adds_a_child_books_and_agrees_to_the_visit(
    people: People, doctor: Account, clock: Clock, sign_in: SignIn, work: UnitOfWork
) -> None:
    added = await _add(people.patient)
    assert (added.status, added.json["state"], added.json["is_child"]) == (201, "active", True)
    assert (await people.patient.get("/api/family")).json == {"members": [added.json]}
    new = {
        "practitioner_id": str(doctor.practitioner_id),
        "starts_at": "2026-11-24T01:00:00Z",
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
        "patient_id": added.json["patient_id"],
    }
    refused = await people.patient.post("/api/bookings", new, headers=_key())
    assert (refused.status, refused.fields) == (422, {"guardian_consents": "missing"})
    refused = await people.patient.post("/api/bookings", {**new, "red_flags": "2019-1"}, headers=_key())
    assert refused.fields == {"guardian_consents": "missing", "red_flags": "not_a_choice"}, "all at once"
    held = await people.patient.post("/api/bookings", {**new, "guardian_consents": True}, headers=_key())
    assert (held.status, held.json["patient_name"]) == (201, "李小宝")
    booked = await people.patient.post(f"/api/bookings/{held.json['id']}/confirm")
    assert (booked.status, booked.json["state"]) == (200, "booked")
    busy = await people.patient.delete(f"/api/family/{added.json['patient_id']}")
    assert (busy.status, busy.code) == (409, "family.has_visits")
    path = f"/api/consultations/{booked.json['consultation_id']}"
    assert (await people.patient.get(f"{path}/safety")).json["guardian"] == "needed"
    assert (await people.patient.post(f"{path}/guardian-consent")).status == 204
    assert (await people.patient.get(f"{path}/safety")).json["guardian"] == "given"
    (visit,) = (await people.patient.get("/api/appointments?from=2026-11-24")).json["appointments"]
    assert visit["patient_name"] == "李小宝"

    other = await sign_in(await make_patient(work))
    for answer in (
        await other.post("/api/bookings", {**new, "guardian_consents": True}, headers=_key()),
        await other.get(f"/api/bookings/{held.json['id']}"),
        await other.post(f"{path}/guardian-consent"),
        await other.delete(f"/api/family/{added.json['patient_id']}"),
        await other.get(f"/api/identity?patient_id={added.json['patient_id']}"),
    ):
        assert (answer.status, answer.code) == (403, "auth.forbidden")

    clock.forward(timedelta(days=2))
    again = await sign_in(people.accounts[Role.PATIENT])
    assert (await again.delete(f"/api/family/{added.json['patient_id']}")).status == 204
    assert (await again.get("/api/family")).json == {"members": []}


async def test_a_childs_document_is_submitted_by_the_guardian(people: People) -> None:
    child = (await _add(people.patient)).json["patient_id"]
    document = {"kind": "passport", "number": "EA1234567", "patient_id": child}
    assert (await people.patient.post("/api/identity", document)).status == 201
    found = await people.patient.get(f"/api/identity?patient_id={child}")
    assert found.json["check"]["state"] == "waiting"
    assert (await people.patient.get("/api/identity")).json["check"] is None
    (check,) = (await people.admin.get("/api/identity-checks")).json["checks"]
    assert (check["patient_name"], check["birth_date"]) == ("李小宝", "2021-05-01")


async def test_an_adult_waits_for_the_staff(people: People) -> None:
    added = await _add(people.patient, PARENT)
    assert (added.json["state"], added.json["is_child"]) == ("proposed", False)
    (proposal,) = (await people.admin.get("/api/family-proposals")).json["proposals"]
    assert (proposal["name"], proposal["holder_name"]) == ("李建军", "李晓兰")
    path = f"/api/family-proposals/{proposal['patient_id']}"
    assert (await people.admin.post(f"{path}/approve", {"proof": " "})).fields == {"proof": "missing"}
    assert (await people.admin.post(f"{path}/approve", {"proof": "委托书"})).status == 204
    late = await people.admin.post(f"{path}/return", {"reason": "late"})
    assert (late.status, late.code) == (409, "family.wrong_state")
    assert (await people.patient.get("/api/family")).json["members"][0]["state"] == "active"


async def test_the_same_request_adds_one_member(people: People) -> None:
    key = _key()
    first = await people.patient.post("/api/family", CHILD, headers=key)
    again = await people.patient.post("/api/family", CHILD, headers=key)
    assert first.json == again.json
    assert len((await people.patient.get("/api/family")).json["members"]) == 1


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (
            {
                "name": " ",
                "birth_date": "2030-01-01",
                "gender": "male",
                "relationship": "parent",
                "declared": False,
            },
            {"name": "missing", "birth_date": "in_the_future", "declared": "missing"},
        ),
        ({**CHILD, "relationship": "spouse"}, {"relationship": "not_a_choice"}),
        (
            {"gender": "m"},
            {
                "name": "missing",
                "birth_date": "missing",
                "gender": "not_a_choice",
                "relationship": "missing",
                "declared": "missing",
            },
        ),
    ],
)
async def test_every_wrong_field_is_named_at_once(
    people: People, given: dict[str, object], fields: dict[str, str]
) -> None:
    answer = await _add(people.patient, given)
    assert (answer.status, answer.fields) == (422, fields)
