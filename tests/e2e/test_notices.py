"""Notices in browsers: the patient's choice and calendar file, and what the administration sees of them."""

from playwright.async_api import expect

from domain.accounts import Role
from tests.calendar_text import read_calendar
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.servers import MailServer
from tests.waiting import until


async def test_a_booked_visit_is_told_put_into_a_calendar_and_seen_as_delivered(
    hospital: Hospital, sit: Sit, mail_server: MailServer
) -> None:
    visit = await hospital.visit()
    letter = await mail_server.letter_to(str(visit.patient.email))
    assert letter["Subject"] == "Riverside Online Hospital: your visit is booked"

    who = await sit(visit.patient, viewport=PHONE)
    page = await who.open("/")
    async with page.expect_download() as download:
        await page.get_by_role("link", name=who.words("features/visits", "calendar")).click()
    path = await (await download.value).path()
    [event] = read_calendar(path.read_bytes()).parts
    assert event.moment("DTSTART") == visit.appointment.starts_at.replace(microsecond=0)

    await page.goto(f"{hospital.url}/me/notices")
    await page.get_by_role("switch").click(force=True)
    await page.get_by_role("button", name=who.words("features/notices", "save")).click()
    await expect(page.get_by_text(who.words("features/notices", "saved"))).to_be_visible()
    account_id = str(visit.patient.id)
    kept = hospital.rows("select reminders from notice_preference where account_id = %s", account_id)
    assert kept == [(False,)]

    async def delivered() -> bool:
        return ("sent",) in hospital.rows("select state from notice where account_id = %s", account_id)

    await until(delivered)
    desk = await sit(await hospital.person(Role.ADMIN, "Robin Gray"))
    office = await desk.open("/admin/notices")
    await office.get_by_text(desk.words("features/notice-deliveries", "state.sent"), exact=True).first.click()
    table = office.get_by_role("table", name=desk.words("features/notice-deliveries", "list"))
    await expect(table.get_by_text(visit.patient.display_name).first).to_be_visible()
