"""Schedules over HTTP: weekly hours, exceptions, leave, and the slots that follow from them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions.context import UnitOfWork
from domain.accounts import Role
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_appointment, make_doctor, make_patient

WEEK: dict[str, Any] = {
    "weekday": 2,
    "begins": "09:00",
    "ends": "10:00",
    "slot_minutes": 20,
    "valid_from": "2026-11-01",
}
_UNKNOWN = "01920000-0000-7000-8000-000000000000"


def _path(people: People, what: str) -> str:
    return f"/api/doctor-profiles/{people.accounts[Role.DOCTOR].practitioner_id}/{what}"


async def _times(browser: Browser, people: People, days: str = "from=2026-11-24&to=2026-11-24") -> list[str]:
    doctor = people.accounts[Role.DOCTOR].practitioner_id
    answer = await browser.get(f"/api/doctors/{doctor}/slots?{days}")
    return [f"{slot['starts_at'][11:16]} {slot['free']}" for slot in answer.json["slots"]]


async def test_slots_follow_from_hours_exceptions_leave_and_what_is_booked(
    people: People, browser: Browser, work: UnitOfWork
) -> None:
    hours = await people.admin.post(_path(people, "hours"), {**WEEK, "capacity": 2})
    assert (hours.status, hours.json["time_zone"], hours.json["begins"]) == (201, "Asia/Shanghai", "09:00")
    assert await _times(browser, people) == ["01:00 2", "01:20 2", "01:40 2"]

    await make_appointment(
        work,
        await make_patient(work),
        people.accounts[Role.DOCTOR],
        datetime(2026, 11, 24, 1, 10, tzinfo=UTC),
    )
    assert await _times(browser, people) == ["01:00 1", "01:20 1", "01:40 2"]

    exception = {"day": "2026-11-24", "begins": "09:00", "ends": "09:20", "capacity": 0}
    closed = await people.admin.post(_path(people, "exceptions"), {**exception, "kind": "capacity"})
    extra = await people.admin.post(
        _path(people, "exceptions"),
        {
            "kind": "extra",
            "day": "2026-11-24",
            "begins": "23:30",
            "ends": "24:00",
            "slot_minutes": 30,
            "capacity": 1,
        },
    )
    assert (closed.status, extra.status, extra.json["ends"]) == (201, 201, "24:00")
    assert await _times(browser, people) == ["01:20 2", "01:40 2", "15:30 1"], "what was booked is called off"

    leave = await people.admin.post(_path(people, "leave"), {"from": "2026-11-24", "to": "2026-11-25"})
    assert (leave.json["booked"], leave.json["leave"]["last_day"]) == (0, "2026-11-25")
    assert await _times(browser, people) == []

    schedule = (await people.admin.get(_path(people, "schedule"))).json
    assert [len(schedule[part]) for part in ("hours", "exceptions", "leaves")] == [1, 2, 1]
    assert (await people.admin.delete(f"/api/doctor-leave/{schedule['leaves'][0]['id']}")).status == 204
    for one in schedule["exceptions"]:
        assert (await people.admin.delete(f"/api/schedule-exceptions/{one['id']}")).status == 204
    hours_path = f"/api/weekly-hours/{hours.json['id']}"
    changed = await people.admin.post(hours_path, {**WEEK, "ends": "09:20"})
    assert (changed.status, changed.json["capacity"]) == (200, 1)
    assert await _times(browser, people) == ["01:00 1"]
    assert (await people.admin.delete(hours_path)).status == 204
    assert await _times(browser, people) == []
    assert (await people.admin.delete(hours_path)).status == 404


async def test_hours_of_one_weekday_do_not_overlap(people: People) -> None:
    path = _path(people, "hours")
    assert (await people.admin.post(path, WEEK)).status == 201
    answer = await people.admin.post(path, {**WEEK, "begins": "09:59", "ends": "11:00"})
    assert (answer.status, answer.code) == (409, "schedule.overlap")
    assert (await people.admin.post(path, {**WEEK, "begins": "10:00", "ends": "11:00"})).status == 201
    assert (await people.admin.post(path, {**WEEK, "weekday": 3})).status == 201


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (
            {"weekday": 8, "begins": "9:00", "time_zone": "Mars/Base", "valid_from": "tomorrow"},
            {
                "weekday": "too_large",
                "begins": "bad_format",
                "time_zone": "not_a_choice",
                "valid_from": "bad_format",
            },
        ),
        (
            {"ends": "08:00", "slot_minutes": 1, "capacity": 0, "valid_to": "2026-10-01"},
            {
                "ends": "out_of_order",
                "slot_minutes": "too_small",
                "capacity": "too_small",
                "valid_to": "out_of_order",
            },
        ),
        ({"slot_minutes": 61}, {"slot_minutes": "too_large"}),
    ],
)
async def test_every_wrong_field_is_named_at_once(
    people: People, wrong: dict[str, Any], fields: dict[str, str]
) -> None:
    answer = await people.admin.post(_path(people, "hours"), {**WEEK, **wrong})
    assert (answer.status, answer.fields) == (422, fields)


async def test_an_exception_lies_ahead(people: People) -> None:
    body = {"kind": "extra", "day": "2026-11-22", "begins": "09:00", "ends": "10:00", "capacity": 1}
    answer = await people.admin.post(_path(people, "exceptions"), body)
    assert answer.fields == {"day": "in_the_past", "slot_minutes": "too_small"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-11-24&to=2026-11-23", "to"),
        ("from=2026-11-24&to=2026-12-25", "to"),
        ("from=2026-11-24", "to"),
    ],
)
async def test_a_range_of_slots_is_bounded(people: People, browser: Browser, query: str, field: str) -> None:
    doctor = people.accounts[Role.DOCTOR].practitioner_id
    answer = await browser.get(f"/api/doctors/{doctor}/slots?{query}")
    assert (answer.status, list(answer.fields)) == (422, [field])
    assert (await browser.get(f"/api/doctors/{_UNKNOWN}/slots?from=2026-11-24&to=2026-11-24")).status == 404


async def test_nobody_plans_for_who_is_no_doctor(people: People) -> None:
    other = people.accounts[Role.PHARMACIST].practitioner_id
    answer = await people.admin.post(f"/api/doctor-profiles/{other}/hours", WEEK)
    assert answer.status == 404


async def test_a_doctor_enters_and_takes_back_the_own_leave_alone(
    people: People, work: UnitOfWork, sign_in: SignIn, browser: Browser
) -> None:
    await people.admin.post(_path(people, "hours"), WEEK)
    made = await people.doctor.post("/api/leave", {"from": "2026-11-24", "to": "2026-11-24"})
    assert (made.status, made.json["booked"]) == (201, 0)
    assert made.json["leave"]["begins_at"] == "2026-11-23T16:00:00Z"
    assert await _times(browser, people) == []
    assert (await people.doctor.get("/api/leave")).json["leaves"] == [made.json]

    leave = f"/api/leave/{made.json['leave']['id']}"
    other = await sign_in(await make_doctor(work))
    refused: Answer = await other.delete(leave)
    assert (refused.status, refused.code) == (403, "auth.forbidden")
    assert (await people.doctor.delete(leave)).status == 204
    assert (await people.doctor.delete(leave)).status == 404
    assert len(await _times(browser, people)) == 3


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        ({"from": "2026-11-25", "to": "2026-11-24"}, {"to": "out_of_order"}),
        ({"from": "2026-11-01", "to": "2026-11-02"}, {"to": "in_the_past"}),
        ({"from": "2026-12-01", "to": "2028-12-01"}, {"to": "too_large"}),
        ({}, {"from": "missing", "to": "missing"}),
    ],
)
async def test_a_leave_is_a_time_ahead(people: People, days: dict[str, str], fields: dict[str, str]) -> None:
    answer = await people.doctor.post("/api/leave", days)
    assert (answer.status, answer.fields) == (422, fields)


async def test_slots_are_given_to_the_hospital_system_only_where_it_can_be_asked(people: People) -> None:
    path = _path(people, "slot-ownership")
    schedule = (await people.admin.get(_path(people, "schedule"))).json
    assert (schedule["slots"], schedule["his_connected"]) == ({"owner": "ours", "quota_a_day": 0}, False)
    refused = await people.admin.post(path, {"owner": "his", "quota_a_day": 3})
    assert (refused.status, refused.code) == (409, "his.not_connected")
    assert (await people.admin.post(path, {"owner": "nobody"})).fields == {"owner": "not_a_choice"}
    assert (await people.admin.post(path, {"owner": "ours", "quota_a_day": 3})).fields == {
        "quota_a_day": "too_large"
    }
    ours = await people.admin.post(path, {"owner": "ours"})
    assert (ours.status, ours.json) == (200, {"owner": "ours", "quota_a_day": 0})
