"""Registering by mail with a real mail server, coming back, and a forgotten password."""

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.accessibility import complaints
from tests.e2e.browsers import DESK, PHONE, Person
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import sign_in
from tests.e2e.wording import CHINESE, ENGLISH, Words
from tests.servers import MailServer
from tests.waiting import until

WORDS = "features/registration"
PASSWORD = "a password of my own"
NEW_PASSWORD = "another password of mine"


async def code_for(mail_server: MailServer, address: str, number: int = 1) -> str:
    """Return the code in the latest letter to an address, once there are so many."""

    def letters() -> list[str]:
        return [
            str(letter.get_content())
            for letter, to in zip(mail_server.messages, mail_server.recipients, strict=True)
            if to == [address]
        ]

    async def there() -> bool:
        return len(letters()) >= number

    await until(there)
    (code,) = re.findall(r"^(\d{6})\r?$", letters()[-1], re.MULTILINE)
    return str(code)


async def prove(page: Page, who: Person, mail_server: MailServer, address: str, number: int = 1) -> None:
    """Type an address, reload, and paste its code; a whole code is sent without a press."""
    words = who.words
    await page.get_by_role("textbox", name=words(WORDS, "where.label")).fill(address)
    await page.get_by_role("button", name=words(WORDS, "where.next")).click()
    field = page.get_by_role("textbox", name=words(WORDS, "code.label"))
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("autocomplete", "one-time-code")
    assert await complaints(page) == []
    code = await code_for(mail_server, address, number)
    # As a phone does while one reads the letter: it comes back to the code, whose countdown runs on.
    await page.reload()
    await expect(page.get_by_text(address)).to_be_visible()
    await expect(page.get_by_text(re.compile(words(WORDS, "code.againIn", seconds=r"\d+")))).to_be_visible()
    await field.fill(code)


@pytest.mark.parametrize(
    ("viewport", "words", "name"),
    [(PHONE, CHINESE, "李晓兰"), (DESK, ENGLISH, "Emily Smith")],
    ids=["phone, Chinese", "desk, English"],
)
async def test_somebody_registers_by_mail_and_comes_back(
    hospital: Hospital, sit: Sit, mail_server: MailServer, viewport: ViewportSize, words: Words, name: str
) -> None:
    address = f"register.{viewport['width']}@example.org"
    who = await sit(None, viewport=viewport, words=words)
    who.expect_complaint(r"status of 401 .*/api/session")  # the wrong password
    page = await who.open("/sign-in")
    await page.get_by_role("link", name=words("features/sign-in", "register"), exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(words(WORDS, "register.title"))
    await expect(page).to_have_url(f"{hospital.url}/register")
    assert await complaints(page) == []
    await prove(page, who, mail_server, address)

    await page.get_by_role("textbox", name=words(WORDS, "about.name")).fill(name)
    await page.get_by_label(words(WORDS, "about.birthDate")).fill("1988-05-17")
    await page.get_by_role("textbox", name=words(WORDS, "about.password")).fill(PASSWORD)
    assert await complaints(page) == []
    finish = page.get_by_role("button", name=words(WORDS, "about.next"))
    await finish.click()
    await expect(page.get_by_text(words(WORDS, "about.notAgreed"))).to_be_visible()
    await page.get_by_role("checkbox").check()
    await finish.click()
    await expect(page).to_have_url(f"{hospital.url}/")
    ((version,),) = hospital.rows(
        "select c.version from account_consent c join account_contact using (account_id) where value = %s",
        address,
    )
    assert version == "2026-11-2"

    await page.goto(f"{hospital.url}/me")
    await expect(page.get_by_text(name).first).to_be_visible()
    await page.get_by_role("button", name=words("apps/patient", "me.signOut")).click()
    await sign_in(page, who, address, "not the password")
    await expect(page.get_by_role("alert")).to_be_visible()
    await sign_in(page, who, address.upper(), PASSWORD)
    await expect(page).to_have_url(re.compile(f"^{hospital.url}/(me)?$"))


async def test_a_forgotten_password_is_chosen_anew(
    hospital: Hospital, sit: Sit, mail_server: MailServer
) -> None:
    address = "forgotten@example.org"
    who = await sit(None, viewport=PHONE)
    words = who.words
    page = await who.open("/register")
    await prove(page, who, mail_server, address)
    await page.get_by_role("textbox", name=words(WORDS, "about.name")).fill("Emily Smith")
    await page.get_by_label(words(WORDS, "about.birthDate")).fill("1988-05-17")
    await page.get_by_role("textbox", name=words(WORDS, "about.password")).fill(PASSWORD)
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name=words(WORDS, "about.next")).click()
    await expect(page).to_have_url(f"{hospital.url}/")

    other = await sit(None, viewport=PHONE)
    elsewhere = await other.open("/sign-in")
    await elsewhere.get_by_role("link", name=words("features/sign-in", "forgot")).click()
    await prove(elsewhere, other, mail_server, address, 2)
    await elsewhere.get_by_role("textbox", name=words(WORDS, "steps.password")).fill(NEW_PASSWORD)
    await elsewhere.get_by_role("button", name=words(WORDS, "password.next")).click()
    await expect(elsewhere.get_by_text(words(WORDS, "reset.finished"))).to_be_visible()
    await elsewhere.get_by_role("main").get_by_role("link", name=words(WORDS, "reset.toSignIn")).click()
    await sign_in(elsewhere, other, address, NEW_PASSWORD)
    await expect(elsewhere).to_have_url(f"{hospital.url}/")
    who.expect_complaint(r"status of 401 .*")  # the session that ended
    await page.reload()
    await expect(page).to_have_url(re.compile("/sign-in"))
