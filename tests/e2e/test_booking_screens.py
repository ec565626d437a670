"""Takes the patient's journey for people to look at: a doctor, a time, the fee, the visit, and its changes.

Long, so not in make test. Dates on the pages are those of the run.
"""

from datetime import datetime, timedelta
from uuid import UUID

import aiohttp
import pytest
from playwright.async_api import expect

from actions import booking, follow_up, rebooking, waitlist, waitlist_offers
from domain.accounts import actor_of
from domain.rebooking import OfferReason
from server.database import now
from storage import waitlist as places
from tests.bookable import hold_slot, practitioner_of
from tests.e2e.cast import Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.stripe_form import stripe_form
from tests.e2e.tour import BOTH, ZONE, Tour
from tests.servers import free_port, peer_program, running

pytestmark = pytest.mark.full

BOOK = "features/booking"
CHANGES = "features/appointment-changes"
FAMILY = "features/family"
PAY = "features/payment"


@BOTH
async def test_finding_a_doctor_is_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    tour = await Tour.begin(cast, open_hospital, sit)
    page = await tour.page_of(None)
    await tour.opens(page, "/doctors")
    await tour.take(page, "doctors")
    words = cast.words
    await page.get_by_role("textbox", name=words("features/doctor-directory", "name")).fill("zzzz")
    await expect(page.get_by_role("link").filter(has_text="DEMO")).to_have_count(0)
    await page.wait_for_load_state("networkidle")
    await tour.take(page, "doctors-nothing-found")
    doctor = await tour.demo()
    await tour.opens(page, f"/doctors/{doctor.practitioner_id}")
    await expect(page.locator("a[href^='/book/']").first).to_be_visible()
    await tour.take(page, "doctor")
    await tour.fails(page, "**/api/doctors**", "/doctors", "doctors")
    await tour.fails(page, "**/api/doctors/*/slots**", f"/doctors/{doctor.practitioner_id}", "doctor-times")


@BOTH
async def test_booking_a_time_is_there_to_look_at(cast: Cast, open_hospital: OpenHospital, sit: Sit) -> None:
    tour = await Tour.begin(cast, open_hospital, sit)
    doctor = await tour.demo()
    patient = await tour.patient(0)
    words = cast.words
    page = await tour.page_of(patient)
    await tour.opens(page, f"/doctors/{doctor.practitioner_id}")
    days = page.get_by_role("group", name=words(BOOK, "times.days"))
    await days.get_by_role("button", disabled=False).nth(1).click()
    await page.locator("a[href^='/book/']").nth(2).click()
    await expect(page.get_by_role("radio").first).to_be_visible()
    await tour.take(page, "book")
    place = page.url
    keep = page.get_by_role("button", name=words.like(BOOK, "book.hold"))
    await keep.click()
    await expect(page.get_by_text(words(BOOK, "book.missing"))).to_be_visible()
    await page.get_by_role("checkbox").first.check()
    await tour.take(page, "book-urgent")
    await page.get_by_role("checkbox").first.uncheck()

    # Somebody else is quicker.
    at = await page.evaluate("() => new URL(location).searchParams.get('at')")
    other = await tour.patient(1)
    async with tour.work.begin(actor_of(other), "test") as ctx:
        taken = await hold_slot(ctx, doctor, datetime.fromisoformat(at))
    await page.get_by_role("radio", name=words(BOOK, "book.documents")).check()
    await keep.click()
    await expect(page.get_by_role("alert")).to_contain_text(words(BOOK, "taken.lead"))
    await tour.take(page, "book-taken")
    async with tour.work.begin(actor_of(other), "test") as ctx:
        await booking.release(ctx, taken.id)

    await page.goto(place)
    await page.get_by_role("radio", name=words(BOOK, "book.documents")).check()
    await keep.click()
    await expect(page.get_by_test_id("countdown")).to_be_visible()
    demo_pay = page.get_by_role("button", name=words.like(PAY, "demo.pay"))
    await expect(demo_pay).to_be_visible()
    await tour.take(page, "pay-demo")
    held = page.url.rsplit("/", 1)[1]
    await tour.opens(page, f"/booking/{held}")
    await tour.take(page, "booking-held")
    await page.get_by_role("button", name=words(BOOK, "hold.release")).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "booking-release", whole=False)
    await tour.opens(page, f"/pay/{held}")
    await page.get_by_role("button", name=words(PAY, "demo.decline")).click()
    again = page.get_by_role("button", name=words(PAY, "failed.again"))
    await expect(again).to_be_visible()
    await tour.take(page, "pay-refused")
    await again.click()
    await demo_pay.click()
    await expect(page.get_by_role("heading", name=words(BOOK, "booked.title"))).to_be_visible()
    await tour.take(page, "booked")
    await page.get_by_role("button", name=words(BOOK, "evidence.nothing")).click()
    await expect(page.get_by_text(words(BOOK, "evidence.sees.none"))).to_be_visible()
    await tour.take(page, "booked-evidence")
    await tour.opens(page, "/me/payments")
    await tour.take(page, "me-payments")
    await tour.opens(page, "/me/readers")
    await tour.take(page, "me-readers")

    ended = await tour.held(patient, await tour.doctor(cast.doctor), days=4)
    tour.hospital.tamper(
        f"update appointment set held_until = now() - interval '1 minute' where id = '{ended.id}'"  # noqa: S608
    )
    await tour.opens(page, f"/booking/{ended.id}")
    await tour.take(page, "booking-ended")
    await tour.opens(page, "/booking/018f0000-0000-7000-8000-000000000000")
    await tour.take(page, "booking-missing")
    await tour.fails(page, "**/api/bookings/**", f"/booking/{held}", "booking")


