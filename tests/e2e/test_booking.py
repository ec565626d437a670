"""Booking in a browser: a visitor finds a time, signs in, keeps it, pays in the demo, and is booked."""

import re
from datetime import UTC, datetime

import pytest_asyncio
from playwright.async_api import Page, expect

from domain.accounts import Role, actor_of
from tests.bookable import hold_slot, make_bookable, make_free
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE, Person
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import sign_in
from tests.e2e.wording import CHINESE

WORDS = "features/booking"


async def choose_time(page: Page, who: Person, number: int = 0) -> str:
    """Open the doctor's second day with free times and press one of them; return what it says."""
    days = page.get_by_role("group", name=who.words(WORDS, "times.days"))
    await days.get_by_role("button", disabled=False).nth(1).click()
    time = page.locator("a[href^='/book/']").nth(number)
    said = await time.inner_text()
    await time.click()
    return said


async def answer(page: Page, who: Person, basis: str = "none") -> None:
    """Say what has been diagnosed, that it is no emergency, and have the time kept."""
    await page.get_by_role("radio", name=who.words(WORDS, f"book.{basis}")).check()
    await page.get_by_role("button", name=who.words.like(WORDS, "book.hold")).click()


@pytest_asyncio.fixture(loop_scope="session")
async def demo(open_hospital: OpenHospital) -> Hospital:
    """A hospital in which payments are the demo's own."""
    return await open_hospital({"DEMO": "true"})


async def test_a_visitor_finds_a_time_signs_in_and_pays_for_it_in_the_demo(demo: Hospital, sit: Sit) -> None:
    words = CHINESE
    doctor = await make_bookable(demo.work, name="Wenhua Zhang")
    patient = await demo.person(Role.PATIENT, "Emily Smith")
    who = await sit(None, viewport=PHONE, words=words, at=demo)
    who.expect_complaint(r"status of 401 .*/api/session")  # nobody is signed in yet
    who.expect_complaint(r"status of 409 .*/api/bookings")  # the time that another took
    page = await who.open("/doctors")
    await page.get_by_role("textbox", name=words("features/doctor-directory", "name")).fill(
        doctor.display_name
    )
    await page.get_by_role("link", name=re.compile(doctor.display_name)).click()
    assert await complaints(page) == []
    await choose_time(page, who)
    await expect(page).to_have_url(re.compile("/sign-in"))
    await sign_in(page, who, patient.login)
    await expect(page).to_have_url(re.compile("/book/"))
    assert await complaints(page) == []

    # Somebody else is quicker: what is free instead is one press away.
    quick = await demo.person(Role.PATIENT, "Quick")
    starts_at = await page.evaluate("() => Date.parse(new URL(location).searchParams.get('at'))")
    async with demo.work.begin(actor_of(quick), "test") as ctx:
        await hold_slot(ctx, doctor, datetime.fromtimestamp(starts_at / 1000, UTC))
    await answer(page, who)
    await expect(page.get_by_role("alert")).to_contain_text(words(WORDS, "taken.lead"))
    assert await complaints(page) == []
    await page.locator("a[href^='/book/']").first.click()
    await answer(page, who)

    await expect(page).to_have_url(re.compile("/pay/"))
    await expect(page.get_by_test_id("countdown")).to_contain_text(re.compile(r"4:[0-5]\d"))
    assert await complaints(page) == []
    await page.get_by_role("button", name=words.like("features/payment", "demo.pay")).click()
    await expect(page.get_by_role("heading", name=words(WORDS, "booked.title"))).to_be_visible()
    assert await complaints(page) == []
    # What was said before booking is not asked again.
    await expect(page.get_by_text(words(WORDS, "evidence.sees.none"))).to_be_visible()
    await expect(page.get_by_role("button", name=words(WORDS, "evidence.nothing"))).to_have_count(0)
    await page.get_by_role("link", name=words(WORDS, "booked.home")).click()
    await expect(page.get_by_test_id("next-visit")).to_contain_text(doctor.display_name)


async def test_a_time_that_is_kept_waits_on_the_home_page_and_can_be_given_up(
    hospital: Hospital, sit: Sit
) -> None:
    doctor = await make_bookable(hospital.work, name="Wenhua Zhang")
    await make_free(hospital.work, doctor)
    who = await sit(await hospital.person(Role.PATIENT, "Emily Smith"), viewport=PHONE)
    page = await who.open(f"/doctors/{doctor.practitioner_id}")
    await choose_time(page, who)
    await answer(page, who, "documents")
    await expect(page.get_by_test_id("countdown")).to_be_visible()
    await page.goto(hospital.url)
    held = page.get_by_test_id("held")
    await expect(held).to_contain_text("Wenhua Zhang")
    assert await complaints(page) == []
    await held.get_by_role("button", name=who.words(WORDS, "hold.release")).click()
    await page.get_by_role("dialog").get_by_role("button", name=who.words(WORDS, "hold.release")).click()
    await expect(held).to_have_count(0)
