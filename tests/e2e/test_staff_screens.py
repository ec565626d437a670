"""Takes what the staff has to do with bookings for people to look at: weeks, refunds, figures, the door.

Long, so not in make test. Dates on the pages are those of the run.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from actions.appointments import cancel_appointment
from domain.accounts import Role, actor_of
from server.database import now
from tests.e2e.browsers import DESK, Person
from tests.e2e.cast import Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.pages import set_up_second_factor, sign_in
from tests.e2e.screens import Screens
from tests.e2e.test_passkeys import device, press
from tests.e2e.tour import ANYTHING, BOTH, ZONE, Tour
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, RunningProvider, openid_provider
from tests.people import PASSWORD

pytestmark = pytest.mark.full

WEEK = "features/schedule-editor"


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with openid_provider() as running:
        yield running


@BOTH
async def test_the_administrations_pages_are_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    tour = await Tour.begin(cast, open_hospital, sit)
    doctor, admin = await tour.doctor(cast.doctor), await tour.demo("admin")
    for number in (0, 1):
        await _pays(tour, number)
    async with tour.work.begin(actor_of(admin), "test") as ctx:
        ((first,),) = tour.hospital.rows(
            "select appointment_id from payment where state = 'captured' order by created_at limit 1"
        )
        await cancel_appointment(ctx, first)
    await tour.booked(await tour.patient(2), doctor, days=3)

    page = await tour.page_of(admin, DESK)
    for place in ("", "/figures", "/doctors", "/payments", "/notices", "/identity", "/family", "/accounts"):
        await tour.opens(page, f"/admin{place}")
        await tour.take(page, f"admin-journey{place.replace('/', '-')}")
    await tour.opens(page, "/admin/payments")
    await page.get_by_role("button", name=cast.words.like("features/admin-refunds", "giveOf")).first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "admin-refund", whole=False)
    await _week(tour, page, str(doctor.practitioner_id))

    desk = await tour.page_of(doctor, DESK)
    await desk.goto(f"{tour.hospital.url}/doctor?visits")
    await expect(desk.get_by_role("dialog")).to_be_visible()
    await desk.wait_for_load_state("networkidle")
    await tour.take(desk, "doctor-own-visits", whole=False)


async def _pays(tour: Tour, number: int) -> None:
    patient = await tour.patient(number)
    held = await tour.held(patient, await tour.doctor(tour.cast.patients[3 + number]), days=2 + number)
    page = await tour.page_of(patient)
    await tour.opens(page, f"/pay/{held.id}")
    await page.get_by_role("button", name=tour.cast.words.like("features/payment", "demo.pay")).click()
    booked = tour.cast.words("features/booking", "booked.title")
    await expect(page.get_by_role("heading", name=booked)).to_be_visible()


async def _week(tour: Tour, page: Page, doctor_id: str) -> None:
    """A doctor's week: hours, and a day that closes over what is booked."""

    def say(key: str, **values: object) -> str:
        return tour.cast.words(WEEK, key, **values)

    await tour.opens(page, f"/admin/doctors/{doctor_id}")
    await tour.take(page, "admin-week")
    await page.get_by_role("button", name=say("addTo", day=say("weekday.1"))).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "admin-week-hours", whole=False)
    await page.get_by_role("button", name=say("form.cancel")).click()
    await page.get_by_role("button", name=say("exceptions.add")).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label(say("exceptions.kind")).select_option("capacity")
    day = datetime.fromtimestamp(now().timestamp(), ZONE).date() + timedelta(days=3)
    await dialog.get_by_label(say("exceptions.day"), exact=True).fill(day.isoformat())
    await dialog.get_by_label(say("form.ends"), exact=True).fill("17:00")
    await dialog.get_by_label(say("form.capacity")).fill("0")
    await dialog.get_by_role("button", name=say("form.save")).click()
    close = dialog.get_by_role("button", name=say("exceptions.close_one", count=1))
    await expect(close).to_be_visible()
    await tour.take(page, "admin-week-closing", whole=False)
    await close.click()
    await expect(dialog).to_have_count(0)
    await page.wait_for_load_state("networkidle")
    await tour.take(page, "admin-week-closed")


@BOTH
async def test_the_staffs_ways_in_are_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit, provider: RunningProvider
) -> None:
    settings = {
        "HOSPITAL_NAME": cast.hospital,
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "Riverside ID",
    }
    hospital = await open_hospital(settings, named=True)
    screens = Screens(cast.words.language)
    auditor = await hospital.person(Role.AUDITOR, cast.doctor, locale=cast.words.language, marked=False)
    who: Person = await sit(None, at=hospital, words=cast.words)
    who.expect_complaint(ANYTHING)
    page = await who.open("/")
    button = page.get_by_role("button", name=who.words("features/sign-in", "signOn.go", name="Riverside ID"))
    await expect(button).to_be_visible()
    await screens.take(page, "door-sign-on")
    await button.click()
    await expect(page).to_have_url(f"{hospital.url}/sign-in/return")
    await expect(page.get_by_text(who.words("shared/http", "sign_on.unknown.what"))).to_be_visible()
    await screens.take(page, "door-sign-on-unknown")

    await page.goto(hospital.url)
    await device(page)
    await sign_in(page, who, auditor.login)
    await expect(page.get_by_test_id("secret")).to_be_visible()
    await screens.take(page, "second-factor-set-up")
    await set_up_second_factor(page, who)
    await expect(page).to_have_url(f"{hospital.url}/auditor")
    await page.goto(f"{hospital.url}/auditor/signing-in")
    await press(page, who, "features/passkeys", "add")
    dialog = page.get_by_role("dialog")
    await screens.take(page, "passkey-new", whole=False)
    await dialog.get_by_label(who.words("features/passkeys", "new.name")).fill("Office key")
    await dialog.get_by_role("textbox", name=who.words("features/passkeys", "new.password")).fill(PASSWORD)
    await press(page, who, "features/passkeys", "new.do")
    await expect(page.get_by_role("listitem").filter(has_text="Office key")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await screens.take(page, "passkeys")
    await page.goto(f"{hospital.url}/auditor/sessions")
    await page.wait_for_load_state("networkidle")
    await screens.take(page, "sessions-journey")
    await page.goto(f"{hospital.url}/register")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await screens.take(page, "register")
