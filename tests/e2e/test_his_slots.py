"""A slot of the hospital's own system in browsers: requested, confirmed, then given to somebody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.async_api import expect

from actions import his_slots, schedules
from domain.accounts import SYSTEM, Role, actor_of
from domain.his_slots import SlotAnswer, SlotOwner
from tests.bookable import give_hours, hold_slot, make_free, practitioner_of
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital

BOOKING = "features/booking"
EDITOR = "features/schedule-editor"


async def test_a_requested_visit_becomes_certain_and_a_late_conflict_offers_another_time(
    hospital: Hospital, sit: Sit
) -> None:
    doctor = await hospital.person(Role.DOCTOR, "Wenhua Zhang")
    patient = await hospital.person(Role.PATIENT, "Emily Smith")
    await give_hours(hospital.work, doctor, begins=0, ends=24 * 60)
    await make_free(hospital.work, doctor)
    starts_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    async with hospital.his_work.begin(SYSTEM, "test") as ctx:
        await schedules.set_slot_ownership(ctx, practitioner_of(doctor), SlotOwner.HIS, 0, "UTC")
    async with hospital.his_work.begin(actor_of(patient), "test") as ctx:
        held = await hold_slot(ctx, doctor, starts_at)

    who = await sit(patient, viewport=PHONE)
    page = await who.open(f"/booking/{held.id}")
    await expect(page.get_by_text(who.words(BOOKING, "hold.later"))).to_be_visible()
    await page.get_by_role("button", name=who.words(BOOKING, "hold.confirm")).click()
    await expect(page.get_by_test_id("requested")).to_contain_text("Wenhua Zhang")
    assert await complaints(page) == []
    await page.get_by_role("link", name=who.words(BOOKING, "booked.home")).click()
    await expect(page.get_by_test_id("requested-card")).to_contain_text("Wenhua Zhang")
    assert await complaints(page) == []
    await page.get_by_role("link", name=who.words(BOOKING, "asked.open")).click()
    await expect(page.get_by_test_id("requested")).to_be_visible()

    ((request_id,),) = hospital.rows("select id from slot_request where appointment_id = %s", str(held.id))
    async with hospital.his_work.begin(SYSTEM, "test") as ctx:
        await his_slots.hear(ctx, UUID(str(request_id)), SlotAnswer.CONFIRMED)
    await expect(page.get_by_test_id("booked")).to_contain_text("Wenhua Zhang", timeout=10_000)

    async with hospital.his_work.begin(SYSTEM, "test") as ctx:
        await his_slots.conflict(ctx, held.id)
    await page.goto(f"{hospital.url}/")
    await expect(page.get_by_test_id("rebooking-offer")).to_contain_text("Wenhua Zhang")


async def test_the_administration_sees_whose_a_doctors_times_are(hospital: Hospital, sit: Sit) -> None:
    doctor = await hospital.person(Role.DOCTOR, "Wenhua Zhang")
    async with hospital.his_work.begin(SYSTEM, "test") as ctx:
        await schedules.set_slot_ownership(ctx, practitioner_of(doctor), SlotOwner.HIS, 4, "UTC")
    desk = await sit(await hospital.person(Role.ADMIN, "Admin"))
    page = await desk.open(f"/admin/doctors/{practitioner_of(doctor)}")
    part = page.get_by_role("region", name=desk.words(EDITOR, "owner.title"))
    await expect(part.get_by_role("textbox", name=desk.words(EDITOR, "owner.quota"))).to_have_value("4")
    assert await complaints(page) == []
    await part.get_by_role("radio", name=desk.words(EDITOR, "owner.ours")).check()
    await part.get_by_role("button", name=desk.words(EDITOR, "owner.save")).click()
    await expect(part.get_by_text(desk.words(EDITOR, "owner.saved"))).to_be_visible()
    owner = hospital.rows(
        "select owner from slot_ownership where practitioner_id = %s", str(practitioner_of(doctor))
    )
    assert owner == [("ours",)]
