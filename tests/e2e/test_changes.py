"""Changes of a booked visit in browsers: the doctor calls it off, and the patient takes another time."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from actions import booking
from domain.accounts import Role, actor_of
from domain.schedule import LEAD
from tests.bookable import give_hours, hold_slot, make_free
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.waiting import until

WORDS = "features/appointment-changes"


async def test_a_doctor_calls_a_visit_off_and_the_patient_takes_another_time(
    hospital: Hospital, sit: Sit
) -> None:
    doctor = await hospital.person(Role.DOCTOR, "Wenhua Zhang")
    patient = await hospital.person(Role.PATIENT, "Emily Smith")
    await give_hours(hospital.work, doctor, begins=0, ends=24 * 60)
    await make_free(hospital.work, doctor)
    now = datetime.now(UTC)
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    assert starts_at > now + LEAD
    async with hospital.work.begin(actor_of(patient), "test") as ctx:
        held = await hold_slot(ctx, doctor, starts_at)
    async with hospital.work.begin(actor_of(patient), "test") as ctx:
        await booking.confirm_own(ctx, held.id)

    desk = await sit(doctor)
    console = await desk.open("/doctor?visits")
    await console.get_by_role("button", name=desk.words.like(WORDS, "callOff.buttonOf")).click()
    await console.get_by_role("radio", name=desk.words(WORDS, "callOff.reason.technical")).check()
    assert await complaints(console) == []
    await console.get_by_role("button", name=desk.words(WORDS, "callOff.do")).click()
    await expect(console.get_by_text(desk.words.like(WORDS, "callOff.done"))).to_be_visible()

    who = await sit(patient, viewport=PHONE)
    page = await who.open("/")
    offer = page.get_by_test_id("rebooking-offer")
    await expect(offer).to_contain_text("Wenhua Zhang")
    assert await complaints(page) == []

    # It was for a day ahead, and is among what is over all the same: from there the offer is found, too.
    await page.goto(f"{hospital.url}/records")
    called_off = who.words("features/visits", "stage.calledOff")
    await page.get_by_role("listitem").filter(has_text=called_off).get_by_role("link").click()
    await expect(page.get_by_test_id("rebooking-offer")).to_be_visible()
    await page.goto(f"{hospital.url}/")
    await offer.get_by_role("listitem").first.get_by_role("button").click()
    await page.get_by_role("button", name=who.words(WORDS, "offer.takeDo")).click()
    await expect(offer).to_have_count(0)
    await expect(page.get_by_test_id("next-visit")).to_contain_text("Wenhua Zhang")

    async def booked_anew() -> bool:
        query = "select state from appointment where id = %s and starts_at <> %s"
        return hospital.rows(query, str(held.id), starts_at) == [("booked",)]

    await until(booked_anew)
