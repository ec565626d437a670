"""Coming again in two browsers: the doctor proposes it, the patient books it in two presses."""

import re
from datetime import timedelta

import pytest_asyncio
from playwright.async_api import expect

from server.database import now
from tests.bookable import give_hours, make_free
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import doctor_opens, patient_opens

_BOOK = "features/booking"
_PROPOSE = "features/follow-up"
_PATIENT = "features/visit-patient"


@pytest_asyncio.fixture(loop_scope="session")
async def strict(open_hospital: OpenHospital) -> Hospital:
    """A hospital that asks everybody for an earlier diagnosis."""
    return await open_hospital({"DIAGNOSIS_REQUIRED": "true"})


async def test_a_proposed_follow_up_is_booked_in_two_presses_and_nothing_is_asked_again(
    hospital: Hospital, sit: Sit
) -> None:
    visit = await hospital.visit()
    await give_hours(hospital.work, visit.doctor, begins=0, ends=24 * 60)
    await make_free(hospital.work, visit.doctor)
    who, sees = await sit(visit.patient, viewport=PHONE), await sit(visit.doctor)
    patient = await patient_opens(who, visit)
    await patient.enter()
    doctor = await doctor_opens(sees)
    await doctor.choose(visit.patient.display_name)
    line = doctor.page.get_by_role("group", name=sees.words(_PATIENT, "label"))
    await expect(line).to_contain_text("1956")
    await expect(line).to_contain_text(sees.words(_PATIENT, "unverified"))
    await expect(doctor.page.get_by_test_id("evidence-band")).to_contain_text(
        sees.words(_PATIENT, "evidence.unsaid")
    )
    await doctor.admit()
    await patient.demand_step("call")
    await doctor.finish()
    await patient.demand_step("afterwards")

    def ask(key: str, **values: object) -> str:
        return sees.words(_PROPOSE, key, **values)

    await doctor.page.get_by_role("button", name=ask("open")).click()
    await doctor.page.get_by_label(ask("day")).fill(f"{now() + timedelta(days=7):%Y-%m-%d}")
    await doctor.page.get_by_label(ask("why"), exact=False).fill("Look at the pressure again")
    await doctor.page.get_by_role("button", name=ask("confirm"), exact=True).click()
    await expect(doctor.page.get_by_text(ask("done"), exact=True)).to_be_visible()
    # It stands on the page that the patient is on.
    title = ask("booking", name=visit.doctor.display_name)
    await expect(patient.page.get_by_role("heading", name=title)).to_be_visible()
    assert await complaints(patient.page) == []

    home = await who.open("/")
    card = home.get_by_role("region", name=title)
    await card.locator("a[href^='/book/']").first.click()
    await home.get_by_role("button", name=who.words.like(_BOOK, "book.now")).click()
    await expect(home.get_by_role("heading", name=who.words(_BOOK, "booked.title"))).to_be_visible()
    await expect(home.get_by_test_id("evidence")).to_contain_text(
        who.words(_BOOK, "evidence.sees.earlier_visit_one", count=1)
    )
    await expect(home.get_by_role("button", name=who.words(_BOOK, "evidence.nothing"))).to_have_count(0)
    assert await complaints(home) == []
    assert hospital.rows(
        "select state, diagnosis from appointment where patient_id = %s and red_flags is not null",
        str(visit.patient.patient_id),
    ) == [("booked", "earlier_visit")]


async def test_where_the_hospital_asks_for_it_announced_documents_are_added_before_the_waiting_room(
    strict: Hospital, sit: Sit
) -> None:
    visit = await strict.visit()
    who = await sit(visit.patient, viewport=PHONE, at=strict)
    strict.tamper(
        "update appointment set red_flags = '2026-11', diagnosis = 'documents'"  # noqa: S608
        f" where id = '{visit.appointment.id}'"
    )
    patient = await patient_opens(who, visit)
    await patient.demand_step("diagnosis")
    page = patient.page
    await expect(page.get_by_text(who.words(_BOOK, "evidence.missing"))).to_be_visible()
    assert await complaints(page) == []
    async with page.expect_file_chooser() as opening:
        await page.get_by_role("button", name=who.words(_BOOK, "evidence.add")).click()
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    await (await opening.value).set_files(letter)  # type: ignore[arg-type]  # A literal is one.
    await patient.enter()
    shown = page.get_by_test_id("evidence")
    await expect(shown).to_contain_text(who.words(_BOOK, "evidence.sees.documents_one", count=1))
    sees = await sit(visit.doctor, at=strict)
    doctor = await doctor_opens(sees)
    await doctor.choose(visit.patient.display_name)
    await expect(doctor.page.get_by_test_id("evidence-band")).to_contain_text(re.compile("1 document"))
