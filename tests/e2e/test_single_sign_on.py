"""Single sign-on in a real Chromium, by a real OpenID provider in a process of its own."""

import time
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from actions.single_sign_on import bind
from domain.accounts import SYSTEM, Role
from tests.e2e.conftest import OpenHospital, Sit
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, RunningProvider, openid_provider


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with openid_provider() as running:
        yield running


@pytest.mark.usefixtures("browser")
async def test_the_staff_comes_in_by_the_provider_and_to_the_page_that_was_asked_for(
    open_hospital: OpenHospital, sit: Sit, provider: RunningProvider
) -> None:
    hospital = await open_hospital(
        {
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_NAME": "Riverside ID",
        }
    )
    auditor = await hospital.person(Role.AUDITOR, "Robin Gray")
    who = await sit(None, at=hospital)
    await provider.says(claims={"amr": ["pwd", "mfa"], "auth_time": int(time.time())})
    who.expect_complaint("403")  # Nobody here is bound to the person yet.
    page = await who.open("/auditor/audit")
    button = page.get_by_role("button", name=who.words("features/sign-in", "signOn.go", name="Riverside ID"))
    await button.click()
    await expect(page).to_have_url(f"{hospital.url}/sign-in/return")
    await expect(page.get_by_text(who.words("shared/http", "sign_on.unknown.what"))).to_be_visible()

    async with hospital.work.begin(SYSTEM, "test") as ctx:
        await bind(ctx, auditor.login, provider.issuer, "staff-1")
    await page.goto(f"{hospital.url}/auditor/audit")
    await button.click()
    await expect(page).to_have_url(f"{hospital.url}/auditor/audit")
