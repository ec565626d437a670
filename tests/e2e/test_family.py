"""A family on a phone: a child is added, the visit booked for it, and its guardian comes to it."""

from datetime import timedelta
from uuid import UUID

from playwright.async_api import expect

from actions.appointments import create_appointment
from domain.accounts import SYSTEM, Role
from domain.ids import PatientId
from server.database import now
from tests.bookable import practitioner_of
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.pages import PatientInVisit, doctor_opens
from tests.e2e.wording import CHINESE
from tests.people import note_safe

WORDS = "features/family"


async def test_a_guardian_adds_a_child_and_comes_to_its_visit(hospital: Hospital, sit: Sit) -> None:
    guardian = await hospital.person(Role.PATIENT, "李晓兰", locale="zh-CN")
    doctor = await hospital.person(Role.DOCTOR, "Wenhua Zhang")
    name = f"李小宝 {guardian.display_name[-4:]}"
    who = await sit(guardian, viewport=PHONE, words=CHINESE)

    def say(key: str, **values: object) -> str:
        return who.words(WORDS, key, **values)

    page = await who.open("/me/family")
    await page.get_by_role("button", name=say("add.open")).click()
    await page.get_by_role("button", name=say("add.submit"), exact=True).click()
    await expect(page.get_by_text(say("add.missing.name"))).to_be_visible()
    await page.get_by_label(say("add.name")).fill(name)
    await page.get_by_label(say("add.birthDate")).fill("2019-06-01")
    await page.get_by_label(say("add.gender")).select_option("male")
    await page.get_by_label(say("add.relationship")).select_option("parent")
    await page.get_by_label(say("add.declareChild")).check()
    assert await complaints(page) == []
    await page.get_by_role("button", name=say("add.submit"), exact=True).click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()

    ((patient_id,),) = hospital.rows("select id::text from patient where name = %s", name)
    async with hospital.work.begin(SYSTEM, "test") as ctx:
        starts_at = now() + timedelta(minutes=1)
        booked = await create_appointment(
            ctx,
            PatientId(UUID(patient_id)),
            practitioner_of(doctor),
            starts_at,
            starts_at + timedelta(minutes=20),
        )
        await note_safe(ctx, booked)
    visit = Visit(guardian, doctor, booked)
    home = await who.open("/")
    await expect(home.get_by_text(who.words("features/visits", "forWhom", name=name))).to_be_visible()
    patient = PatientInVisit(await who.open(f"/visit/{booked.id}"), who)
    await patient.demand_step("guardian")
    assert await complaints(patient.page) == []
    await patient.page.get_by_role("button", name=say("guardian.agree")).click()
    await patient.enter()

    desk = await doctor_opens(await sit(visit.doctor))
    with_guardian = desk.words("features/doctor-queue", "withGuardian")
    await expect(desk.row(name)).to_contain_text(with_guardian)
