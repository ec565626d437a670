"""Real-name verification: a patient's document, the staff's decision, and the door of the waiting room."""

import asyncio
import os
from datetime import timedelta
from uuid import UUID

import pytest
import structlog

from actions import name_opinions
from actions.consultations import arrive
from actions.context import UnitOfWork
from actions.identity import submit_identity as submit
from actions.key_rotation import rewrap_all
from chat_archive.data_keys import KeyRing
from domain.accounts import Actor, Role, actor_of
from domain.errors import Code, WrongState
from domain.identity import DocumentKind
from domain.name_opinion import RegisterName
from providers.names import DemoRegister
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import SignIn
from tests.people import make_admin, make_appointment, make_doctor, make_patient
from tests.rows import blocked, execute, rows, trail
from tests.waiting import until

NUMBER = "11010519880517004X"
DOCUMENT = {"kind": "resident-id", "number": NUMBER}
MASKED = "**************004X"

Desk = tuple[Browser, Browser]


@pytest.fixture
async def desk(work: UnitOfWork, sign_in: SignIn) -> Desk:
    """A patient's browser and an administrator's."""
    return await sign_in(await make_patient(work)), await sign_in(await make_admin(work))


async def the_waiting_one(admin: Browser) -> str:
    (check,) = (await admin.get("/api/identity-checks")).json["checks"]
    return str(check["id"])


async def test_a_document_is_submitted_compared_and_verified(desk: Desk, dsn: str) -> None:
    patient, admin = desk
    assert (await patient.get("/api/identity")).json == {
        "name": "李晓兰",
        "birth_date": "1988-05-17",
        "required": False,
        "compared_by": None,
        "compared_kinds": [],
        "correctable": True,
        "check": None,
    }
    submitted = await patient.post("/api/identity", {**DOCUMENT, "number": "110105 19880517 004x"})
    assert (submitted.status, submitted.json["masked"]) == (201, MASKED)
    (check,) = (await admin.get("/api/identity-checks")).json["checks"]
    assert (check["patient_name"], check["birth_date"], check["number"]) == ("李晓兰", "1988-05-17", NUMBER)
    assert (await admin.post(f"/api/identity-checks/{check['id']}/approve")).status == 204
    found = await patient.get("/api/identity")
    assert (found.json["check"]["state"], found.json["check"]["masked"]) == ("verified", MASKED)
    assert NUMBER not in found.text
    assert (await admin.get("/api/identity-checks")).json["checks"] == []
    again = await patient.post("/api/identity", DOCUMENT)
    assert (again.status, again.code) == (409, "identity.submitted")
    for action in ("submit", "list", "approve"):
        lines = trail(dsn, f"identity.{action}")
        assert lines[0][0] == "done" and lines[0][3] == check["patient_id"], action


async def test_a_returned_document_says_why_and_another_may_be_submitted(desk: Desk) -> None:
    patient, admin = desk
    await patient.post("/api/identity", DOCUMENT)
    path = f"/api/identity-checks/{await the_waiting_one(admin)}/return"
    assert (await admin.post(path, {"reason": "  "})).fields == {"reason": "too_short"}
    assert (await admin.post(path, {"reason": "姓名与证件不符"})).status == 204
    check = (await patient.get("/api/identity")).json["check"]
    assert (check["state"], check["reason"]) == ("returned", "姓名与证件不符")
    second = await patient.post("/api/identity", {"kind": "passport", "number": "EA1234567"})
    assert (second.status, second.json["state"]) == (201, "waiting")


async def test_a_decision_is_made_once_even_at_the_same_moment(desk: Desk) -> None:
    patient, admin = desk
    await patient.post("/api/identity", DOCUMENT)
    path = f"/api/identity-checks/{await the_waiting_one(admin)}"
    answers = await asyncio.gather(
        admin.post(f"{path}/approve"), admin.post(f"{path}/return", {"reason": "unclear"})
    )
    assert sorted(answer.status for answer in answers) == [204, 409]
    late = await admin.post(f"{path}/approve")
    assert (late.status, late.code) == (409, "identity.wrong_state")