@BOTH
async def test_home_and_changes_are_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    tour = await Tour.begin(cast, open_hospital, sit)
    words, patient = cast.words, await tour.patient(0)
    doctor, second, third, nobody = [
        await tour.doctor(name, hours=name != cast.patients[4])
        for name in (cast.doctor, cast.patients[2], cast.patients[3], cast.patients[4])
    ]
    visit = await tour.booked(patient, doctor, days=2)
    await tour.booked(patient, second, days=5)
    off = await tour.booked(patient, third, days=3)
    async with tour.work.begin(actor_of(third), "test") as ctx:
        await rebooking.call_off(ctx, off.id, OfferReason.DOCTOR_UNAVAILABLE)
    await tour.held(patient, second, days=6)
    async with tour.work.begin(actor_of(patient), "test") as ctx:
        await waitlist.join(ctx, practitioner_of(nobody), None, None)
        # On the list of a doctor who has free times only who joined before they were free.
        assert patient.patient_id is not None
        until = ctx.now + timedelta(days=30)
        await places.insert(
            ctx.tx, ctx.new_id(), patient.patient_id, practitioner_of(doctor), ctx.now, until, ctx.now
        )
    await waitlist_offers.tick(tour.work, ZONE, "test")
    past = await tour.hospital.visit(doctor=doctor, patient=patient, after=-timedelta(minutes=50))
    await tour.hospital.past_visit(cast.said, past)
    async with tour.work.begin(actor_of(doctor), "test") as ctx:
        why = "Check the blood pressure again" if words.language == "en" else "复查血压"
        today = now().astimezone(ZONE).date()
        consultation = UUID(past.id)
        await follow_up.propose_follow_up(ctx, consultation, today + timedelta(days=14), why, today)

    page = await tour.page_of(patient)
    await tour.opens(page, "/")
    await expect(page.get_by_test_id("next-visit")).to_be_visible()
    await expect(page.get_by_test_id("rebooking-offer")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await tour.take(page, "home-full")
    await page.get_by_test_id("rebooking-offer").get_by_role("listitem").first.get_by_role("button").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "offer-take", whole=False)
    ((offer,),) = tour.hospital.rows("select id::text from rebooking_offer where appointment_id = %s", off.id)
    await tour.opens(page, f"/offers/{offer}")
    await tour.take(page, "offer-times")

    await tour.opens(page, f"/change/{visit.id}")
    await expect(page.locator("a[href^='/change/']").first).to_be_visible()
    await tour.take(page, "change")
    await page.get_by_role("button", name=words(CHANGES, "change.cancel"), exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "change-cancel", whole=False)
    await page.keyboard.press("Escape")
    await page.locator("a[href^='/change/']").first.click()
    await expect(page.get_by_role("button", name=words(CHANGES, "move.do"))).to_be_visible()
    await tour.take(page, "change-move")
    await tour.opens(page, f"/doctors/{nobody.practitioner_id}")
    await tour.take(page, "doctor-full-waiting")
    other = await tour.page_of(await tour.patient(1))
    await tour.opens(other, f"/doctors/{nobody.practitioner_id}")
    await tour.take(other, "doctor-full")
    await other.get_by_role("button", name=words(CHANGES, "waitlist.join")).click()
    await expect(other.get_by_role("dialog")).to_be_visible()
    await tour.take(other, "waitlist-join", whole=False)


