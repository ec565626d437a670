"""The whole journey: register by mail, find a doctor, pay by card, be told, be seen, and keep the receipt.

The database, the mail server and the payment provider are real ones, in processes of their own.
"""

import mailbox
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from domain.accounts import Role
from server.database import now
from tests.bookable import give_hours
from tests.calendar_text import read_calendar
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import PHONE, Person
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import PatientInVisit, doctor_opens
from tests.e2e.stripe_form import stripe_form
from tests.e2e.test_booking import WORDS, answer
from tests.integration.providers.payments.tills import SECRET, StripeTill
from tests.servers import free_port, peer_program, running
from tests.waiting import until

pytestmark = pytest.mark.full

ADDRESS = "emily.smith@example.org"


def where_it_is_noon() -> str:
    """Return a zone in which no visit of the next hours is tomorrow's, whenever the test runs."""
    ahead = 12 - now().hour
    # These zones count the other way round: Etc/GMT-8 is eight hours ahead of UTC.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


class Letters:
    """What a mail server of its own process put into its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self.port = port

    async def to(self, address: str, subject: str) -> Message:
        """Return the letter to an address whose subject says this, once it is there."""

        def found() -> Message | None:
            box = mailbox.Maildir(self._folder, create=False)
            fits = [one for one in box if one["X-RcptTo"] == address and subject in str(one["Subject"])]
            return fits[0] if fits else None

        async def there() -> bool:
            return found() is not None

        await until(there)
        letter = found()
        assert letter is not None
        return letter


@contextmanager
def mail_process() -> Iterator[Letters]:
    """Run aiosmtpd as a process of its own, which keeps what it takes in a Maildir."""
    with tempfile.TemporaryDirectory(prefix="televisit-mail-") as folder:
        port = free_port()
        box = Path(folder) / "box"
        args = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
        with running([*args, "-c", "aiosmtpd.handlers.Mailbox", str(box)], port):
            yield Letters(box, port)


@pytest_asyncio.fixture(loop_scope="session")
async def paid_hospital(open_hospital: OpenHospital) -> AsyncIterator[tuple[Hospital, Letters]]:
    """A hospital that is paid through Stripe, played by localstripe, and writes through a mail process."""
    program, port = peer_program("localstripe"), free_port()
    localstripe = f"http://127.0.0.1:{port}"
    with running([program, "--port", str(port), "--from-scratch"], port), mail_process() as letters:
        async with stripe_form(localstripe) as form, aiohttp.ClientSession() as http:
            hospital = await open_hospital(
                {
                    "HOSPITAL_NAME": "Riverside Online Hospital",
                    "HOSPITAL_TIME_ZONE": where_it_is_noon(),
                    "SMTP_HOST": "127.0.0.1",
                    "SMTP_PORT": str(letters.port),
                    "SMTP_TLS": "off",
                    "SMTP_SENDER": "Riverside <noreply@riverside.example>",
                    "PAYMENT_PROVIDER": "stripe",
                    "PAYMENT_ENDPOINT": localstripe,
                    "STRIPE_SECRET_KEY": "sk_test_12345",
                    "STRIPE_PUBLIC_KEY": "pk_test_12345",
                    "STRIPE_WEBHOOK_SECRET": SECRET,
                    "STRIPE_FORM": form,
                }
            )
            await StripeTill(localstripe, http).register(f"{hospital.url}/api/payment-notices/stripe")
            yield hospital, letters


async def register(page: Page, who: Person, letters: Letters) -> None:
    """Go from the door to an account of one's own, with the code that comes by mail."""
    say = who.words
    place = "features/registration"
    await page.get_by_role("link", name=say("features/sign-in", "register"), exact=True).click()
    await page.get_by_role("textbox", name=say(place, "where.label")).fill(ADDRESS)
    await page.get_by_role("button", name=say(place, "where.next")).click()
    letter = await letters.to(ADDRESS, "")
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    (code,) = re.findall(rb"^(\d{6})\r?$", text, re.MULTILINE)
    await page.get_by_role("textbox", name=say(place, "code.label")).fill(code.decode())
    await page.get_by_role("textbox", name=say(place, "about.name")).fill("Emily Smith")
    await page.get_by_label(say(place, "about.birthDate")).fill("1988-05-17")
    await page.get_by_role("textbox", name=say(place, "about.password")).fill("a password of my own")
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name=say(place, "about.next")).click()


async def test_the_journey_from_registering_to_the_receipt(
    paid_hospital: tuple[Hospital, Letters], sit: Sit
) -> None:
    hospital, letters = paid_hospital
    doctor = await hospital.person(Role.DOCTOR, "Wenhua Zhang")
    # Every half hour of the day: one is near enough for its waiting room to be open.
    await give_hours(hospital.work, doctor, zone=where_it_is_noon(), begins=0, ends=24 * 60)
    who = await sit(None, viewport=PHONE, at=hospital)
    who.expect_complaint(r"status of 401 .*/api/session")  # nobody is signed in yet
    page = await who.open("/doctors")
    await page.get_by_role("link", name=re.compile(doctor.display_name)).click()
    await page.locator("a[href^='/book/']").first.click()
    await register(page, who, letters)

    # Registered, she is back at the time that she chose.
    await expect(page).to_have_url(re.compile("/book/"))
    await answer(page, who, "documents")
    card = page.get_by_test_id("card-form").get_by_label("Card number")
    await card.fill("4242424242424242")
    assert await complaints(page) == []
    await page.get_by_role("button", name=who.words.like("features/payment", "form.pay")).click()
    await expect(page.get_by_role("heading", name=who.words(WORDS, "booked.title"))).to_be_visible()

    letter = await letters.to(ADDRESS, "booked")
    (invitation,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    calendar = invitation.get_payload(decode=True)
    assert isinstance(calendar, bytes)
    ((appointment_id, starts_at),) = hospital.rows("select id, starts_at from appointment")
    [event] = read_calendar(calendar).parts
    assert event.moment("DTSTART") == starts_at
    assert hospital.rows("select state, provider from payment where appointment_id = %s", appointment_id) == [
        ("captured", "stripe")
    ]

    # What she can show goes to the record before the visit.
    async with page.expect_file_chooser() as opening:
        await page.get_by_role("button", name=who.words(WORDS, "evidence.add")).click()
    letter_of_old = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    await (await opening.value).set_files(letter_of_old)  # type: ignore[arg-type]  # A literal is one.
    await expect(page.get_by_text(who.words(WORDS, "evidence.sees.documents_one", count=1))).to_be_visible()

    await page.get_by_role("link", name=who.words(WORDS, "booked.go")).click()
    patient = PatientInVisit(page, who)
    await patient.enter()
    console = await doctor_opens(await sit(doctor, at=hospital))
    await console.demand_group("Emily Smith", "waiting")
    await console.choose("Emily Smith")
    await console.admit()
    await patient.demand_step("call")
    await patient.demand_call()
    await console.demand_call()
    await console.finish()
    await patient.demand_step("afterwards")

    await page.goto(f"{hospital.url}/me/payments")
    receipts = page.get_by_role("list", name=who.words("features/receipts-of-payment", "list"))
    await expect(receipts).to_contain_text(doctor.display_name)
    await expect(receipts).to_contain_text("50.00")
