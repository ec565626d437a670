"""A visit that is not suitable online, in three browsers: referred, read, replayed."""

from datetime import timedelta

from playwright.async_api import expect

from domain.accounts import Role
from server.database import now
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import auditor_finds, doctor_opens, patient_opens


async def test_a_waiting_patient_is_referred_and_asked_to_come_again(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.visit()
    who = await sit(visit.patient)
    patient = await patient_opens(who, visit)
    await patient.enter()
    sees = await sit(visit.doctor)
    doctor = await doctor_opens(sees)
    await doctor.choose(visit.patient.display_name)

    def say(key: str, **values: object) -> str:
        return sees.words("features/not-suitable", key, **values)

    await doctor.page.get_by_role("button", name=say("open")).click()
    await doctor.page.get_by_label(say("reasons.examination")).check()
    await doctor.page.get_by_label(say("referrals.department")).check()
    await doctor.page.get_by_label(say("place")).fill("Eye clinic, building 2")
    await doctor.page.get_by_label(say("words")).fill("Come today and bring your glasses.")
    await doctor.page.get_by_role("button", name=say("confirm")).click()

    await patient.demand_step("afterwards")
    told = patient.page.get_by_role("region", name=say("told.title"))
    await expect(told).to_contain_text("Eye clinic, building 2")
    await expect(told).to_contain_text("bring your glasses")

    def ask(key: str, **values: object) -> str:
        return sees.words("features/follow-up", key, **values)

    await doctor.page.get_by_role("button", name=ask("open")).click()
    await doctor.page.get_by_label(ask("day")).fill(f"{now() + timedelta(days=14):%Y-%m-%d}")
    await doctor.page.get_by_label(ask("why"), exact=False).fill("Check the eyes again")
    await doctor.page.get_by_role("button", name=ask("confirm"), exact=True).click()
    await expect(doctor.page.get_by_text(ask("done"), exact=True)).to_be_visible()
    home = await who.open("/")
    title = ask("booking", name=visit.doctor.display_name)
    await expect(home.get_by_role("heading", name=title)).to_be_visible()

    await hospital.sealed(visit)
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    replay = await auditor_finds(await auditor.open("/auditor"), auditor, visit.patient.display_name)
    await replay.demand_verdict("intact")
    await expect(replay.rows.filter(has_text="Eye clinic, building 2")).to_have_count(1)
