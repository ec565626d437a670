"""The audit trail, dead jobs, figures, and what anyone may know."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from actions.sealing_status import SealingStatus
from booking_api import HospitalSettings
from booking_api.models import DemoLogin
from domain.accounts import Role
from domain.jobs import mail_visit_ended
from storage import job_queue
from storage.pool import Database
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, People
from tests.live import session_token
from tests.people import make_admin, make_appointment


async def test_the_audit_trail_is_read_page_by_page(people: People) -> None:
    seen: list[int] = []
    query = ""
    while True:
        page = (await people.auditor.get(f"/api/audit?limit=3{query}")).json
        seen += [line["id"] for line in page["lines"]]
        if page["next_before"] is None:
            break
        query = f"&before={page['next_before']}"
    assert seen == sorted(set(seen), reverse=True)
    everything = (await people.admin.get("/api/audit?limit=200")).json["lines"]
    assert set(seen) <= {line["id"] for line in everything}
    actions = [line["action"] for line in everything]
    assert actions.count("account.create") == 5
    assert actions.count("audit.read") >= 3, "reading the trail is in the trail"


async def test_the_audit_trail_of_one_patient(people: People, work: UnitOfWork) -> None:
    await make_appointment(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR])
    await people.doctor.get("/api/appointments")
    patient_id = people.accounts[Role.PATIENT].patient_id
    lines = (await people.auditor.get(f"/api/audit?patient_id={patient_id}")).json["lines"]
    assert [line["action"] for line in lines] == [
        "appointment.read_own",
        "appointment.create",
        "account.create",
    ]
    assert lines[0]["actor_name"] == "王建国"
    assert (await people.auditor.get(f"/api/audit?patient_id={uuid4()}")).json == {
        "lines": [],
        "next_before": None,
    }


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("limit=0", {"limit": "too_small"}),
        ("limit=201", {"limit": "too_large"}),
        ("limit=many", {"limit": "bad_format"}),
        ("before=0", {"before": "too_small"}),
        (f"before={2**63}", {"before": "too_large"}),
        (f"before={10**40}", {"before": "too_large"}),
        ("patient_id=me", {"patient_id": "bad_format"}),
    ],
)
async def test_a_page_that_cannot_be_is_refused(people: People, query: str, fields: dict[str, str]) -> None:
    answer = await people.auditor.get(f"/api/audit?{query}")
    assert (answer.status, answer.fields) == (422, fields)


async def _dead_job(work: UnitOfWork, database: Database) -> str:
    consultation_id = uuid4()
    async with database.transaction() as tx:
        await job_queue.enqueue(tx, mail_visit_ended(consultation_id))
    async with database.transaction() as tx:
        await tx.script("update procrastinate_jobs set status = 'failed', attempts = 6")
    return str(consultation_id)


async def test_a_dead_job_is_seen_and_run_again(people: People, work: UnitOfWork, database: Database) -> None:
    consultation_id = await _dead_job(work, database)
    (job,) = (await people.admin.get("/api/jobs?state=dead")).json["jobs"]
    assert (job["name"], job["attempts"]) == ("mail.visit_ended", 6)
    assert job["args"] == {"consultation_id": consultation_id}
    assert (await people.admin.post(f"/api/jobs/{job['id']}/retry")).status == 204
    assert (await people.admin.get("/api/jobs")).json["jobs"] == []
    answer = await people.admin.post(f"/api/jobs/{job['id']}/retry")
    assert (answer.status, answer.code) == (409, "job.wrong_state")


@pytest.mark.parametrize("job_id", ["1", "999999999999999999", "9" * 30, "x", "-1", "0"])
async def test_an_unknown_job_is_not_found(people: People, job_id: str) -> None:
    answer = await people.admin.post(f"/api/jobs/{job_id}/retry")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_jobs_of_other_states_are_not_asked_for(people: People) -> None:
    answer = await people.admin.get("/api/jobs?state=waiting")
    assert (answer.status, answer.fields) == (422, {"state": "not_a_choice"})


async def test_the_figures_count_the_hospitals_day(
    people: People, work: UnitOfWork, database: Database
) -> None:
    await make_appointment(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR])
    await _dead_job(work, database)
    assert (await people.admin.get("/api/figures")).json == {
        "appointments": 1,
        "waiting": 0,
        "in_progress": 0,
        "finished": 0,
        "jobs_waiting": 0,
        "jobs_dead": 1,
        "wait_minutes_median": None,
        "sealing": "starting",
        "sealing_why": None,
        "sealed_entries": 0,
    }


async def test_anyone_may_know_the_hospital(browser: Browser) -> None:
    assert (await browser.get("/api/hospital")).json == {
        "name": "海滨医院",
        "demo": False,
        "demo_logins": [],
        "emergency_number": "120",
        "default_locale": "zh-CN",
        "time_zone": "Asia/Shanghai",
        "currency": "CNY",
        "passkeys": False,
        "single_sign_on": None,
    }


async def test_a_demo_says_so_and_lists_its_logins(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]]
) -> None:
    login = DemoLogin(role=Role.DOCTOR, login="doctor", password="known to all", display_name="王建国")
    demo = HospitalSettings("演示", True, (login,), "120", "zh-CN", "Asia/Shanghai")
    answer = await Browser(await aiohttp_client(attached(hospital=demo))).get("/api/hospital")
    assert answer.json["demo"] is True
    assert answer.json["demo_logins"] == [login.model_dump()]


async def test_the_server_is_ready_while_the_database_answers(browser: Browser) -> None:
    answer = await browser.get("/healthz")
    assert answer.status == 200
    assert answer.json == {"status": "ok", "version": "1.2.3", "sealing": "starting", "sealing_why": None}
    async with browser.client.head("/healthz") as head:
        assert (head.status, await head.read()) == (200, b"")


async def test_sealing_that_stopped_is_told_and_turns_nobody_away(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]], work: UnitOfWork
) -> None:
    status = SealingStatus()
    browser = Browser(await aiohttp_client(attached(sealing=status)))
    status.goes_on(12)
    status.stops("Entries 5 to 11 are missing.", (5, 12))
    health = await browser.get("/healthz")
    assert health.status == 200
    assert (health.json["sealing"], health.json["sealing_why"]) == ("stopped", "Entries 5 to 11 are missing.")
    await browser.keep(await session_token(work, await make_admin(work)))
    figures = (await browser.get("/api/figures")).json
    assert (figures["sealing"], figures["sealed_entries"]) == ("stopped", 12)
    assert figures["sealing_why"] == "Entries 5 to 11 are missing."


async def test_the_document_is_served_as_it_is_committed(browser: Browser) -> None:
    answer = await browser.get("/api/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    assert answer.json["components"]["securitySchemes"]["session"]["name"] == "televisit_session"


async def test_figures_of_days_are_the_last_thirty_unless_others_are_asked_for(people: People) -> None:
    answer = await people.admin.get("/api/figures/days")
    assert (answer.json["first_day"], answer.json["last_day"]) == ("2026-10-25", "2026-11-23")
    assert len(answer.json["days"]) == 30
    assert answer.json["currencies"] == []
    answer = await people.admin.get("/api/figures/days?from=2026-11-20&to=2026-11-21")
    assert [one["day"] for one in answer.json["days"]] == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize(
    ("query", "fault"),
    [("from=2026-11-24&to=2026-11-23", "out_of_order"), ("from=2024-01-01&to=2026-01-01", "too_large")],
)
async def test_days_that_make_no_figures_are_refused(people: People, query: str, fault: str) -> None:
    answer = await people.admin.get(f"/api/figures/days?{query}")
    assert (answer.status, answer.fields) == (422, {"to": fault})