@BOTH
async def test_family_and_me_are_there_to_look_at(cast: Cast, open_hospital: OpenHospital, sit: Sit) -> None:
    tour = await Tour.begin(cast, open_hospital, sit)
    words = cast.words
    page = await tour.page_of(await tour.patient(0))

    def say(key: str, **values: object) -> str:
        return words(FAMILY, key, **values)

    await tour.opens(page, "/me/family")
    await tour.take(page, "family-empty")
    for name, born, relationship, declared in (
        (cast.patients[2], "2019-06-01", "parent", "add.declareChild"),
        (cast.patients[3], "1951-02-11", "child", "add.declareAdult"),
    ):
        await page.get_by_role("button", name=say("add.open")).click()
        submit = page.get_by_role("button", name=say("add.submit"), exact=True)
        if declared == "add.declareChild":
            await submit.click()
            await expect(page.get_by_text(say("add.missing.name"))).to_be_visible()
            await tour.take(page, "family-add-missing")
        await page.get_by_label(say("add.name"), exact=True).fill(name)
        await page.get_by_label(say("add.birthDate"), exact=True).fill(born)
        await page.get_by_label(say("add.gender")).select_option("female")
        await page.get_by_label(say("add.relationship")).select_option(relationship)
        await page.get_by_label(say(declared)).check()
        if declared == "add.declareChild":
            await tour.take(page, "family-add")
        await submit.click()
        await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await tour.take(page, "family")
    await page.get_by_role("button", name=say("remove.openOf", name=cast.patients[2])).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await tour.take(page, "family-remove", whole=False)

    doctor = await tour.demo()
    await tour.opens(page, f"/doctors/{doctor.practitioner_id}")
    await page.locator("a[href^='/book/']").first.click()
    await page.get_by_role("radio", name=cast.patients[2]).check()
    await tour.take(page, "book-for-a-child")
    for place in ("", "/notices", "/readers", "/payments"):
        await tour.opens(page, f"/me{place}")
        await tour.take(page, f"me{place.replace('/', '-')}-journey")


@BOTH
async def test_paying_by_card_is_there_to_look_at(cast: Cast, open_hospital: OpenHospital, sit: Sit) -> None:
    program, port = peer_program("localstripe"), free_port()
    localstripe = f"http://127.0.0.1:{port}"
    with running([program, "--port", str(port), "--from-scratch"], port):
        async with stripe_form(localstripe) as form, aiohttp.ClientSession():
            settings = {
                "PAYMENT_PROVIDER": "stripe",
                "PAYMENT_ENDPOINT": localstripe,
                "STRIPE_SECRET_KEY": "sk_test_12345",
                "STRIPE_PUBLIC_KEY": "pk_test_12345",
                "STRIPE_WEBHOOK_SECRET": "whsec_of_tests",
                "STRIPE_FORM": form,
                "DEMO": "false",
            }
            tour = await Tour.begin(cast, open_hospital, sit, settings)
            patient = await tour.patient(0)
            held = await tour.held(patient, await tour.doctor(cast.doctor), days=2)
            page = await tour.page_of(patient)
            await tour.opens(page, f"/pay/{held.id}")
            card = page.get_by_test_id("card-form").get_by_label("Card number")
            await card.fill("4000000000000341")
            await tour.take(page, "pay-card")
            await page.get_by_role("button", name=cast.words.like(PAY, "form.pay")).click()
            await expect(page.get_by_text(cast.words(PAY, "form.refused"))).to_be_visible()
            await tour.take(page, "pay-card-refused")
