"""Safety at a visit in two browsers: what is asked before waiting, what the doctor sees, who read it."""

from playwright.async_api import expect

from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import doctor_opens, patient_opens


async def test_a_red_flag_and_the_place_reach_the_doctor(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.visit(safe=False)
    who = await sit(visit.patient)
    patient = await patient_opens(who, visit)
    await patient.demand_step("safety")
    await patient.page.get_by_role("checkbox").first.check()
    number = patient.page.locator("a[href='tel:120']")
    await expect(number).to_be_visible()
    await patient.press_safety("questions.tell")
    await patient.demand_step("location")
    await patient.enter()

    doctor = await doctor_opens(await sit(visit.doctor))
    row = doctor.row(visit.patient.display_name)
    await expect(row.locator("[data-red-flags]")).to_contain_text("chest pain")
    await doctor.choose(visit.patient.display_name)
    place = doctor.page.get_by_role("group", name=doctor.words("features/safety", "doctor.place"))
    await expect(place).to_contain_text("+86 138 0013 8000")

    await patient.page.get_by_role("button", name=who.words("features/safety", "worse.open")).click()
    await patient.press_safety("questions.noneNow")
    await expect(row.locator("[data-red-flags]")).to_have_count(0)

    readers = await who.open("/me/readers")
    listed = readers.get_by_role("list", name=who.words("features/record-readers", "list"))
    await expect(listed.get_by_text(visit.doctor.display_name).first).to_be_visible()
