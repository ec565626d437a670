"""Doctors over HTTP: the directory for anyone, the own profile, the administration's decisions (ID-3)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions.accounts import NewAccount, create_account
from actions.context import UnitOfWork
from domain.accounts import SYSTEM, Account, Role
from storage.pool import Database
from tests.bookable import make_bookable
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import PASSWORD_HASH, make_appointment, make_doctor, make_patient

_UNKNOWN = "01920000-0000-7000-8000-000000000000"
PROFILE: dict[str, Any] = {
    "title": "副主任医师",
    "specialty": "dermatology",
    "licence_number": "110110000099",
    "fee_minor": 6000,
    "languages": ["zh", "en"],
    "practising_since": 2010,
    "biography_zh": "擅长湿疹。",
    "biography_en": None,
}
WEEK = {"weekday": 2, "begins": "09:00", "ends": "10:00", "slot_minutes": 20, "valid_from": "2026-11-01"}


async def _new_doctor(work: UnitOfWork, login: str = "doctor.new") -> Account:
    """A doctor whom nobody has approved."""
    async with work.begin(SYSTEM, "test") as ctx:
        return await create_account(
            ctx, NewAccount(login, PASSWORD_HASH, Role.DOCTOR, "何新", title="医师", specialty="皮肤科")
        )


async def _lines(database: Database) -> list[str]:
    async with database.transaction() as tx:
        lines = await tx.all("audit_newest", {"before_id": 2**63 - 1, "limit": 200})
    return [f"{line['action']} {line['outcome']}" for line in lines]


async def test_a_doctor_becomes_public_by_approval_and_not_before(
    people: People, work: UnitOfWork, sign_in: SignIn, browser: Browser, database: Database
) -> None:
    account = await _new_doctor(work)
    own, path = await sign_in(account), f"/api/doctor-profiles/{account.practitioner_id}"
    public = f"/api/doctors/{account.practitioner_id}"
    draft = (await own.get("/api/profile")).json
    assert (draft["state"], draft["specialty"]) == ("draft", "dermatology"), "as the account was made"
    assert (await own.post("/api/profile", PROFILE)).json["missing"] == {"consent_on_file": "missing"}
    assert (await own.post("/api/profile/submit")).json["state"] == "submitted"
    assert (await own.post("/api/profile", PROFILE)).code == "profile.wrong_state"
    assert (await browser.get(public)).status == 404

    refused = await people.admin.post(f"{path}/approve")
    assert (refused.status, refused.code) == (422, "profile.not_eligible")
    assert refused.fields == {"consent_on_file": "missing"}
    returned = await people.admin.post(f"{path}/return", {"reason": "请核对执业证书编号"})
    assert (returned.json["state"], returned.json["reason"]) == ("returned", "请核对执业证书编号")
    assert (await own.post("/api/profile/submit")).json["reason"] is None
    await people.admin.post(path, {**PROFILE, "consent_on_file": True})
    approved = await people.admin.post(f"{path}/approve")
    assert (approved.status, approved.json["state"], approved.json["missing"]) == (200, "approved", {})

    page = (await browser.get(public)).json
    assert page["specialty"]["words"] == {"zh-CN": "皮肤科", "en": "Dermatology"}
    assert (page["fee_minor"], page["currency"], page["years"]) == (6000, "CNY", 15)
    assert "licence_number" not in page
    suspended = await people.admin.post(f"{path}/suspend", {"reason": "Under review"})
    assert suspended.json["state"] == "suspended"
    assert (await browser.get(public)).status == 404
    assert (await people.admin.post(f"{path}/approve")).json["state"] == "approved"
    lines = await _lines(database)
    for action in ("edit_own", "submit", "return", "edit_any", "approve", "suspend"):
        assert f"profile.{action} done" in lines


async def test_everything_that_keeps_a_doctor_from_approval_is_named_at_once(
    work: UnitOfWork, sign_in: SignIn
) -> None:
    own = await sign_in(await _new_doctor(work))
    await own.post("/api/profile", {**PROFILE, "licence_number": " ", "practising_since": 2024})
    refused = await own.post("/api/profile/submit")
    assert refused.code == "profile.not_eligible"
    assert refused.fields == {"licence_number": "missing", "practising_since": "too_short"}


async def test_every_wrong_field_of_a_profile_is_named_at_once(people: People) -> None:
    wrong = {**PROFILE, "title": " ", "fee_minor": -1, "languages": ["tlh"], "practising_since": 2040}
    path = f"/api/doctor-profiles/{people.accounts[Role.DOCTOR].practitioner_id}"
    answer = await people.admin.post(path, {**wrong, "consent_on_file": True})
    assert (answer.status, answer.fields) == (
        422,
        {
            "title": "missing",
            "fee_minor": "too_small",
            "languages": "not_a_choice",
            "practising_since": "in_the_future",
        },
    )


async def test_what_was_approved_stays_approvable_and_is_not_the_doctors_to_change(people: People) -> None:
    before = (await people.doctor.get("/api/profile")).json
    own = {name: before[name] for name in PROFILE}
    refused = await people.doctor.post("/api/profile", {**own, "fee_minor": 1, "licence_number": "2"})
    assert refused.fields == {"fee_minor": "not_expected", "licence_number": "not_expected"}
    changed = await people.doctor.post("/api/profile", {**own, "biography_en": "Hello", "languages": ["en"]})
    assert (changed.status, changed.json["state"]) == (200, "approved")
    path = f"/api/doctor-profiles/{before['practitioner_id']}"
    answer = await people.admin.post(path, {**own, "licence_number": None, "consent_on_file": False})
    assert answer.fields == {"licence_number": "missing", "consent_on_file": "missing"}


async def test_a_licence_belongs_to_one_doctor(people: People, work: UnitOfWork, sign_in: SignIn) -> None:
    taken = (await people.doctor.get("/api/profile")).json["licence_number"]
    own = await sign_in(await _new_doctor(work))
    answer = await own.post("/api/profile", {**PROFILE, "licence_number": taken})
    assert (answer.status, answer.code) == (409, "profile.licence_taken")


async def test_a_reason_is_given(people: People) -> None:
    path = f"/api/doctor-profiles/{people.accounts[Role.DOCTOR].practitioner_id}/suspend"
    assert (await people.admin.post(path, {"reason": "  "})).fields == {"reason": "missing"}
    unknown = await people.admin.post(f"/api/doctor-profiles/{_UNKNOWN}/approve")
    assert unknown.status == 404
    again = await people.admin.post(path.replace("suspend", "approve"))
    assert (again.status, again.code) == (409, "profile.wrong_state")


async def test_only_approved_doctors_are_booked(people: People, work: UnitOfWork) -> None:
    new = await _new_doctor(work)
    listed = (await people.admin.get("/api/practitioners")).json["practitioners"]
    assert [one["id"] for one in listed] == [str(people.accounts[Role.DOCTOR].practitioner_id)]
    answer = await people.admin.post(
        "/api/appointments",
        {
            "patient_id": str(people.accounts[Role.PATIENT].patient_id),
            "practitioner_id": str(new.practitioner_id),
            "starts_at": "2026-11-24T10:00:00Z",
            "ends_at": "2026-11-24T10:30:00Z",
        },
    )
    assert answer.status == 404


class TestFinding:
    async def test_by_name_specialty_and_language_page_by_page(
        self, work: UnitOfWork, browser: Browser
    ) -> None:
        for name in ("甲医生", "乙医生", "丙医生", "丁大夫"):
            await make_doctor(work, name)
        names: list[str] = []
        cursor = ""
        while True:
            page = (await browser.get(f"/api/doctors?limit=3{cursor}")).json
            names += [one["name"] for one in page["doctors"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert sorted(names) == sorted(["甲医生", "乙医生", "丙医生", "丁大夫"])
        assert len((await browser.get("/api/doctors?name=医生")).json["doctors"]) == 3
        assert len((await browser.get("/api/doctors?name=%25")).json["doctors"]) == 0
        assert len((await browser.get("/api/doctors?specialty=cardiology")).json["doctors"]) == 4
        assert len((await browser.get("/api/doctors?specialty=ent")).json["doctors"]) == 0
        assert len((await browser.get("/api/doctors?language=zh")).json["doctors"]) == 4
        assert len((await browser.get("/api/doctors?language=en")).json["doctors"]) == 0

    async def test_by_a_day_with_a_free_slot(
        self, people: People, work: UnitOfWork, browser: Browser
    ) -> None:
        doctor, patient = people.accounts[Role.DOCTOR], await make_patient(work)
        path = f"/api/doctor-profiles/{doctor.practitioner_id}/hours"
        assert (await people.admin.post(path, {**WEEK, "ends": "09:20"})).status == 201
        tuesday, wednesday = "/api/doctors?day=2026-11-24", "/api/doctors?day=2026-11-25"
        (found,) = (await browser.get(tuesday)).json["doctors"]
        assert found["next_free"] == {
            "starts_at": "2026-11-24T01:00:00Z",
            "ends_at": "2026-11-24T01:20:00Z",
            "free": 1,
        }
        assert (await browser.get(wednesday)).json["doctors"] == []
        await make_appointment(work, patient, doctor, datetime(2026, 11, 24, 1, tzinfo=UTC))
        assert (await browser.get(tuesday)).json["doctors"] == []
        (next_week,) = (await browser.get("/api/doctors")).json["doctors"]
        assert next_week["next_free"]["starts_at"] == "2026-12-01T01:00:00Z"

    @pytest.mark.parametrize("full", [[1, 4, 7], [0, 1, 2, 3, 4, 5], list(range(9)), []], ids=len)
    async def test_by_a_day_on_which_many_have_no_time_left_page_by_page(
        self, work: UnitOfWork, browser: Browser, full: list[int]
    ) -> None:
        names = [f"医生{number}" for number in range(9)]
        for number, name in enumerate(names):
            doctor = await make_bookable(work, name=name, begins=9 * 60, ends=9 * 60 + 30)
            if number in full:
                await make_appointment(
                    work, await make_patient(work), doctor, datetime(2026, 11, 24, 1, tzinfo=UTC)
                )
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await browser.get(f"/api/doctors?day=2026-11-24&limit=2{cursor}")).json
            found += [one["name"] for one in page["doctors"]]
            cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
        assert found == [name for number, name in enumerate(names) if number not in full]

    @pytest.mark.parametrize(
        ("query", "fields"),
        [
            ("?specialty=magic&language=EN&limit=51", {"specialty", "language", "limit"}),
            ("?day=2026-02-30&name=", {"day", "name"}),
            ("?cursor=%00", {"cursor"}),
            ("?cursor=abcd", {"cursor"}),
        ],
    )
    async def test_every_wrong_parameter_is_named(
        self, browser: Browser, query: str, fields: set[str]
    ) -> None:
        answer = await browser.get(f"/api/doctors{query}")
        assert (answer.status, set(answer.fields)) == (422, fields)

    async def test_specialties_have_words(self, browser: Browser) -> None:
        found = (await browser.get("/api/specialties")).json
        assert {"code": "ent", "words": {"zh-CN": "耳鼻咽喉科", "en": "Ear, nose and throat"}} in found[
            "specialties"
        ]
        assert "zh" in found["languages"]


async def test_the_administration_reads_doctors_page_by_page_those_who_wait_first(
    people: People, work: UnitOfWork, sign_in: SignIn
) -> None:
    waits = await _new_doctor(work)
    own = await sign_in(waits)
    await own.post("/api/profile", PROFILE)
    assert (await own.post("/api/profile/submit")).status == 200
    for number in range(3):
        await _new_doctor(work, f"doctor.{number}")
    pages, cursor = [], ""
    while cursor is not None:
        page = (await people.admin.get(f"/api/doctor-profiles?limit=2{cursor and f'&cursor={cursor}'}")).json
        pages.append([one["practitioner_id"] for one in page["profiles"]])
        cursor = page["next_cursor"]
    listed = [one for page in pages for one in page]
    assert [len(page) for page in pages] == [2, 2, 1], "four new ones and the doctor of the hospital"
    assert listed[0] == str(waits.practitioner_id)
    assert len(set(listed)) == 5
    for bad in ("limit=0", "limit=201", "cursor=%21"):
        assert (await people.admin.get(f"/api/doctor-profiles?{bad}")).status == 422
    assert (await people.doctor.get("/api/doctor-profiles")).status == 403
