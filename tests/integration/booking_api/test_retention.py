"""Retention over HTTP: what is due, holds, and a destruction from the request to the end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from domain.accounts import Account, Role
from tests.conftest import Clock
from tests.integration.actions.retention_desk import LONG
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import SignIn
from tests.people import PASSWORD, make_admin, make_auditor


class Three:
    """Two auditors and an administrator, whose sessions begin after the years have passed."""

    def __init__(self, sign_in: SignIn, accounts: list[Account]) -> None:
        self._sign_in, self._accounts = sign_in, accounts

    async def sit_down(self) -> list[Browser]:
        return [await self._sign_in(account) for account in self._accounts]


@pytest.fixture
async def three(work: UnitOfWork, sign_in: SignIn) -> Three:
    return Three(
        sign_in,
        [
            await make_auditor(work, "周正"),
            await make_admin(work, "陈晨"),
            await make_auditor(work, "孙悦"),
        ],
    )


async def ended_visit(work: UnitOfWork) -> Visit:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    await visit.talk("a secret")
    await visit.finish()
    return visit


def asked(visit: Visit, **changed: Any) -> dict[str, Any]:
    return {"consultation_id": str(visit.id), "reason": "Term is over", "password": PASSWORD, **changed}


async def test_a_record_is_destroyed_by_three_people_in_order(
    work: UnitOfWork, clock: Clock, three: Three
) -> None:
    visit = await ended_visit(work)
    clock.forward(LONG)
    asker, first, second = await three.sit_down()
    listed = (await asker.get("/api/retention/records")).json
    assert listed["terms"] == {
        "visit_years": 15,
        "end_years": 3,
        "key_backup_days": 35,
        "request_hours": 72,
        "account_days": 7,
        "records_per_request": 200,
    }
    (record,) = listed["records"]
    assert (record["consultation_id"], record["rule"], record["hindrance"]) == (str(visit.id), "RET-1", None)
    assert record["due_at"].startswith("2041-11-23")

    made = await asker.post("/api/retention/requests", asked(visit))
    assert made.status == 201, made.text
    request = made.json["request"]
    path = f"/api/retention/requests/{request['id']}"
    assert (request["state"], request["own"], request["approvals_missing"]) == ("requested", True, 2)
    (seen,) = (await first.get("/api/retention/requests")).json["requests"]
    assert (seen["own"], seen["approved_by_me"], seen["requested_by_name"]) == (False, False, "周正")

    once = (await first.post(f"{path}/approve", {"password": PASSWORD})).json
    assert (once["state"], once["approved_by_me"], once["approvals_missing"]) == ("approved-once", True, 1)
    early = await asker.post(f"{path}/destroy")
    assert (early.status, early.code) == (409, "retention.wrong_state")
    twice = (await second.post(f"{path}/approve", {"password": PASSWORD})).json
    assert [item["by_name"] for item in twice["approvals"]] == ["陈晨", "孙悦"]

    done = (await second.post(f"{path}/destroy")).json
    assert (done["state"], done["destroyed"]["by_name"]) == ("key-destroyed", "孙悦")
    assert done["destroyed"]["completed_at"] is None
    detail = (await first.get(path)).json
    assert [item["register_seq"] for item in detail["records"]] == [1]
    assert (await asker.get("/api/retention/records")).json["records"] == []
    again = await asker.post("/api/retention/requests", asked(visit))
    assert (again.status, again.code) == (409, "retention.destroyed")

    record = (await asker.get(f"/api/archive/consultations/{visit.id}")).json
    assert {entry["body"] for entry in record["entries"]} == {None}
    assert "secret" not in str(record)
    assert {(entry["damaged"], entry["destroyed"]) for entry in record["entries"]} == {(False, True)}
    note = record["destruction"]
    assert (note["requested_by_name"], note["approved_by_names"]) == ("周正", ["陈晨", "孙悦"])
    assert (note["rule"], note["reason"], note["register_seq"]) == ("RET-1", "Term is over", 1)
    assert (note["destroyed_at"], note["complete"]) == (done["destroyed"]["at"], False)
    verdict = (await asker.get(f"/api/archive/consultations/{visit.id}/verification")).json
    assert verdict["verdict"] == "intact"


async def test_every_wrong_field_is_named_at_once(clock: Clock, three: Three) -> None:
    clock.forward(LONG)
    asker, *_ = await three.sit_down()
    answer = await asker.post("/api/retention/requests", {"consultation_id": "me", "reason": " ", "extra": 1})
    assert answer.status == 422
    assert answer.fields == {
        "consultation_id": "bad_format",
        "reason": "too_short",
        "password": "missing",
        "extra": "unknown",
    }
    hold = await asker.post("/api/retention/holds", {"patient_id": 1, "reason": "x" * 501})
    assert hold.fields == {"patient_id": "wrong_type", "reason": "too_long"}
    lift = await asker.post(f"/api/retention/holds/{uuid4()}/lift", {})
    assert lift.fields == {"reason": "missing"}
    approve = await asker.post(f"/api/retention/requests/{uuid4()}/approve", {"password": ""})
    assert approve.fields == {"password": "too_short"}


async def test_a_wrong_password_is_said_beside_its_field_and_the_session_goes_on(
    work: UnitOfWork, clock: Clock, three: Three
) -> None:
    visit = await ended_visit(work)
    clock.forward(LONG)
    asker, *_ = await three.sit_down()
    answer = await asker.post("/api/retention/requests", asked(visit, password="not mine"))
    assert (answer.status, answer.code) == (422, "auth.wrong_password")
    assert answer.fields == {"password": "invalid"}
    assert (await asker.get("/api/session")).status == 200


async def test_all_due_by_today_and_none_by_tomorrow(work: UnitOfWork, clock: Clock, three: Three) -> None:
    due, held = await ended_visit(work), await ended_visit(work)
    clock.forward(LONG)
    asker, *_ = await three.sit_down()
    hold = await asker.post("/api/retention/holds", {"consultation_id": str(held.id), "reason": "Lawsuit"})
    assert hold.status == 201
    today = clock().date().isoformat()
    tomorrow = (clock() + timedelta(days=1)).date().isoformat()
    body = {"due_by": tomorrow, "reason": "x", "password": PASSWORD}
    assert (await asker.post("/api/retention/requests", body)).fields == {"due_by": "in_the_future"}
    made = await asker.post("/api/retention/requests", {**body, "due_by": today})
    assert (made.status, made.json["request"]["records"]) == (201, 1), made.text
    assert [item["hindrance"] for item in made.json["left_out"]] == ["on_hold"]
    (item,) = (await asker.get(f"/api/retention/requests/{made.json['request']['id']}")).json["records"]
    assert item["consultation_id"] == str(due.id)
    nothing = await asker.post("/api/retention/requests", {**body, "due_by": today})
    assert (nothing.status, nothing.code) == (409, "retention.nothing_due")


async def test_a_hold_is_placed_listed_and_lifted(work: UnitOfWork, three: Three) -> None:
    visit = await ended_visit(work)
    asker, first, _ = await three.sit_down()
    patient_id = str(visit.patient.patient_id)
    placed = await first.post("/api/retention/holds", {"patient_id": patient_id, "reason": "Lawsuit"})
    assert (placed.status, placed.json["consultation_id"]) == (201, None)
    assert (placed.json["placed_by_name"], placed.json["patient_name"]) == ("陈晨", "李晓兰")
    refused = await asker.post("/api/retention/requests", asked(visit))
    assert refused.code in ("retention.account_too_new", "retention.on_hold")
    path = f"/api/retention/holds/{placed.json['id']}/lift"
    assert (await asker.post(path, {"reason": "Settled"})).status == 204
    again = await asker.post(path, {"reason": "Settled"})
    assert (again.status, again.code) == (409, "retention.hold_lifted")
    (hold,) = (await first.get("/api/retention/holds")).json["holds"]
    assert (hold["lift"]["by_name"], hold["lift"]["reason"]) == ("周正", "Settled")


async def test_a_request_past_its_time_is_shown_as_expired_before_anything_kept_it(
    work: UnitOfWork, clock: Clock, three: Three
) -> None:
    visit = await ended_visit(work)
    clock.forward(LONG)
    asker, *_ = await three.sit_down()
    made = (await asker.post("/api/retention/requests", asked(visit))).json["request"]
    clock.forward(timedelta(hours=72))
    asker, first, _ = await three.sit_down()
    (seen,) = (await asker.get("/api/retention/requests")).json["requests"]
    assert seen["state"] == "expired"
    late = await first.post(f"/api/retention/requests/{made['id']}/approve", {"password": PASSWORD})
    assert (late.status, late.code) == (409, "retention.expired")


async def test_somebody_elses_request_is_refused_and_the_own_withdrawn(
    work: UnitOfWork, clock: Clock, three: Three
) -> None:
    visit = await ended_visit(work)
    clock.forward(LONG)
    asker, first, _ = await three.sit_down()
    made = (await asker.post("/api/retention/requests", asked(visit))).json["request"]
    path = f"/api/retention/requests/{made['id']}"
    assert (await asker.post(f"{path}/refuse", {"reason": "x"})).status == 403
    assert (await first.post(f"{path}/withdraw")).status == 403
    ended = (await first.post(f"{path}/refuse", {"reason": "A complaint"})).json
    assert (ended["state"], ended["ending"]["by_name"], ended["ending"]["reason"]) == (
        "refused",
        "陈晨",
        "A complaint",
    )
    again = (await asker.post("/api/retention/requests", asked(visit))).json["request"]
    withdrawn = (await asker.post(f"/api/retention/requests/{again['id']}/withdraw")).json
    assert (withdrawn["state"], withdrawn["ending"]["reason"]) == ("withdrawn", None)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("due_by=soon", {"due_by": "bad_format"}),
        ("limit=0&due_by=1900-01-01", {"limit": "too_small", "due_by": "too_small"}),
        ("patient=x", {"patient": "too_short"}),
    ],
)
async def test_a_list_that_cannot_be_is_refused(three: Three, query: str, fields: dict[str, str]) -> None:
    asker, *_ = await three.sit_down()
    answer = await asker.get(f"/api/retention/records?{query}")
    assert (answer.status, answer.fields) == (422, fields)


def test_the_role_of_a_patient_is_none_of_these() -> None:
    from booking_api.routes_retention import ROUTES

    for route in ROUTES:
        assert route.roles() == {Role.AUDITOR, Role.ADMIN}, route.name
