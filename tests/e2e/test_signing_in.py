"""Signing in through the form, each role to its own place; and out again."""

import pytest
from playwright.async_api import expect

from domain.accounts import Role
from tests.e2e.browsers import DESK, PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import set_up_second_factor, sign_in


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.PATIENT, "/"),
        (Role.DOCTOR, "/doctor"),
        (Role.PHARMACIST, "/pharmacist"),
        (Role.AUDITOR, "/auditor"),
        (Role.ADMIN, "/admin"),
    ],
)
async def test_the_form_leads_each_role_to_its_own_place(
    hospital: Hospital, sit: Sit, role: Role, place: str
) -> None:
    account = await hospital.person(role, "Robin Gray")
    who = await sit(None, viewport=PHONE if role is Role.PATIENT else DESK)
    page = await who.open("/")
    await expect(page).to_have_url(f"{hospital.url}/sign-in")
    await sign_in(page, who, account.login)
    if role is not Role.PATIENT:
        await set_up_second_factor(page, who)
    await expect(page).to_have_url(hospital.url + place)
    await expect(page.get_by_text(account.display_name).first).to_be_visible()


async def test_who_came_for_a_page_gets_it_after_signing_in(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.visit()
    who = await sit(None, viewport=PHONE)
    page = await who.open(f"/visit/{visit.appointment.id}")
    await sign_in(page, who, visit.patient.login)
    await expect(page).to_have_url(f"{hospital.url}/visit/{visit.appointment.id}")


async def test_a_wrong_password_is_said_in_words_and_keeps_the_login(hospital: Hospital, sit: Sit) -> None:
    account = await hospital.person(Role.PATIENT, "Robin Gray")
    who = await sit(None, viewport=PHONE)
    who.expect_complaint(r"status of 401 .*/api/session")  # the refusal itself
    page = await who.open("/")
    await sign_in(page, who, account.login, "not the password")
    await expect(page.get_by_role("alert")).to_contain_text(
        who.words("shared/http", "auth.invalid_credentials.what")
    )
    await expect(page.get_by_label(who.words("features/sign-in", "login"))).to_have_value(account.login)