async def test_two_submissions_at_once_make_one_check(desk: Desk, dsn: str) -> None:
    patient, _ = desk
    answers = await asyncio.gather(*(patient.post("/api/identity", DOCUMENT) for _ in range(3)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409]
    assert rows(dsn, "select count(*) from identity_check") == [(1,)]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"kind": "resident-id", "number": "110105198805170021"}, {"number": "bad_format"}),
        ({"kind": "library-card", "number": "x" * 41}, {"kind": "not_a_choice", "number": "too_long"}),
        ({}, {"kind": "missing", "number": "missing"}),
    ],
)
async def test_wrong_fields_are_named(desk: Desk, given: dict[str, str], fields: dict[str, str]) -> None:
    answer = await desk[0].post("/api/identity", given)
    assert (answer.status, answer.fields) == (422, fields)


async def test_a_number_that_says_another_birth_date_is_refused_at_once(desk: Desk, dsn: str) -> None:
    patient, _ = desk
    refused = await patient.post("/api/identity", {**DOCUMENT, "number": "11010519491231002X"})
    assert (refused.status, refused.fields) == (422, {"number": "other_birth_date"})
    assert rows(dsn, "select count(*) from identity_check") == [(0,)]
    corrected = await patient.post("/api/own-details", {"name": "李晓兰", "birth_date": "1949-12-31"})
    assert corrected.status == 204
    taken = await patient.post("/api/identity", {**DOCUMENT, "number": "11010519491231002X"})
    assert (taken.status, taken.json["state"]) == (201, "waiting")


async def test_name_and_birth_date_are_corrected_until_a_document_was_submitted(desk: Desk, dsn: str) -> None:
    patient, admin = desk
    new = {"name": " 李晓岚 ", "birth_date": "1988-05-18"}
    assert (await patient.post("/api/own-details", new)).status == 204
    found = (await patient.get("/api/identity")).json
    assert (found["name"], found["birth_date"]) == ("李晓岚", "1988-05-18")
    assert (await patient.get("/api/session")).json["account"]["display_name"] == "李晓岚"
    assert (await patient.post("/api/own-details", new)).status == 204, "the same again changes nothing"
    lines = rows(dsn, "select detail from audit_event where action = 'patient.correct'")
    assert lines == [({"fields": ["name", "birth_date"]},)], "what it was is in no trail"

    kept = rows(dsn, "select name, birth_date::text from patient_correction")
    assert kept == [("李晓兰", "1988-05-17")], "nothing is lost, and the same again is no correction"

    await patient.post("/api/identity", {"kind": "passport", "number": "EA1234567"})
    waits = await patient.post("/api/own-details", {**new, "name": "别人"})
    assert (waits.status, waits.code) == (409, "identity.submitted")
    path = f"/api/identity-checks/{await the_waiting_one(admin)}"
    await admin.post(f"{path}/return", {"reason": "姓名与证件不符"})
    assert (await patient.post("/api/own-details", {**new, "name": "李晓兰"})).status == 204
    await patient.post("/api/identity", {"kind": "passport", "number": "EA1234567"})
    await admin.post(f"/api/identity-checks/{await the_waiting_one(admin)}/approve")
    verified = await patient.post("/api/own-details", {**new, "name": "别人"})
    assert (verified.status, verified.code) == (409, "identity.submitted")


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "  ", "birth_date": "2099-01-01"}, {"name": "too_short"}),
        (
            {"name": "a\u0007", "birth_date": "2099-01-01"},
            {"name": "bad_format", "birth_date": "in_the_future"},
        ),
        ({"name": "李", "birth_date": "2015-01-01"}, {"birth_date": "too_young"}),
        ({"name": "李", "birth_date": "1700-01-01"}, {"birth_date": "in_the_past"}),
    ],
    ids=["blank", "unprintable", "child", "long-ago"],
)
async def test_wrong_details_are_named(desk: Desk, given: dict[str, str], fields: dict[str, str]) -> None:
    answer = await desk[0].post("/api/own-details", given)
    assert (answer.status, answer.fields) == (422, fields)


