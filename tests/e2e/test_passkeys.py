"""Passkeys in a real Chromium, whose own virtual authenticator stands for the person's device."""

import pytest
from playwright.async_api import CDPSession, Page, expect

from domain.accounts import Role
from tests.e2e.browsers import Person
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.pages import set_up_second_factor, sign_in
from tests.people import PASSWORD


async def device(page: Page) -> CDPSession:
    """Give the page's browser an authenticator that keeps keys and has just verified its user."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.usefixtures("browser")
async def test_a_passkey_takes_the_place_of_password_and_code(open_hospital: OpenHospital, sit: Sit) -> None:
    hospital = await open_hospital({}, named=True)
    auditor = await hospital.person(Role.AUDITOR, "Robin Gray")
    who = await sit(None, at=hospital)
    page = await who.open("/")
    await device(page)
    await sign_in(page, who, auditor.login)
    await set_up_second_factor(page, who)
    await expect(page).to_have_url(f"{hospital.url}/auditor")

    await page.goto(f"{hospital.url}/auditor/signing-in")
    await press(page, who, "features/passkeys", "add")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label(who.words("features/passkeys", "new.name")).fill("Office key")
    await dialog.get_by_role("textbox", name=who.words("features/passkeys", "new.password")).fill(PASSWORD)
    await press(page, who, "features/passkeys", "new.do")
    await expect(page.get_by_role("listitem").filter(has_text="Office key")).to_be_visible()

    await leave(page, who)
    await press(page, who, "features/sign-in", "passkey")
    await expect(page).to_have_url(f"{hospital.url}/auditor")

    await leave(page, who)
    await sign_in(page, who, auditor.login)
    await press(page, who, "features/second-factor", "give.passkey")
    await expect(page).to_have_url(f"{hospital.url}/auditor")


async def press(page: Page, who: Person, where: str, key: str) -> None:
    await page.get_by_role("button", name=who.words(where, key), exact=True).click()


async def leave(page: Page, who: Person) -> None:
    """Sign out as the account's menu does, and come to the door."""
    await page.evaluate(
        """async () => {
            const { csrf_token } = await (await fetch('/api/session')).json();
            await fetch('/api/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf_token } });
        }"""
    )
    await page.goto(f"{who.hospital.url}/sign-in")
