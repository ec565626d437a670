"""The waitlist in browsers: a time that somebody gives up is offered to who waits, who answers and pays."""

import re
from datetime import UTC, datetime, timedelta

import pytest_asyncio
from playwright.async_api import expect

from actions import booking
from actions.schedules import add_template
from domain.accounts import SYSTEM, Role, actor_of
from domain.schedule import Hours
from tests.bookable import hold_slot, practitioner_of
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.waiting import until

_LIST = "features/appointment-changes"
_BOOK = "features/booking"


@pytest_asyncio.fixture(loop_scope="session")
async def demo(open_hospital: OpenHospital) -> Hospital:
    """A hospital in which payments are the demo's own."""
    return await open_hospital({"DEMO": "true"})


async def test_a_time_that_is_given_up_is_kept_for_who_waits_answers_and_pays(
    demo: Hospital, sit: Sit
) -> None:
    doctor = await demo.person(Role.DOCTOR, "Wenhua Zhang")
    owner = await demo.person(Role.PATIENT, "Emily Smith")
    waiting = await demo.person(Role.PATIENT, "Robin Gray")
    # One single time, which is taken.
    starts_at = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=4)
    async with demo.work.begin(SYSTEM, "test") as ctx:
        hours = Hours(9 * 60, 9 * 60 + 30, 30, 1, "UTC")
        day = starts_at.date()
        await add_template(ctx, practitioner_of(doctor), starts_at.isoweekday(), hours, day, day)
    async with demo.work.begin(actor_of(owner), "test") as ctx:
        held = await hold_slot(ctx, doctor, starts_at)
    async with demo.work.begin(SYSTEM, "test") as ctx:
        assert await booking.confirm(ctx, held.id)

    who = await sit(waiting, viewport=PHONE, at=demo)
    page = await who.open(f"/doctors/{doctor.practitioner_id}")
    join = who.words(_LIST, "waitlist.join")
    await page.get_by_role("button", name=join, exact=True).click()
    dialog = page.get_by_role("dialog")
    assert await complaints(page) == []
    await dialog.get_by_role("button", name=join, exact=True).click()
    await expect(page.get_by_role("status").filter(has_text=doctor.display_name)).to_be_visible()

    other = await sit(owner, viewport=PHONE, at=demo)
    theirs = await other.open(f"/change/{held.id}")
    other.expect_complaint(r"status of 409 .*/terms")  # asked once more, of a visit that is cancelled
    cancel = other.words(_LIST, "cancel.do")
    await theirs.get_by_role("button", name=other.words(_LIST, "change.cancel"), exact=True).click()
    await theirs.get_by_role("dialog").get_by_role("button", name=cancel, exact=True).click()
    await expect(theirs.get_by_text(other.words(_LIST, "done.cancelled"))).to_be_visible()

    await page.goto(demo.url)
    entry = page.get_by_test_id("waitlist-entry")
    # Offered by a job of the cancellation's own moment; the page learns of it when it is looked at.
    await expect(entry).to_contain_text(doctor.display_name)

    async def offered() -> bool:
        await page.reload()
        await expect(entry).to_be_visible()
        return await entry.get_by_role("link").count() == 1

    await until(offered)
    assert await complaints(page) == []
    await entry.get_by_role("link").click()

    # Nobody books without having been asked what everyone is asked.
    await expect(page).to_have_url(re.compile("/booking/"))
    await page.get_by_role("radio", name=who.words(_BOOK, "book.earlier_visit")).check()
    go = page.get_by_role("button", name=who.words(_BOOK, "book.on"))
    who.expect_complaint(r"status of 422 .*/answers")  # never seen at this hospital
    await go.click()
    await expect(page.get_by_text(who.words(_BOOK, "book.unseen"))).to_be_visible()
    await page.get_by_role("radio", name=who.words(_BOOK, "book.none")).check()
    assert await complaints(page) == []
    await go.click()
    await expect(page).to_have_url(re.compile("/pay/"))
    await page.get_by_role("button", name=who.words.like("features/payment", "demo.pay")).click()
    await expect(page.get_by_role("heading", name=who.words(_BOOK, "booked.title"))).to_be_visible()
    assert demo.rows(
        "select state, diagnosis from appointment where patient_id = %s", str(waiting.patient_id)
    ) == [("booked", "none")]
    await page.goto(demo.url)
    await expect(page.get_by_test_id("next-visit")).to_contain_text(doctor.display_name)
    await expect(entry).to_have_count(0)