async def test_a_correction_waits_for_a_document_that_is_being_submitted(
    desk: Desk, work: UnitOfWork, dsn: str
) -> None:
    patient, _ = desk
    ((patient_id, account_id),) = rows(dsn, "select id, account_id from patient")
    actor = Actor(account_id, Role.PATIENT, patient_id=patient_id)
    async with work.begin(actor, "test") as ctx:
        await submit(ctx, DocumentKind.PASSPORT, "EA1234567")
        correcting = asyncio.create_task(
            patient.post("/api/own-details", {"name": "别人", "birth_date": "1988-05-17"})
        )

        async def waits() -> bool:
            return blocked(dsn)

        await until(waits)
    assert (await correcting).code == "identity.submitted"


async def test_the_queue_says_what_birth_date_a_number_has(desk: Desk, dsn: str) -> None:
    patient, admin = desk
    await patient.post("/api/identity", DOCUMENT)
    execute(dsn, "update patient set birth_date = '1988-05-18'")
    (check,) = (await admin.get("/api/identity-checks")).json["checks"]
    assert (check["birth_date"], check["number_birth_date"]) == ("1988-05-18", "1988-05-17")


async def test_the_number_is_nowhere_in_the_clear(desk: Desk, dsn: str) -> None:
    patient, admin = desk
    with structlog.testing.capture_logs() as lines:
        await patient.post("/api/identity", DOCUMENT)
        await admin.get("/api/identity-checks")
    ((sealed,),) = rows(dsn, "select number from identity_check")
    kept = str(rows(dsn, "select c.*, encode(c.number, 'escape') from identity_check c"))
    kept += str(rows(dsn, "select * from audit_event")) + str(lines)
    assert NUMBER not in kept and NUMBER.encode() not in bytes(sealed)


async def test_a_rotation_of_keys_takes_the_numbers_along(
    desk: Desk, database: Database, keys: KeyRing, clock: Clock, dsn: str
) -> None:
    patient, admin = desk
    await patient.post("/api/identity", DOCUMENT)
    keys.follow(keys.with_new("next", os.urandom))
    work = UnitOfWork(database, clock, os.urandom, keys)
    progress = [step async for step in rewrap_all(work, "test")]
    assert progress[-1].left == 0
    assert rows(dsn, "select kek from identity_check") == [("next",)]
    (check,) = (await admin.get("/api/identity-checks")).json["checks"]
    assert check["number"] == NUMBER


async def test_where_it_is_required_nobody_arrives_unverified(
    database: Database, keys: KeyRing, clock: Clock, sign_in: SignIn, work: UnitOfWork
) -> None:
    strict = UnitOfWork(database, clock, os.urandom, keys, identity_required=True)
    patient = await make_patient(work)
    visit = await make_appointment(
        work, patient, await make_doctor(work), clock() + timedelta(minutes=5), lasts=timedelta(minutes=20)
    )
    with pytest.raises(WrongState) as refused:
        async with strict.begin(actor_of(patient), "test") as ctx:
            await arrive(ctx, visit.consultation_id)
    assert refused.value.code is Code.IDENTITY_REQUIRED
    await (await sign_in(patient)).post("/api/identity", DOCUMENT)
    admin = await sign_in(await make_admin(work))
    await admin.post(f"/api/identity-checks/{await the_waiting_one(admin)}/approve")
    async with strict.begin(actor_of(patient), "test") as ctx:
        await arrive(ctx, visit.consultation_id)


async def test_what_a_name_register_says_stands_beside_the_document(
    database: Database, keys: KeyRing, clock: Clock, desk: Desk, work: UnitOfWork
) -> None:
    patient, admin = desk
    await patient.post("/api/identity", DOCUMENT)
    listed = (await admin.get("/api/identity-checks")).json
    assert (listed["checks"][0]["compared"], listed["checks"][0]["opinion"]) == (False, None)
    comparing = UnitOfWork(database, clock, os.urandom, keys, names_compared=RegisterName.DEMO)
    await name_opinions.compare(comparing, DemoRegister(), UUID(listed["checks"][0]["id"]), "test")
    (check,) = (await admin.get("/api/identity-checks")).json["checks"]
    assert check["opinion"] == {
        "register_name": "demo",
        "opinion": "unknown",
        "reference": None,
        "given_at": clock().isoformat().replace("+00:00", "Z"),
    }
    assert (await admin.post(f"/api/identity-checks/{check['id']}/approve")).status == 204
