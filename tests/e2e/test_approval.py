"""A new doctor is approved in browsers: each page says whose turn it is, and what to press."""

import secrets

from playwright.async_api import expect

from actions.accounts import NewAccount, create_account
from domain.accounts import SYSTEM, Role
from tests.e2e.accessibility import complaints
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.people import PASSWORD_HASH

WORDS = "features/doctor-approval"


async def test_a_doctor_is_led_to_hand_in_and_the_administration_to_approve(
    hospital: Hospital, sit: Sit
) -> None:
    mark = secrets.token_hex(4)
    async with hospital.work.begin(SYSTEM, "test") as ctx:
        doctor = await create_account(
            ctx,
            NewAccount(
                f"doctor.{mark}",
                PASSWORD_HASH,
                Role.DOCTOR,
                f"Xin He {mark}",
                locale="en",
                title="Physician",
                specialty="Dermatology",
            ),
        )
    own, desk = await sit(doctor), await sit(await hospital.person(Role.ADMIN, "Min Wu"))
    profile = await desk.open(f"/admin/doctors/{doctor.practitioner_id}")
    waits = desk.words(WORDS, "turn.fill", name=doctor.display_name)
    await expect(profile.get_by_text(waits)).to_be_visible()
    assert await complaints(profile) == []
    for field, value in (("licence_number", f"110{mark}"), ("practising_since", "2010")):
        await profile.get_by_label(desk.words(WORDS, f"field.{field}")).fill(value)
    await profile.get_by_label(desk.words(WORDS, "field.fee_minor", currency="CNY")).fill("60")
    await profile.get_by_role("checkbox", name="English").check()
    await profile.get_by_label(desk.words(WORDS, "field.consent_on_file")).check()
    await profile.get_by_role("button", name=desk.words(WORDS, "save"), exact=True).first.click()
    hands_in = desk.words(WORDS, "turn.handIn", name=doctor.display_name)
    await expect(profile.get_by_text(hands_in)).to_be_visible()

    console = await own.open("/doctor")
    await expect(console.get_by_role("region", name=own.words(WORDS, "todo.draft"))).to_be_visible()
    assert await complaints(console) == []
    await console.get_by_role("link", name=own.words(WORDS, "todo.open")).click()
    await console.get_by_role("button", name=own.words(WORDS, "own.submit"), exact=True).click()
    await expect(console.get_by_text(own.words(WORDS, "own.submitted_said"))).to_be_visible()

    await profile.reload()
    await expect(profile.get_by_text(desk.words(WORDS, "turn.decide"))).to_be_visible()
    approve = desk.words(WORDS, "approve.button")
    await profile.get_by_role("button", name=approve, exact=True).click()
    await profile.get_by_role("dialog").get_by_role("button", name=approve, exact=True).click()
    said = desk.words(WORDS, "approve.said", name=doctor.display_name)
    await expect(profile.get_by_text(said)).to_be_visible()
    await console.goto(f"{hospital.url}/doctor")
    await expect(console.get_by_role("navigation").nth(1)).to_be_visible()
    await expect(console.get_by_role("link", name=own.words(WORDS, "todo.open"))).to_have_count(0)
